// SPDX-License-Identifier: GPL-3.0-or-later

// Notifications over the bus that privatebus.sh starts, with a desktop made for the test.

#include "tests/ui/fakedesktop.h"
#include "ui/desktopnotifier.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::FakeDesktop;

namespace {

QDBusConnection connectToBus(const QString &name)
{
    return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
}

} // namespace

class DesktopNotifierTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(qEnvironmentVariableIsSet("JOBSWEEP_PRIVATE_BUS"), "run it by privatebus.sh");
        QVERIFY(connectToBus(u"program"_s).isConnected());
        QVERIFY(connectToBus(u"desktop"_s).isConnected());
    }

    void showsAndIsClicked();
    void theNewerReplacesTheOlder();
    void aClosedOneIsNotReplaced();
    void onlyTheNewestWaits();
    void escapesForADesktopThatReadsMarkup();
    void offersNoActionsWhereThereAreNone();
    void takesItAway();
    void othersCannotClick();
    void saysWhenThereIsNoBus();
    void saysWhenThereIsNoDesktop();
    void aSilentDesktopIsGivenUp();
    void aBusThatHangsDoesNotStopTheProgram();

private:
    QDBusConnection m_program = connectToBus(u"program"_s);
    QDBusConnection m_desktop = connectToBus(u"desktop"_s);
};

void DesktopNotifierTest::showsAndIsClicked()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    QSignalSpy activated(&notifier, &DesktopNotifier::activated);
    QSignalSpy notShown(&notifier, &DesktopNotifier::notShown);
    notifier.notify(u"Deletion finished"_s, u"3 jobs: 3 deleted"_s);
    QTRY_COMPARE(desktop.shown.size(), 1);
    QCOMPARE(desktop.shown.constFirst().title, u"Deletion finished"_s);
    QCOMPARE(desktop.shown.constFirst().text, u"3 jobs: 3 deleted"_s);
    QCOMPARE(desktop.shown.constFirst().actions.value(0), u"default"_s);
    emit desktop.ActionInvoked(1, u"default"_s);
    QTRY_COMPARE(activated.size(), 1);
    QVERIFY(notShown.isEmpty());
}

void DesktopNotifierTest::theNewerReplacesTheOlder()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 2);
    QCOMPARE(desktop.shown.constFirst().replaced, 0U);
    QCOMPARE(desktop.shown.constLast().replaced, 1U);
    QCOMPARE(desktop.timesAsked, 1);
}

void DesktopNotifierTest::aClosedOneIsNotReplaced()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    DesktopNotifier other(m_program);
    QSignalSpy activated(&other, &DesktopNotifier::activated);
    other.notify(u"Other"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 2);
    emit desktop.NotificationClosed(1, 2);
    // Signals arrive in their order.
    emit desktop.ActionInvoked(2, u"default"_s);
    QTRY_COMPARE(activated.size(), 1);
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 3);
    QCOMPARE(desktop.shown.constLast().replaced, 0U);
    other.notify(u"Third"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 4);
    QCOMPARE(desktop.shown.constLast().replaced, 2U);
}

void DesktopNotifierTest::onlyTheNewestWaits()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    for (int number = 1; number <= 5; ++number)
        notifier.notify(QString::number(number), {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    QCOMPARE(desktop.shown.constFirst().title, u"5"_s);
    notifier.notify(u"6"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 2);
    QCOMPARE(desktop.shown.constLast().title, u"6"_s);
}

void DesktopNotifierTest::escapesForADesktopThatReadsMarkup()
{
    const auto text = u"<b>1</b> & <a href=\"file:///\">2</a>"_s;
    FakeDesktop desktop(m_desktop);
    {
        DesktopNotifier notifier(m_program);
        notifier.notify(u"<i>plain</i>"_s, text);
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown.constFirst().text, text);
    }
    desktop.capabilities.append(u"body-markup"_s);
    DesktopNotifier notifier(m_program);
    notifier.notify(u"<i>plain</i>"_s, text);
    QTRY_COMPARE(desktop.shown.size(), 2);
    QCOMPARE(desktop.shown.constLast().title, u"<i>plain</i>"_s);
    QCOMPARE(desktop.shown.constLast().text,
             u"&lt;b&gt;1&lt;/b&gt; &amp; &lt;a href=&quot;file:///&quot;&gt;2&lt;/a&gt;"_s);
}

void DesktopNotifierTest::offersNoActionsWhereThereAreNone()
{
    FakeDesktop desktop(m_desktop);
    desktop.capabilities = {u"body"_s};
    DesktopNotifier notifier(m_program);
    notifier.notify(u"Deletion finished"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    QVERIFY(desktop.shown.constFirst().actions.isEmpty());
}

void DesktopNotifierTest::takesItAway()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    QSignalSpy activated(&notifier, &DesktopNotifier::activated);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    // A click tells that the answer to the call has arrived, too.
    emit desktop.ActionInvoked(1, u"default"_s);
    QTRY_COMPARE(activated.size(), 1);
    notifier.withdraw();
    notifier.withdraw();
    QTRY_COMPARE(desktop.closedIds, QList<uint>{1});
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 2);
    QCOMPARE(desktop.shown.constLast().replaced, 0U);
    QCOMPARE(desktop.closedIds.size(), 1);
}

void DesktopNotifierTest::othersCannotClick()
{
    FakeDesktop desktop(m_desktop);
    DesktopNotifier notifier(m_program);
    QSignalSpy activated(&notifier, &DesktopNotifier::activated);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);

    auto stranger = connectToBus(u"stranger"_s);
    auto click
        = QDBusMessage::createSignal(FakeDesktop::path, FakeDesktop::service, u"ActionInvoked"_s);
    click << 1U << u"default"_s;
    QVERIFY(stranger.send(click));
    // Comes after the stranger's click, and is answered after it was seen.
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 2);
    notifier.notify(u"Third"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 3);
    QVERIFY(activated.isEmpty());
    emit desktop.ActionInvoked(1, u"another"_s);
    emit desktop.ActionInvoked(7, u"default"_s);
    emit desktop.ActionInvoked(1, u"default"_s);
    QTRY_COMPARE(activated.size(), 1);
    QDBusConnection::disconnectFromBus(u"stranger"_s);
}

void DesktopNotifierTest::saysWhenThereIsNoBus()
{
    DesktopNotifier notifier(QDBusConnection(u"never connected"_s));
    QSignalSpy notShown(&notifier, &DesktopNotifier::notShown);
    notifier.notify(u"Deletion finished"_s, {});
    QTRY_COMPARE(notShown.size(), 1);
    notifier.notify(u"Deletion finished"_s, {});
    QTRY_COMPARE(notShown.size(), 2);
    notifier.withdraw();
}

void DesktopNotifierTest::saysWhenThereIsNoDesktop()
{
    DesktopNotifier notifier(m_program);
    QSignalSpy notShown(&notifier, &DesktopNotifier::notShown);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(notShown.size(), 1);
    // A desktop that starts later is found.
    FakeDesktop desktop(m_desktop);
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    QCOMPARE(notShown.size(), 1);
}

void DesktopNotifierTest::aSilentDesktopIsGivenUp()
{
    FakeDesktop desktop(m_desktop);
    desktop.answers = false;
    DesktopNotifier notifier(m_program);
    QSignalSpy notShown(&notifier, &DesktopNotifier::notShown);
    notifier.notify(u"First"_s, {});
    QTRY_COMPARE(notShown.size(), 1);
    QVERIFY(desktop.shown.isEmpty());
    desktop.answers = true;
    notifier.notify(u"Second"_s, {});
    QTRY_COMPARE(desktop.shown.size(), 1);
    QCOMPARE(notShown.size(), 1);
}

void DesktopNotifierTest::aBusThatHangsDoesNotStopTheProgram()
{
    const int bus = qEnvironmentVariableIntValue("JOBSWEEP_PRIVATE_BUS");
    const auto goOn = qScopeGuard([bus] { ::kill(bus, SIGCONT); });
    QVERIFY(::kill(bus, SIGSTOP) == 0);
    // A call that waited for the bus would wait for 25 s, which is D-Bus's own patience.
    QElapsedTimer elapsed;
    elapsed.start();
    DesktopNotifier notifier(m_program);
    QSignalSpy notShown(&notifier, &DesktopNotifier::notShown);
    notifier.notify(u"First"_s, {});
    notifier.withdraw();
    QVERIFY(elapsed.elapsed() < 20'000);
    QTRY_COMPARE(notShown.size(), 1);
}

QTEST_MAIN(DesktopNotifierTest)
#include "tst_desktopnotifier.moc"
