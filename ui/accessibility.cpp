// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accessibility.h"

#include <QAccessibleWidget>
#include <QDialogButtonBox>
#include <QVariant>
#include <QWidget>

namespace Jobsweep {

namespace {

constexpr const char *roleProperty = "jobsweepAccessibleRole";

QAccessibleInterface *makeInterface(const QString & /*className*/, QObject *object)
{
    const QVariant role = object->property(roleProperty);
    if (!role.isValid())
        return nullptr;
    return new QAccessibleWidget(static_cast<QWidget *>(object),
                                 static_cast<QAccessible::Role>(role.toInt()));
}

void setRoleAndName(QWidget *widget, QAccessible::Role role, const QString &name)
{
    // A factory that is installed again is ignored.
    QAccessible::installFactory(makeInterface);
    widget->setProperty(roleProperty, static_cast<int>(role));
    widget->setAccessibleName(name);
}

} // namespace

void nameGroup(QWidget *widget, const QString &name)
{
    setRoleAndName(widget, QAccessible::Grouping, name);
}

void nameNotification(QWidget *widget, const QString &name)
{
    setRoleAndName(widget, QAccessible::Notification, name);
}

void readOutAgain(QWidget *notification)
{
    QAccessibleEvent shown(notification, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&shown);
}

void letTabReachFirstButton(QDialogButtonBox &box)
{
    // Tab goes to the box, from there to its first button as the proxy, and then one too far.
    box.setFocusProxy(nullptr);
}

} // namespace Jobsweep
