// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/deletionworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Phase = DeletionQueue::Phase;

/// What the queue takes, sends and forgets. No real time.
class DeletionQueueTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void goneRowsLeaveTheModel()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &seen) {
            return seen.url.path().endsWith(u'1') ? answerSubmitted() : answerDeleted();
        };
        world.queue.start(world.list(3));
        QTRY_COMPARE(world.model.rowCount(), 1);
        QCOMPARE(world.model.jobAt(0).id, DeletionWorld::idOf(1));
        QVERIFY(world.model.errorOf(DeletionWorld::idOf(1)));
    }

    void attemptsAreLimited()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &seen) {
            return seen.verb == "GET" ? answerJob(DeletionWorld::idOf(0), "unsubmitted")
                                      : Answer::drop(1);
        };
        world.queue.start(world.list(1));
        for (int i = 0; i < 100 && world.queue.isBusy(); ++i)
            world.pass(60s);
        QCOMPARE(world.queue.summary().failed, 1); // it is certainly still there
        QCOMPARE(world.requests().count(u"DELETE 0"_s), DeletionQueue::maximumAttempts);
    }

    void stopAwaitsWhatIsUnderWayAndCancelsTheRest()
    {
        DeletionWorld world;
        world.network.answers = {Answer::hang(), Answer::hang()};
        world.queue.start(world.list(10));
        world.settle();
        world.queue.stop();
        QCOMPARE(world.queue.phase(), Phase::Stopping);
        QCOMPARE(world.queue.summary().cancelled, 8);
        world.network.answerHanging(answerDeleted());
        world.network.answerHanging(Answer::drop(1));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::Idle);
        QCOMPARE(world.queue.summary().deleted, 1);
        QCOMPARE(world.queue.summary().unknown, 1); // never shown as cancelled
    }

    void aRefusalFoundByAskingCarriesNoOlderError()
    {
        DeletionWorld world;
        world.network.answers = {Answer::drop(), answerJob(DeletionWorld::idOf(0), "active")};
        world.queue.start(world.list(1));
        world.settle();
        QCOMPARE(world.queue.summary().refused, 1);
        QVERIFY(!world.queue.item(DeletionWorld::idOf(0))->error);
        QVERIFY(!world.model.errorOf(DeletionWorld::idOf(0)));
    }

    void anUnknownThatIsConfirmedAgainIsAskedAboutFirst()
    {
        DeletionWorld world;
        world.network.answers = {Answer::hang()};
        world.queue.start(world.list(1));
        world.settle();
        world.queue.stop();
        world.network.answerHanging(Answer::drop(1));
        world.settle();
        QCOMPARE(world.queue.summary().unknown, 1);
        world.network.answers = {answerJobNotFound()};
        QCOMPARE(world.queue.start({DeletionWorld::idOf(0)}), 1);
        world.settle();
        QCOMPARE(world.requests(), QStringList({u"DELETE 0"_s, u"GET 0"_s}));
        QCOMPARE(world.queue.summary().deleted, 1);
    }

    void aSecondConfirmationJoinsAndIsSentWithoutWaiting()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.queue.start(world.list(1));
        world.settle();
        QCOMPARE(world.queue.start(world.list(1, 5)), 1);
        world.settle();
        QCOMPARE(world.requests(), QStringList({u"DELETE 0"_s, u"DELETE 5"_s}));
        world.queue.stop();
        QCOMPARE(world.queue.start(world.list(1, 9)), 0); // not taken only to be cancelled
    }

    void retryTakesFailedAndUnknownOnlyAndAsksFirst()
    {
        DeletionWorld world;
        world.network.answers = {answerOfGateway(403), answerSubmitted()};
        world.network.answers.append(answerJob(DeletionWorld::idOf(1), "active"));
        world.queue.start(world.list(2));
        world.settle();
        QVERIFY(world.queue.canRetry());
        const auto sent = world.network.seen.size();
        world.network.answers = {answerDeleted()};
        world.queue.retryFailed();
        world.settle();
        QCOMPARE(world.network.seen.size(), sent + 1);
        QCOMPARE(world.requests().constLast(), u"DELETE 0"_s);
        QCOMPARE(world.queue.summary(), (RunSummary{.deleted = 1, .refused = 1}));

        DeletionWorld doubt;
        doubt.network.answers = {Answer::hang()};
        doubt.queue.start(doubt.list(1));
        doubt.settle();
        doubt.queue.stop();
        doubt.network.answerHanging(Answer::drop(1));
        doubt.settle();
        QCOMPARE(doubt.queue.summary().unknown, 1);
        doubt.network.answers = {answerJobNotFound()};
        doubt.queue.retryFailed();
        doubt.settle();
        QCOMPARE(doubt.requests().constLast(), u"GET 0"_s);
        QCOMPARE(doubt.queue.summary().deleted, 1);
    }

    void aJobIsNotTakenTwice()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        const auto ids = world.list(3);
        QCOMPARE(world.queue.start(ids), 3);
        QCOMPARE(world.queue.start(ids + ids), 0);
        QCOMPARE(world.queue.start(world.list(1, 3) + ids), 1);
        QCOMPARE(world.queue.summary().total(), 4);
    }

    void onlyDraftsAreTaken()
    {
        DeletionWorld world;
        Job submitted;
        submitted.id.text = u"running"_s;
        submitted.state = JobState::Active;
        Job odd;
        odd.id.text = u"../other"_s;
        odd.state = JobState::Unsubmitted;
        world.model.append({submitted, odd});
        QCOMPARE(world.queue.start({submitted.id, odd.id, {u"unlisted"_s}}), 0);
        world.settle();
        QVERIFY(world.network.seen.isEmpty());
        QCOMPARE(world.queue.phase(), Phase::Idle);
    }

    void aQueuedJobThatTheListNowShowsAsSubmittedIsNotSent()
    {
        DeletionWorld world;
        world.network.answers = {Answer::hang(), Answer::hang()};
        const auto ids = world.list(3);
        world.queue.start(ids);
        world.settle();
        Job changed = *world.model.find(ids.at(2));
        changed.state = JobState::Active;
        world.model.update(changed);
        world.network.answerHanging(answerDeleted());
        world.network.answerHanging(answerDeleted());
        world.settle();
        QCOMPARE(world.network.seen.size(), 2);
        QCOMPARE(world.queue.summary(), (RunSummary{.deleted = 2, .refused = 1}));
    }

    void aLatePageDoesNotBringBackWhatIsGone()
    {
        DeletionWorld world;
        world.network.answers = {answerDeleted()};
        world.queue.start(world.list(1));
        QTRY_COMPARE(world.model.rowCount(), 0);
        world.list(2);
        QTRY_COMPARE(world.model.rowCount(), 1);
        QCOMPARE(world.model.jobAt(0).id, DeletionWorld::idOf(1));
    }

    void whatWasConfirmedForOneAddressNeverReachesAnother()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.queue.start(world.list(5));
        world.settle();
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.client.setAddress(*ServiceAddress::parse(u"http://127.0.0.1:9"_s));
        world.client.setToken(testToken());
        world.settle();
        world.queue.resume();
        world.queue.retryFailed();
        world.pass(1h);
        for (const Seen &seen : std::as_const(world.network.seen))
            QCOMPARE(seen.url.host(), u"api.bentley.com"_s);
        QCOMPARE(world.queue.phase(), Phase::Idle);
        QCOMPARE(world.queue.summary(), (RunSummary{.unknown = 2, .cancelled = 3}));
        world.model.clear();
        QCOMPARE(world.queue.start(world.list(1, 10)), 1); // a new run is another matter
    }

    void rowsThatComeAgainShowWhereTheyStand()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.queue.start(world.list(3));
        world.settle();
        world.model.clear();
        world.list(3);
        QCOMPARE(world.model.markOf(DeletionWorld::idOf(0)), DeletionMark::Deleting);
        QCOMPARE(world.model.markOf(DeletionWorld::idOf(2)), DeletionMark::Queued);
    }

    void whatTheServiceListsAgainIsShown()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        const QList<JobId> ids = world.list(3);
        world.queue.start(ids);
        world.pass(1s);
        QCOMPARE(world.queue.summary(), (RunSummary{.deleted = 3}));
        // A page that was asked for before they went.
        world.list(3);
        world.pass(1s);
        QTRY_COMPARE(world.model.rowCount(), 0);
        QCOMPARE(world.queue.listedAgain(), 0);

        world.model.beginListing();
        world.list(2);
        world.pass(1s);
        QCOMPARE(world.queue.listedAgain(), 2);
        QCOMPARE(world.model.markOf(ids.at(0)), DeletionMark::None);
        QVERIFY(world.model.isDeletableAt(world.model.rowOf(ids.at(0))));
        // They may be confirmed once more, and go.
        QCOMPARE(world.queue.start({ids.at(0)}), 1);
        world.pass(1s);
        QTRY_COMPARE(world.model.rowCount(), 1);
        QCOMPARE(world.queue.listedAgain(), 1);
        // Still there in the next listing, or no longer.
        world.model.beginListing();
        world.list(1, 1);
        QCOMPARE(world.queue.listedAgain(), 1);
        world.model.beginListing();
        world.model.endListing(JobModel::ListingEnd::Complete);
        QCOMPARE(world.queue.listedAgain(), 0);
    }

    void whatWasLookedUpAndIsNotThereIsNotListedAgain()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.queue.start(world.list(1));
        world.pass(1s);
        QTRY_COMPARE(world.model.rowCount(), 0);
        world.model.beginListing();
        Job missing;
        missing.id = DeletionWorld::idOf(0);
        missing.isMissing = true;
        world.model.append({missing});
        QCOMPARE(world.queue.listedAgain(), 0);
    }

    void undoingDoesNotSayThatADoubtfulJobStays()
    {
        DeletionWorld world;
        const QList<JobId> ids = world.list(2);
        world.model.setMark(ids.at(0), DeletionMark::Unknown);
        const QSignalSpy undone(&world.queue, &DeletionQueue::undone);
        world.queue.start(ids, {.hold = 5s});
        world.queue.undo();
        QCOMPARE(undone.size(), 1);
        QCOMPARE(undone.at(0).at(0).toInt(), 1);
        QCOMPARE(world.model.markOf(ids.at(0)), DeletionMark::Unknown);
    }

    void listingDuringARunDoesNotBringBackWhatWent()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &seen) {
            return seen.url.path().endsWith(u"job-0") ? answerDeleted() : Answer::hang();
        };
        world.queue.start(world.list(2));
        world.settle();
        QCOMPARE(world.queue.summary(), (RunSummary{.deleted = 1, .left = 1}));
        world.model.beginListing();
        world.list(2);
        QTRY_COMPARE(world.model.rowCount(), 1);
        QCOMPARE(world.queue.listedAgain(), 0);
    }

    void allRequestsForAJobShareACorrelationId()
    {
        DeletionWorld world;
        world.network.answers
            = {Answer::drop(), answerJob(DeletionWorld::idOf(0), "unsubmitted"), answerDeleted()};
        world.queue.start(world.list(1));
        for (int i = 0; i < 10 && world.queue.isBusy(); ++i)
            world.pass(10s);
        QCOMPARE(world.network.seen.size(), 3);
        const auto id = world.network.seen.first().header("X-Correlation-ID");
        QVERIFY(!id.isEmpty());
        for (const Seen &seen : std::as_const(world.network.seen))
            QCOMPARE(seen.header("X-Correlation-ID"), id);
    }
};

QTEST_GUILESS_MAIN(DeletionQueueTest)
#include "tst_deletionqueue.moc"
