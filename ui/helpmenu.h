// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMainWindow;
class QMenu;

namespace Jobsweep {

/// The menu "Help": the keys, where the log is, what a report needs, and what this program is.
class HelpMenu final : public QObject
{
    Q_OBJECT

public:
    /// The keys are those of the menus of `window` and of `table`, as they are when they are asked
    /// for. `window` owns this, the menu and the dialogs; both must outlive it.
    HelpMenu(QMainWindow &window, const QWidget &table);

    [[nodiscard]] QMenu *menu() const { return m_menu; }

signals:
    /// The person wants to see where the log is.
    void logRequested();
    /// A sentence for the status bar.
    void message(const QString &sentence);

private:
    void showShortcuts();
    void copySystemInformation();
    void showAbout();

    QMainWindow &m_window;
    const QWidget &m_table;
    QMenu *m_menu;
};

} // namespace Jobsweep
