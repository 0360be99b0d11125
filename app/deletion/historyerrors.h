// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What SQLite's errors mean for the history.

#include "deletion/historyrecords.h"

class QSqlError;

namespace Jobsweep {

/// Why a statement on this file failed.
[[nodiscard]] HistoryFailure failureFrom(const QSqlError &error, const QString &fileName);

/// Whether the statement contradicts what is recorded: that says nothing about the file, and other
/// writes of the same transaction can go on.
[[nodiscard]] bool isContradiction(const QSqlError &error);

} // namespace Jobsweep
