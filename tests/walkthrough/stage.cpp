// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/walkthrough/stage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QRadioButton>
#include <QTableView>
#include <QTest>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

constexpr int deepestLayout = 6;

void print(const QString &line)
{
    std::fputs(qUtf8Printable(line), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

QRect placeOf(const QWidget &window)
{
    return {window.mapToGlobal(QPoint()), window.size()};
}

QString nameOf(const QAction &action)
{
    return QString(action.text()).remove(u'&');
}

QAction *actionOf(const QWidget &menu, const QString &name)
{
    const auto actions = menu.actions();
    for (QAction *action : actions) {
        if (nameOf(*action) == name && action->isVisible() && action->isEnabled())
            return action;
    }
    throw CheckFailed{u"no menu offers “%1”"_s.arg(name)};
}

} // namespace

Stage::Stage(const QString &folder) : m_folder(folder) { }

void Stage::turnTo(QWidget &window)
{
    m_window = &window;
    m_window->activateWindow();
    // Not isActiveWindow(): without a window manager, Qt loses count of a dialog that was hidden
    // and shown at once.
    waitFor(u"the window has the keyboard"_s,
            [this] { return QGuiApplication::focusWindow() == m_window->windowHandle(); });
}

void Stage::turnToWindow(const QString &title)
{
    QWidget *found = nullptr;
    waitFor(u"the window “%1” opens"_s.arg(title), [&found, &title] {
        const auto all = QApplication::topLevelWidgets();
        for (QWidget *window : all) {
            if (window->isVisible() && window->windowTitle() == title)
                found = window;
        }
        return found != nullptr;
    });
    turnTo(*found);
}

void Stage::begin(const QString &step)
{
    print(u"%1. %2"_s.arg(++m_steps).arg(step));
}

void Stage::check(bool holds, const QString &what)
{
    if (!holds)
        throw CheckFailed{what};
    print(u"   checked: %1"_s.arg(what));
}

void Stage::waitFor(const QString &what, const std::function<bool()> &holds,
                    std::chrono::milliseconds limit)
{
    check(QTest::qWaitFor(holds, static_cast<int>(limit.count())), what);
}

void Stage::picture(const QString &name)
{
    // What has just changed is laid out first; a layout within another tells it by an event.
    for (int level = 0; level < deepestLayout; ++level)
        QCoreApplication::processEvents();
    const QString fileName = u"%1-%2.png"_s.arg(++m_pictures, 2, 10, QChar(u'0')).arg(name);
    pictureAs(fileName);
    print(u"   picture: %1"_s.arg(fileName));
}

void Stage::pictureAs(const QString &fileName) const
{
    if (!m_window)
        return;
    QList<QWidget *> shown{m_window};
    for (QWidget *above : {&front(), QApplication::activePopupWidget()}) {
        if (above && above != m_window)
            shown.append(above);
    }
    QRect all;
    for (const QWidget *one : std::as_const(shown))
        all = all.united(placeOf(*one));
    const qreal ratio = m_window->devicePixelRatio();

    QPixmap picture(all.size() * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(m_window->palette().color(QPalette::Dark));
    QPainter painter(&picture);
    painter.setPen(m_window->palette().color(QPalette::WindowText));
    for (QWidget *one : std::as_const(shown)) {
        const QRect place = placeOf(*one).translated(-all.topLeft());
        painter.drawPixmap(place.topLeft(), one->grab());
        // In place of the frame that a window manager gives a dialog.
        if (one != m_window)
            painter.drawRect(place.adjusted(0, 0, -1, -1));
    }
    painter.end();
    if (!picture.save(QDir(m_folder).filePath(fileName)))
        throw CheckFailed{u"%1 could not be saved in %2"_s.arg(fileName, m_folder)};
}

QWidget &Stage::front() const
{
    QWidget *dialog = QApplication::activeModalWidget();
    return dialog ? *dialog : *m_window;
}

void Stage::waitForDialog(const QString &title)
{
    waitFor(u"the dialog “%1” opens"_s.arg(title),
            [this, &title] { return &front() != m_window && front().windowTitle() == title; });
    front().activateWindow();
    waitFor(u"the dialog has the keyboard"_s, [this] { return front().isActiveWindow(); });
}

void Stage::waitForDialogToClose()
{
    waitFor(u"the dialog closes"_s, [this] { return &front() == m_window; });
    m_window->activateWindow();
    waitFor(u"the window has the keyboard again"_s, [this] { return m_window->isActiveWindow(); });
}

QString Stage::textOf(const QString &name) const
{
    const auto *label = find<QLabel>(name);
    return label ? label->text() : QString();
}

bool Stage::says(const QString &text) const
{
    const auto labels = front().findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&text](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

void Stage::click(QWidget &widget)
{
    if (!widget.isVisible() || !widget.isEnabled())
        throw CheckFailed{u"“%1” cannot be clicked"_s.arg(widget.accessibleName())};
    // Only their mark and their text can be clicked, not the room behind the text.
    const bool hasMark
        = qobject_cast<QRadioButton *>(&widget) || qobject_cast<QCheckBox *>(&widget);
    const int middle = widget.height() / 2;
    QTest::mouseClick(&widget, Qt::LeftButton, {}, hasMark ? QPoint(middle, middle) : QPoint());
}

void Stage::clickButton(const QString &name)
{
    click(the<QAbstractButton>(name));
}

void Stage::clickButtonIn(const QString &place, const QString &name)
{
    auto *button = findIn<QAbstractButton>(the<QWidget>(place), name);
    if (button == nullptr)
        throw CheckFailed{u"“%1” has no button “%2”"_s.arg(place, name)};
    click(*button);
}

void Stage::clickCell(QAbstractItemView &view, const QModelIndex &index,
                      Qt::KeyboardModifiers modifiers)
{
    const QPoint place = view.visualRect(index).center();
    if (!index.isValid() || !view.viewport()->rect().contains(place))
        throw CheckFailed{u"a cell of “%1” is not in sight"_s.arg(view.accessibleName())};
    QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, place);
}

void Stage::clickHeader(QTableView &table, int column)
{
    QHeaderView *header = table.horizontalHeader();
    const QPoint place(header->sectionViewportPosition(column) + header->sectionSize(column) / 3,
                       header->height() / 2);
    if (!header->viewport()->rect().contains(place))
        throw CheckFailed{u"the header of column %1 is not in sight"_s.arg(column)};
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
}

void Stage::openMenu(const QString &name)
{
    auto *bar = m_window->findChild<QMenuBar *>();
    if (bar == nullptr)
        throw CheckFailed{u"the window has no menu bar"_s};
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(actionOf(*bar, name)).center());
    waitForMenu(name);
}

void Stage::openContextMenu(QAbstractItemView &view, const QModelIndex &index)
{
    clickCell(view, index);
    const QPoint place = view.visualRect(index).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, view.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view.viewport(), &event);
    waitForMenu(u"of a cell"_s);
}

void Stage::clickEntry(const QString &name)
{
    QMenu &open = menu();
    QAction *action = actionOf(open, name);
    QTest::mouseClick(&open, Qt::LeftButton, {}, open.actionGeometry(action).center());
    if (const QMenu *next = action->menu()) {
        waitFor(u"the menu “%1” opens"_s.arg(name),
                [next] { return QApplication::activePopupWidget() == next; });
    } else {
        takeKeyboardBack();
    }
}

void Stage::closeMenu()
{
    press(Qt::Key_Escape);
    takeKeyboardBack();
}

QStringList Stage::entries() const
{
    QStringList names;
    const auto actions = menu().actions();
    for (const QAction *action : actions) {
        if (action->isVisible() && !action->isSeparator())
            names.append(nameOf(*action));
    }
    return names;
}

void Stage::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&keyboardFocus(), key, modifiers);
}

void Stage::type(const QString &text)
{
    QTest::keyClicks(&keyboardFocus(), text);
}

void Stage::choose(QComboBox &list, const QString &entry)
{
    const int wanted = list.findText(entry);
    if (wanted < 0)
        throw CheckFailed{u"“%1” offers no “%2”"_s.arg(list.accessibleName(), entry)};
    list.setFocus();
    while (list.currentIndex() != wanted)
        press(list.currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
}

void Stage::paste(QLineEdit &field, const QString &text)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    const QString before = clipboard->text();
    click(field);
    press(Qt::Key_A, Qt::ControlModifier);
    clipboard->setText(text);
    press(Qt::Key_V, Qt::ControlModifier);
    clipboard->setText(before);
}

QMenu &Stage::menu() const
{
    auto *open = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    if (open == nullptr)
        throw CheckFailed{u"no menu is open"_s};
    return *open;
}

void Stage::waitForMenu(const QString &name)
{
    waitFor(u"the menu %1 opens"_s.arg(name),
            [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()) != nullptr; });
}

/// Without a window manager nobody else gives it to the window when a menu closes.
void Stage::takeKeyboardBack()
{
    waitFor(u"the menu closes"_s, [] { return QApplication::activePopupWidget() == nullptr; });
    front().activateWindow();
}

QWidget &Stage::keyboardFocus() const
{
    // An open menu takes it from whatever has the focus.
    if (QWidget *popup = QApplication::activePopupWidget())
        return *popup;
    QWidget *focused = QApplication::focusWidget();
    return focused ? *focused : front();
}

} // namespace Jobsweep::Testing
