// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <optional>

namespace Jobsweep {

/// What to ask the service for.
struct JobQuery
{
    /// The jobs of one iTwin; when empty, the jobs that the token's user created.
    QString iTwinId;
    /// Only this state; all states when absent.
    std::optional<JobState> state = JobState::Unsubmitted;

    /// Whether a complete answer to this query holds every job of `other`.
    [[nodiscard]] bool covers(const JobQuery &other) const;
    [[nodiscard]] bool matches(const Job &job) const;

    friend bool operator==(const JobQuery &, const JobQuery &) = default;
};

enum class StateTerm { Included, LeftOut };

/// The `$filter` expression, never empty. The literal for a state is undocumented, so a service may
/// refuse it with 422: ask again without it and filter here.
[[nodiscard]] QString filterExpression(const JobQuery &query, StateTerm stateTerm);

/// The `$filter` expression for the jobs that the token's user created after that time, in whole
/// seconds.
[[nodiscard]] QString filterCreatedAfter(const QDateTime &utc);

} // namespace Jobsweep
