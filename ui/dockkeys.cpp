// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dockkeys.h"

#include <QAbstractButton>
#include <QChildEvent>
#include <QDockWidget>
#include <QFocusFrame>
#include <QMainWindow>
#include <QTabBar>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

void allowFocus(QTabBar *tabs)
{
    tabs->setFocusPolicy(tabs->count() > 0 ? Qt::TabFocus : Qt::NoFocus);
}

/// Nothing where the child is something else. For one that was polished: one that was only added
/// is not yet what it is going to be.
QTabBar *tabBarOf(const QChildEvent &event)
{
    return qobject_cast<QTabBar *>(event.child());
}

} // namespace

DockKeys::DockKeys(QMainWindow &window) : QObject(&window), m_frame(new QFocusFrame(&window))
{
    window.installEventFilter(this);
    const QList<QDockWidget *> docks
        = window.findChildren<QDockWidget *>(Qt::FindDirectChildrenOnly);
    for (QDockWidget *dock : docks) {
        openToKeys(*dock, u"qt_dockwidget_closebutton"_s,
                   tr("Close %1", "title of a part of the window").arg(dock->windowTitle()));
        openToKeys(*dock, u"qt_dockwidget_floatbutton"_s,
                   tr("Float %1", "title of a part of the window").arg(dock->windowTitle()));
    }
}

void DockKeys::openToKeys(QDockWidget &dock, const QString &objectName, const QString &name)
{
    auto *button = dock.findChild<QAbstractButton *>(objectName, Qt::FindDirectChildrenOnly);
    if (!button)
        return;
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->installEventFilter(this);
}

/// Qt makes the bar when it first needs one, and again when the docks are moved.
bool DockKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn)
        m_frame->setWidget(qobject_cast<QAbstractButton *>(watched));
    if (event->type() == QEvent::FocusOut)
        m_frame->setWidget(nullptr);
    if (event->type() == QEvent::ChildPolished) {
        auto *tabs = tabBarOf(*static_cast<QChildEvent *>(event));
        if (tabs) {
            allowFocus(tabs);
            connect(tabs, &QTabBar::currentChanged, this, [tabs] { allowFocus(tabs); });
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Jobsweep
