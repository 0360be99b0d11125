// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/joblister.h"

#include "http/whendone.h"

namespace Jobsweep {
JobLister::JobLister(JobsApi &api, JobModel &model, Clock &clock, Randomness random,
                     const Bounds &bounds, QObject *parent)
    : QObject(parent), m_api(api), m_model(model), m_clock(clock), m_random(std::move(random)),
      m_bounds(bounds)
{ }

void JobLister::start(const JobQuery &query)
{
    if (query != m_query)
        m_model.clear();
    m_query = query;
    m_form = FilterForm::Full;
    m_filters = filterExpressions(query, m_form, m_clock.utc());
    m_error.reset();
    m_continuationToken.clear();
    m_seenTokens.clear();
    ++m_listing;
    m_pages = 0;
    m_loaded = 0;
    m_attempt = 0;
    m_model.beginListing();
    m_state = State::Loading;
    emit stateChanged();
    requestPage();
}

void JobLister::stop()
{
    if (m_state == State::Loading)
        end(State::Stopped, JobModel::ListingEnd::Partial);
}

void JobLister::reset()
{
    m_loaded = 0;
    m_error.reset();
    m_model.clear();
    end(State::NotLoaded, JobModel::ListingEnd::Partial);
}

void JobLister::requestPage()
{
    whenDone(m_api.page(m_filters.constFirst(), m_continuationToken), this,
             [this, listing = m_listing](const Result<JobPage> &page) {
                 if (listing != m_listing)
                     return; // an answer to an older listing
                 if (page)
                     takePage(*page);
                 else
                     takeError(page.error());
             });
}

void JobLister::takePage(const JobPage &page)
{
    m_attempt = 0;
    ++m_pages;
    const auto fault = faultOf(page);
    const bool hasMore = !fault && stepTo(page.continuationToken);
    if (hasMore)
        requestPage(); // it is on its way while this one is taken in
    m_loaded += m_model.append(page.jobs);
    emit progressed();
    if (fault)
        failMalformed(*fault);
    else if (!hasMore)
        end(State::Complete, JobModel::ListingEnd::Complete);
}

/// To the next page, or where there is none to the next filter's first; false after the last.
bool JobLister::stepTo(const QString &continuationToken)
{
    m_continuationToken = continuationToken;
    if (continuationToken.isEmpty())
        m_filters.removeFirst();
    else
        m_seenTokens.insert(continuationToken);
    return !m_filters.isEmpty();
}

/// Why nothing may follow this page, although it says so.
std::optional<MalformedReply::Reason> JobLister::faultOf(const JobPage &page) const
{
    using Reason = MalformedReply::Reason;
    if (page.continuationToken.isEmpty())
        return {};
    // Empty pages before the end are allowed; a page of nothing but known jobs goes in circles.
    if (m_seenTokens.contains(page.continuationToken)
        || (!page.jobs.isEmpty() && !m_model.hasNew(page.jobs)))
        return Reason::RepeatedPage;
    if (m_pages >= m_bounds.pages)
        return Reason::TooManyPages;
    if (m_loaded + page.jobs.size() >= m_bounds.jobs)
        return Reason::TooManyJobs;
    return {};
}

void JobLister::takeError(const ApiError &error)
{
    const int status = statusOf(error);
    const bool mayBeTheStateTerm = (status == 422 || status == 400) && m_query.state
        && m_form == FilterForm::Full && m_pages == 0;
    if (mayBeTheStateTerm) {
        m_form = FilterForm::WithoutState;
        m_filters = filterExpressions(m_query, m_form, m_clock.utc());
        requestPage();
        return;
    }
    if (!mayPass(error) || ++m_attempt >= maximumAttempts) {
        fail(error);
        return;
    }
    // After a 429 the client itself holds the request back for as long as the service asked.
    const auto wait = status == 429 ? std::chrono::milliseconds{} : backoff(m_attempt, m_random());
    m_clock.callAt(m_clock.now() + wait, this, [this, listing = m_listing] {
        if (listing == m_listing)
            requestPage();
    });
}

void JobLister::fail(const ApiError &error)
{
    m_error = error;
    end(State::Failed, JobModel::ListingEnd::Partial);
}

void JobLister::failMalformed(MalformedReply::Reason reason)
{
    MalformedReply reply;
    reply.reason = reason;
    reply.status = 200;
    fail(reply);
}

void JobLister::end(State state, JobModel::ListingEnd listingEnd)
{
    ++m_listing;
    m_model.endListing(listingEnd);
    m_state = state;
    emit stateChanged();
}

} // namespace Jobsweep
