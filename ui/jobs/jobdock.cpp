// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdock.h"

#include "ui/jobs/jobpanel.h"
#include "ui/jobs/jobtable.h"
#include "ui/wording.h"

#include <QAction>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr std::chrono::milliseconds untilNamesAreWanted{300};
constexpr std::chrono::minutes agePrecision{1};

} // namespace

JobDock::JobDock(Core &core, JobTable &table, QWidget *parent)
    : QDockWidget(tr("Job"), parent), m_core(core), m_table(table),
      m_panel(new JobPanel(
          [&client = core.client](const QString &text) { return client.redact(text); })),
      m_toggle(new QAction(tr("&Job Details"), this))
{
    setObjectName(u"jobDock"_s);
    setWidget(m_panel);
    hide();
    m_toggle->setCheckable(true);
    m_toggle->setShortcut(Qt::Key_F9);
    m_stay.setSingleShot(true);
    m_stay.setInterval(untilNamesAreWanted);
    m_minute.setInterval(agePrecision);
    watch();
    openFrom(table);
}

void JobDock::openFrom(JobTable &table)
{
    auto *action = new QAction(tr("Show &Details"), this);
    action->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, &JobDock::showInFront);
    table.addAction(action);
    // Not activated(): where one click activates, choosing a row would open the dock.
    connect(&table, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &cell) {
        if (static_cast<JobModel::Column>(cell.column()) != JobModel::Column::Delete)
            showInFront();
    });
}

void JobDock::watch()
{
    connect(this, &QDockWidget::visibilityChanged, this, &JobDock::setInFront);
    // Not the dock's own toggle: behind another tab it would close what the person wants to see.
    connect(m_toggle, &QAction::triggered, this, [this](bool isWanted) {
        if (isWanted)
            showInFront();
        else
            close();
    });
    connect(&m_updates, &Throttle::due, this, &JobDock::updateNow);
    connect(&m_stay, &QTimer::timeout, this, &JobDock::wantWorkspace);
    connect(&m_minute, &QTimer::timeout, this, &JobDock::updateSoon);
    connect(&m_table, &JobTable::jobSelectionChanged, this, &JobDock::updateSoon);
    connect(&m_core.jobs, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight) {
                takeChangedRows(topLeft.row(), bottomRight.row());
            });
    connect(&m_core.jobs, &QAbstractItemModel::rowsRemoved, this, &JobDock::updateSoon);
    connect(&m_core.jobs, &QAbstractItemModel::modelReset, this, [this] {
        m_shown.reset();
        updateSoon();
    });
    connect(&m_core.iTwins, &ITwins::changed, this, &JobDock::updateSoon);
    connect(&m_core.workspaces, &Workspaces::named, this, &JobDock::updateSoon);
}

void JobDock::showInFront()
{
    show();
    raise();
}

void JobDock::setInFront(bool isInFront)
{
    m_isInFront = isInFront;
    m_toggle->setChecked(isInFront);
    if (isInFront) {
        m_minute.start();
        m_stay.start();
        // At once, so that nobody sees the job of before.
        updateNow();
    } else {
        m_minute.stop();
        m_stay.stop();
        // Who closed it has read what became of a job.
        if (isHidden())
            m_shown.reset();
    }
}

void JobDock::updateSoon()
{
    if (m_isInFront)
        m_updates.request();
}

void JobDock::updateNow()
{
    if (!m_isInFront)
        return;
    const QList<JobId> selected = m_table.selectedIds();
    const Job *job = selected.size() == 1 ? m_core.jobs.find(selected.constFirst()) : nullptr;
    if (job != nullptr && job->isMissing)
        showHint(Wording::obstacle(Obstacle::NotFound));
    else if (job != nullptr)
        showJob(*job);
    else if (selected.isEmpty() && m_shown && m_core.jobs.find(*m_shown) == nullptr)
        explainAbsence();
    else if (selected.isEmpty())
        showHint(tr("Select a job to see everything about it."));
    else
        showHint(tr("%Ln jobs are selected. Select a single one to see everything about it.",
                    nullptr, static_cast<int>(selected.size())));
}

void JobDock::showJob(const Job &job)
{
    if (m_shown != job.id)
        m_stay.start();
    m_shown = job.id;
    m_panel->setJob(job.definition,
                    {m_core.iTwins.nameOf(job.iTwinId), m_core.workspaces.nameOf(job.workspaceId)},
                    m_core.clock.utc());
}

void JobDock::explainAbsence()
{
    const RunItem *item = m_core.queue.item(*m_shown);
    if (item != nullptr && item->outcome == Outcome::Deleted)
        m_panel->setNote(tr("This job was deleted. This is what it was:"));
    else if (item != nullptr && item->outcome == Outcome::AlreadyGone)
        m_panel->setNote(tr("This job was already gone. This is what it was:"));
    else
        m_panel->setNote(tr("This job is no longer in the list. This is what it was:"));
}

void JobDock::showHint(const QString &sentence)
{
    m_shown.reset();
    m_panel->setHint(sentence);
}

void JobDock::takeChangedRows(int first, int last)
{
    const int row = m_shown ? m_core.jobs.rowOf(*m_shown) : -1;
    if (row >= first && row <= last)
        updateSoon();
}

void JobDock::wantWorkspace()
{
    const Job *job = m_shown && m_isInFront ? m_core.jobs.find(*m_shown) : nullptr;
    if (job != nullptr)
        m_core.workspaces.want(job->workspaceId);
}

} // namespace Jobsweep
