// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words for creating deleted drafts again. A part of wording.

#include "deletion/recreation.h"

#include <QString>

#include <chrono>
#include <optional>

namespace Jobsweep::Wording {

[[nodiscard]] QString creationOutcome(CreationOutcome outcome);
/// What became of one job, in a line: its new id, or why there is none.
[[nodiscard]] QString creationResult(const RecreationItem &item);
/// What is true of every job that is created again; `account` may be empty. Both are foreign text.
[[nodiscard]] QString creationConsequence(int count, const QString &account, const QString &host);
/// What one job loses beyond that, in a line; empty when it is nothing.
[[nodiscard]] QString creationLosses(const JobCreation &creation);
/// "no workspace, no inputs"
[[nodiscard]] QString creationObstacles(const QList<CreationObstacle> &obstacles);
/// "2 created, 1 refused, 3 not started", what is zero left out.
[[nodiscard]] QString creationSummary(const QList<RecreationItem> &items);
/// What it waits for, as whole sentences; empty when it simply goes on. `wait` is what is left of a
/// pause.
[[nodiscard]] QString creationStatus(Recreation::Phase phase,
                                     std::optional<std::chrono::milliseconds> wait);
/// Why it ended early, as whole sentences; empty for Completed.
[[nodiscard]] QString creationEnd(Recreation::End end);

} // namespace Jobsweep::Wording
