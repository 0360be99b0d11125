// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads exported files back, by a parser of its own.

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace Jobsweep::Testing {

/// The rows, that of the titles first. RFC 4180, strictly: rows end with CRLF, quotes stand at both
/// ends of a field or nowhere; what does not hold to that is said in place of the field.
[[nodiscard]] QList<QStringList> parsedCsv(const QByteArray &bytes);

} // namespace Jobsweep::Testing
