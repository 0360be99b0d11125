// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/walkthrough/stage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QTableView>
#include <QTest>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

void print(const QString &line)
{
    std::fputs(qUtf8Printable(line), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
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
    // What has just changed is laid out first.
    QCoreApplication::processEvents();
    const QString fileName = u"%1-%2.png"_s.arg(++m_pictures, 2, 10, QChar(u'0')).arg(name);
    pictureAs(fileName);
    print(u"   picture: %1"_s.arg(fileName));
}

void Stage::pictureAs(const QString &fileName) const
{
    if (!m_window)
        return;
    const QRect windowPlace(m_window->mapToGlobal(QPoint()), m_window->size());
    QWidget &dialog = front();
    const QRect dialogPlace(dialog.mapToGlobal(QPoint()), dialog.size());
    const QRect all = windowPlace.united(dialogPlace);
    const qreal ratio = m_window->devicePixelRatio();

    QPixmap picture(all.size() * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(m_window->palette().color(QPalette::Dark));
    QPainter painter(&picture);
    painter.drawPixmap(windowPlace.topLeft() - all.topLeft(), m_window->grab());
    if (&dialog != m_window) {
        const QRect place = dialogPlace.translated(-all.topLeft());
        painter.drawPixmap(place.topLeft(), dialog.grab());
        // In place of the frame that a window manager gives it.
        painter.setPen(m_window->palette().color(QPalette::WindowText));
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
    QTest::mouseClick(&widget, Qt::LeftButton);
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

QWidget &Stage::keyboardFocus() const
{
    QWidget *focused = QApplication::focusWidget();
    return focused ? *focused : front();
}

} // namespace Jobsweep::Testing
