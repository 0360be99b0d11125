// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"

#include <QObject>
#include <QString>

class QWidget;

namespace Jobsweep {

/// The title of a window whose run stands at `summary`: "37 % – title", "Paused at 37 % – title",
/// and `title` itself while there is no run. 100 % is only said when nothing is left.
[[nodiscard]] QString titleWithProgress(const QString &title, const RunSummary &summary,
                                        DeletionQueue::Phase phase);

/// Tells a person who looks elsewhere what they would want to come back for: a run ended, needs a
/// token or paused on its own. Each is said once, and nothing while the window is the active one.
class RunAnnouncer final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    RunAnnouncer(const DeletionQueue &queue, QWidget &window, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    /// Plain text.
    void announced(const QString &title, const QString &text);
    /// The person came to the window; what was announced is no news any more.
    void seen();

private:
    void followPhase();
    void announceEnd();
    void announce(const QString &title, const QString &text);

    const DeletionQueue &m_queue;
    QWidget &m_window;
    /// Why the run stood still when that was looked at last; None while it did not.
    QueueReason m_standstill = QueueReason::None;
};

} // namespace Jobsweep
