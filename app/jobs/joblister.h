// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "jobs/jobmodel.h"
#include "jobs/jobquery.h"
#include "jobs/jobsapi.h"

#include <QObject>
#include <QSet>

#include <optional>

namespace Jobsweep {

/// Walks the pages of the list into the model. One listing at a time: start() ends the one before,
/// and its late answers are dropped. Follows only continuation tokens, never an address from the
/// service.
class JobLister final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        NotLoaded,
        Loading,
        Complete,
        /// Ended by stop(); what had arrived is kept.
        Stopped,
        /// Ended by an error, see error(); what had arrived is kept.
        Failed,
    };
    Q_ENUM(State)

    /// Where a listing that never ends is ended with an error.
    struct Bounds
    {
        int pages = 10'000;
        int jobs = 1'000'000;
    };
    /// How often a page that was not answered is asked for again, with back-off.
    static constexpr int maximumAttempts = 5;

    /// The references must outlive the lister.
    JobLister(JobsApi &api, JobModel &model, Clock &clock, Randomness random,
              const Bounds &bounds = defaultBounds(), QObject *parent = nullptr);
    [[nodiscard]] static Bounds defaultBounds() { return {}; }

    /// Keeps the rows when the query is the one before (a refresh), clears them otherwise.
    void start(const JobQuery &query);
    void stop();
    /// Back to NotLoaded with an empty model; for another connection.
    void reset();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    /// Only in state Failed.
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }
    /// Jobs that this listing has brought so far.
    [[nodiscard]] int loaded() const { return m_loaded; }

signals:
    void stateChanged();
    /// A page arrived; see loaded().
    void progressed();

private:
    void requestPage();
    void takePage(const JobPage &page);
    [[nodiscard]] std::optional<MalformedReply::Reason> faultOf(const JobPage &page) const;
    [[nodiscard]] bool stepTo(const QString &continuationToken);
    void takeError(const ApiError &error);
    void fail(const ApiError &error);
    void failMalformed(MalformedReply::Reason reason);
    void end(State state, JobModel::ListingEnd listingEnd);

    JobsApi &m_api;
    JobModel &m_model;
    Clock &m_clock;
    Randomness m_random;
    Bounds m_bounds;
    State m_state = State::NotLoaded;
    JobQuery m_query;
    FilterForm m_form = FilterForm::Full;
    QStringList m_filters;
    std::optional<ApiError> m_error;
    QString m_continuationToken;
    QSet<QString> m_seenTokens;
    int m_listing = 0;
    int m_pages = 0;
    int m_loaded = 0;
    int m_attempt = 0;
};

} // namespace Jobsweep
