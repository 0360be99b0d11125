// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace Jobsweep {

class CreateAgain;
class HistoryWindow;

/// From "History…" to its window, and from there to jobs that are created again.
class HistoryFlow final : public QObject
{
    Q_OBJECT

public:
    /// `core` must outlive this object; `window` is its parent and that of what it opens.
    HistoryFlow(Core &core, QWidget &window);

    /// Opens the history's window, or brings it to the front.
    void open();
    /// Brings jobs that are being created right now to the front: their answers are awaited, and
    /// closing has to wait for them. False when there are none.
    bool showRunningCreation();

signals:
    /// The service has new jobs that a listing would show.
    void created();

private:
    void createAgain(const QList<DeletedDraft> &drafts);

    Core &m_core;
    QWidget &m_window;
    /// Made when it is first wanted; the main window's child.
    HistoryWindow *m_history = nullptr;
    QPointer<CreateAgain> m_creation;
};

} // namespace Jobsweep
