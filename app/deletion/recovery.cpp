// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/recovery.h"

#include "http/whendone.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace Jobsweep {

Recovery::Recovery(History &history, DeletionQueue &queue, RestClient &client, Clock &clock,
                   QObject *parent)
    : QObject(parent), m_history(history), m_queue(queue), m_client(client), m_clock(clock)
{
    connect(&client, &RestClient::addressChanged, this, &Recovery::forgetAll);
    connect(&client, &RestClient::tokenChanged, this, &Recovery::lookIfPossible);
    connect(&history, &History::failureChanged, this, &Recovery::lookIfPossible);
    connect(&queue, &DeletionQueue::needsReview, this, &Recovery::takeBack);
    connect(&queue, &DeletionQueue::itemFinished, this,
            [this](const JobId &id) { m_checking.remove(id); });
}

int Recovery::deleteReviewed(const QList<JobId> &ids, const RunTerms &terms)
{
    const QSet<JobId> wanted(ids.cbegin(), ids.cend());
    const auto isWanted
        = [&wanted](const UnfinishedItem &left) { return wanted.contains(left.item.id); };
    QList<UnfinishedItem> confirmed;
    std::ranges::copy_if(m_toReview, std::back_inserter(confirmed), isWanted);
    const int taken = m_queue.startReviewed(confirmed, terms);
    if (taken > 0) {
        m_toReview.removeIf(isWanted);
        emit changed();
    }
    return taken;
}

void Recovery::keepReviewed()
{
    const auto kept = std::exchange(m_toReview, {});
    for (const UnfinishedItem &left : kept)
        m_history.finish(left.item.correlationId, Outcome::Cancelled, m_clock.utc());
    emit changed();
}

void Recovery::lookIfPossible()
{
    const QString origin = m_client.address().origin();
    if (!m_client.hasToken() || m_history.failure() || m_lookedAt == origin)
        return;
    m_lookedAt = origin;
    whenDone(m_history.unfinished(origin), this, [this, origin](const QList<UnfinishedItem> &left) {
        if (origin == m_lookedAt)
            take(left);
    });
}

void Recovery::take(const QList<UnfinishedItem> &left)
{
    QList<UnfinishedItem> toCheck;
    for (const UnfinishedItem &item : left) {
        // Of this session: its own run is at it.
        if (m_queue.item(item.item.id))
            continue;
        if (item.stage == ItemStage::Intended) {
            m_checking.insert(item.item.id, item);
            toCheck.append(item);
        } else {
            m_toReview.append(item);
        }
    }
    m_queue.recover(toCheck);
    if (!m_toReview.isEmpty())
        emit changed();
}

void Recovery::takeBack(const JobId &id)
{
    if (!m_checking.contains(id))
        return;
    UnfinishedItem item = m_checking.take(id);
    item.stage = ItemStage::Confirmed;
    item.wasIntended = true;
    m_toReview.append(item);
    emit changed();
}

/// They belong to the old address, and are asked about again when it is back.
void Recovery::forgetAll()
{
    m_lookedAt.clear();
    m_checking.clear();
    m_toReview.clear();
    emit changed();
}

} // namespace Jobsweep
