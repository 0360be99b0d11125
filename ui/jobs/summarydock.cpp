// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/summarydock.h"

#include "ui/jobs/summarypanel.h"

#include <QAction>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr std::chrono::minutes ageingInterval{10};

} // namespace

SummaryDock::SummaryDock(const JobModel &jobs, const JobLister &lister, const ITwins &iTwins,
                         Clock &clock, QWidget *parent)
    : QDockWidget(tr("Summary"), parent), m_lister(lister), m_clock(clock), m_counter(jobs),
      m_panel(new SummaryPanel([&iTwins](const QString &id) { return iTwins.nameOf(id); }))
{
    setObjectName(u"summaryDock"_s);
    setWidget(m_panel);
    toggleViewAction()->setShortcut(Qt::Key_F8);
    m_ageing.setInterval(ageingInterval);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool isSeen) {
        m_counter.setActive(isSeen);
        if (isSeen)
            m_ageing.start();
        else
            m_ageing.stop();
        showSummary();
    });
    connect(&m_counter, &SummaryCounter::changed, this, &SummaryDock::showSummary);
    connect(&lister, &JobLister::stateChanged, this, &SummaryDock::showSummary);
    connect(&iTwins, &ITwins::changed, this, &SummaryDock::showSummary);
    connect(&m_ageing, &QTimer::timeout, this, &SummaryDock::showSummary);
    connect(m_panel, &SummaryPanel::filterRequested, this, &SummaryDock::filterRequested);
    hide();
}

void SummaryDock::showSummary()
{
    if (!isVisible())
        return;
    const bool isComplete
        = m_lister.state() == JobLister::State::Complete && m_counter.isUpToDate();
    m_panel->setSummary(m_counter.summary(m_clock.utc()),
                        isComplete ? SummaryPanel::Extent::Complete : SummaryPanel::Extent::SoFar,
                        m_clock.utc());
}

} // namespace Jobsweep
