// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/runitems.h"

#include <algorithm>
#include <utility>

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

bool RunItems::add(const RunItem &item, Place place)
{
    if (const auto known = m_items.find(item.id); known != m_items.end()) {
        if (!known->outcome || isGone(*known->outcome))
            return false;
        takeBackOutcome(*known);
        m_problems.removeOne(item.id);
    } else {
        m_items.insert(item.id, item);
        ++m_summary.left;
    }
    if (place == Place::Held)
        m_held.append(item.id);
    else
        release(item.id);
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

void RunItems::releaseHeld()
{
    const auto held = takeHeld();
    for (const JobId &id : held)
        release(id);
}

QList<JobId> RunItems::takeUnintended(int most)
{
    QList<JobId> taken;
    while (taken.size() < most && !m_unintended.empty()) {
        taken.append(m_unintended.front());
        m_unintended.pop_front();
    }
    m_beingIntended.append(taken);
    return taken;
}

void RunItems::setIntended(const QList<JobId> &ids)
{
    for (const JobId &id : ids) {
        // Taken out meanwhile, by a stop.
        if (!m_beingIntended.removeOne(id))
            continue;
        RunItem &item = m_items[id];
        item.isIntended = true;
        if (item.notBefore == Instant{})
            m_ready.push_back(id);
        else
            m_again.push_back(id);
    }
}

void RunItems::setUnintended(const QList<JobId> &ids)
{
    std::for_each(ids.crbegin(), ids.crend(), [this](const JobId &id) {
        if (m_beingIntended.removeOne(id))
            m_unintended.push_front(id);
    });
}

int RunItems::preparedCount() const
{
    return static_cast<int>(m_beingIntended.size()) + static_cast<int>(m_ready.size());
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
    if (m_ready.empty())
        return {};
    JobId id = m_ready.front();
    m_ready.pop_front();
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
    RunItem &item = m_items[id];
    item.notBefore = notBefore;
    if (item.isIntended)
        m_again.push_front(id);
    else
        m_unintended.push_front(id);
}

QList<JobId> RunItems::takeAll()
{
    QList<JobId> all(m_again.begin(), m_again.end());
    all.append(QList<JobId>(m_ready.begin(), m_ready.end()));
    all.append(std::exchange(m_beingIntended, {}));
    all.append(QList<JobId>(m_unintended.begin(), m_unintended.end()));
    all.append(takeHeld());
    m_again.clear();
    m_ready.clear();
    m_unintended.clear();
    return all;
}

QList<JobId> RunItems::takeHeld()
{
    return std::exchange(m_held, {});
}

int RunItems::inDoubt() const
{
    return static_cast<int>(std::ranges::count_if(
        m_items, [](const RunItem &item) { return !item.outcome && item.needsCheck; }));
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

void RunItems::reopen(const QList<JobId> &ids)
{
    for (const JobId &id : ids) {
        takeBackOutcome(m_items[id]);
        release(id);
    }
    m_problems.removeIf([this](const JobId &id) { return !m_items[id].outcome; });
}

void RunItems::withdraw(const JobId &id)
{
    m_items.remove(id);
    --m_summary.left;
}

void RunItems::release(const JobId &id)
{
    if (m_items[id].isIntended)
        m_ready.push_back(id);
    else
        m_unintended.push_back(id);
}

void RunItems::takeBackOutcome(RunItem &item)
{
    --countOf(&m_summary, *item.outcome);
    ++m_summary.left;
    item.needsCheck = item.outcome == Outcome::Unknown;
    item.outcome.reset();
    item.isIntended = false;
    item.attempts = 0;
    item.checks = 0;
    item.notBefore = {};
}

void RunItems::setUnderWay(const JobId &id, bool underWay)
{
    if (std::exchange(m_items[id].isUnderWay, underWay) != underWay)
        m_underWay += underWay ? 1 : -1;
}

} // namespace Jobsweep
