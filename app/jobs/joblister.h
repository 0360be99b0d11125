// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "http/patience.h"
#include "jobs/jobmodel.h"
#include "jobs/jobquery.h"
#include "jobs/jobsapi.h"
#include "jobs/listingfailure.h"

#include <QObject>

#include <optional>

namespace Jobsweep {

class IdLookup;
class PageChain;

/// Brings the jobs of a query into the model: the pages of one list, of several iTwins at once, or
/// looks up a list of ids. One listing at a time: start() ends the one before, and its late answers
/// are dropped. Follows only continuation tokens, never an address from the service.
class JobLister final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        NotLoaded,
        Loading,
        /// Every list came to its end; of a list of ids, every one was found or is not there.
        Complete,
        /// Ended by stop(); what had arrived is kept.
        Stopped,
        /// Something could not be had, see failures(); all that arrived is kept.
        Failed,
    };
    Q_ENUM(State)

    /// Where a listing that never ends is ended with an error; over all its lists.
    struct Bounds
    {
        int pages = 10'000;
        int jobs = 1'000'000;
    };
    using Failure = ListingFailure;
    /// How often a page that was not answered is asked for again, with back-off.
    static constexpr int maximumAttempts = 5;
    /// How many iTwins are listed at the same time; what more there are wait. As many as there are
    /// connections.
    static constexpr int listsAtOnce = 6;

    /// The references must outlive the lister.
    JobLister(JobsApi &api, JobModel &model, Clock &clock, const Randomness &random,
              const Bounds &bounds = defaultBounds(), QObject *parent = nullptr);
    [[nodiscard]] static Bounds defaultBounds() { return {}; }

    /// Keeps the rows when the query is the one before (a refresh), clears them otherwise. Of a
    /// list of ids, those that the service does not have become rows, see Job::isMissing.
    void start(const JobQuery &query);
    void stop();
    /// Back to NotLoaded with an empty model; for another connection.
    void reset();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    /// The first of the failures; only in state Failed.
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }
    /// In the order in which they came, also while others are still being listed. What was not
    /// asked for any more, because the answer would have been the same, is not among them.
    [[nodiscard]] const QList<Failure> &failures() const { return m_failures; }
    /// Jobs that this listing has brought so far.
    [[nodiscard]] int loaded() const { return m_loaded; }
    /// What else came in the list, and is no job; see JobPage::unreadable.
    [[nodiscard]] int unreadable() const { return m_unreadable; }
    /// Of a list of ids: how many have been answered, and how many of these are not there.
    [[nodiscard]] int lookedUp() const { return m_lookedUp; }
    [[nodiscard]] int notFound() const { return m_notFound; }

signals:
    void stateChanged();
    /// A page or a job arrived, or one was not found; see loaded(), lookedUp() and notFound().
    void progressed();

private:
    /// One list and the ways to ask for it.
    struct List
    {
        QString iTwinId;
        QStringList filters;
    };

    void prepareLists();
    void startLists();
    void startList(const List &list);
    void takePage(PageChain *chain, const QString &iTwinId, const JobPage &page);
    void endList(PageChain *chain, const QString &iTwinId);
    void endAll(const ApiError &error);
    /// Why nothing may follow this page.
    [[nodiscard]] std::optional<MalformedReply::Reason> brokenBound(const JobPage &page) const;
    void startLookup();
    void takeJobs(const QList<Job> &jobs);
    void takeMissing(const JobId &id);
    void finish();
    void abandon();
    void end(State state, JobModel::ListingEnd listingEnd);

    JobsApi &m_api;
    JobModel &m_model;
    Patience m_patience;
    Bounds m_bounds;
    State m_state = State::NotLoaded;
    JobQuery m_query;
    std::optional<ApiError> m_error;
    QList<Failure> m_failures;
    QList<List> m_waiting;
    QList<PageChain *> m_chains;
    /// What the service refused to one list it is not asked for another.
    int m_refusedForms = 0;
    IdLookup *m_lookup = nullptr;
    int m_pages = 0;
    int m_loaded = 0;
    int m_unreadable = 0;
    int m_lookedUp = 0;
    int m_notFound = 0;
};

} // namespace Jobsweep
