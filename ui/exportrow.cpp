// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exportrow.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"
#include "ui/showinfolder.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>

namespace Jobsweep {

ExportRow::ExportRow(QWidget *parent)
    : QWidget(parent), m_text(makePlainLabel()), m_progress(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel Export"))),
      m_showInFolder(new QPushButton(tr("Show in Folder"))),
      m_dismiss(new QPushButton(tr("Dismiss")))
{
    nameNotification(this, tr("Export"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_progress->setAccessibleName(tr("Export progress"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress, 1);
    for (QPushButton *button : {m_cancel, m_showInFolder, m_dismiss})
        layout->addWidget(button);
    connect(m_cancel, &QPushButton::clicked, this, &ExportRow::cancel);
    connect(m_showInFolder, &QPushButton::clicked, this,
            [this] { showInFolder(m_targetFile, this); });
    connect(m_dismiss, &QPushButton::clicked, this, &QWidget::hide);
    connect(&m_watcher, &QFutureWatcherBase::progressRangeChanged, m_progress,
            &QProgressBar::setRange);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, m_progress,
            &QProgressBar::setValue);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ExportRow::finished);
    hide();
}

ExportRow::~ExportRow()
{
    m_stop.request_stop();
    m_watcher.waitForFinished();
}

void ExportRow::run(const QString &targetFile, const Start &start)
{
    m_targetFile = targetFile;
    m_stop = std::stop_source();
    m_text->setText(tr("Exporting to %1…").arg(shownTarget()));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_cancel->setEnabled(true);
    m_cancel->show();
    m_showInFolder->hide();
    m_dismiss->hide();
    show();
    m_watcher.setFuture(start(m_stop.get_token()));
    emit started();
}

QString ExportRow::shownTarget() const
{
    return isolated(QDir::toNativeSeparators(m_targetFile));
}

void ExportRow::cancel()
{
    m_cancel->setEnabled(false);
    m_stop.request_stop();
}

void ExportRow::sayExported(const QString &sentence)
{
    say(sentence);
    m_showInFolder->show();
}

void ExportRow::sayCancelled()
{
    say(tr("The export was cancelled; no file was written."));
}

void ExportRow::say(const QString &sentence)
{
    m_text->setText(sentence);
    m_progress->hide();
    m_cancel->hide();
    m_dismiss->show();
    setAccessibleDescription(sentence);
    readOutAgain(this);
}

void ExportRow::showFailure(const QString &title, const QString &what, const QString &why)
{
    hide();
    auto *box = new QMessageBox(QMessageBox::Warning, title, what, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(escapedForRichText(why));
    box->open();
}

} // namespace Jobsweep
