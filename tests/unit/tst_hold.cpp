// SPDX-License-Identifier: GPL-3.0-or-later

// The seconds after a confirmation in which a deletion can be undone.

#include "tests/support/deletionworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Phase = DeletionQueue::Phase;

class HoldTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void nothingIsSentBeforeItsEnd();
    void undoSendsNothing();
    void undoneJobsCanBeDeletedLater();
    void pauseStopsTheCountdown();
    void secondConfirmationBeginsAnew();
    void joiningARunHoldsOnlyTheNewOnes();
    void runThatIsDoneWaitsForItsHeldJobs();
    void stopCancelsWhatIsHeld();
    void anotherAddressCancelsWhatIsHeld();
    void historyThatFailsStopsTheCountdown();
    void undoKeepsWhatIsUnknown();
    void undoBesideARetryLetsItGoOn();
    void undoneJobsNeverComeIntoTheHistory();
    void shorterHoldDoesNotShortenAnEarlierOne();

private:
    void start(const QList<JobId> &ids) { m_world->queue.start(ids, {.hold = 5s}); }
    [[nodiscard]] Phase phase() const { return m_world->queue.phase(); }

    std::unique_ptr<DeletionWorld> m_world;
};

void HoldTest::init()
{
    m_world = std::make_unique<DeletionWorld>();
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
}

void HoldTest::nothingIsSentBeforeItsEnd()
{
    start(m_world->list(3));
    QCOMPARE(phase(), Phase::Holding);
    QCOMPARE(m_world->queue.heldCount(), 3);
    m_world->pass(4999ms);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.hold()->left(m_world->clock.now()), 1ms);
    m_world->pass(1ms);
    QCOMPARE(m_world->network.seen.size(), 3);
    QVERIFY(!m_world->queue.hold());
    QCOMPARE(m_world->queue.summary().deleted, 3);
}

void HoldTest::undoSendsNothing()
{
    const QList<JobId> ids = m_world->list(2);
    QSignalSpy undone(&m_world->queue, &DeletionQueue::undone);
    start(ids);
    m_world->pass(3s);
    m_world->queue.undo();
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(undone.value(0).value(0), QVariant(2));
    QCOMPARE(phase(), Phase::Idle);
    QCOMPARE(m_world->queue.summary().total(), 0);
    for (const JobId &id : ids) {
        QCOMPARE(m_world->model.markOf(id), DeletionMark::None);
        QCOMPARE(m_world->history.items.value(id.text).outcome, Outcome::Cancelled);
    }
}

void HoldTest::undoneJobsCanBeDeletedLater()
{
    const QList<JobId> ids = m_world->list(1);
    start(ids);
    m_world->queue.undo();
    start(ids);
    m_world->pass(5s);
    QCOMPARE(m_world->requests(), QStringList{u"DELETE 0"_s});
}

void HoldTest::pauseStopsTheCountdown()
{
    start(m_world->list(1));
    m_world->pass(2s);
    m_world->queue.pause();
    QCOMPARE(phase(), Phase::Paused);
    m_world->pass(1h);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.hold()->left(m_world->clock.now()), 3s);
    m_world->queue.resume();
    QCOMPARE(phase(), Phase::Holding);
    m_world->pass(2999ms);
    QVERIFY(m_world->network.seen.isEmpty());
    m_world->pass(1ms);
    QCOMPARE(m_world->network.seen.size(), 1);
}

void HoldTest::secondConfirmationBeginsAnew()
{
    start(m_world->list(1));
    m_world->pass(4s);
    start(m_world->list(1, 1));
    m_world->pass(4s);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.heldCount(), 2);
    m_world->queue.undo();
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
}

void HoldTest::joiningARunHoldsOnlyTheNewOnes()
{
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    start(m_world->list(1));
    m_world->pass(5s);
    QCOMPARE(m_world->network.seen.size(), 1);
    start(m_world->list(1, 1));
    QCOMPARE(phase(), Phase::Running);
    m_world->pass(4s);
    QCOMPARE(m_world->network.seen.size(), 1);
    m_world->queue.undo();
    QCOMPARE(phase(), Phase::Running);
    m_world->network.answerHanging(answerDeleted());
    m_world->settle();
    QCOMPARE(phase(), Phase::Idle);
    QCOMPARE(m_world->requests(), QStringList{u"DELETE 0"_s});
}

void HoldTest::runThatIsDoneWaitsForItsHeldJobs()
{
    start(m_world->list(1));
    m_world->pass(5s);
    QSignalSpy finished(&m_world->queue, &DeletionQueue::runFinished);
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    start(m_world->list(1, 1));
    m_world->pass(5s);
    start(m_world->list(1, 2));
    m_world->network.answerHanging(answerDeleted());
    m_world->settle();
    QCOMPARE(phase(), Phase::Holding);
    QCOMPARE(finished.size(), 0);
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
    m_world->pass(5s);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_world->queue.summary().deleted, 2);
}

void HoldTest::stopCancelsWhatIsHeld()
{
    start(m_world->list(2));
    m_world->queue.stop();
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.summary().cancelled, 2);
    QVERIFY(!m_world->queue.hold());
}

void HoldTest::anotherAddressCancelsWhatIsHeld()
{
    start(m_world->list(1));
    m_world->client.setAddress(ServiceAddress::parse(u"http://127.0.0.1:9"_s).value());
    m_world->client.setToken(testToken());
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.summary().cancelled, 1);
}

void HoldTest::historyThatFailsStopsTheCountdown()
{
    m_world->history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    start(m_world->list(1));
    m_world->settle();
    QCOMPARE(phase(), Phase::Paused);
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    m_world->history.setFailure({});
    m_world->queue.resume();
    QCOMPARE(phase(), Phase::Holding);
    m_world->pass(5s);
    QCOMPARE(m_world->network.seen.size(), 1);
}

void HoldTest::undoKeepsWhatIsUnknown()
{
    const QList<JobId> ids = m_world->list(1);
    m_world->model.setMark(ids.first(), DeletionMark::Unknown);
    start(ids);
    m_world->queue.undo();
    m_world->settle();
    QCOMPARE(m_world->model.markOf(ids.first()), DeletionMark::Unknown);
    QCOMPARE(m_world->history.items.value(ids.first().text).outcome, Outcome::Unknown);
}

void HoldTest::undoBesideARetryLetsItGoOn()
{
    m_world->network.answerWith = [](const Seen &) { return answerOfGateway(403); };
    start(m_world->list(1));
    m_world->pass(5s);
    QCOMPARE(m_world->queue.summary().failed, 1);
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    m_world->queue.retryFailed();
    m_world->settle();
    start(m_world->list(1, 1));
    m_world->network.answerHanging(answerOfGateway(403));
    m_world->settle();
    QCOMPARE(phase(), Phase::Holding);
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
    m_world->queue.retryFailed();
    m_world->queue.undo();
    m_world->settle();
    QCOMPARE(phase(), Phase::Idle);
    QCOMPARE(m_world->queue.summary().deleted, 1);
}

void HoldTest::undoneJobsNeverComeIntoTheHistory()
{
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    start(m_world->list(1));
    m_world->pass(5s);
    m_world->history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    start(m_world->list(1, 1));
    m_world->settle();
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    m_world->queue.undo();
    m_world->history.setFailure({});
    m_world->queue.resume();
    m_world->network.answerHanging(answerDeleted());
    m_world->settle();
    QCOMPARE(phase(), Phase::Idle);
    // Otherwise it would be offered as interrupted at the next start.
    QVERIFY(!m_world->history.items.contains(DeletionWorld::idOf(1).text));
}

void HoldTest::shorterHoldDoesNotShortenAnEarlierOne()
{
    start(m_world->list(1));
    m_world->queue.start(m_world->list(1, 1), {.hold = 1s});
    m_world->pass(4s);
    QVERIFY(m_world->network.seen.isEmpty());
}

QTEST_GUILESS_MAIN(HoldTest)
#include "tst_hold.moc"
