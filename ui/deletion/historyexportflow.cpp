// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyexportflow.h"

#include "ui/historywording.h"
#include "ui/plaintext.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

HistoryExportFlow::HistoryExportFlow(QWidget *parent)
    : QWidget(parent), m_text(makePlainLabel()), m_progress(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel Export")))
{
    m_progress->setAccessibleName(tr("Export progress"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, &m_watcher, &QFutureWatcherBase::cancel);
    connect(&m_watcher, &QFutureWatcherBase::progressRangeChanged, m_progress,
            &QProgressBar::setRange);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, m_progress,
            &QProgressBar::setValue);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &HistoryExportFlow::finish);
    hide();
}

HistoryExportFlow::~HistoryExportFlow()
{
    m_watcher.cancel();
    m_watcher.waitForFinished();
}

void HistoryExportFlow::request(const ExportOrder &order)
{
    if (isRunning())
        return;
    const QString csv = tr("CSV for spreadsheets (*.csv)");
    const QString json = tr("JSON for programs (*.json)");
    auto *dialog = new QFileDialog(this, tr("Export History"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({csv, json});
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(u"jobsweep-history.csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString &filter) {
        dialog->setDefaultSuffix(filter == json ? u"json"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, order, dialog, json](const QString &f) {
                // The name that was typed says it better than the filter that was left as it is.
                const bool isJson = f.endsWith(".json"_L1, Qt::CaseInsensitive)
                    || (dialog->selectedNameFilter() == json
                        && !f.endsWith(".csv"_L1, Qt::CaseInsensitive));
                start(order, f, isJson);
            });
    dialog->open();
}

void HistoryExportFlow::start(ExportOrder order, const QString &target, bool isJson)
{
    order.format = isJson ? ExportFormat::Json : ExportFormat::Csv;
    order.targetFile = target;
    m_target = target;
    m_text->setText(tr("Exporting to %1…").arg(isolated(QDir::toNativeSeparators(target))));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_cancel->show();
    show();
    m_watcher.setFuture(exportHistory(order));
    emit runningChanged();
}

void HistoryExportFlow::finish()
{
    emit runningChanged();
    if (m_watcher.isCanceled()) {
        say(tr("The export was cancelled; no file was written."));
        return;
    }
    const ExportResult result = m_watcher.result();
    if (!result) {
        hide();
        showFailure(result.error());
        return;
    }
    const int count = static_cast<int>(*result);
    const QString file = isolated(QDir::toNativeSeparators(m_target));
    say(count == 1 ? tr("1 item was exported to %1.").arg(file)
                   : tr("%Ln items were exported to %1.", nullptr, count).arg(file));
}

void HistoryExportFlow::say(const QString &sentence)
{
    m_text->setText(sentence);
    m_progress->hide();
    m_cancel->hide();
    show();
}

void HistoryExportFlow::showFailure(const ExportFailure &failure)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Export History"),
                                tr("The history was not exported."), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(escapedForRichText(Wording::exportFailure(failure)));
    box->open();
}

} // namespace Jobsweep
