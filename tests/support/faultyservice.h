// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A decent service on a real socket, which keeps a ledger of its jobs and deals one fault.

#include "jobs/job.h"
#include "tests/support/faults.h"

#include <QHash>
#include <QMap>

namespace Jobsweep::Testing {

/// What the service does with the DELETE that meets the fault.
enum class Course {
    /// Nothing: the fault comes in place of the deletion.
    NotCarriedOut,
    /// It deletes the job, and the fault comes in place of its 204.
    CarriedOut,
    /// It deletes the job once somebody has asked and heard that it is there.
    CarriedOutLate,
    /// It deletes the job and closes the connection; the fault meets what Qt sends again.
    LostBefore,
};

/// What an answer says about the job that was to be deleted. One that says nothing may come before
/// the deletion or after it; what one says is true here, as no client could tell otherwise.
enum class Claim { Nothing, TurnedAway, IsSubmitted, IsGone, IsDeleted };

[[nodiscard]] Claim claimOf(const Finding &finding);
/// The strongest claim of those that it may be found to be.
[[nodiscard]] Claim claimOf(const Injection &injection);
/// The courses in which a DELETE can meet this.
[[nodiscard]] QList<Course> coursesFor(const Injection &injection);

struct Deal
{
    JobId victim;
    Injection injection;
    Course course = Course::NotCarriedOut;
    /// How many DELETEs on the wire get the fault.
    int times = 1;
};

class FaultyService final
{
public:
    FaultyService();

    /// Adds a draft.
    void add(const JobId &id) { m_states.insert(id.text, JobState::Unsubmitted); }
    void deal(const Deal &deal) { m_deal = deal; }

    [[nodiscard]] bool has(const JobId &id) const { return m_states.contains(id.text); }
    /// Whether a DELETE of ours was carried out.
    [[nodiscard]] bool hasDeleted(const JobId &id) const { return m_deleted.contains(id.text); }
    /// How many DELETEs of this job arrived, and of all jobs.
    [[nodiscard]] int deletions(const JobId &id) const { return m_deletions.value(id.text); }
    [[nodiscard]] int deletions() const;
    [[nodiscard]] int dealt() const { return m_dealt; }
    /// How the answer to the last request about the victim ends, when it does not end by itself.
    [[nodiscard]] std::optional<Injection::End> withheld() const { return m_withheld; }
    /// The test has passed the deadline of what is withheld.
    void setEnded() { m_withheld.reset(); }

    [[nodiscard]] ScriptedServer &server() { return m_server; }
    [[nodiscard]] const ScriptedServer &server() const { return m_server; }

private:
    [[nodiscard]] WireAction answer(const ReceivedRequest &request);
    [[nodiscard]] WireAction answerDeletion(const QString &id);
    [[nodiscard]] WireAction answerCheck(const QString &id);
    [[nodiscard]] WireAction carryOut(const QString &id);
    void remove(const QString &id);
    void makeTrue(const QString &id, Claim claim);

    ScriptedServer m_server;
    std::optional<Deal> m_deal;
    QMap<QString, JobState> m_states;
    QSet<QString> m_deleted;
    QHash<QString, int> m_deletions;
    int m_dealt = 0;
    std::optional<Injection::End> m_withheld;
    bool m_isLatePending = false;
};

} // namespace Jobsweep::Testing
