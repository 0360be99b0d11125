// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The history's tables. Times are milliseconds since 1970, UTC; outcomes and stages are the words
// of codes.h, so that the file can be read without this program.

#include <QStringList>

#include <functional>

namespace Jobsweep {

/// `PRAGMA application_id` of the file: "JSWP". A file with another one is not a history.
inline constexpr int historyApplicationId = 0x4a535750;
/// `PRAGMA user_version` of what historyMigrationTo() leads to in the end.
inline constexpr int historyVersion = 1;

/// The statements that lead from version - 1 to `version`.
[[nodiscard]] QStringList historyMigrationTo(int version);

/// Which tables a file has to have, and the way to them from older ones.
struct HistorySchema
{
    int version = historyVersion;
    std::function<QStringList(int version)> migrationTo = historyMigrationTo;
};

} // namespace Jobsweep
