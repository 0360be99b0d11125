// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/copymenu.h"

#include "ui/jobs/jobcopy.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/tablecolumns.h"

#include <QClipboard>
#include <QGuiApplication>

namespace Jobsweep {

namespace {

QList<JobModel::Column> copiedColumns(const JobTable &table)
{
    QList<JobModel::Column> columns = columnsOf(table).shown;
    columns.removeAll(JobModel::Column::Delete); // its cells are buttons
    return columns;
}

} // namespace

CopyMenu::CopyMenu(Core &core, JobTable &table, const JobTableProxy &proxy, QWidget *parent)
    : QMenu(tr("&Copy"), parent), m_core(core), m_table(table), m_proxy(proxy),
      m_ids(addAction(QString())), m_names(addAction(QString())), m_rows(addAction(QString())),
      m_get(addAction(tr("Request as &curl"))), m_delete(addAction(tr("&Deletion as curl")))
{
    insertSeparator(m_get);
    m_rows->setShortcut(QKeySequence::Copy);
    m_rows->setShortcutContext(Qt::WidgetShortcut);
    connect(m_ids, &QAction::triggered, this,
            [this] { copyLines([](const Job &job) { return onOneLine(job.id.text); }); });
    connect(m_names, &QAction::triggered, this,
            [this] { copyLines([](const Job &job) { return onOneLine(job.name); }); });
    connect(m_rows, &QAction::triggered, this, &CopyMenu::copyRows);
    connect(m_get, &QAction::triggered, this, [this] { copyCommand(Verb::Get); });
    connect(m_delete, &QAction::triggered, this, [this] { copyCommand(Verb::Delete); });
    connect(this, &QMenu::aboutToShow, this, &CopyMenu::updateActions);
    addToTable();
    updateActions();
}

void CopyMenu::addToTable()
{
    // For its shortcut; in the context menu it stands in here.
    m_table.addAction(m_rows);
    connect(&m_table, &JobTable::menuAboutToShow, this, [this](QMenu *menu) {
        menu->removeAction(m_rows);
        menu->addMenu(this);
    });
}

void CopyMenu::updateActions()
{
    const QList<int> selected = rows();
    const bool isOne = selected.size() == 1;
    m_ids->setText(isOne ? tr("&Id") : tr("&Ids"));
    m_names->setText(isOne ? tr("&Name") : tr("&Names"));
    m_rows->setText(isOne ? tr("&Row") : tr("&Rows"));
    for (QAction *action : {m_ids, m_names})
        action->setEnabled(!selected.isEmpty());
    m_get->setEnabled(isOne && m_proxy.jobAt(selected.constFirst()).id.isSafe());
    m_delete->setVisible(isOne && m_proxy.isDeletableAt(selected.constFirst()));
}

QList<int> CopyMenu::rows() const
{
    QList<int> rows;
    const QList<JobId> ids = m_table.selectedIds();
    for (const JobId &id : ids)
        rows.append(m_proxy.rowOf(id));
    return rows;
}

void CopyMenu::copyLines(QString (*lineOf)(const Job &job))
{
    const QList<int> selected = rows();
    QStringList lines;
    for (const int row : selected)
        lines.append(lineOf(m_proxy.jobAt(row)));
    copy(lines.join(u'\n'), static_cast<int>(selected.size()));
}

void CopyMenu::copyRows()
{
    const QList<int> selected = rows();
    copy(copiedRows(m_proxy, selected, copiedColumns(m_table)), static_cast<int>(selected.size()));
}

void CopyMenu::copyCommand(Verb verb)
{
    const QList<int> selected = rows();
    if (selected.size() != 1)
        return;
    const auto command
        = curlCommand(verb, m_proxy.jobAt(selected.constFirst()).id, m_core.connection.address());
    copy(command.value_or(QString()), 1);
}

void CopyMenu::copy(const QString &text, int jobs)
{
    if (text.isEmpty())
        return;
    // Should a job have the token in its name, it still does not leave the program.
    QGuiApplication::clipboard()->setText(m_core.client.redact(text));
    emit message(jobs == 1 ? tr("Copied from 1 job.") : tr("Copied from %Ln jobs.", nullptr, jobs));
}

} // namespace Jobsweep
