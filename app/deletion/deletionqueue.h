// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionmarks.h"
#include "deletion/hold.h"
#include "deletion/itemrequests.h"
#include "deletion/outcome.h"
#include "deletion/runitems.h"
#include "deletion/runrecorder.h"
#include "deletion/troublecounter.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "http/throttle.h"
#include "jobs/jobmodel.h"
#include "jobs/jobsapi.h"

#include <QList>
#include <QObject>

#include <optional>

namespace Jobsweep {

/// What the person agreed to beside the jobs themselves.
struct RunTerms
{
    /// See accountName(): name and e-mail address, for the history and for telling accounts apart.
    QString account = {};
    /// Against the demo; see NewRun.
    bool isTrial = false;
    /// False when the person was told that the history fails and chose to go on without it.
    bool isRecorded = true;
    /// Nothing is sent before this time has passed.
    std::chrono::milliseconds hold{0};
};

/// The state machine that takes confirmed drafts to exactly one outcome each. Asks RestClient when,
/// JobsApi to send, History to remember; writes marks and errors into the model. A run belongs to
/// the address it was confirmed for: with another address it is stopped and cannot be retried.
class DeletionQueue final : public QObject
{
    Q_OBJECT

public:
    enum class Phase {
        Idle,
        /// The time to undo what was confirmed; see hold().
        Holding,
        Running,
        /// Stands still until resume(); see reason().
        Paused,
        /// Goes on by itself at pausedUntil(): the service asked for it (Throttled), or it did not
        /// answer (Unreachable, Doubtful) and one request will try whether it is back.
        PausedByService,
        /// Goes on by itself when there is a new token; see goOnWithToken().
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
    DeletionQueue(JobsApi &api, JobModel &model, History &history, Clock &clock, Randomness random,
                  QObject *parent = nullptr);

    /// Takes drafts that a person confirmed; joins the run that is under way, whose record it
    /// shares, whatever the terms say. Leaves out what is already in the queue and what is no
    /// longer deletable, and everything while the queue is stopping; returns how many were taken.
    /// They are held first; a hold that is under way begins anew and then holds both.
    int start(const QList<JobId> &ids, const RunTerms &terms = {});
    /// Likewise for what an earlier session left over and a person has confirmed again.
    int startReviewed(const QList<UnfinishedItem> &items, const RunTerms &terms);
    /// Checks what an earlier session was sending when it ended. What turns out to be there still
    /// is not sent: see needsReview(). `account` is that of the token.
    void recover(const QList<UnfinishedItem> &items, const QString &account);
    /// Takes back what is held; nothing of it was sent.
    void undo();
    void pause();
    void resume();
    void stop();
    /// The client's token belongs to this account; empty when nobody knows. With each new token a
    /// run whose account is known waits for this. If it was confirmed by another account, it pauses
    /// for OtherAccount or UnknownAccount, and a person decides with resume(), or with another
    /// token. After such a resume() a job that the account does not see is Unknown, not gone.
    void goOnWithToken(const QString &account);
    /// After a pause for NoRecord: goes on although nothing can be written.
    void goOnWithoutRecord();
    /// Takes Failed and Unknown items of the last run again: Unknown ones are checked first.
    void retryFailed();
    /// Forgets the finished run; ignored while one is under way.
    void clear();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QueueReason reason() const { return m_reason; }
    /// The time to undo, while there is something to undo; also beside another phase than Holding,
    /// when drafts join a run.
    [[nodiscard]] const std::optional<Hold> &hold() const { return m_hold; }
    /// Whether all of the run is what recover() took: a person confirmed none of it in this
    /// session.
    [[nodiscard]] bool isRecovery() const { return m_isRecovery; }
    /// How many jobs are in the list again that were gone; see DeletionMarks::listedAgain().
    [[nodiscard]] int listedAgain() const { return m_marks.listedAgain(); }
    [[nodiscard]] int heldCount() const { return static_cast<int>(m_items.held().size()); }
    /// In phase PausedByService, and in Paused for LongWait: not before this time.
    [[nodiscard]] std::optional<Instant> pausedUntil() const;
    /// The error that led to the present phase, if one did.
    [[nodiscard]] const std::optional<ApiError> &phaseError() const { return m_phaseError; }
    /// What the history failed with, in a pause for NoRecord.
    [[nodiscard]] const std::optional<HistoryFailure> &recordFailure() const
    {
        return m_recordFailure;
    }
    [[nodiscard]] bool isRecorded() const { return !m_recorder.isWaived(); }
    [[nodiscard]] const RunSummary &summary() const { return m_items.summary(); }
    /// See RunItems::inDoubt().
    [[nodiscard]] int inDoubt() const { return m_items.inDoubt(); }
    [[nodiscard]] bool isBusy() const { return m_phase != Phase::Idle; }
    [[nodiscard]] bool canRetry() const;

    /// Finished items that did not simply go, in the order of their outcomes; see item().
    [[nodiscard]] const QList<JobId> &problems() const { return m_items.problems(); }
    /// nullptr for a job that is not in this run.
    [[nodiscard]] const RunItem *item(const JobId &id) const { return m_items.find(id); }

signals:
    /// phase(), reason() or pausedUntil() changed.
    void phaseChanged();
    /// hold() began, stood still, went on or ended.
    void holdChanged();
    /// summary() or problems() changed; soon after the first change, then ten times a second at
    /// most.
    void summaryChanged();
    /// Once per item, when it has its outcome.
    void itemFinished(const Jobsweep::JobId &id, Jobsweep::Outcome outcome);
    /// So many were taken back by undo() and certainly stay; they are in no run any more. One whose
    /// earlier answer was lost stays Unknown and does not count.
    void undone(int count);
    /// A recovered item is still there, unsubmitted. It has left the queue, without an outcome.
    void needsReview(const Jobsweep::JobId &id);
    /// Every item has its outcome.
    void runFinished();
    void listedAgainChanged();

private:
    void beginRun(const RunTerms &terms);
    void forgetRun();
    void goOnWithMore();
    void beginHold(std::chrono::milliseconds length);
    void endHoldIfOver();
    void pump();
    void send(const JobId &id);
    void takeAnswer(const Judgement &judgement);
    void applyToItem(const Judgement &judgement);
    void sendAgain(RunItem &item);
    void applyToRun(const Verdict &verdict, const std::optional<ApiError> &error);
    void countTrouble(Trouble trouble, const std::optional<ApiError> &error);
    void takeRecordFailure(const HistoryFailure &failure);
    void finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error);
    void finishUnsent(const QList<JobId> &ids);
    void finishRunIfDone();
    void keepHoldInStep();
    void setPhase(Phase phase, QueueReason reason, const std::optional<ApiError> &error = {});
    void followPause();
    void doubtAccount();
    [[nodiscard]] bool isPausedForAccount() const;
    void goOn();
    void wakeAt(Instant when);

    RestClient &m_client;
    JobModel &m_model;
    Clock &m_clock;
    Randomness m_random;
    RunItems m_items;
    RunRecorder m_recorder;
    ItemRequests m_requests;
    DeletionMarks m_marks;
    Phase m_phase = Phase::Idle;
    QueueReason m_reason = QueueReason::None;
    /// Who confirmed the run; empty when that is not known, and as long as it is not.
    QString m_account;
    /// Of the token with which the run was confirmed.
    int m_accountTokenSerial = 0;
    /// The person went on although the token belongs to another account, or may do so: that it sees
    /// no such job says nothing about the job.
    bool m_isForeignAccount = false;
    /// Why nothing may be sent with the present token: its account was not told yet, or is not
    /// the one that confirmed the run.
    std::optional<QueueReason> m_accountDoubt;
    std::optional<Hold> m_hold;
    std::optional<ApiError> m_phaseError;
    std::optional<HistoryFailure> m_recordFailure;
    /// The person resumed although the service asked for more than an hour.
    bool m_isLongWaitAccepted = false;
    std::optional<Instant> m_probeAt;
    TroubleCounter m_trouble;
    bool m_isRecovery = false;
    /// The run was confirmed for an address that is no longer in use.
    bool m_belongsElsewhere = false;
    Throttle m_summaryNews{std::chrono::milliseconds(100), this};
};

} // namespace Jobsweep
