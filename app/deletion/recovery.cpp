// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/recovery.h"

#include "http/whendone.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace Jobsweep {

Recovery::Recovery(History &history, DeletionQueue &queue, RestClient &client, Clock &clock,
                   QObject *parent)
    : QObject(parent), m_history(history), m_queue(queue), m_client(client), m_clock(clock)
{
    connect(&client, &RestClient::addressChanged, this, &Recovery::forgetAll);
    connect(&client, &RestClient::tokenChanged, this, &Recovery::setAside);
    connect(&history, &History::failureChanged, this, &Recovery::lookIfPossible);
    connect(&queue, &DeletionQueue::needsReview, this, &Recovery::takeBack);
    connect(&queue, &DeletionQueue::itemFinished, this, &Recovery::settle);
    connect(&queue, &DeletionQueue::phaseChanged, this, &Recovery::checkIfPossible);
}

void Recovery::lookFor(const QString &account)
{
    m_account = account;
    m_mayLook = true;
    lookIfPossible();
    if (m_setAside.isEmpty())
        return;
    m_toReview.append(std::exchange(m_setAside, {}));
    emit changed();
}

int Recovery::deleteReviewed(const QList<JobId> &ids, const RunTerms &terms)
{
    const QSet<JobId> wanted(ids.cbegin(), ids.cend());
    QList<UnfinishedItem> confirmed;
    std::ranges::copy_if(
        m_toReview, std::back_inserter(confirmed),
        [&wanted](const UnfinishedItem &left) { return wanted.contains(left.item.id); });
    const int taken = m_queue.startReviewed(confirmed, terms);
    m_toReview.removeIf([this](const UnfinishedItem &left) {
        const RunItem *item = m_queue.item(left.item.id);
        return item && item->correlationId == left.item.correlationId;
    });
    if (taken > 0)
        emit changed();
    return taken;
}

void Recovery::keepReviewed(const QList<JobId> &ids)
{
    const QSet<JobId> kept(ids.cbegin(), ids.cend());
    m_toReview.removeIf([this, &kept](const UnfinishedItem &left) {
        if (!kept.contains(left.item.id))
            return false;
        m_history.finish(left.item.correlationId, Outcome::Cancelled, m_clock.utc());
        return true;
    });
    emit changed();
}

void Recovery::lookIfPossible()
{
    const QString lookedFor = m_client.address().origin() + u' ' + m_account;
    if (!m_mayLook || !m_client.hasToken() || m_history.failure())
        return;
    if (m_lookedFor == lookedFor) {
        checkIfPossible();
        return;
    }
    m_lookedFor = lookedFor;
    m_toReview.clear();
    m_setAside.clear();
    m_checking.clear();
    whenDone(m_history.unfinished(m_client.address().origin()), this,
             [this, lookedFor](const QList<UnfinishedItem> &left) {
                 if (lookedFor == m_lookedFor)
                     take(left);
             });
}

void Recovery::take(const QList<UnfinishedItem> &left)
{
    for (const UnfinishedItem &item : left) {
        const bool isOthers = !item.account.isEmpty() && item.account != m_account;
        const RunItem *known = m_queue.item(item.item.id);
        const bool isAtWork = known && known->correlationId == item.item.correlationId;
        if (isOthers || isAtWork)
            continue;
        if (item.stage == ItemStage::Intended)
            m_checking.append(item);
        else
            m_toReview.append(item);
    }
    checkIfPossible();
    if (!m_toReview.isEmpty())
        emit changed();
}

/// Not into a run that is being stopped or is not recorded: the outcomes have to be written.
void Recovery::checkIfPossible()
{
    const bool canJoin = m_queue.phase() != DeletionQueue::Phase::Stopping
        && (!m_queue.isBusy() || m_queue.isRecorded());
    if (!canJoin || !m_mayLook)
        return;
    QList<UnfinishedItem> toCheck;
    for (const UnfinishedItem &item : std::as_const(m_checking)) {
        if (!m_queue.item(item.item.id))
            toCheck.append(item);
    }
    m_queue.recover(toCheck, m_account);
}

void Recovery::takeBack(const JobId &id)
{
    m_checking.removeIf([this, &id](const UnfinishedItem &left) {
        if (left.item.id != id)
            return false;
        QList<UnfinishedItem> &place = m_mayLook ? m_toReview : m_setAside;
        place.append(left);
        place.last().stage = ItemStage::Confirmed;
        place.last().wasIntended = true;
        return true;
    });
    emit changed();
}

/// A job can be left over by several runs: what became of it is the end of all of them.
void Recovery::settle(const JobId &id, Outcome outcome)
{
    if (outcome == Outcome::Unknown)
        return;
    const RunItem *finished = m_queue.item(id);
    const auto settles = [&](const UnfinishedItem &left) {
        if (left.item.id != id)
            return false;
        if (!finished || finished->correlationId != left.item.correlationId)
            m_history.finish(left.item.correlationId, outcome, m_clock.utc());
        return true;
    };
    m_checking.removeIf(settles);
    if (isGone(outcome))
        m_setAside.removeIf(settles);
    if (isGone(outcome) && m_toReview.removeIf(settles) > 0)
        emit changed();
}

/// Whose the new token is is not known yet: until then nothing of them is checked or confirmed.
void Recovery::setAside()
{
    m_mayLook = false;
    if (m_toReview.isEmpty())
        return;
    m_setAside.append(std::exchange(m_toReview, {}));
    emit changed();
}

/// They belong to the old address, and are asked about again when it is back.
void Recovery::forgetAll()
{
    m_mayLook = false;
    m_lookedFor.clear();
    m_checking.clear();
    m_toReview.clear();
    m_setAside.clear();
    emit changed();
}

} // namespace Jobsweep
