// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Items of the history as CSV and as JSON, piece by piece, so that a hundred thousand of them need
// no memory of their own. Pure. Codes instead of words: a program reads the same in every language.

#include "deletion/historyitems.h"

namespace Jobsweep {

enum class ExportFormat {
    /// RFC 4180 with a byte order mark: without it, spreadsheets would not know that it is UTF-8.
    Csv,
    /// One array of objects.
    Json,
};

/// A file is exportBegin(), the items with exportSeparator() between them, exportEnd().
[[nodiscard]] QByteArray exportBegin(ExportFormat format);
[[nodiscard]] QByteArray exportedItem(ExportFormat format, const HistoryItemDetails &details);
[[nodiscard]] QByteArray exportSeparator(ExportFormat format);
[[nodiscard]] QByteArray exportEnd(ExportFormat format);

/// One field of a CSV row. Quoted where RFC 4180 demands it; a field that a spreadsheet would take
/// for a formula gets a leading apostrophe (OWASP, "CSV Injection").
[[nodiscard]] QByteArray csvField(const QString &text);

} // namespace Jobsweep
