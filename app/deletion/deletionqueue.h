// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionrules.h"
#include "deletion/outcome.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "jobs/jobmodel.h"
#include "jobs/jobsapi.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <deque>
#include <optional>

namespace Jobsweep {

/// Why the queue stands still or ended early.
enum class QueueReason {
    None,
    /// The person pressed Pause or Stop.
    Person,
    /// The service said 429 or 503 with a time.
    Throttled,
    /// The service asked for more than an hour.
    LongWait,
    /// Several requests in a row did not reach the service.
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
    /// A 2xx other than 204.
    UnexpectedSuccess,
    /// A 3xx.
    Redirected,
};

/// The state machine that takes confirmed drafts to exactly one outcome each. Asks RestClient when,
/// JobsApi to send; writes marks and errors into the model.
class DeletionQueue final : public QObject
{
    Q_OBJECT

public:
    enum class Phase {
        Idle,
        Running,
        /// Stands still until resume(); see reason().
        Paused,
        /// Goes on by itself at pausedUntil().
        PausedByService,
        /// Goes on by itself when the client gets a new token.
        WaitingForToken,
        /// stop() or an alarm: answers under way are awaited, nothing new is sent.
        Stopping,
    };
    Q_ENUM(Phase)

    static constexpr int maximumAttempts = 5;
    static constexpr int forbiddenBeforePause = 3;
    static constexpr int doubtfulBeforePause = 5;
    static constexpr int unreachedBeforePause = 5;
    /// A longer wait than the longest window of any tier needs a person's Resume.
    static constexpr std::chrono::seconds longestOwnWait{3600};

    /// The references must outlive the queue.
    DeletionQueue(JobsApi &api, JobModel &model, Clock &clock, Randomness random,
                  QObject *parent = nullptr);

    /// Takes drafts that a person confirmed; joins the run that is under way. Leaves out what is
    /// already in the queue and what is no longer deletable; returns how many were taken.
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
    [[nodiscard]] const RunSummary &summary() const { return m_summary; }
    [[nodiscard]] bool isBusy() const { return m_phase != Phase::Idle; }
    [[nodiscard]] bool canRetry() const;

    /// One finished item that did not simply go, for the list of problems.
    struct Problem
    {
        JobId id;
        QString name;
        Outcome outcome = Outcome::Failed;
        std::optional<ApiError> error;
    };
    [[nodiscard]] const QList<Problem> &problems() const { return m_problems; }

signals:
    /// phase(), reason() or pausedUntil() changed.
    void phaseChanged();
    /// summary() or problems() changed; once per event loop turn at most.
    void summaryChanged();
    /// Once per item, when it has its outcome.
    void itemFinished(const Jobsweep::JobId &id, Jobsweep::Outcome outcome);
    /// Every item has its outcome.
    void runFinished();
};

} // namespace Jobsweep
