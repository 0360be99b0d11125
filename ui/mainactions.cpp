// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainactions.h"

#include "ui/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QWidget>

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MainActions)
};

QAction *make(QWidget *window, const QString &text, const QKeySequence &shortcut = {})
{
    auto *action = new QAction(text, window);
    action->setShortcut(shortcut);
    if (!shortcut.isEmpty()) {
        const QString name = QString(action->text()).remove(u'&');
        action->setToolTip(Words::tr("%1 (%2)", "an action, its shortcut")
                               .arg(name, shortcut.toString(QKeySequence::NativeText)));
    }
    return action;
}

} // namespace

MainActions::MainActions(QWidget *window)
    : refresh(make(window, Words::tr("&Refresh"), Qt::Key_F5)),
      stop(make(window, Words::tr("&Stop"))),
      deleteJobs(make(window, Words::tr("&Delete…"), QKeySequence::Delete)),
      selectAll(make(window, Words::tr("Select &All"), QKeySequence::SelectAll)),
      undo(make(window, Words::tr("&Undo Deletion"), QKeySequence::Undo)),
      history(make(window, Words::tr("&History…"), QKeySequence(Qt::CTRL | Qt::Key_H))),
      find(make(window, Words::tr("&Search Jobs"), QKeySequence::Find)),
      clearSearch(make(window, Words::tr("&Clear Search"), Qt::Key_Escape)),
      clearFilters(make(window, Words::tr("Clear Search and &Filters"))),
      moreFilters(
          make(window, Words::tr("&More Filters"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F))),
      settings(make(window, Words::tr("&Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma))),
      quit(make(window, Words::tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
{
    refresh->setIcon(icon(IconName::Refresh));
    moreFilters->setCheckable(true);
    stop->setIcon(icon(IconName::Stop));
    stop->setToolTip(Words::tr("Stop loading; the jobs that have arrived stay"));
    deleteJobs->setIcon(icon(IconName::Trash));
    deleteJobs->setToolTip(Words::tr("Delete the selected unsubmitted jobs (%1)")
                               .arg(deleteJobs->shortcut().toString(QKeySequence::NativeText)));
    undo->setEnabled(false);
    undo->setToolTip(Words::tr("Take back the deletion that is about to begin (%1)")
                         .arg(undo->shortcut().toString(QKeySequence::NativeText)));
    settings->setIcon(icon(IconName::Settings));
    settings->setMenuRole(QAction::PreferencesRole);
    quit->setMenuRole(QAction::QuitRole);
    // In a text field the Del key is for the text, and elsewhere nobody expects it to delete jobs:
    // the window gives it to the table alone.
    deleteJobs->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

} // namespace Jobsweep
