// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"

#include <QObject>

class QWidget;

namespace Jobsweep {

/// What closing the window means while a deletion is under way: asks, and brings the program to its
/// end when that may be.
class ClosingQuestion final : public QObject
{
    Q_OBJECT

public:
    /// The queue must outlive this object; `window` is its parent and that of the question.
    ClosingQuestion(DeletionQueue &queue, QWidget &window);

    /// Asks. Nothing happens before the answer, nor when the person goes back.
    void ask();

signals:
    /// No run stands in the way of closing any more.
    void readyToClose();
    /// The run cannot go on without a person, and the window is away.
    void windowWanted();

private:
    void keepRunning();
    void stopAndClose();
    void followPhase();

    DeletionQueue &m_queue;
    QWidget &m_window;
    /// The window is away and the program ends with the run.
    bool m_isHidden = false;
    bool m_isClosing = false;
};

} // namespace Jobsweep
