// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/joblister.h"

#include "jobs/idlookup.h"
#include "jobs/pagechain.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {

namespace {

ApiError malformed(MalformedReply::Reason reason)
{
    MalformedReply reply;
    reply.reason = reason;
    reply.status = 200;
    return reply;
}

/// An id that could not be written into a filter was not sent.
ApiError forbidden()
{
    NetworkFailure failure;
    failure.kind = NetworkFailure::Kind::Forbidden;
    return failure;
}

/// Ends an object that may be the one that is calling, and silences it at once.
void retire(QObject *object, const QObject *listener)
{
    object->disconnect(listener);
    object->deleteLater();
}

} // namespace

JobLister::JobLister(JobsApi &api, JobModel &model, Clock &clock, const Randomness &random,
                     const Bounds &bounds, QObject *parent)
    : QObject(parent), m_api(api), m_model(model), m_patience{clock, random, maximumAttempts},
      m_bounds(bounds)
{ }

void JobLister::start(const JobQuery &query)
{
    abandon();
    if (query != m_query)
        m_model.clear();
    m_query = query;
    m_error.reset();
    m_failures.clear();
    m_refusedForms = 0;
    m_pages = 0;
    m_loaded = 0;
    m_unreadable = 0;
    m_lookedUp = 0;
    m_notFound = 0;
    m_model.beginListing();
    m_state = State::Loading;
    emit stateChanged();
    if (!query.ids.isEmpty())
        startLookup();
    else {
        prepareLists();
        startLists();
    }
}

void JobLister::stop()
{
    if (m_state == State::Loading)
        end(State::Stopped, JobModel::ListingEnd::Partial);
}

void JobLister::reset()
{
    m_loaded = 0;
    m_unreadable = 0;
    m_error.reset();
    m_failures.clear();
    m_model.clear();
    end(State::NotLoaded, JobModel::ListingEnd::Partial);
}

void JobLister::prepareLists()
{
    // One moment for all, so that each page of a list is asked for with the same text.
    const QDateTime now = m_patience.clock.utc();
    JobQuery query = m_query;
    query.iTwinIds.removeDuplicates();
    for (const FilterForm form :
         {FilterForm::Full, FilterForm::WithoutState, FilterForm::AsPublished}) {
        const QStringList filters = filterExpressions(query, form, now);
        m_waiting.resize(filters.size());
        for (qsizetype list = 0; list < filters.size(); ++list) {
            m_waiting[list].iTwinId = query.iTwinIds.value(list);
            m_waiting[list].filters.append(filters.at(list));
        }
    }
    for (List &list : m_waiting)
        list.filters.removeDuplicates();
}

void JobLister::startLists()
{
    while (m_chains.size() < listsAtOnce && !m_waiting.isEmpty())
        startList(m_waiting.takeFirst());
    if (m_chains.isEmpty())
        finish();
}

void JobLister::startList(const List &list)
{
    if (list.filters.constFirst().isEmpty()) {
        m_failures.append({list.iTwinId, {}, forbidden()});
        return;
    }
    const qsizetype refused = std::min<qsizetype>(m_refusedForms, list.filters.size() - 1);
    auto *chain = new PageChain(m_api, m_patience, list.filters.mid(refused), this);
    m_chains.append(chain);
    connect(chain, &PageChain::arrived, this,
            [this, chain, iTwinId = list.iTwinId](const JobPage &page) {
                takePage(chain, iTwinId, page);
            });
    connect(chain, &PageChain::refused, this, [this, list](const QString &filter) {
        m_refusedForms
            = std::max(m_refusedForms, static_cast<int>(list.filters.indexOf(filter)) + 1);
    });
    connect(chain, &PageChain::ended, this,
            [this, chain, iTwinId = list.iTwinId] { endList(chain, iTwinId); });
    chain->start();
}

void JobLister::takePage(PageChain *chain, const QString &iTwinId, const JobPage &page)
{
    ++m_pages;
    const bool othersGoOn = m_chains.size() > 1 || !m_waiting.isEmpty();
    auto reason = brokenBound(page);
    if (page.continuationToken.isEmpty() && !othersGoOn)
        reason.reset(); // nothing follows that there could be too much of
    // Before this page is taken in: the next one is on its way meanwhile.
    const bool isLast = reason || !chain->goOn(m_model.hasNew(page.jobs));
    m_loaded += m_model.append(page.jobs);
    m_unreadable += page.unreadable;
    emit progressed();
    if (!m_chains.contains(chain))
        return; // whoever heard of the progress stopped the listing
    if (reason)
        endAll(malformed(*reason));
    else if (isLast)
        endList(chain, iTwinId);
}

std::optional<MalformedReply::Reason> JobLister::brokenBound(const JobPage &page) const
{
    if (m_pages >= m_bounds.pages)
        return MalformedReply::Reason::TooManyPages;
    if (m_loaded + page.jobs.size() >= m_bounds.jobs)
        return MalformedReply::Reason::TooManyJobs;
    return {};
}

void JobLister::endList(PageChain *chain, const QString &iTwinId)
{
    m_chains.removeOne(chain);
    retire(chain, this);
    const std::optional<ApiError> &error = chain->error();
    if (error && concernsEverything(*error)) {
        endAll(*error);
        return;
    }
    if (error)
        m_failures.append({iTwinId, {}, *error});
    startLists();
}

/// For a reason that is not one list's own: the others are not complete either.
void JobLister::endAll(const ApiError &error)
{
    m_failures.append({{}, {}, error});
    end(State::Failed, JobModel::ListingEnd::Partial);
}

void JobLister::startLookup()
{
    m_lookup
        = new IdLookup(m_api, m_patience, m_query.ids,
                       filterExpressions(m_query, FilterForm::Full, m_patience.clock.utc()), this);
    connect(m_lookup, &IdLookup::found, this, &JobLister::takeJobs);
    connect(m_lookup, &IdLookup::notFound, this, &JobLister::takeMissing);
    connect(m_lookup, &IdLookup::failed, this, [this](const Failure &failure) {
        m_failures.append(failure);
        ++m_lookedUp;
        emit progressed();
    });
    connect(m_lookup, &IdLookup::finished, this, [this] {
        if (m_lookup->error())
            m_failures.append({{}, {}, *m_lookup->error()});
        finish();
    });
    m_lookup->start();
}

void JobLister::takeJobs(const QList<Job> &jobs)
{
    m_loaded += m_model.append(jobs);
    m_lookedUp += static_cast<int>(jobs.size());
    emit progressed();
}

void JobLister::takeMissing(const JobId &id)
{
    Job job;
    job.id = id;
    job.isMissing = true;
    m_model.append({job});
    ++m_lookedUp;
    ++m_notFound;
    emit progressed();
}

void JobLister::finish()
{
    if (m_failures.isEmpty())
        end(State::Complete, JobModel::ListingEnd::Complete);
    else
        end(State::Failed, JobModel::ListingEnd::Partial);
}

void JobLister::abandon()
{
    m_waiting.clear();
    for (PageChain *chain : std::exchange(m_chains, {}))
        retire(chain, this);
    if (IdLookup *lookup = std::exchange(m_lookup, nullptr))
        retire(lookup, this);
}

void JobLister::end(State state, JobModel::ListingEnd listingEnd)
{
    abandon();
    m_model.endListing(listingEnd);
    m_state = state;
    if (state == State::Failed)
        m_error = m_failures.constFirst().error;
    emit stateChanged();
}

} // namespace Jobsweep
