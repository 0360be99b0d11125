// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsearch.h"

#include "http/whendone.h"

namespace Jobsweep {

JobSearch::JobSearch(JobsApi &api, QObject *parent) : QObject(parent), m_api(api) { }

void JobSearch::start(const QString &filter)
{
    ++m_search;
    m_filter = filter;
    m_jobs.clear();
    m_seenTokens.clear();
    requestPage({});
}

void JobSearch::requestPage(const QString &continuationToken)
{
    whenDone(m_api.page(m_filter, continuationToken), this,
             [this, search = m_search](const Result<JobPage> &page) {
                 if (search != m_search)
                     return;
                 if (page)
                     takePage(*page);
                 else
                     emit finished(tl::unexpected(page.error()));
             });
}

void JobSearch::takePage(const JobPage &page)
{
    m_jobs += page.jobs;
    const QString &next = page.continuationToken;
    if (next.isEmpty()) {
        emit finished(m_jobs);
    } else if (m_seenTokens.contains(next)) {
        fail(MalformedReply::Reason::RepeatedPage);
    } else if (m_seenTokens.size() + 1 >= maximumPages) {
        fail(MalformedReply::Reason::TooManyPages);
    } else {
        m_seenTokens.insert(next);
        requestPage(next);
    }
}

void JobSearch::fail(MalformedReply::Reason reason)
{
    MalformedReply error;
    error.reason = reason;
    error.status = 200;
    emit finished(tl::unexpected<ApiError>(error));
}

} // namespace Jobsweep
