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
    /// Never sent, because the run was stopped.
    Cancelled,
};

/// Where an item of a run stands before it has its outcome.
enum class ItemState { Queued, Sending, Checking, Done };

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
    friend bool operator==(const RunSummary &, const RunSummary &) = default;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::Outcome)
