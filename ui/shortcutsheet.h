// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every key that does something, made from the actions themselves.

#include <QDialog>
#include <QList>
#include <QString>

class QMenuBar;

namespace Jobsweep {

struct ShortcutGroup
{
    struct Line
    {
        QString action;
        /// As the platform writes them; several are alternatives.
        QString keys;
    };
    QString title;
    QList<Line> lines;
};

/// The actions with a shortcut, by the menu they stand in; menus within a menu belong to it. Those
/// of `widget` that stand in no menu come last, under its accessible name. An action is named once.
[[nodiscard]] QList<ShortcutGroup> shortcutsIn(const QMenuBar &menus, const QWidget &widget);

class ShortcutSheet final : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutSheet(const QList<ShortcutGroup> &groups, QWidget *parent = nullptr);
};

} // namespace Jobsweep
