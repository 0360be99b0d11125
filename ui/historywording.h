// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sentences about the history: why it cannot be used, what became of an item, what a run was.

#include "deletion/historyexporter.h"

#include <QString>

namespace Jobsweep::Wording {

/// What happened and what to do, as whole sentences.
[[nodiscard]] QString historyFailure(const HistoryFailure &failure);
[[nodiscard]] QString exportFailure(const ExportFailure &failure);

/// The outcome's name; for an item without one, how far it got.
[[nodiscard]] QString itemOutcome(const HistoryItem &item);
/// Why the item has its outcome, in a sentence; empty for Deleted.
[[nodiscard]] QString itemReason(const HistoryItem &item);
/// "Created again on 24/11/26 10:12 as 7f3e…" and the like.
[[nodiscard]] QString creation(const HistoryCreation &creation);

/// Its time, with a mark for a run against the demo.
[[nodiscard]] QString runTitle(const QDateTime &confirmedAt, bool isTrial);

} // namespace Jobsweep::Wording
