// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/throttle.h"
#include "jobs/jobsummary.h"

#include <QObject>

namespace Jobsweep {

/// Counts a model's drafts while somebody looks: what comes is taken in by small steps, a few
/// milliseconds of a turn each. A job in a deletion counts until it is gone.
class SummaryCounter final : public QObject
{
    Q_OBJECT

public:
    /// `jobs` must outlive the counter.
    explicit SummaryCounter(const JobModel &jobs, QObject *parent = nullptr);

    /// Inactive, it costs nothing and knows nothing. It begins so.
    void setActive(bool isActive);
    /// Whether every row has been counted.
    [[nodiscard]] bool isUpToDate() const;
    [[nodiscard]] JobSummary summary(const QDateTime &utcNow) const;

signals:
    /// Some times a second at most; see summary().
    void changed();

private:
    void takeSome();
    void take(int row);
    void takeChanged(int first, int last, const QList<int> &roles);
    void takeLeaving(int first, int last);
    void takeFrom(int row);
    void startOver();

    const JobModel &m_jobs;
    /// In the model's slots.
    SummaryFacts m_facts;
    /// The first row that is still to be looked at, once more or at all.
    int m_next = 0;
    QTimer m_steps;
    Throttle m_changes;
    bool m_isActive = false;
};

} // namespace Jobsweep
