// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The service's end of the wire with a ledger: which drafts it has, what became of each, and when
// which request arrived.

#include "http/clock.h"
#include "jobs/job.h"
#include "tests/support/scriptedserver.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace Jobsweep::Testing {

/// What a job is to the service.
enum class JobFate {
    Draft,
    /// By somebody else, while the program took it for a draft.
    Submitted,
    /// By a DELETE.
    Deleted,
    /// By somebody else.
    DeletedByOthers,
};

/// One request about a job that the service knows.
struct Asked
{
    const ReceivedRequest &request;
    bool isDeletion = false;
    JobId id;
    JobFate fate = JobFate::Draft;

    [[nodiscard]] bool isGone() const
    {
        return fate == JobFate::Deleted || fate == JobFate::DeletedByOthers;
    }
};

/// What it meets instead of the answer of everyday.
struct Interference
{
    WireAction action;
    /// What the request, or somebody else at this moment, does to the job.
    std::optional<JobFate> newFate = {};
    /// Whether nothing may come of the action before the program's own deadline.
    bool isStalled = false;
};

struct StalledRequest
{
    JobId id;
    bool isDeletion = false;
    Instant begun{};
};

/// Answers DELETE and GET of single jobs as the service documents it. Jobs that it was not told of
/// nobody may ask about; see strangers().
class DraftService final
{
public:
    /// `now` is the time as the service has it.
    explicit DraftService(std::function<Instant()> now);

    /// The drafts `draft-FIRST` and so on.
    QList<JobId> addDrafts(int count, int first = 0);

    /// Asked before every answer.
    std::function<std::optional<Interference>(const Asked &)> interfere;

    [[nodiscard]] QString address() const { return m_server.address(); }
    [[nodiscard]] JobFate fateOf(const JobId &id) const { return m_fates.value(id); }
    [[nodiscard]] bool isGone(const JobId &id) const;
    /// How many DELETEs arrived for this job.
    [[nodiscard]] int deletionsOf(const JobId &id) const { return m_deletions.value(id); }
    /// When requests arrived, in order, Qt's own repetitions included.
    [[nodiscard]] const std::vector<Instant> &arrivals() const { return m_arrivals; }
    /// Requests that may still be waiting for an answer, by a stalled interference; unless the
    /// program knows better. At most one for each job.
    [[nodiscard]] QList<StalledRequest> stalled() const;
    /// Requests about anything else than a known job: there must be none.
    [[nodiscard]] const QStringList &strangers() const { return m_strangers; }

private:
    [[nodiscard]] WireAction answer(const ReceivedRequest &request);
    [[nodiscard]] WireAction decentAnswer(const Asked &asked);

    std::function<Instant()> m_now;
    QHash<JobId, JobFate> m_fates;
    QHash<JobId, int> m_deletions;
    std::vector<Instant> m_arrivals;
    QHash<JobId, StalledRequest> m_stalls;
    QStringList m_strangers;
    ScriptedServer m_server;
};

} // namespace Jobsweep::Testing
