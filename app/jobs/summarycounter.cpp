// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/summarycounter.h"

#include <algorithm>

namespace Jobsweep {

namespace {

/// As many take about a millisecond.
constexpr int rowsInAStep = 2'000;
constexpr std::chrono::milliseconds betweenChanges{250};

} // namespace

SummaryCounter::SummaryCounter(const JobModel &jobs, QObject *parent)
    : QObject(parent), m_jobs(jobs), m_steps(this), m_changes(betweenChanges, this)
{
    m_steps.setInterval(0);
    connect(&m_steps, &QTimer::timeout, this, &SummaryCounter::takeSome);
    connect(&m_changes, &Throttle::due, this, &SummaryCounter::changed);
    connect(&jobs, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first) { takeFrom(first); });
    connect(&jobs, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { takeLeaving(first, last); });
    connect(
        &jobs, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &topLeft, const QModelIndex &bottomRight,
               const QList<int> &roles) { takeChanged(topLeft.row(), bottomRight.row(), roles); });
    // Rows that were to be looked at may have moved to where one was already.
    connect(&jobs, &QAbstractItemModel::layoutChanged, this, [this] {
        if (!isUpToDate())
            takeFrom(0);
    });
    connect(&jobs, &QAbstractItemModel::modelReset, this, &SummaryCounter::startOver);
}

void SummaryCounter::setActive(bool isActive)
{
    if (isActive == m_isActive)
        return;
    m_isActive = isActive;
    startOver();
}

bool SummaryCounter::isUpToDate() const
{
    return m_next >= m_jobs.rowCount();
}

JobSummary SummaryCounter::summary(const QDateTime &utcNow) const
{
    return m_facts.summary(utcNow);
}

void SummaryCounter::takeSome()
{
    const int end = std::min(m_next + rowsInAStep, m_jobs.rowCount());
    for (; m_next < end; ++m_next)
        take(m_next);
    if (isUpToDate())
        m_steps.stop();
    m_changes.request();
}

void SummaryCounter::take(int row)
{
    if (m_jobs.obstacleAt(row))
        m_facts.forget(m_jobs.slotAt(row));
    else
        m_facts.set(m_jobs.slotAt(row), m_jobs.jobAt(row));
}

void SummaryCounter::takeChanged(int first, int last, const QList<int> &roles)
{
    const bool isMarksOnly = roles == QList<int>{JobModel::markRole};
    if (!isMarksOnly && last - first >= rowsInAStep) {
        takeFrom(first);
        return;
    }
    const int end = std::min(last + 1, m_next);
    for (int row = first; row < end; ++row) {
        // A mark seldom makes a draft of a job, or the other way round.
        const bool isDraft = !m_jobs.obstacleAt(row);
        if (!isMarksOnly || isDraft != m_facts.holds(m_jobs.slotAt(row)))
            take(row);
    }
    if (first < end)
        m_changes.request();
}

void SummaryCounter::takeLeaving(int first, int last)
{
    // Also of rows that are to be looked at: it may be for the second time.
    for (int row = first; row <= last; ++row)
        m_facts.forget(m_jobs.slotAt(row));
    m_next -= std::max(std::min(last + 1, m_next) - first, 0);
    if (m_isActive)
        m_changes.request();
}

void SummaryCounter::takeFrom(int row)
{
    m_next = std::min(m_next, row);
    if (m_isActive)
        m_steps.start();
}

void SummaryCounter::startOver()
{
    m_facts.clear();
    m_next = 0;
    if (m_isActive)
        m_steps.start();
    else
        m_steps.stop();
}

} // namespace Jobsweep
