// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobexportflow.h"

#include "ui/exportrow.h"
#include "ui/exporttarget.h"
#include "ui/exportwording.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/tablecolumns.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QStyle>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

JobExportFlow::JobExportFlow(Core &core, JobTable &table, JobTableProxy &proxy, QWidget &window)
    : QObject(&window), m_core(core), m_table(table), m_proxy(proxy), m_window(window),
      m_action(new QAction(tr("&Export…"), this)), m_row(new ExportRow)
{
    m_action->setShortcut(Qt::CTRL | Qt::Key_E);
    connect(m_action, &QAction::triggered, this, &JobExportFlow::open);
    // It stands at the window's edge.
    const QStyle *style = window.style();
    m_row->setContentsMargins(style->pixelMetric(QStyle::PM_LayoutLeftMargin),
                              style->pixelMetric(QStyle::PM_LayoutVerticalSpacing),
                              style->pixelMetric(QStyle::PM_LayoutRightMargin),
                              style->pixelMetric(QStyle::PM_LayoutVerticalSpacing));
    connect(m_row, &ExportRow::started, this, &JobExportFlow::update);
    connect(m_row, &ExportRow::finished, this, &JobExportFlow::finish);
    watchTable();
    update();
}

void JobExportFlow::watchTable()
{
    // Counting what is selected takes longer than a page of jobs may.
    connect(&m_dialogUpdates, &Throttle::due, this, [this] {
        if (m_dialog)
            m_dialog->setFacts(facts());
    });
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, &JobExportFlow::update);
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &JobExportFlow::update);
    connect(&m_proxy, &QAbstractItemModel::modelReset, this, &JobExportFlow::update);
    connect(&m_table, &JobTable::jobSelectionChanged, this, &JobExportFlow::update);
    connect(&m_core.lister, &JobLister::stateChanged, this, &JobExportFlow::update);
    connect(&m_table, &JobTable::menuAboutToShow, this, [this](QMenu *menu) {
        menu->addSeparator();
        menu->addAction(m_action);
    });
}

void JobExportFlow::update()
{
    m_action->setEnabled(m_proxy.rowCount() > 0 && !m_row->isRunning());
    if (m_dialog)
        m_dialogUpdates.request();
}

ExportDialog::Facts JobExportFlow::facts() const
{
    return {.shown = m_proxy.rowCount(),
            .selected = m_table.selectedCount(),
            .listing = m_core.lister.state()};
}

void JobExportFlow::open()
{
    m_dialog = new ExportDialog(facts(), m_core.settings.exportChoices(), &m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, &JobExportFlow::takeChoices);
    m_dialog->open();
}

void JobExportFlow::takeChoices()
{
    ExportChoices choices = m_core.settings.exportChoices();
    choices.hasAllColumns = m_dialog->hasAllColumns();
    choices.format = m_dialog->format();
    m_core.settings.setExportChoices(choices);
    // Now, so that what is exported is what the dialog has just counted.
    askForTarget(
        {.jobs = jobs(m_dialog->isOnlySelected()),
         .iTwins = m_core.iTwins.all(),
         .columns = choices.hasAllColumns ? QList<JobModel::Column>() : columnsOf(m_table).shown,
         .format = choices.format,
         .targetFile = {}});
}

void JobExportFlow::askForTarget(const JobExportOrder &order)
{
    const QDate today = m_core.clock.utc().toLocalTime().date();
    askForExportTarget(&m_window,
                       {.title = tr("Export Jobs"),
                        .folder = m_core.settings.exportChoices().folder,
                        .baseName = u"jobs-"_s % today.toString(Qt::ISODate),
                        .format = order.format},
                       [this, order](const QString &fileName, ExportFormat format) {
                           JobExportOrder whole = order;
                           whole.format = format;
                           whole.targetFile = fileName;
                           start(whole);
                       });
}

void JobExportFlow::start(const JobExportOrder &order)
{
    ExportChoices choices = m_core.settings.exportChoices();
    choices.folder = QFileInfo(order.targetFile).absolutePath();
    m_core.settings.setExportChoices(choices);
    m_row->run(order.targetFile, [this, &order](std::stop_token stop) {
        m_result = exportJobs(order, std::move(stop));
        return QFuture<void>(m_result);
    });
}

void JobExportFlow::finish()
{
    update();
    const JobExportResult result = m_result.result();
    if (!result) {
        m_row->showFailure(tr("Export Jobs"), tr("The jobs were not exported."),
                           Wording::targetFailure(result.error()));
    } else if (result->isCancelled) {
        m_row->sayCancelled();
    } else {
        const int count = static_cast<int>(result->rows);
        const QString file = m_row->shownTarget();
        m_row->sayExported(count == 1 ? tr("Exported 1 job to %1.").arg(file)
                                      : tr("Exported %Ln jobs to %1.", nullptr, count).arg(file));
    }
}

QList<Job> JobExportFlow::jobs(bool isOnlySelected) const
{
    QList<Job> jobs;
    if (isOnlySelected) {
        const QList<JobId> ids = m_table.selectedIds();
        jobs.reserve(ids.size());
        for (const JobId &id : ids)
            jobs.append(*m_core.jobs.find(id));
        return jobs;
    }
    jobs.reserve(m_proxy.rowCount());
    for (int row = 0; row < m_proxy.rowCount(); ++row)
        jobs.append(m_proxy.jobAt(row));
    return jobs;
}

} // namespace Jobsweep
