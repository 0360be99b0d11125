// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QSet>
#include <QStringList>

#include <optional>

namespace Jobsweep {

/// A span of creation times, UTC and in whole seconds (a fraction is cut off): `after` is in it,
/// `before` is not. A job without a creation time is only in the span without bounds.
struct CreatedRange
{
    /// Created more than so many times 24 hours before the moment of asking or filtering.
    std::optional<int> olderThanDays = {};
    QDateTime after = {};
    QDateTime before = {};

    [[nodiscard]] bool isBounded() const;
    /// The first second after the span, by `before` and `olderThanDays`; invalid when it is open.
    [[nodiscard]] QDateTime end(const QDateTime &now) const;
    /// Whether every time of `other`, resolved at the same moment, is in this span.
    [[nodiscard]] bool covers(const CreatedRange &other) const;

    friend bool operator==(const CreatedRange &, const CreatedRange &) = default;
};

/// Which jobs a person wants to see. What the service can filter is asked of it, the rest and, once
/// more, the same is filtered here: see filterExpressions() and JobMatcher.
struct JobQuery
{
    // Each has a value, so that a query is written with the few that matter by their names.

    /// The jobs of these iTwins; when empty, the jobs that the token's user created.
    QStringList iTwinIds = {};
    /// Only this state; all states when absent.
    std::optional<JobState> state = JobState::Unsubmitted;
    /// Only these types, in any case; all types when empty.
    QStringList types = {};
    CreatedRange created = {};
    /// A part of the name, in any case. Filtered here alone.
    QString name = {};
    /// A whole e-mail address, see isAddress(), or a part of one, which is filtered here alone; in
    /// any case.
    QString createdBy = {};
    /// A pasted list. When it is not empty these jobs are looked up whoever created them, and all
    /// else is filtered here.
    QList<JobId> ids = {};

    /// Whether a complete answer of the service to this query holds every job of `other`; what is
    /// filtered here alone does not matter.
    [[nodiscard]] bool covers(const JobQuery &other) const;

    friend bool operator==(const JobQuery &, const JobQuery &) = default;
};

/// Whether a filter by state counts for a job: the state of one in a deletion changes under way.
enum class StateFilter { Looked, Passed };

/// A query made ready to filter many jobs at one moment.
class JobMatcher final
{
public:
    JobMatcher(const JobQuery &query, const QDateTime &now);

    /// `Passed` ignores the state.
    [[nodiscard]] bool matches(const Job &job, StateFilter state = StateFilter::Looked) const;

private:
    JobQuery m_query;
    QDateTime m_end;
    QSet<QString> m_ids;
    bool m_isCreatorWhole = false;
};

/// Whether the text is a whole e-mail address that the service can be asked for.
[[nodiscard]] bool isAddress(const QString &text);

/// How much of a query the service is asked for; what it refuses is filtered here alone.
enum class FilterForm {
    Full,
    /// The literal for a state is undocumented.
    WithoutState,
    /// Only the forms that the documentation shows in an example: `iTwinId eq` and
    /// `createdDateTime gt`; of a list of ids it shows `in`, which is the only form that it has.
    AsPublished,
};

/// The `$filter` expressions, one for each list that the service has to be asked for: each iTwin,
/// or the person's own jobs, or each bounded piece of a list of ids. Never without one. One is
/// empty where an id cannot be written: that list cannot be asked for.
[[nodiscard]] QStringList filterExpressions(const JobQuery &query, FilterForm form,
                                            const QDateTime &now);

/// The `$filter` expression for the jobs that the token's user created after that time, in whole
/// seconds.
[[nodiscard]] QString filterCreatedAfter(const QDateTime &utc);
/// The `$filter` expression for every job that the token's user created.
[[nodiscard]] QString filterOwnJobs();

} // namespace Jobsweep
