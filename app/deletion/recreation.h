// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/creationrules.h"
#include "deletion/history.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "jobs/jobcreation.h"
#include "jobs/jobsearch.h"

#include <QObject>
#include <QSet>

#include <optional>

namespace Jobsweep {

/// One draft on its way to exist again.
struct RecreationItem
{
    DeletedDraft draft;
    JobCreation creation;
    /// Nothing before its end, and for one that stop() came before.
    std::optional<CreationOutcome> outcome = {};
    /// With the outcome Created.
    JobId newId = {};
    /// With the outcome Doubled: all jobs that may be it. They are left alone.
    QList<JobId> candidates = {};
    /// Whether newId was found in the list, because the answer to its creation was lost.
    bool wasFound = false;
    /// What kept it from its creation, or led to a search.
    std::optional<ApiError> error = {};
};

/// Creates deleted drafts again, one after the other: a state machine like DeletionQueue, for a
/// request that must not be carried out twice. Nothing is sent before the history knows of it, the
/// POST leaves once at most, and after a lost or doubtful answer, or an attempt of an earlier
/// session that has no outcome, the list is searched before anything is sent again. Belongs to the
/// address it was started for. For one use.
class Recreation final : public QObject
{
    Q_OBJECT

public:
    enum class Phase {
        Idle,
        Running,
        /// Goes on by itself when the client gets a new token.
        WaitingForToken,
        /// Goes on by itself at pausedUntil(): the service asked for it.
        WaitingForService,
        /// Goes on by itself after a back-off.
        WaitingToTryAgain,
        /// stop(): the answer under way is awaited, nothing new is sent.
        Stopping,
        Ended,
    };
    Q_ENUM(Phase)

    enum class End {
        /// Every item has its outcome.
        Completed,
        Stopped,
        /// Another service address is in use.
        AddressChanged,
        /// The history cannot be written, see History::failure().
        NotRecorded,
        /// The list could not be read, which has to come first; see endError(). Nothing was sent.
        NotListed,
    };
    Q_ENUM(End)

    /// POSTs of one item that the service may have seen.
    static constexpr int maximumAttempts = 3;
    /// Tries in a row of a request that did not get through.
    static constexpr int maximumTries = 5;
    /// Searches that must find nothing before it is believed: the list may lag behind.
    static constexpr int searchesToBelieve = 2;
    /// So far this computer's clock may be off from the service's.
    static constexpr std::chrono::hours clockMargin{1};

    /// The references must outlive it.
    Recreation(JobsApi &api, History &history, Clock &clock, Randomness random,
               QObject *parent = nullptr);

    /// Takes the drafts that can be created, see creationFrom(), and begins. Once.
    void start(const QList<DeletedDraft> &drafts);
    void stop();

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// In phase WaitingForService.
    [[nodiscard]] std::optional<Instant> pausedUntil() const { return m_client.pausedUntil(); }
    [[nodiscard]] const QList<RecreationItem> &items() const { return m_items; }
    [[nodiscard]] int finishedCount() const;
    /// In phase Ended.
    [[nodiscard]] End end() const { return m_end; }
    [[nodiscard]] const std::optional<ApiError> &endError() const { return m_endError; }

signals:
    /// phase() or pausedUntil() is another.
    void phaseChanged();
    /// The item at this place of items() has its outcome.
    void itemFinished(int index);
    /// Not from inside start() or stop().
    void ended();

private:
    enum class Step {
        /// Reads which jobs there are before anything is created.
        Look,
        Post,
        Search,
    };

    /// What is going on with the item at hand.
    struct Attempt
    {
        int index = -1;
        /// Empty until the history has been asked to remember it.
        QString correlationId;
        /// Attempts of earlier sessions without an outcome.
        QList<UnfinishedCreation> earlier;
        /// The id that an answer named although there may be more than one job.
        JobId named;
        int doubtfulPosts = 0;
        /// The last answer that left open whether the job exists; a 201 that did is none.
        std::optional<ApiError> doubt;
        int unsentPosts = 0;
        int emptySearches = 0;
    };

    [[nodiscard]] RecreationItem &item() { return m_items[m_now.index]; }
    void next();
    void askHistory();
    void intend();
    void proceed(Step step);
    void waitFor(std::chrono::milliseconds duration, Step step);
    void wakeAt(Instant when);
    void post();
    void takeAnswer(const Result<JobsApi::JobReply> &answer);
    void search();
    void takeJobs(const Result<QList<Job>> &jobs);
    void takeSearchError(const ApiError &error);
    void takeCandidates(const QList<JobId> &ids);
    void foundNothing();
    [[nodiscard]] QDateTime searchedSince() const;
    [[nodiscard]] QList<JobId> candidatesAmong(const QList<Job> &jobs) const;
    void noteRejection(const ApiError &error);
    void finish(CreationOutcome outcome);
    QFuture<Recorded> record(CreationOutcome outcome);
    void settle();
    void endWith(End end);
    void setPhase(Phase phase);

    JobsApi &m_api;
    RestClient &m_client;
    History &m_history;
    Clock &m_clock;
    Randomness m_random;
    JobSearch m_search;
    Phase m_phase = Phase::Idle;
    End m_end = End::Completed;
    std::optional<ApiError> m_endError;
    QList<RecreationItem> m_items;
    Attempt m_now;
    QDateTime m_begunAt;
    /// Jobs that were there before anything was created, and those that were created since.
    QSet<JobId> m_known;
    QSet<JobId> m_created;
    /// The step under way, or the one that comes next while it stands still.
    Step m_step = Step::Look;
    bool m_isStanding = false;
    /// Counts the waits, so that a late alarm is no news.
    int m_wait = 0;
    int m_failedSearches = 0;
    int m_rejectedToken = -1;
    /// Nothing may leave any more; m_end tells why.
    bool m_isStopping = false;
};

} // namespace Jobsweep
