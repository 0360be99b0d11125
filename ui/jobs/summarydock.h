// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "jobs/itwins.h"
#include "jobs/joblister.h"
#include "jobs/summarycounter.h"

#include <QDockWidget>

namespace Jobsweep {

class SummaryPanel;

/// Where the drafts come from, beside the table. Counts what is loaded, and only while it is seen.
class SummaryDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// The references must outlive the dock.
    SummaryDock(const JobModel &jobs, const JobLister &lister, const ITwins &iTwins, Clock &clock,
                QWidget *parent = nullptr);

signals:
    /// The person chose a bar: the table is to show these jobs only.
    void filterRequested(const Jobsweep::SummaryFilter &filter);

private:
    void showSummary();

    const JobLister &m_lister;
    Clock &m_clock;
    SummaryCounter m_counter;
    SummaryPanel *m_panel;
    /// Drafts grow older while one looks at them.
    QTimer m_ageing;
};

} // namespace Jobsweep
