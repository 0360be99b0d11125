// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QMetaType>

namespace Jobsweep {

/// What became of one job in a run.
enum class Outcome {
    /// Gone, by us.
    Deleted,
    /// The service did not know it any more when it was asked the first time.
    AlreadyGone,
    /// The service will not delete it: it was submitted meanwhile.
    Refused,
    /// Certainly not deleted, for another reason.
    Failed,
    /// It may be deleted or not; nobody answered when asked.
    Unknown,
    /// Not sent, or certainly still there and not sent again, because the run was stopped, undone
    /// or not taken up again.
    Cancelled,
};

/// Whether the service has the job no longer.
[[nodiscard]] constexpr bool isGone(Outcome outcome)
{
    return outcome == Outcome::Deleted || outcome == Outcome::AlreadyGone;
}

/// Why the queue stands still or ended early.
enum class QueueReason {
    None,
    /// The person pressed Pause or Stop.
    Person,
    /// The service said 429, or 503 with a time.
    Throttled,
    /// The service asked for more than an hour.
    LongWait,
    /// Requests do not reach the service.
    Unreachable,
    /// Several answers in a row were lost or unreadable.
    Doubtful,
    /// Several 403 in a row.
    Forbidden,
    /// No trustworthy encrypted connection.
    Tls,
    /// The token was refused or there is none.
    Token,
    /// A 404 that does not speak about the job: wrong address or version.
    WrongAddress,
    /// A 2xx other than the documented one.
    UnexpectedSuccess,
    /// A 3xx.
    Redirected,
    /// The new token belongs to another account than the one that confirmed the run.
    OtherAccount,
    /// Whose the new token is could not be found out, and the run was confirmed by a known account.
    UnknownAccount,
    /// Whose the new token is is being asked.
    AskingForAccount,
    /// The history could not be written, and nothing is sent without a record.
    NoRecord,
};

/// Counts of a run; `left` is what has no outcome yet.
struct RunSummary
{
    int deleted = 0;
    int alreadyGone = 0;
    int refused = 0;
    int failed = 0;
    int unknown = 0;
    int cancelled = 0;
    int left = 0;

    [[nodiscard]] int total() const
    {
        return deleted + alreadyGone + refused + failed + unknown + cancelled + left;
    }
    [[nodiscard]] bool areAllGone() const { return deleted + alreadyGone == total(); }
    friend bool operator==(const RunSummary &, const RunSummary &) = default;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::Outcome)
