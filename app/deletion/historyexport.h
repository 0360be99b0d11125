// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Items of the history as rows of a CSV and as JSON. Pure. Codes instead of words: a program reads
// the same in every language.

#include "deletion/historyitems.h"
#include "jobs/exportfile.h"

namespace Jobsweep {

[[nodiscard]] QStringList historyTitles();
/// For ExportFile::add().
[[nodiscard]] QByteArray historyRow(ExportFormat format, const HistoryItemDetails &details);

} // namespace Jobsweep
