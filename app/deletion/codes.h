// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words that stand for outcomes and stages in the history, in exported files and in the log.
// Not for people to read in the window: those are wording's.

#include "deletion/historyrecords.h"

namespace Jobsweep {

[[nodiscard]] QString codeOf(Outcome outcome);
[[nodiscard]] std::optional<Outcome> outcomeFromCode(const QString &code);
[[nodiscard]] QString codeOf(ItemStage stage);
[[nodiscard]] std::optional<ItemStage> stageFromCode(const QString &code);
[[nodiscard]] QString codeOf(CreationOutcome outcome);
[[nodiscard]] std::optional<CreationOutcome> creationOutcomeFromCode(const QString &code);
/// For the log alone.
[[nodiscard]] QString codeOf(QueueReason reason);

} // namespace Jobsweep
