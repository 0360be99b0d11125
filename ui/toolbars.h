// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMainWindow;
class QToolBar;

namespace Jobsweep {

class FilterBar;
struct MainActions;

/// The two tool bars of the main window: what is done to jobs, and which ones are shown. Side by
/// side where there is room, else one beneath the other: what does not fit into a tool bar is
/// hidden, and a search that is not seen is no good.
class ToolBars final : public QObject
{
    Q_OBJECT

public:
    /// `window` is the parent and owns the bars, `filters` among them; `actions` must outlive this.
    ToolBars(QMainWindow &window, const MainActions &actions, FilterBar &filters);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();

    QMainWindow &m_window;
    QToolBar *m_tools;
    QToolBar *m_filters;
};

} // namespace Jobsweep
