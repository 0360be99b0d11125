// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/idlookup.h"

#include "jobs/pagechain.h"

#include <utility>

namespace Jobsweep {

IdLookup::IdLookup(JobsApi &api, Patience patience, const QList<JobId> &ids,
                   const QStringList &filters, QObject *parent)
    : QObject(parent), m_api(api), m_patience(std::move(patience)), m_filters(filters)
{
    m_filters.removeAll(QString());
    for (const JobId &id : ids) {
        if (m_open.contains(id.text.toLower()))
            continue;
        m_open.insert(id.text.toLower());
        m_ids.append(id);
    }
}

void IdLookup::start()
{
    goOn();
}

void IdLookup::goOn()
{
    // The first piece shows whether the others are worth their requests.
    const auto mayAskPiece = [this] { return m_acceptsPieces || m_underWay == 0; };
    while (!m_isFinished && !m_filters.isEmpty() && m_underWay < requestsAtOnce && mayAskPiece())
        askPiece();
    // A piece that is under way may still bring the ones that would be asked for.
    const bool hasPieces = !m_filters.isEmpty() || m_pieces > 0;
    while (!m_isFinished && !hasPieces && m_next < m_ids.size() && m_underWay < requestsAtOnce)
        askOne();
    if (!m_isFinished && m_underWay == 0 && m_filters.isEmpty() && m_next >= m_ids.size())
        finish({});
}

void IdLookup::askPiece()
{
    ++m_underWay;
    ++m_pieces;
    auto *chain = new PageChain(m_api, m_patience, {m_filters.takeFirst()}, this);
    connect(chain, &PageChain::arrived, this,
            [this, chain](const JobPage &page) { takePage(chain, page); });
    connect(chain, &PageChain::refused, this, [this] { m_filters.clear(); });
    connect(chain, &PageChain::ended, this, [this, chain] { endPiece(chain); });
    chain->start();
}

void IdLookup::takePage(PageChain *chain, const JobPage &page)
{
    m_acceptsPieces = true;
    QList<Job> wanted;
    for (const Job &job : page.jobs) {
        if (m_open.remove(job.id.text.toLower()))
            wanted.append(job);
    }
    if (!wanted.isEmpty())
        emit found(wanted);
    if (!m_isFinished && !chain->goOn(!wanted.isEmpty()))
        endPiece(chain);
}

void IdLookup::endPiece(PageChain *chain)
{
    chain->deleteLater();
    --m_underWay;
    --m_pieces;
    // What failed here is asked for one by one, and has its own answer there.
    if (chain->error() && concernsEverything(*chain->error()))
        finish(chain->error());
    else
        goOn();
}

void IdLookup::askOne()
{
    const JobId id = m_ids.at(m_next++);
    if (!m_open.contains(id.text.toLower()))
        return;
    ++m_underWay;
    askPatiently<JobsApi::JobReply>(
        m_patience, this, [this, id] { return m_api.job(id); },
        [this, id](const Result<JobsApi::JobReply> &reply) { takeJob(id, reply); });
}

void IdLookup::takeJob(const JobId &id, const Result<JobsApi::JobReply> &reply)
{
    --m_underWay;
    if (m_isFinished)
        return;
    if (!reply && concernsEverything(reply.error())) {
        finish(reply.error());
        return;
    }
    m_open.remove(id.text.toLower());
    if (reply)
        emit found({reply->job});
    else if (isJobNotFound(reply.error()))
        emit notFound(id);
    else
        emit failed({{}, id, reply.error()});
    goOn();
}

void IdLookup::finish(const std::optional<ApiError> &error)
{
    m_isFinished = true;
    m_error = error;
    emit finished();
}

} // namespace Jobsweep
