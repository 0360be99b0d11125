// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/runannouncer.h"

#include "ui/wording.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLocale>
#include <QWidget>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunAnnouncer)
};

using Phase = DeletionQueue::Phase;

QString percentage(const RunSummary &summary)
{
    const qint64 done = summary.total() - summary.left;
    const QLocale locale;
    return Words::tr("%1 %2", "a number and the per cent sign")
        .arg(locale.toString(100 * done / summary.total()), locale.percent());
}

/// Why the run waits for a person; None when it does not, or for one who paused it.
QueueReason standstillOf(const DeletionQueue &queue)
{
    switch (queue.phase()) {
    case Phase::WaitingForToken:
        return queue.reason() == QueueReason::AskingForAccount ? QueueReason::None
                                                               : QueueReason::Token;
    case Phase::Paused:
        return queue.reason() == QueueReason::Person ? QueueReason::None : queue.reason();
    case Phase::Idle:
    case Phase::Holding:
    case Phase::Running:
    case Phase::PausedByService:
    case Phase::Stopping:
        return QueueReason::None;
    }
    return QueueReason::None;
}

} // namespace

QString titleWithProgress(const QString &title, const RunSummary &summary, Phase phase)
{
    if (summary.total() == 0)
        return title;
    switch (phase) {
    case Phase::Idle:
    case Phase::Holding:
        return title;
    case Phase::Running:
    case Phase::Stopping:
        return Words::tr("%1 – %2", "progress and window title").arg(percentage(summary), title);
    case Phase::Paused:
    case Phase::PausedByService:
    case Phase::WaitingForToken:
        return Words::tr("Paused at %1 – %2", "progress and window title")
            .arg(percentage(summary), title);
    }
    return title;
}

RunAnnouncer::RunAnnouncer(const DeletionQueue &queue, QWidget &window, QObject *parent)
    : QObject(parent), m_queue(queue), m_window(window)
{
    connect(&queue, &DeletionQueue::phaseChanged, this, &RunAnnouncer::followPhase);
    connect(&queue, &DeletionQueue::runFinished, this, &RunAnnouncer::announceEnd);
    window.installEventFilter(this);
}

bool RunAnnouncer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        emit seen();
    return QObject::eventFilter(watched, event);
}

void RunAnnouncer::followPhase()
{
    const QueueReason standstill = standstillOf(m_queue);
    if (standstill == std::exchange(m_standstill, standstill) || standstill == QueueReason::None)
        return;
    announce(standstill == QueueReason::Token ? tr("Access token needed") : tr("Deletion paused"),
             Wording::queueReason(standstill));
}

void RunAnnouncer::announceEnd()
{
    const QString result = Wording::runResult(m_queue.summary());
    switch (m_queue.reason()) {
    case QueueReason::None:
        announce(tr("Deletion finished"), result);
        return;
    case QueueReason::Person:
        announce(tr("Deletion stopped"), result);
        return;
    case QueueReason::Throttled:
    case QueueReason::LongWait:
    case QueueReason::Unreachable:
    case QueueReason::Doubtful:
    case QueueReason::Forbidden:
    case QueueReason::Tls:
    case QueueReason::Token:
    case QueueReason::WrongAddress:
    case QueueReason::UnexpectedSuccess:
    case QueueReason::Redirected:
    case QueueReason::OtherAccount:
    case QueueReason::UnknownAccount:
    case QueueReason::AskingForAccount:
    case QueueReason::NoRecord:
        announce(tr("Deletion stopped"), Wording::queueReason(m_queue.reason()) % u'\n' % result);
        return;
    }
}

void RunAnnouncer::announce(const QString &title, const QString &text)
{
    if (!m_window.isActiveWindow())
        emit announced(title, text);
}

} // namespace Jobsweep
