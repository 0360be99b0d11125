// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of a CSV file by RFC 4180: UTF-8, a comma between fields, CRLF at the end. Pure.

#include <QByteArrayList>
#include <QStringList>

namespace Jobsweep {

/// What a CSV file begins with: without it, spreadsheets would not know that it is UTF-8.
inline constexpr auto byteOrderMark = "\xEF\xBB\xBF";

/// Text as a field. Quoted where RFC 4180 demands it, and where it has a semicolon or a tab, which
/// spreadsheets take for separators, too; what a spreadsheet would take for a formula, also with
/// the full-width signs of some keyboards, gets a leading apostrophe (OWASP, "CSV Injection").
[[nodiscard]] QByteArray csvField(const QString &text);

[[nodiscard]] QByteArray csvRow(const QStringList &texts);
/// The fields as they are: made by csvField(), or numbers and times that need no more.
[[nodiscard]] QByteArray csvRowOf(const QByteArrayList &fields);

} // namespace Jobsweep
