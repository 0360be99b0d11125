// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/runitems.h"

#include <QUuid>

#include <algorithm>

namespace Jobsweep {
namespace {

int &countOf(RunSummary *summary, Outcome outcome)
{
    switch (outcome) {
    case Outcome::Deleted:
        return summary->deleted;
    case Outcome::AlreadyGone:
        return summary->alreadyGone;
    case Outcome::Refused:
        return summary->refused;
    case Outcome::Failed:
        return summary->failed;
    case Outcome::Unknown:
        return summary->unknown;
    case Outcome::Cancelled:
        return summary->cancelled;
    }
    Q_UNREACHABLE();
}

} // namespace

bool RunItems::add(const JobId &id, const QString &name)
{
    if (const auto known = m_items.constFind(id); known != m_items.cend()) {
        if (!known->outcome || isGone(*known->outcome))
            return false;
        reopen(id);
        return true;
    }
    RunItem item;
    item.id = id;
    item.name = name;
    item.correlationId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_items.insert(id, item);
    m_new.push_back(id);
    ++m_summary.left;
    return true;
}

void RunItems::clear()
{
    *this = {};
}

const RunItem *RunItems::find(const JobId &id) const
{
    const auto found = m_items.constFind(id);
    return found == m_items.cend() ? nullptr : &*found;
}

std::optional<JobId> RunItems::takeNext(Instant now)
{
    const auto due = std::ranges::find_if(
        m_again, [this, now](const JobId &id) { return m_items[id].notBefore <= now; });
    if (due != m_again.end()) {
        JobId id = *due;
        m_again.erase(due);
        return id;
    }
    if (m_new.empty())
        return {};
    JobId id = m_new.front();
    m_new.pop_front();
    return id;
}

std::optional<Instant> RunItems::nextDue() const
{
    std::optional<Instant> earliest;
    for (const JobId &id : m_again) {
        const Instant due = m_items.constFind(id)->notBefore;
        earliest = std::min(earliest.value_or(due), due);
    }
    return earliest;
}

void RunItems::putBack(const JobId &id, Instant notBefore)
{
    m_items[id].notBefore = notBefore;
    m_again.push_front(id);
}

QList<JobId> RunItems::takeAll()
{
    QList<JobId> all(m_again.begin(), m_again.end());
    all.append(QList<JobId>(m_new.begin(), m_new.end()));
    m_again.clear();
    m_new.clear();
    return all;
}

void RunItems::finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error)
{
    RunItem &item = m_items[id];
    Q_ASSERT(!item.outcome);
    item.outcome = outcome;
    item.error = error;
    --m_summary.left;
    ++countOf(&m_summary, outcome);
    if (!isGone(outcome))
        m_problems.append(id);
}

void RunItems::reopen(const JobId &id)
{
    RunItem &item = m_items[id];
    --countOf(&m_summary, *item.outcome);
    ++m_summary.left;
    m_problems.removeOne(id);
    item.needsCheck = item.outcome == Outcome::Unknown;
    item.outcome.reset();
    item.attempts = 0;
    item.checks = 0;
    item.notBefore = {};
    m_new.push_back(id);
}

void RunItems::setUnderWay(const JobId &id, bool underWay)
{
    if (std::exchange(m_items[id].isUnderWay, underWay) != underWay)
        m_underWay += underWay ? 1 : -1;
}

} // namespace Jobsweep
