// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes what Qt puts around docks usable without a mouse: the bar of tabs for docks that lie behind
// each other, which gets the focus even while it has no tab and hence no name, and the buttons in
// the titles, which never get it.

#include <QObject>

class QDockWidget;
class QFocusFrame;
class QMainWindow;

namespace Jobsweep {

class DockKeys final : public QObject
{
    Q_OBJECT

public:
    /// For the docks that `window` has by now; it owns this.
    explicit DockKeys(QMainWindow &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openToKeys(QDockWidget &dock, const QString &objectName, const QString &name);

    /// The buttons draw no sign of the focus by themselves.
    QFocusFrame *m_frame;
};

} // namespace Jobsweep
