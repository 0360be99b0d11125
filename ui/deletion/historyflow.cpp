// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyflow.h"

#include "deletion/recreation.h"
#include "ui/deletion/createagain.h"
#include "ui/deletion/historywindow.h"

#include <QMessageBox>

#include <algorithm>

namespace Jobsweep {

HistoryFlow::HistoryFlow(Core &core, QWidget &window)
    : QObject(&window), m_core(core), m_window(window)
{ }

void HistoryFlow::open()
{
    if (!m_history) {
        m_history = new HistoryWindow(
            {m_core.history, m_core.historyReader, m_core.settings, m_core.clock,
             [&client = m_core.client](const QString &text) { return client.redact(text); }},
            &m_window);
        connect(m_history, &HistoryWindow::createAgainRequested, this, &HistoryFlow::createAgain);
    }
    m_history->show();
    m_history->raise();
    m_history->activateWindow();
}

bool HistoryFlow::showRunningCreation()
{
    if (!m_creation || !m_creation->isRunning())
        return false;
    m_creation->raise();
    m_creation->activateWindow();
    return true;
}

void HistoryFlow::createAgain(const QList<DeletedDraft> &drafts)
{
    // One at a time: what the first is about to create, the second could not know.
    if (showRunningCreation())
        return;
    const QString origin = m_core.connection.address().origin();
    const auto isOfAnother
        = [&origin](const DeletedDraft &draft) { return draft.origin != origin; };
    if (std::ranges::any_of(drafts, isOfAnother)) {
        explainOtherAddress();
        return;
    }
    const CreationQuestion question{.drafts = drafts,
                                    .host = m_core.connection.address().authority(),
                                    .account = m_core.connection.accountName()};
    auto recreation = std::make_unique<Recreation>(m_core.api, m_core.history, m_core.clock,
                                                   systemRandomness());
    auto *dialog = new CreateAgain(
        question, std::move(recreation), m_core.clock,
        [&client = m_core.client](const QString &text) { return client.redact(text); }, m_history);
    m_creation = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_core.connection, &Connection::addressChanged, dialog, &QDialog::reject);
    connect(dialog, &CreateAgain::created, this, &HistoryFlow::created);
    dialog->open();
}

void HistoryFlow::explainOtherAddress()
{
    auto *box = new QMessageBox(QMessageBox::Information, tr("Create Again"),
                                tr("Some of these jobs were deleted at another service address. "
                                   "Connect to it first; there they can be created again."),
                                QMessageBox::Close, m_history);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

} // namespace Jobsweep
