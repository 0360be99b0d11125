// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QWidget;

namespace Jobsweep {

/// The main window's actions with their texts, icons and shortcuts; what they do is connected by
/// the window, which owns them.
struct MainActions
{
    explicit MainActions(QWidget *window);

    QAction *refresh;
    QAction *stop;
    QAction *deleteJobs;
    QAction *selectAll;
    QAction *undo;
    QAction *history;
    QAction *find;
    QAction *clearSearch;
    QAction *clearFilters;
    QAction *moreFilters;
    QAction *settings;
    QAction *quit;
};

} // namespace Jobsweep
