// SPDX-License-Identifier: GPL-3.0-or-later

// The bar that says one thing, and the colours of its edge.

#include "tests/support/fakeclock.h"
#include "ui/colors.h"
#include "ui/noticebar.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QVBoxLayout>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::FakeClock;

namespace {

QStringList visibleButtons(const QWidget &bar)
{
    QStringList texts;
    const QList<QPushButton *> buttons = bar.findChildren<QPushButton *>();
    for (const QPushButton *button : buttons) {
        if (button->isVisibleTo(&bar))
            texts.append(button->text());
    }
    return texts;
}

QPalette paletteOn(const QColor &window, const QColor &base)
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, window.lightness() < 128 ? Qt::white : Qt::black);
    return palette;
}

} // namespace

class NoticeBarTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void isHiddenWithoutNotice();
    void showsTextAndActions();
    void anotherNoticeReplacesTheFirst();
    void isANotification();
    void keyboardStaysInTheBar();
    void countsDown();
    void markupStaysText();
    void accentsAreReadable_data();
    void accentsAreReadable();
};

void NoticeBarTest::isHiddenWithoutNotice()
{
    FakeClock clock;
    NoticeBar bar(clock);
    QCOMPARE(bar.accessibleName(), u"Notice"_s);
    QVERIFY(bar.isHidden());
    bar.setNotice(Notice{Notice::Severity::Warning, u"Look."_s, {}, {}, {}});
    QVERIFY(!bar.isHidden());
    bar.setNotice({});
    QVERIFY(bar.isHidden());
}

void NoticeBarTest::showsTextAndActions()
{
    FakeClock clock;
    NoticeBar bar(clock);
    bar.setNotice(Notice{Notice::Severity::Warning,
                         u"A token is needed."_s,
                         {NoticeAction::EnterToken, NoticeAction::Dismiss},
                         {},
                         {}});
    QCOMPARE(bar.accessibleDescription(), u"A token is needed."_s);
    QCOMPARE(visibleButtons(bar), (QStringList{u"Enter Access Token…"_s, u"Dismiss"_s}));
    QList<NoticeAction> triggered;
    connect(&bar, &NoticeBar::triggered, this,
            [&triggered](NoticeAction action) { triggered.append(action); });
    bar.findChildren<QPushButton *>().constFirst()->click();
    QCOMPARE(triggered, QList{NoticeAction::EnterToken});
}

void NoticeBarTest::anotherNoticeReplacesTheFirst()
{
    FakeClock clock;
    NoticeBar bar(clock);
    bar.setNotice(Notice{Notice::Severity::Warning, u"One."_s, {NoticeAction::EnterToken}, {}, {}});
    bar.setNotice(Notice{Notice::Severity::Danger, u"Two."_s, {NoticeAction::Resume}, {}, {}});
    QCOMPARE(bar.accessibleDescription(), u"Two."_s);
    QTRY_COMPARE(visibleButtons(bar), QStringList{u"Resume"_s});
}

/// Screen readers read a notification out as soon as it is shown, wherever the focus is.
void NoticeBarTest::isANotification()
{
    FakeClock clock;
    NoticeBar bar(clock);
    QCOMPARE(QAccessible::queryAccessibleInterface(&bar)->role(), QAccessible::Notification);
}

void NoticeBarTest::keyboardStaysInTheBar()
{
    FakeClock clock;
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(new QPushButton);
    auto *bar = new NoticeBar(clock);
    layout->addWidget(bar);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    Notice notice{Notice::Severity::Information, u"One."_s, {}, {}, {}};
    notice.actions = {NoticeAction::Pause, NoticeAction::Undo};
    bar->setNotice(notice);
    const auto focused = [] {
        const auto *button = qobject_cast<QPushButton *>(QApplication::focusWidget());
        return button == nullptr ? QString() : button->text();
    };
    QTRY_COMPARE(visibleButtons(*bar).size(), 2);
    QVERIFY(focused() != u"Pause"_s);
    bar->findChildren<QPushButton *>().constFirst()->setFocus();
    QCOMPARE(focused(), u"Pause"_s);
    notice.actions = {NoticeAction::Resume, NoticeAction::Undo};
    bar->setNotice(notice);
    QTRY_COMPARE(focused(), u"Resume"_s);
    // Without another button, whoever knows the window says where it goes on.
    QSignalSpy left(bar, &NoticeBar::focusLeft);
    bar->setNotice({});
    QCOMPARE(left.size(), 1);
    notice.actions = {NoticeAction::Dismiss};
    bar->setNotice(notice);
    bar->findChildren<QPushButton *>().constLast()->setFocus();
    notice.actions = {};
    bar->setNotice(notice);
    QCOMPARE(left.size(), 2);
}

void NoticeBarTest::countsDown()
{
    FakeClock clock;
    NoticeBar bar(clock);
    bar.setNotice(Notice{Notice::Severity::Information,
                         u"Waiting."_s,
                         {},
                         clock.now() + std::chrono::seconds(72),
                         u"Goes on in %1."_s});
    QCOMPARE(bar.accessibleDescription(), u"Waiting. Goes on in 1 min 12 s."_s);
    clock.advance(std::chrono::seconds(70));
    QTRY_COMPARE(bar.accessibleDescription(), u"Waiting. Goes on in 2 s."_s);
    clock.advance(std::chrono::seconds(70));
    QTRY_COMPARE(bar.accessibleDescription(), u"Waiting."_s);
}

void NoticeBarTest::markupStaysText()
{
    FakeClock clock;
    NoticeBar bar(clock);
    bar.setNotice(Notice{Notice::Severity::Warning, u"<b>x</b>"_s, {}, {}, {}});
    const QList<QLabel *> labels = bar.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void NoticeBarTest::accentsAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("white") << paletteOn(Qt::white, Qt::white);
    QTest::newRow("light") << paletteOn(QColor(0xEF, 0xEF, 0xEF), Qt::white);
    QTest::newRow("dark") << paletteOn(QColor(45, 45, 48), QColor(30, 30, 32));
    QTest::newRow("black") << paletteOn(Qt::black, Qt::black);
}

void NoticeBarTest::accentsAreReadable()
{
    QFETCH(QPalette, palette);
    for (const QColor &accent : {dangerAccent(palette), warningAccent(palette)}) {
        QVERIFY(contrast(accent, palette.color(QPalette::Window)) >= leastContrast);
        QVERIFY(contrast(accent, palette.color(QPalette::Base)) >= leastContrast);
    }
    QVERIFY(contrast(mutedText(palette), palette.color(QPalette::Base)) >= leastContrast);
    QVERIFY(mutedText(palette) != palette.color(QPalette::Text));
}

QTEST_MAIN(NoticeBarTest)
#include "tst_noticebar.moc"
