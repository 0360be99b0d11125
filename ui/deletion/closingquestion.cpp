// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/closingquestion.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace Jobsweep {

ClosingQuestion::ClosingQuestion(DeletionQueue &queue, QWidget &window)
    : QObject(&window), m_queue(queue), m_window(window)
{
    connect(&queue, &DeletionQueue::phaseChanged, this, &ClosingQuestion::followPhase);
    connect(&queue, &DeletionQueue::runFinished, this, [this] {
        // Somebody may have brought the window back.
        if (m_isHidden && !m_window.isVisible())
            emit readyToClose();
    });
}

void ClosingQuestion::ask()
{
    // Nobody should lose the time to undo while reading.
    const bool stopsCountdown = m_queue.phase() == DeletionQueue::Phase::Holding;
    if (stopsCountdown)
        m_queue.pause();
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Close Jobsweep?"),
                                stopsCountdown
                                    ? tr("A deletion is about to begin. Nothing has been sent yet.")
                                    : tr("A deletion is under way."),
                                QMessageBox::NoButton, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("It can go on without the window: Jobsweep then ends by itself when the deletion has "
           "ended, and comes back when it needs you. Or it can be stopped: answers that are still "
           "to come are awaited, and jobs that were not sent stay."));
    const QPushButton *keep = box->addButton(tr("Keep Running"), QMessageBox::AcceptRole);
    const QPushButton *stop = box->addButton(tr("Stop and Close"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    if (stopsCountdown) {
        connect(cancel, &QPushButton::clicked, &m_queue, &DeletionQueue::resume);
        connect(keep, &QPushButton::clicked, &m_queue, &DeletionQueue::resume);
    }
    connect(keep, &QPushButton::clicked, this, &ClosingQuestion::keepRunning);
    connect(stop, &QPushButton::clicked, this, &ClosingQuestion::stopAndClose);
    // There is nothing to decide any more, and its end is worth looking at.
    connect(&m_queue, &DeletionQueue::runFinished, box, &QDialog::close);
    box->open();
}

void ClosingQuestion::keepRunning()
{
    if (!m_queue.isBusy()) {
        emit readyToClose();
        return;
    }
    m_isHidden = true;
    // With all that belongs to it: who closes the program does not want to find a part of it.
    const auto parts = m_window.findChildren<QWidget *>();
    for (QWidget *part : parts) {
        if (part->isWindow() && part->isVisible())
            part->close();
    }
    m_window.hide();
    followPhase();
}

void ClosingQuestion::stopAndClose()
{
    if (!m_queue.isBusy()) {
        emit readyToClose();
        return;
    }
    m_isClosing = true;
    connect(&m_queue, &DeletionQueue::runFinished, this, &ClosingQuestion::readyToClose,
            Qt::SingleShotConnection);
    m_queue.stop();
}

/// A hidden window comes back where the run cannot go on without a person.
void ClosingQuestion::followPhase()
{
    using Phase = DeletionQueue::Phase;
    // All that was left of it waits for a review: no run ends then, and a person has to look.
    const bool waitsForReview = !m_queue.isBusy() && m_queue.summary().total() == 0;
    if (waitsForReview && std::exchange(m_isClosing, false)) {
        emit readyToClose();
        return;
    }
    const bool needsToken = m_queue.phase() == Phase::WaitingForToken
        && m_queue.reason() != QueueReason::AskingForAccount;
    const bool needsPerson = m_queue.phase() == Phase::Paused || needsToken || waitsForReview;
    if (!m_isHidden || !needsPerson)
        return;
    m_isHidden = false;
    emit windowWanted();
}

} // namespace Jobsweep
