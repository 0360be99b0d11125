// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The first look at the history's file, by its bytes alone: SQLite itself would write to a foreign
// or damaged file that has the form of a database.

#include "deletion/historyrecords.h"

namespace Jobsweep {

/// Why the file that is there must not be opened; nothing when it may. `newestVersion` is the
/// newest `user_version` this program knows.
[[nodiscard]] std::optional<HistoryFailure> obstacleToOpening(const QString &fileName,
                                                              int newestVersion);

} // namespace Jobsweep
