// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/pagechain.h"

#include <utility>

namespace Jobsweep {

PageChain::PageChain(JobsApi &api, Patience patience, const QStringList &filters, QObject *parent)
    : QObject(parent), m_api(api), m_patience(std::move(patience)), m_filters(filters)
{ }

void PageChain::start()
{
    requestPage();
}

void PageChain::requestPage()
{
    askPatiently<JobPage>(
        m_patience, this,
        [this] { return m_api.page(m_filters.constFirst(), m_page.continuationToken); },
        [this](const Result<JobPage> &page) {
            if (page)
                takePage(*page);
            else
                takeError(page.error());
        });
}

void PageChain::takePage(const JobPage &page)
{
    m_hasPage = true;
    m_page = page;
    emit arrived(page);
}

bool PageChain::goOn(bool hasNew)
{
    const QString &token = m_page.continuationToken;
    if (token.isEmpty())
        return false;
    // Empty pages before the end are allowed; a page of nothing but known jobs goes in circles.
    const bool hasOnlyKnown = !hasNew && !m_page.jobs.isEmpty();
    if (m_seenTokens.contains(token) || hasOnlyKnown) {
        MalformedReply circle;
        circle.reason = MalformedReply::Reason::RepeatedPage;
        circle.status = 200;
        m_error = circle;
        return false;
    }
    m_seenTokens.insert(token);
    m_page.jobs.clear();
    requestPage();
    return true;
}

void PageChain::takeError(const ApiError &error)
{
    const int status = statusOf(error);
    const bool mayBeTheFilter = (status == 422 || status == 400) && !m_hasPage;
    if (!mayBeTheFilter) {
        fail(error);
        return;
    }
    emit refused(m_filters.takeFirst());
    if (m_filters.isEmpty())
        fail(error);
    else
        requestPage();
}

void PageChain::fail(const ApiError &error)
{
    m_error = error;
    emit ended();
}

} // namespace Jobsweep
