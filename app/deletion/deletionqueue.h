// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionmarks.h"
#include "deletion/deletionrules.h"
#include "deletion/outcome.h"
#include "deletion/runitems.h"
#include "deletion/troublecounter.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "jobs/jobmodel.h"
#include "jobs/jobsapi.h"

#include <QList>
#include <QObject>

#include <optional>

namespace Jobsweep {

/// The state machine that takes confirmed drafts to exactly one outcome each. Asks RestClient when,
/// JobsApi to send; writes marks and errors into the model. A run belongs to the address it was
/// confirmed for: with another address it is stopped and cannot be retried.
class DeletionQueue final : public QObject
{
    Q_OBJECT

public:
    enum class Phase {
        Idle,
        Running,
        /// Stands still until resume(); see reason().
        Paused,
        /// Goes on by itself at pausedUntil(): the service asked for it (Throttled), or it did not
        /// answer (Unreachable, Doubtful) and one request will try whether it is back.
        PausedByService,
        /// Goes on by itself when the client gets a new token.
        WaitingForToken,
        /// stop() or an alarm: answers under way are awaited, nothing new is sent.
        Stopping,
    };
    Q_ENUM(Phase)

    /// DELETEs of one item that the service may have seen, and likewise its checks.
    static constexpr int maximumAttempts = 5;
    /// A longer wait than the longest window of any tier needs a person's Resume.
    static constexpr std::chrono::seconds longestOwnWait{3600};

    /// The references must outlive the queue.
    DeletionQueue(JobsApi &api, JobModel &model, Clock &clock, Randomness random,
                  QObject *parent = nullptr);

    /// Takes drafts that a person confirmed; joins the run that is under way. Leaves out what is
    /// already in the queue and what is no longer deletable, and everything while the queue is
    /// stopping; returns how many were taken.
    int start(const QList<JobId> &ids);
    void pause();
    void resume();
    void stop();
    /// Takes Failed and Unknown items of the last run again: Unknown ones are checked first.
    void retryFailed();
    /// Forgets the finished run; ignored while one is under way.
    void clear();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QueueReason reason() const { return m_reason; }
    /// In phase PausedByService, and in Paused for LongWait: not before this time.
    [[nodiscard]] std::optional<Instant> pausedUntil() const;
    /// The error that led to the present phase, if one did.
    [[nodiscard]] const std::optional<ApiError> &phaseError() const { return m_phaseError; }
    [[nodiscard]] const RunSummary &summary() const { return m_items.summary(); }
    [[nodiscard]] bool isBusy() const { return m_phase != Phase::Idle; }
    [[nodiscard]] bool canRetry() const;

    /// Finished items that did not simply go, in the order of their outcomes; see item().
    [[nodiscard]] const QList<JobId> &problems() const { return m_items.problems(); }
    /// nullptr for a job that is not in this run.
    [[nodiscard]] const RunItem *item(const JobId &id) const { return m_items.find(id); }

signals:
    /// phase(), reason() or pausedUntil() changed.
    void phaseChanged();
    /// summary() or problems() changed; once per event loop turn at most.
    void summaryChanged();
    /// Once per item, when it has its outcome.
    void itemFinished(const Jobsweep::JobId &id, Jobsweep::Outcome outcome);
    /// Every item has its outcome.
    void runFinished();

private:
    void pump();
    void send(const JobId &id);
    void sendDeletion(RunItem &item);
    void sendCheck(RunItem &item);
    void takeAnswer(const JobId &id, const Verdict &verdict, const std::optional<ApiError> &error);
    void applyToItem(const JobId &id, const Verdict &verdict, const std::optional<ApiError> &error);
    void applyToRun(const Verdict &verdict, const std::optional<ApiError> &error);
    void countTrouble(Trouble trouble, const std::optional<ApiError> &error);
    void finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error);
    void finishUnsent(const JobId &id);
    void finishRunIfDone();
    void setPhase(Phase phase, QueueReason reason, const std::optional<ApiError> &error = {});
    void followPause();
    void goOn();
    void wakeAt(Instant when);
    void summaryWillChange();

    JobsApi &m_api;
    RestClient &m_client;
    JobModel &m_model;
    Clock &m_clock;
    Randomness m_random;
    RunItems m_items;
    DeletionMarks m_marks;
    Phase m_phase = Phase::Idle;
    QueueReason m_reason = QueueReason::None;
    std::optional<ApiError> m_phaseError;
    /// The person resumed although the service asked for more than an hour.
    bool m_isLongWaitAccepted = false;
    std::optional<Instant> m_probeAt;
    TroubleCounter m_trouble;
    /// The run was confirmed for an address that is no longer in use.
    bool m_belongsElsewhere = false;
    bool m_summaryIsAnnounced = false;
};

} // namespace Jobsweep
