// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/deletionworld.h"

#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Phase = DeletionQueue::Phase;

namespace {

QStringList phases(const QList<DeletionQueue::Phase> &seen)
{
    QStringList all;
    for (const auto phase : seen)
        all.append(QVariant::fromValue(phase).toString());
    return all;
}

} // namespace

/// When the queue stands still, for how long, and how it goes on. No real time.
class DeletionPausesTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void a429PausesTheConnectionAndTheSameJobGoesFirstAndAlone()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &seen) {
            return seen.url.path().endsWith(u'1') ? answerThrottled("30") : Answer::hang();
        };
        world.queue.start(world.list(6));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        QCOMPARE(world.queue.reason(), QueueReason::Throttled);
        QCOMPARE(*world.queue.pausedUntil() - world.clock.now(), 30s);
        world.network.answerHanging(answerDeleted());
        world.settle();
        QCOMPARE(world.queue.summary().deleted, 1); // what was under way is still counted
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.pass(29'999ms);
        QCOMPARE(world.requests(), QStringList({u"DELETE 0"_s, u"DELETE 1"_s}));
        world.pass(1ms);
        QCOMPARE(world.requests(), QStringList({u"DELETE 0"_s, u"DELETE 1"_s, u"DELETE 1"_s}));
        QCOMPARE(world.queue.phase(), Phase::Running);
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.network.answerHanging(answerDeleted());
        world.settle();
        QCOMPARE(world.queue.summary().deleted, 6);
    }

    void theRereadOfARefusedJobOutlivesA429()
    {
        DeletionWorld world;
        world.network.answers = {answerSubmitted(), answerThrottled("5")};
        world.queue.start(world.list(1));
        world.settle();
        QVERIFY(!world.model.isDeletableAt(0)); // also before anything newer is known
        world.network.answers = {answerJob(DeletionWorld::idOf(0), "active")};
        world.pass(5s);
        world.pass(60s);
        QCOMPARE(world.model.jobAt(0).state, JobState::Active);
    }

    void a429OfTheListingHoldsTheDeletions()
    {
        DeletionWorld world;
        world.network.answers = {answerThrottled("10")};
        auto page = world.api.page(u"id eq a"_s, {});
        world.settle();
        world.queue.start(world.list(1));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        QCOMPARE(world.network.seen.size(), 1);
        world.network.answers = {answerDeleted()};
        world.pass(10s);
        QCOMPARE(world.queue.summary().deleted, 1);
    }

    void aWaitOfMoreThanAnHourNeedsAResumeAndIsNotShortened()
    {
        DeletionWorld world;
        world.network.answers = {answerThrottled("7200")};
        world.queue.start(world.list(1));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.reason(), QueueReason::LongWait);
        QVERIFY(world.queue.pausedUntil().has_value());
        world.pass(30min);
        world.queue.resume();
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        QCOMPARE(world.network.seen.size(), 1);
        world.network.answers = {answerDeleted()};
        world.pass(89min);
        QCOMPARE(world.network.seen.size(), 1);
        world.pass(1min);
        QCOMPARE(world.queue.summary().deleted, 1);
    }

    void a401WaitsForATokenAndLosesNothing()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &seen) {
            const bool isNew = seen.header("Authorization") == "Bearer new-token";
            return isNew ? answerDeleted() : answerUnauthorized();
        };
        world.queue.start(world.list(5));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::WaitingForToken);
        const auto sent = world.network.seen.size();
        world.pass(1h);
        QCOMPARE(world.network.seen.size(), sent);
        QCOMPARE(world.queue.summary().left, 5);
        world.client.setToken(testToken(u"new-token"_s));
        world.settle();
        QCOMPARE(world.queue.summary().deleted, 5);
        QCOMPARE(world.queue.phase(), Phase::Idle);
    }

    void aTokenOfAnotherAccountDoesNotGoOn_data()
    {
        QTest::addColumn<QString>("account");
        QTest::addColumn<QueueReason>("reason"); // None: it goes on
        QTest::newRow("another") << u"Eva (eva@example.com)"_s << QueueReason::OtherAccount;
        QTest::newRow("unknown") << QString() << QueueReason::UnknownAccount;
        QTest::newRow("the same") << u"Ada (ada@example.com)"_s << QueueReason::None;
    }
    /// While it runs, in a pause of the person's, in the hold, after a 401.
    void aTokenOfAnotherAccountDoesNotGoOn()
    {
        QFETCH(const QString, account);
        QFETCH(const QueueReason, reason);
        for (const Phase before :
             {Phase::Running, Phase::Paused, Phase::Holding, Phase::WaitingForToken}) {
            DeletionWorld world(DeletionWorld::Accounts::ToldByTheTest);
            const bool isRefused = before == Phase::WaitingForToken;
            world.network.answerWith = [isRefused](const Seen &seen) {
                const bool isNew = seen.header("Authorization") == "Bearer new-token";
                return isNew ? answerDeleted() : isRefused ? answerUnauthorized() : Answer::hang();
            };
            const auto hold = before == Phase::Holding ? 5s : 0s;
            world.queue.start(world.list(5), {.account = u"Ada (ada@example.com)"_s, .hold = hold});
            world.settle();
            if (before == Phase::Paused)
                world.queue.pause();
            QCOMPARE(world.queue.phase(), before);

            world.client.setToken(testToken(u"new-token"_s));
            while (world.network.hangingCount() > 0)
                world.network.answerHanging(answerDeleted());
            const auto sent = world.network.seen.size();
            world.queue.resume();
            world.pass(10s);
            QCOMPARE(world.queue.phase(), Phase::WaitingForToken);
            QCOMPARE(world.queue.reason(), QueueReason::AskingForAccount);
            world.queue.goOnWithToken(account);
            world.settle();
            if (reason != QueueReason::None) {
                QCOMPARE(world.queue.phase(), Phase::Paused);
                QCOMPARE(world.queue.reason(), reason);
                QCOMPARE(world.network.seen.size(), sent);
                world.queue.resume(); // the person was told
                world.settle();
            }
            QCOMPARE(world.queue.summary().deleted, 5);
        }
    }

    void theRightTokenEndsAPauseForAnotherAccount()
    {
        DeletionWorld world(DeletionWorld::Accounts::ToldByTheTest);
        world.network.answerWith = [](const Seen &) { return answerUnauthorized(); };
        world.queue.start(world.list(2), {.account = u"Ada"_s});
        world.settle();
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.client.setToken(testToken(u"new-token"_s));
        world.queue.goOnWithToken(u"Eva"_s);
        QCOMPARE(world.queue.reason(), QueueReason::OtherAccount);
        world.client.setToken(testToken(u"right-token"_s));
        QCOMPARE(world.queue.reason(), QueueReason::AskingForAccount);
        world.queue.goOnWithToken(u"Ada"_s);
        world.settle();
        QCOMPARE(world.queue.summary(), RunSummary{.deleted = 2});
    }

    void toAnotherAccountAJobThatItDoesNotSeeIsNotGone()
    {
        DeletionWorld world(DeletionWorld::Accounts::ToldByTheTest);
        world.network.answerWith = [](const Seen &) { return answerUnauthorized(); };
        world.queue.start(world.list(2), {.account = u"Ada"_s});
        world.settle();
        world.network.answerWith = [](const Seen &seen) {
            return seen.url.path().endsWith(u'0') ? answerJobNotFound() : answerDeleted();
        };
        world.client.setToken(testToken(u"new-token"_s));
        world.queue.goOnWithToken(u"Eva"_s);
        world.queue.resume();
        world.settle();
        QCOMPARE(world.queue.summary(), (RunSummary{.deleted = 1, .unknown = 1}));
        QCOMPARE(world.model.markOf(DeletionWorld::idOf(0)), DeletionMark::Unknown);
    }

    void anAccountThatIsKnownLaterProtectsTheRun()
    {
        DeletionWorld world(DeletionWorld::Accounts::ToldByTheTest);
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.queue.start(world.list(3));
        world.settle();
        world.queue.goOnWithToken(u"Ada"_s); // the same token, whose account was still asked for
        world.client.setToken(testToken(u"new-token"_s));
        world.queue.goOnWithToken(u"Eva"_s);
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.reason(), QueueReason::OtherAccount);
    }

    void withoutATokenNothingIsSent()
    {
        DeletionWorld world;
        world.client.setToken({});
        world.queue.start(world.list(1));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::WaitingForToken);
        QVERIFY(world.network.seen.isEmpty());
    }

    void three403InARowPause()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return answerOfGateway(403); };
        world.queue.start(world.list(9));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.reason(), QueueReason::Forbidden);
        QVERIFY(world.queue.summary().left > 0);
        QVERIFY(world.queue.summary().failed >= TroubleCounter::forbiddenBeforePause);
    }

    void anUnreachableServiceIsTriedByOneRequestAtATimeThenPauses()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::refused(); };
        world.queue.start(world.list(20));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        QCOMPARE(world.queue.reason(), QueueReason::Unreachable);
        auto sent = world.network.seen.size();
        QVERIFY(sent <= RateLimiter::maximumConcurrency);
        for (int probe = 0; probe < TroubleCounter::maximumProbes; ++probe) {
            QCOMPARE(world.queue.phase(), Phase::PausedByService);
            world.pass(std::chrono::ceil<std::chrono::milliseconds>(*world.queue.pausedUntil()
                                                                    - world.clock.now()));
            QCOMPARE(world.network.seen.size(), ++sent);
        }
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.summary().left, 20); // nothing happened to any of them
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.queue.resume();
        world.settle();
        QCOMPARE(world.queue.summary().deleted, 20);
    }

    void fiveDoubtfulAnswersInARowHoldTheRunForOneProbe()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return answerOfGateway(500); };
        world.queue.start(world.list(20));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        QCOMPARE(world.queue.reason(), QueueReason::Doubtful);
        const auto sent = world.network.seen.size();
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.pass(std::chrono::ceil<std::chrono::milliseconds>(*world.queue.pausedUntil()
                                                                - world.clock.now()));
        QCOMPARE(world.network.seen.size(), sent + 1);
        QCOMPARE(world.network.seen.last().verb, "GET"_ba);
        world.network.answerWith = [](const Seen &seen) {
            return seen.verb == "GET" ? answerJobNotFound() : answerDeleted();
        };
        world.network.answerHanging(answerJobNotFound());
        for (int i = 0; i < 20 && world.queue.isBusy(); ++i)
            world.pass(10s);
        QCOMPARE(world.queue.summary().deleted, 20);
    }

    void aBrokenTlsPausesAndIsNotTriedAgain()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::tls(); };
        world.queue.start(world.list(3));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.reason(), QueueReason::Tls);
        const auto sent = world.network.seen.size();
        world.pass(10h);
        QCOMPARE(world.network.seen.size(), sent);
        QCOMPARE(world.queue.summary().left, 3);
    }

    void pauseHoldsAndResumeGoesOn()
    {
        DeletionWorld world;
        world.network.answerWith = [](const Seen &) { return Answer::hang(); };
        world.queue.start(world.list(10));
        world.settle();
        world.queue.pause();
        while (world.network.hangingCount() > 0) {
            world.network.answerHanging(answerDeleted());
            world.settle();
        }
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.summary().deleted, 2); // what was under way is reported
        world.network.answerWith = [](const Seen &) { return answerDeleted(); };
        world.queue.resume();
        world.settle();
        QCOMPARE(world.queue.summary().deleted, 10);
    }

    void aLongerWaitThatComesLaterAlsoNeedsAResume()
    {
        DeletionWorld world;
        world.network.answers = {answerThrottled("10"), Answer::hang()};
        world.queue.start(world.list(2));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::PausedByService);
        world.network.answerHanging(answerThrottled("7200"));
        world.settle();
        QCOMPARE(world.queue.phase(), Phase::Paused);
        QCOMPARE(world.queue.reason(), QueueReason::LongWait);
    }

    void phasesAreAnnouncedInOrder()
    {
        DeletionWorld world;
        QList<Phase> seen;
        connect(&world.queue, &DeletionQueue::phaseChanged, &world.queue, [&] {
            if (seen.isEmpty() || seen.last() != world.queue.phase())
                seen.append(world.queue.phase());
        });
        world.network.answers = {answerThrottled("1"), answerDeleted()};
        world.queue.start(world.list(1));
        world.settle();
        world.pass(1s);
        QCOMPARE(phases(seen),
                 QStringList({u"Running"_s, u"PausedByService"_s, u"Running"_s, u"Idle"_s}));
    }
};

QTEST_GUILESS_MAIN(DeletionPausesTest)
#include "tst_deletionpauses.moc"
