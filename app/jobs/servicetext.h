// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decodes the service's text without losing a character, so that an id here is the id there.
//
// Qt takes U+FEFF at the beginning of any UTF-8 text for a byte order mark and drops it. RFC 8259
// §8.1 has such a mark only before a whole document; inside a text it is a character like any
// other, and an id without it would be the id of another job.

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

#include <string_view>

namespace Jobsweep {

[[nodiscard]] QString textFromUtf8(std::string_view text);

/// QJsonDocument::fromJson(), but with every character of the texts in it.
[[nodiscard]] QJsonDocument documentFromJson(const QByteArray &json,
                                             QJsonParseError *error = nullptr);

} // namespace Jobsweep
