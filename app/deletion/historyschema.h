// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The history's tables. Times are milliseconds since 1970, UTC; outcomes and stages are the words
// of codes.h, so that the file can be read without this program.

#include <QStringList>

namespace Jobsweep {

/// `PRAGMA application_id` of the file: "JSWP". A file with another one is not a history.
inline constexpr int historyApplicationId = 0x4a535750;
/// `PRAGMA user_version` of what migrationTo() leads to in the end.
inline constexpr int historyVersion = 1;

/// The statements that lead from version - 1 to `version`.
[[nodiscard]] QStringList historyMigrationTo(int version);

} // namespace Jobsweep
