// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the walkthrough plays: finds what a person sees by its accessible name, uses mouse and
// keyboard on it, checks, prints, and takes pictures.

#include <QAccessible>
#include <QModelIndex>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <chrono>
#include <functional>

class QAbstractItemView;
class QComboBox;
class QLineEdit;
class QMenu;
class QTableView;

namespace Jobsweep::Testing {

/// Ends the walkthrough.
struct CheckFailed
{
    QString why;
};

class Stage final
{
public:
    static constexpr std::chrono::seconds patience{20};

    /// Pictures go into `folder`, which must exist.
    explicit Stage(const QString &folder);

    /// The window that the person uses from now on.
    void turnTo(QWidget &window);
    /// Waits for a window of this title beside the others, turns to it and gives it the keyboard.
    void turnToWindow(const QString &title);

    void begin(const QString &step);
    /// Prints what holds; throws CheckFailed with it when it does not.
    void check(bool holds, const QString &what);
    /// Lets the program run until the condition holds; then as check().
    void waitFor(const QString &what, const std::function<bool()> &holds,
                 std::chrono::milliseconds limit = patience);
    /// Saves the window, with the open dialog and menu on it, as the next numbered PNG.
    void picture(const QString &name);
    /// The same without a number; nothing where there is no window.
    void pictureAs(const QString &fileName) const;

    /// The open dialog, or the window when there is none: nothing else can be used meanwhile.
    [[nodiscard]] QWidget &front() const;
    /// Waits until the dialog is open and has the keyboard.
    void waitForDialog(const QString &title);
    void waitForDialogToClose();

    /// The visible widget with this accessible name; throws when there is none.
    template<typename T>
    [[nodiscard]] T &the(const QString &name) const
    {
        if (T *found = find<T>(name))
            return *found;
        throw CheckFailed{QStringLiteral("nothing visible is called “%1”").arg(name)};
    }
    template<typename T>
    [[nodiscard]] bool shows(const QString &name) const
    {
        return find<T>(name) != nullptr;
    }
    /// The text of the visible label with this accessible name; empty when there is none.
    [[nodiscard]] QString textOf(const QString &name) const;
    /// Whether some visible label of what is in front contains this text.
    [[nodiscard]] bool says(const QString &text) const;

    void click(QWidget &widget);
    void clickButton(const QString &name);
    /// Where several have that name: the one in the visible widget called `place`.
    void clickButtonIn(const QString &place, const QString &name);
    void clickCell(QAbstractItemView &view, const QModelIndex &index,
                   Qt::KeyboardModifiers modifiers = {});
    void clickHeader(QTableView &table, int column);
    /// Of the window's menu bar; names of menus and entries are without the ampersands.
    void openMenu(const QString &name);
    void openContextMenu(QAbstractItemView &view, const QModelIndex &index);
    /// Of the open menu; waits for the menu that the entry opens, if it does.
    void clickEntry(const QString &name);
    void closeMenu();
    /// Of the open menu.
    [[nodiscard]] QStringList entries() const;
    /// To what has the keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    void type(const QString &text);
    /// Chooses an entry of the list by the keyboard.
    void choose(QComboBox &list, const QString &entry);
    /// Clicks the field, selects what it holds and pastes over it by the keyboard.
    void paste(QLineEdit &field, const QString &text);

private:
    template<typename T>
    [[nodiscard]] T *find(const QString &name) const
    {
        return findIn<T>(front(), name);
    }
    template<typename T>
    [[nodiscard]] static T *findIn(const QWidget &place, const QString &name)
    {
        const auto all = place.template findChildren<T *>();
        for (T *widget : all) {
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (widget->isVisible() && face && face->text(QAccessible::Name) == name)
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] QWidget &keyboardFocus() const;
    [[nodiscard]] QMenu &menu() const;
    void waitForMenu(const QString &name);
    void takeKeyboardBack();

    QPointer<QWidget> m_window;
    QString m_folder;
    int m_steps = 0;
    int m_pictures = 0;
};

} // namespace Jobsweep::Testing
