// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Jobsweep {

/// A text as bytes without zeros whose plain comparison orders as people expect: in any case, and
/// with the numbers in it as numbers, so that "flight 9" comes before "Flight 10".
[[nodiscard]] QByteArray naturalKey(const QString &text);

} // namespace Jobsweep
