// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/deletionpanel.h"

#include "ui/accessibility.h"
#include "ui/deletion/problemmodel.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/wording.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

/// The estimate is worked out anew with each tick, which its maker allows once a second.
constexpr std::chrono::milliseconds estimateInterval{1000};
/// A countdown keeps in step with the notice bar's.
constexpr std::chrono::milliseconds countdownInterval{250};

QString joined(const QString &sentence, const QString &next)
{
    return sentence.isEmpty() || next.isEmpty() ? QString(sentence % next)
                                                : QString(sentence % u' ' % next);
}

} // namespace

DeletionPanel::DeletionPanel(DeletionQueue &queue, RestClient &client, Clock &clock,
                             QWidget *parent)
    : QWidget(parent), m_queue(queue), m_client(client), m_clock(clock),
      m_problems(new ProblemModel(queue, this))
{
    nameGroup(this, tr("Deletion"));
    m_tick.callOnTimeout(this, &DeletionPanel::updateStatus);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(makeProgressRow());
    layout->addLayout(makeStatusRow());
    m_problemView = makeProblems();
    layout->addWidget(m_problemView, 1);
    layout->addStretch();

    connectQueue();
    updateSummary();
    updatePhase();
}

QLayout *DeletionPanel::makeProgressRow()
{
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Deletion progress"));
    m_pause = new QPushButton(tr("Pause"));
    m_resume = new QPushButton(tr("Resume"));
    m_stop = new QPushButton(tr("Stop"));
    m_retry = new QPushButton(tr("Retry Failed"));
    connect(m_pause, &QPushButton::clicked, &m_queue, &DeletionQueue::pause);
    connect(m_resume, &QPushButton::clicked, &m_queue, &DeletionQueue::resume);
    connect(m_stop, &QPushButton::clicked, &m_queue, &DeletionQueue::stop);
    connect(m_retry, &QPushButton::clicked, &m_queue, &DeletionQueue::retryFailed);

    auto *row = new QHBoxLayout;
    row->addWidget(m_progress, 1);
    for (QPushButton *button : {m_pause, m_resume, m_stop, m_retry}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    return row;
}

QLayout *DeletionPanel::makeStatusRow()
{
    m_summary = new ValueLabel(tr("Deletion summary"));
    m_status = makePlainLabel();
    auto *rows = new QVBoxLayout;
    rows->addWidget(m_summary);
    rows->addWidget(m_status);
    return rows;
}

QTreeView *DeletionPanel::makeProblems()
{
    auto *view = new QTreeView;
    view->setAccessibleName(tr("Problems"));
    view->setModel(m_problems);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    view->setTextElideMode(Qt::ElideRight);
    const int letter = view->fontMetrics().averageCharWidth();
    view->header()->resizeSection(ProblemModel::NameColumn, 40 * letter);
    view->header()->resizeSection(ProblemModel::OutcomeColumn, 14 * letter);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid() && !m_isUpdating)
                    emit problemActivated(m_problems->idAt(current));
            });
    connect(view, &QTreeView::activated, this,
            [this](const QModelIndex &index) { emit problemActivated(m_problems->idAt(index)); });
    return view;
}

void DeletionPanel::connectQueue()
{
    connect(&m_queue, &DeletionQueue::summaryChanged, this, &DeletionPanel::updateSummary);
    connect(&m_queue, &DeletionQueue::phaseChanged, this, &DeletionPanel::updatePhase);
}

void DeletionPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateStatus();
}

void DeletionPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void DeletionPanel::updateSummary()
{
    const RunSummary &summary = m_queue.summary();
    const int total = summary.total();
    // A range without length would show a bar that moves to and fro.
    m_progress->setRange(0, std::max(total, 1));
    m_progress->setValue(total - summary.left);
    m_summary->setValue(total == 0 ? tr("Nothing is being deleted.") : Wording::summary(summary));
    // Another problem becomes current when that one leaves, but nobody chose it.
    m_isUpdating = true;
    m_problems->update();
    m_isUpdating = false;
    m_problemView->setVisible(m_problems->rowCount() > 0);
    updateRetry();
    // The estimate of a run keeps to its tick.
    if (m_queue.phase() != DeletionQueue::Phase::Running)
        updateStatus();
}

void DeletionPanel::updatePhase()
{
    const DeletionQueue::Phase phase = m_queue.phase();
    const bool isPaused = phase == DeletionQueue::Phase::Paused;
    const bool isActive = m_queue.isBusy() && phase != DeletionQueue::Phase::Stopping;
    m_pause->setVisible(!isPaused);
    m_pause->setEnabled(isActive);
    m_resume->setVisible(isPaused);
    m_stop->setEnabled(isActive);
    updateRetry();
    updateStatus();
}

void DeletionPanel::updateRetry()
{
    const RunSummary &summary = m_queue.summary();
    const bool onlyUnknown = summary.failed == 0 && summary.unknown > 0;
    m_retry->setText(onlyUnknown ? tr("Check Again") : tr("Retry Failed"));
    m_retry->setVisible(m_queue.canRetry());
}

/// While it stands still, why, and what is not known; while it simply runs, how much longer that
/// will take.
QString DeletionPanel::statusText(std::optional<std::chrono::milliseconds> wait) const
{
    const auto phase = m_queue.phase();
    if (phase != DeletionQueue::Phase::Running)
        return joined(Wording::queueStatus(phase, m_queue.reason(), wait),
                      Wording::inDoubt(m_queue.inDoubt()));
    const auto left = m_client.timeFor(m_queue.summary().left);
    return left ? tr("About %1 left.").arg(Wording::duration(*left)) : QString();
}

void DeletionPanel::updateStatus()
{
    const Instant now = m_clock.now();
    const std::optional<Instant> until = m_queue.pausedUntil();
    std::optional<std::chrono::milliseconds> wait;
    if (until && *until > now)
        wait = std::chrono::duration_cast<std::chrono::milliseconds>(*until - now);
    const QString status = statusText(wait);
    if (status != m_status->text())
        m_status->setText(status);
    m_status->setVisible(!status.isEmpty());

    const bool isRunning = m_queue.phase() == DeletionQueue::Phase::Running;
    const bool countsDown = m_queue.phase() == DeletionQueue::Phase::PausedByService
        || m_queue.reason() == QueueReason::LongWait;
    const auto interval = isRunning ? estimateInterval : countdownInterval;
    if (!isVisible() || !(isRunning || countsDown))
        m_tick.stop();
    else if (!m_tick.isActive() || m_tick.intervalAsDuration() != interval)
        m_tick.start(interval);
}

} // namespace Jobsweep
