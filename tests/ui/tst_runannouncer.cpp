// SPDX-License-Identifier: GPL-3.0-or-later

// What is said about a run while the person looks elsewhere, over a real queue.

#include "tests/support/deletionworld.h"
#include "ui/deletion/runannouncer.h"
#include "ui/wording.h"

#include <QLocale>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using Phase = DeletionQueue::Phase;

namespace {

struct Announcements
{
    Announcements()
    {
        QObject::connect(&announcer, &RunAnnouncer::announced, &window,
                         [this](const QString &title, const QString &text) {
                             said.append(title % u": "_s % text);
                         });
    }

    DeletionWorld world;
    QWidget window;
    RunAnnouncer announcer{world.queue, window};
    QStringList said;
};

} // namespace

class RunAnnouncerTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void saysHowARunEnded();
    void saysWhyARunWasStopped();
    void asksForATokenOnce();
    void saysThatARunPausedOnItsOwn();
    void aPersonsPauseIsNoNews();
    void isQuietInTheActiveWindow();
    void resultsNameWhatOccurred();
    void titles_data();
    void titles();
};

void RunAnnouncerTest::saysHowARunEnded()
{
    Announcements test;
    test.world.network.answers = {answerDeleted(), answerJobNotFound(), answerDeleted()};
    test.world.queue.start(test.world.list(3));
    test.world.settle();
    QCOMPARE(test.said, {u"Deletion finished: 3 jobs: 2 deleted, 1 already gone"_s});
    test.world.network.answers = {answerDeleted()};
    test.world.queue.start(test.world.list(1, 3));
    test.world.settle();
    QCOMPARE(test.said.size(), 2);
    QCOMPARE(test.said.constLast(), u"Deletion finished: 1 job: 1 deleted"_s);
}

void RunAnnouncerTest::saysWhyARunWasStopped()
{
    Announcements test;
    test.world.network.answers = {Answer::withStatus(302)};
    test.world.queue.start(test.world.list(1));
    test.world.settle();
    QCOMPARE(test.said,
             {u"Deletion stopped: The service pointed to another address, so the deletion was "
              "stopped.\n1 job: 1 failed"_s});
}

void RunAnnouncerTest::asksForATokenOnce()
{
    Announcements test;
    test.world.network.answerWith = [](const Seen &) { return answerUnauthorized(); };
    test.world.queue.start(test.world.list(5));
    test.world.settle();
    const auto wanted = u"Access token needed: The service needs a new access token."_s;
    QCOMPARE(test.said, {wanted});
    // The new one is refused, too: that is news.
    test.world.client.setToken(testToken(u"second"_s));
    test.world.settle();
    QCOMPARE(test.said, (QStringList{wanted, wanted}));
    test.world.network.answerWith = [](const Seen &) { return answerDeleted(); };
    test.world.client.setToken(testToken(u"third"_s));
    test.world.settle();
    QCOMPARE(test.said, (QStringList{wanted, wanted, u"Deletion finished: 5 jobs: 5 deleted"_s}));
}

void RunAnnouncerTest::saysThatARunPausedOnItsOwn()
{
    Announcements test;
    test.world.network.answers = {answerThrottled("7200")};
    test.world.queue.start(test.world.list(1));
    test.world.settle();
    QCOMPARE(test.world.queue.phase(), Phase::Paused);
    QCOMPARE(test.said, {u"Deletion paused: The service asked for a wait of more than an hour."_s});
    // A wait that ends by itself does not call anybody.
    test.world.queue.resume();
    test.world.settle();
    QCOMPARE(test.world.queue.phase(), Phase::PausedByService);
    QCOMPARE(test.said.size(), 1);
}

void RunAnnouncerTest::aPersonsPauseIsNoNews()
{
    Announcements test;
    test.world.network.answerWith = [](const Seen &) { return answerThrottled("90"); };
    test.world.queue.start(test.world.list(2));
    test.world.settle();
    test.world.queue.pause();
    QVERIFY(test.said.isEmpty());
    test.world.queue.stop();
    test.world.settle();
    QCOMPARE(test.said, {u"Deletion stopped: 2 jobs: 2 cancelled"_s});
}

void RunAnnouncerTest::isQuietInTheActiveWindow()
{
    Announcements test;
    QSignalSpy seen(&test.announcer, &RunAnnouncer::seen);
    test.window.show();
    test.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&test.window));
    QVERIFY(!seen.isEmpty());
    test.world.network.answerWith = [](const Seen &) { return answerDeleted(); };
    test.world.queue.start(test.world.list(2));
    test.world.settle();
    QVERIFY(!test.world.queue.isBusy());
    QVERIFY(test.said.isEmpty());
}

void RunAnnouncerTest::resultsNameWhatOccurred()
{
    QCOMPARE(Wording::runResult({.deleted = 1180, .refused = 24}),
             u"1,204 jobs: 1,180 deleted, 24 refused"_s);
    QCOMPARE(Wording::runResult({.deleted = 1,
                                 .alreadyGone = 2,
                                 .refused = 3,
                                 .failed = 4,
                                 .unknown = 5,
                                 .cancelled = 6}),
             u"21 jobs: 1 deleted, 2 already gone, 3 refused, 4 failed, 5 unknown, 6 cancelled"_s);
    QCOMPARE(Wording::runResult({.left = 1}), u"1 job: 1 left"_s);
    QCOMPARE(Wording::runResult({}), u"0 jobs"_s);
}

void RunAnnouncerTest::titles_data()
{
    QTest::addColumn<int>("deleted");
    QTest::addColumn<int>("left");
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("title");
    QTest::newRow("no run") << 0 << 0 << Phase::Idle << u"Jobsweep"_s;
    QTest::newRow("ended") << 9 << 0 << Phase::Idle << u"Jobsweep"_s;
    QTest::newRow("begun") << 0 << 1000 << Phase::Running << u"0 % – Jobsweep"_s;
    QTest::newRow("under way") << 37 << 63 << Phase::Running << u"37 % – Jobsweep"_s;
    QTest::newRow("never done early") << 9999 << 1 << Phase::Running << u"99 % – Jobsweep"_s;
    QTest::newRow("large") << 900'000 << 100'000 << Phase::Running << u"90 % – Jobsweep"_s;
    QTest::newRow("stopping") << 1 << 1 << Phase::Stopping << u"50 % – Jobsweep"_s;
    QTest::newRow("paused") << 37 << 63 << Phase::Paused << u"Paused at 37 % – Jobsweep"_s;
    QTest::newRow("by the service")
        << 37 << 63 << Phase::PausedByService << u"Paused at 37 % – Jobsweep"_s;
    QTest::newRow("needs a token")
        << 37 << 63 << Phase::WaitingForToken << u"Paused at 37 % – Jobsweep"_s;
}

void RunAnnouncerTest::titles()
{
    QFETCH(const int, deleted);
    QFETCH(const int, left);
    QFETCH(const Phase, phase);
    QTEST(titleWithProgress(u"Jobsweep"_s, {.deleted = deleted, .left = left}, phase), "title");
}

QTEST_MAIN(RunAnnouncerTest)
#include "tst_runannouncer.moc"
