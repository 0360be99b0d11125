// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyexportflow.h"

#include "ui/exportrow.h"
#include "ui/exporttarget.h"
#include "ui/historywording.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

HistoryExportFlow::HistoryExportFlow(QObject *parent) : QObject(parent), m_row(new ExportRow)
{
    connect(m_row, &ExportRow::started, this, &HistoryExportFlow::runningChanged);
    connect(m_row, &ExportRow::finished, this, &HistoryExportFlow::finish);
}

bool HistoryExportFlow::isRunning() const
{
    return m_row->isRunning();
}

void HistoryExportFlow::request(const ExportOrder &order)
{
    if (isRunning())
        return;
    askForExportTarget(m_row,
                       {.title = tr("Export History"),
                        .folder = {},
                        .baseName = u"jobsweep-history"_s,
                        .format = ExportFormat::Csv},
                       [this, order](const QString &fileName, ExportFormat format) {
                           ExportOrder whole = order;
                           whole.format = format;
                           whole.targetFile = fileName;
                           start(whole);
                       });
}

void HistoryExportFlow::start(const ExportOrder &order)
{
    m_row->run(order.targetFile, [this, &order](std::stop_token stop) {
        m_result = exportHistory(order, std::move(stop));
        return QFuture<void>(m_result);
    });
}

void HistoryExportFlow::finish()
{
    emit runningChanged();
    const ExportResult result = m_result.result();
    if (!result) {
        m_row->showFailure(tr("Export History"), tr("The history was not exported."),
                           Wording::exportFailure(result.error()));
    } else if (result->isCancelled) {
        m_row->sayCancelled();
    } else {
        const int count = static_cast<int>(result->rows);
        const QString file = m_row->shownTarget();
        m_row->sayExported(count == 1
                               ? tr("1 item was exported to %1.").arg(file)
                               : tr("%Ln items were exported to %1.", nullptr, count).arg(file));
    }
}

} // namespace Jobsweep
