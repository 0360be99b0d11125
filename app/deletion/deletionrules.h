// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an answer to a DELETE, or to the GET that checks a doubtful one, means. Pure: this file is
// the answer table of the design, and its test goes through that table row by row.

#include "deletion/outcome.h"
#include "http/result.h"
#include "jobs/job.h"

#include <optional>

namespace Jobsweep {

/// What happens to the item.
enum class ItemStep {
    /// It has its outcome.
    Finish,
    /// Ask the service with GET what became of it.
    Check,
    /// The DELETE again, as a new attempt after a back-off.
    SendAgain,
    /// The same request again as soon as the connection may send.
    Repeat,
};

/// What happens to the run.
enum class RunStep {
    GoOn,
    /// Nothing else is sent until there is a new token.
    WaitForToken,
    /// The connection waits for the time the service named.
    WaitForService,
    /// Pauses and says why; the person resumes.
    Pause,
    /// The rest is cancelled.
    Stop,
};

/// Answers that say something about the service rather than the item; enough of a kind in a row
/// pause the run.
enum class Trouble {
    None,
    /// Nothing left this machine.
    NotReached,
    /// Sent, and no certain answer.
    Doubtful,
    /// 403.
    Forbidden,
};

struct Verdict
{
    ItemStep item = ItemStep::Finish;
    std::optional<Outcome> outcome = {};
    RunStep run = RunStep::GoOn;
    /// Why the run does not go on, when it does not.
    QueueReason reason = QueueReason::None;
    Trouble trouble = Trouble::None;

    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// What is known of the item before the answer.
struct ItemPast
{
    /// How often its DELETE was put on the wire before this attempt, leaving out sends that the
    /// service turned away with an answer.
    int earlierSends = 0;
    /// Whether an earlier attempt ended without a certain answer.
    bool wasUnknown = false;
};

/// `answer` is nothing for 204, otherwise the error.
[[nodiscard]] Verdict judgeDeletion(const std::optional<ApiError> &answer, const ItemPast &past);
/// An answer about another job than `asked` says nothing.
[[nodiscard]] Verdict judgeCheck(const Result<Job> &answer, const JobId &asked);

} // namespace Jobsweep
