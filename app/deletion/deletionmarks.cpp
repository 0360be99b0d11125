// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionmarks.h"

#include "http/whendone.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {
namespace {

DeletionMark markOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Refused:
        return DeletionMark::Refused;
    case Outcome::Failed:
        return DeletionMark::Failed;
    case Outcome::Unknown:
        return DeletionMark::Unknown;
    case Outcome::Cancelled:
        return DeletionMark::Cancelled;
    case Outcome::Deleted:
    case Outcome::AlreadyGone:
        return DeletionMark::None;
    }
    Q_UNREACHABLE();
}

DeletionMark markOf(const RunItem &item)
{
    if (item.outcome)
        return markOf(*item.outcome);
    if (item.needsCheck)
        return item.isUnderWay ? DeletionMark::Checking : DeletionMark::InDoubt;
    return item.isUnderWay ? DeletionMark::Deleting : DeletionMark::Queued;
}

} // namespace

DeletionMarks::DeletionMarks(const RunItems &items, JobsApi &api, JobModel &model, Clock &clock,
                             Randomness random, QObject *parent)
    : QObject(parent), m_items(items), m_api(api), m_model(model), m_clock(clock),
      m_random(std::move(random))
{
    // Another token may see what this one does not.
    connect(&m_api.client(), &RestClient::tokenChanged, this, [this] {
        m_gone.clear();
        m_goneBefore.clear();
        countListedAgain();
    });
    connect(&m_model, &JobModel::listingBegan, this, [this] {
        // While a run is under way its outcomes stand; the listing after it tells more.
        if (m_items.summary().left == 0)
            m_goneBefore.unite(std::exchange(m_gone, {}));
        countListedAgain();
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { showInserted(first, last); });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &DeletionMarks::countListedAgain);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &DeletionMarks::countListedAgain);
}

void DeletionMarks::show(const RunItem &item)
{
    m_model.setMark(item.id, markOf(item));
    if (!item.outcome)
        return;
    if (isGone(*item.outcome)) {
        m_gone.insert(item.id);
        m_goneBefore.remove(item.id);
        m_model.removeSoon(item.id);
    } else {
        m_model.setError(item.id, item.error);
    }
}

void DeletionMarks::readAgain(const RunItem &item)
{
    readAgain(item.id, item.correlationId, 1);
}

void DeletionMarks::readAgain(const JobId &id, const QString &correlationId, int attempt)
{
    whenDone(m_api.job(id, correlationId), this,
             [this, id, correlationId, attempt](const Result<JobsApi::JobReply> &answer) {
                 if (answer)
                     m_model.update(answer->job);
                 else if (mayPass(answer.error()) && attempt < maximumAttempts)
                     m_clock.callAt(m_clock.now() + backoff(attempt, m_random()), this,
                                    [=, this] { readAgain(id, correlationId, attempt + 1); });
             });
}

/// Not those of which the service has just said again that they are not there.
void DeletionMarks::countListedAgain()
{
    const auto isListed = [this](const JobId &id) {
        const Job *job = m_model.find(id);
        return job && !job->isMissing;
    };
    const auto count = static_cast<int>(std::ranges::count_if(m_goneBefore, isListed));
    if (std::exchange(m_listedAgain, count) != count)
        emit listedAgainChanged();
}

void DeletionMarks::showInserted(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const JobId id = m_model.jobAt(row).id;
        const RunItem *item = m_items.find(id);
        if (m_gone.contains(id))
            m_model.removeSoon(id);
        else if (item && !(item->outcome && isGone(*item->outcome)))
            show(*item);
    }
    countListedAgain();
}

} // namespace Jobsweep
