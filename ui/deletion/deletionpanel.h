// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the deletions dock shows: how far the run is, why it stands still, and what did not go.

#include "deletion/deletionqueue.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace Jobsweep {

class ProblemModel;
class ValueLabel;

class DeletionPanel final : public QWidget
{
    Q_OBJECT

public:
    /// The references must outlive the panel.
    DeletionPanel(DeletionQueue &queue, RestClient &client, Clock &clock,
                  QWidget *parent = nullptr);

signals:
    /// The person chose a job in the list of problems.
    void problemActivated(const Jobsweep::JobId &id);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QLayout *makeProgressRow();
    [[nodiscard]] QLayout *makeStatusRow();
    [[nodiscard]] QTreeView *makeProblems();
    void connectQueue();
    void updateSummary();
    void updatePhase();
    void updateRetry();
    void updateStatus();

    [[nodiscard]] QString statusText(std::optional<std::chrono::milliseconds> wait) const;

    DeletionQueue &m_queue;
    RestClient &m_client;
    Clock &m_clock;
    QTimer m_tick;
    ProblemModel *m_problems;
    QTreeView *m_problemView = nullptr;
    QProgressBar *m_progress = nullptr;
    ValueLabel *m_summary = nullptr;
    QLabel *m_status = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_retry = nullptr;
    bool m_isUpdating = false;
};

} // namespace Jobsweep
