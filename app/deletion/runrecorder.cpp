// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/runrecorder.h"

#include "http/whendone.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {

RunRecorder::RunRecorder(RunItems &items, History &history, Clock &clock, QObject *parent)
    : QObject(parent), m_items(items), m_history(history), m_clock(clock)
{ }

void RunRecorder::begin(const NewRun &run)
{
    ++m_generation;
    m_run = run;
    m_hasBegun = false;
    m_unwritten.clear();
    m_written = 0;
    m_isWriting = false;
    m_isWaived = false;
    m_hasFailed = false;
}

void RunRecorder::nameUnlessBegun(const NewRun &run)
{
    if (!m_hasBegun && m_unwritten.isEmpty())
        m_run = run;
}

void RunRecorder::add(const QList<NewItem> &items)
{
    if (m_isWaived || items.isEmpty())
        return;
    m_unwritten.append(items);
    writeItems();
}

void RunRecorder::waive()
{
    m_isWaived = true;
    m_hasFailed = false;
    m_unwritten.clear();
    m_written = 0;
}

void RunRecorder::recordAhead(int sendable)
{
    const int goal = std::clamp(sendable, leastAhead, mostAhead);
    const int wanted = goal - m_items.preparedCount();
    // Not one by one: half of the goal is time enough for the next commit.
    if (wanted < goal / 2 || m_hasFailed)
        return;
    if (m_isWaived) {
        m_items.setIntended(m_items.takeUnintended(wanted));
        return;
    }
    if (!m_unwritten.isEmpty()) {
        writeItems();
        return;
    }
    const QList<JobId> ids = m_items.takeUnintended(wanted);
    if (ids.isEmpty())
        return;
    QStringList correlationIds;
    for (const JobId &id : ids)
        correlationIds.append(m_items.at(id).correlationId);
    whenDone(m_history.intend(correlationIds, m_clock.utc()), this,
             [this, ids, generation = m_generation](const Recorded &recorded) {
                 if (generation != m_generation)
                     return;
                 if (recorded || m_isWaived) {
                     m_items.setIntended(ids);
                     emit itemsReady();
                 } else {
                     m_items.setUnintended(ids);
                     fail(recorded.error());
                 }
             });
}

void RunRecorder::answered(const RunItem &item, const AnswerRecord &answer)
{
    if (mayBeInFile())
        m_history.answered(item.correlationId, answer);
}

void RunRecorder::finished(const RunItem &item)
{
    // It ended before it came into the history, and need not come there any more.
    const auto waiting = std::ranges::find(m_unwritten.cbegin() + m_written, m_unwritten.cend(),
                                           item.correlationId, &NewItem::correlationId);
    if (waiting != m_unwritten.cend())
        m_unwritten.erase(waiting);
    else if (mayBeInFile())
        m_history.finish(item.correlationId, *item.outcome, m_clock.utc());
}

void RunRecorder::reopened(const QStringList &correlationIds)
{
    if (mayBeInFile())
        m_history.reopen(correlationIds);
}

/// What was written before the person went on without a record keeps being written if that works.
bool RunRecorder::mayBeInFile() const
{
    return !m_isWaived || m_hasBegun;
}

void RunRecorder::writeItems()
{
    if (m_isWriting || m_hasFailed || m_unwritten.isEmpty())
        return;
    m_isWriting = true;
    m_written = m_unwritten.size();
    const auto recorded = m_hasBegun ? m_history.addItems(m_run.id, m_unwritten)
                                     : m_history.begin(m_run, m_unwritten);
    whenDone(recorded, this, [this, generation = m_generation](const Recorded &result) {
        if (generation == m_generation)
            takeWritten(result);
    });
}

void RunRecorder::takeWritten(const Recorded &result)
{
    m_isWriting = false;
    const auto written = std::exchange(m_written, 0);
    m_hasBegun |= result.has_value();
    if (m_isWaived)
        return;
    if (!result) {
        // Meanwhile undone or stopped.
        m_unwritten.removeIf([this](const NewItem &item) {
            const RunItem *known = m_items.find(item.id);
            return !known || known->outcome;
        });
        fail(result.error());
        return;
    }
    m_unwritten.remove(0, written);
    emit itemsReady();
}

void RunRecorder::fail(const HistoryFailure &failure)
{
    m_hasFailed = true;
    emit failed(failure);
}

} // namespace Jobsweep
