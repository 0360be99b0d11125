// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds what a person sees in a widget by the words they see or hear. What is hidden is not found;
// the widget itself need not be shown.

#include <QAction>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include <algorithm>

namespace Jobsweep::Testing {

/// The one with this accessible name; null when there is none.
template<typename Widget>
[[nodiscard]] Widget *named(const QWidget &parent, const QString &name)
{
    const QList<Widget *> children = parent.findChildren<Widget *>();
    for (Widget *child : children) {
        if (child->accessibleName() == name && child->isVisibleTo(&parent))
            return child;
    }
    return nullptr;
}

/// Null when there is none.
[[nodiscard]] inline QPushButton *button(const QWidget &parent, const QString &text)
{
    const QList<QPushButton *> buttons = parent.findChildren<QPushButton *>();
    for (QPushButton *child : buttons) {
        if (child->text() == text && child->isVisibleTo(&parent))
            return child;
    }
    return nullptr;
}

/// Of a window's menus, tool bars and widgets; null when there is none.
[[nodiscard]] inline QAction *actionFor(const QWidget &window, const QKeySequence &shortcut)
{
    const QList<QAction *> actions = window.findChildren<QAction *>();
    const auto found = std::ranges::find(actions, shortcut, &QAction::shortcut);
    return found == actions.end() ? nullptr : *found;
}

/// Whether a label has this text in it.
[[nodiscard]] inline bool shows(const QWidget &parent, const QString &text)
{
    const QList<QLabel *> labels = parent.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        return label->isVisibleTo(&parent) && label->text().contains(text);
    });
}

} // namespace Jobsweep::Testing
