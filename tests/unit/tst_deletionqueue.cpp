// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/deletionworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Phase = DeletionQueue::Phase;

namespace {

struct Scenario
{
    QList<Answer> answers;
    /// Requests in order, as "DELETE 0" and "GET 0" for job-0.
    QStringList requests;
    /// Outcomes of job-0, job-1, …
    QList<Outcome> outcomes;
    /// Drafts that are deleted.
    int jobs = 1;
    DeletionMark markOfFirst = DeletionMark::None;
    Phase phase = Phase::Idle;
    QueueReason reason = QueueReason::None;
};

QStringList shortLines(const FakeNetwork &network)
{
    QStringList all;
    for (const Seen &seen : network.seen)
        all.append(QString::fromLatin1(seen.verb) + u' ' + seen.url.path().section(u"job-"_s, -1));
    return all;
}

QStringList phases(const QList<DeletionQueue::Phase> &seen)
{
    QStringList all;
    for (const auto phase : seen)
        all.append(QVariant::fromValue(phase).toString());
    return all;
}

Answer answerStatus(int status)
{
    return Answer::withStatus(status, "<html>gateway</html>", {{"Content-Type", "text/html"}});
}

} // namespace

/// The queue as event logs: which requests leave, which outcomes come of the answers. No real time.
class DeletionQueueTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void scenarios_data()
    {
        using enum Outcome;
        const JobId first = DeletionWorld::idOf(0);
        const auto still = answerJob(first, "unsubmitted");
        const auto active = answerJob(first, "active");
        QTest::addColumn<Scenario>("scenario");
        const auto row
            = [](const char *name, const Scenario &scenario) { QTest::newRow(name) << scenario; };
        row("204", {{answerDeleted()}, {u"DELETE 0"_s}, {Deleted}});
        row("already gone", {{answerJobNotFound()}, {u"DELETE 0"_s}, {AlreadyGone}});
        row("404 to a request that Qt repeated is our own deletion",
            {{answerJobNotFound(2)}, {u"DELETE 0"_s}, {Deleted}});
        row("422 is final and the row is read again",
            {{answerSubmitted(), active},
             {u"DELETE 0"_s, u"GET 0"_s},
             {Refused},
             1,
             DeletionMark::Refused});
        row("422 does not hold up the others",
            {{answerSubmitted(), answerDeleted(), active},
             {u"DELETE 0"_s, u"DELETE 1"_s, u"GET 0"_s},
             {Refused, Deleted},
             2,
             DeletionMark::Refused});
        row("lost answer, gone when asked",
            {{Answer::drop(), answerJobNotFound()}, {u"DELETE 0"_s, u"GET 0"_s}, {Deleted}});
        row("lost answer, still there, deleted then",
            {{Answer::drop(), still, answerDeleted()},
             {u"DELETE 0"_s, u"GET 0"_s, u"DELETE 0"_s},
             {Deleted}});
        row("lost answer, submitted when asked",
            {{Answer::drop(), active},
             {u"DELETE 0"_s, u"GET 0"_s},
             {Refused},
             1,
             DeletionMark::Refused});
        row("timed out after sending, gone when asked",
            {{Answer::timeout(), answerJobNotFound()}, {u"DELETE 0"_s, u"GET 0"_s}, {Deleted}});
        row("502, gone when asked",
            {{answerStatus(502), answerJobNotFound()}, {u"DELETE 0"_s, u"GET 0"_s}, {Deleted}});
        row("lost answer, still there, gone after all: our first request was late",
            {{Answer::drop(), still, answerJobNotFound()},
             {u"DELETE 0"_s, u"GET 0"_s, u"DELETE 0"_s},
             {Deleted}});
        row("a request that was turned away deleted nothing",
            {{answerThrottled("1"), answerJobNotFound()},
             {u"DELETE 0"_s, u"DELETE 0"_s},
             {AlreadyGone}});
        row("403 fails and the run goes on",
            {{answerStatus(403), answerDeleted()},
             {u"DELETE 0"_s, u"DELETE 1"_s},
             {Failed, Deleted},
             2,
             DeletionMark::Failed});
        row("nobody answers the checks",
            {{Answer::drop(), Answer::drop(), Answer::drop(), Answer::drop(), answerStatus(500),
              answerStatus(500)},
             {u"DELETE 0"_s, u"GET 0"_s, u"GET 0"_s, u"GET 0"_s, u"GET 0"_s, u"GET 0"_s},
             {Unknown},
             1,
             DeletionMark::Unknown});
        row("wrong address stops the run",
            {{Answer::withStatus(404, R"({"error":{"code":"ResourceNotFound"}})"), answerDeleted()},
             {u"DELETE 0"_s, u"DELETE 1"_s},
             {Failed, Deleted, Cancelled, Cancelled},
             4,
             DeletionMark::Failed,
             Phase::Idle,
             QueueReason::WrongAddress});
        row("200 stops the run with an alarm",
            {{Answer::ok("{}"), answerDeleted()},
             {u"DELETE 0"_s, u"DELETE 1"_s},
             {Failed, Deleted, Cancelled},
             3,
             DeletionMark::Failed,
             Phase::Idle,
             QueueReason::UnexpectedSuccess});
        row("a redirect stops the run",
            {{Answer::withStatus(307, {}, {{"Location", "https://evil.example/"}}),
              answerDeleted()},
             {u"DELETE 0"_s, u"DELETE 1"_s},
             {Failed, Deleted, Cancelled},
             3,
             DeletionMark::Failed,
             Phase::Idle,
             QueueReason::Redirected});
    }
    void scenarios()
    {
        QFETCH(Scenario, scenario);
        DeletionWorld world;
        for (const Answer &answer : scenario.answers)
            world.network.answers.append(answer);
        QHash<JobId, Outcome> outcomes;
        connect(&world.queue, &DeletionQueue::itemFinished, &world.queue,
                [&outcomes](const JobId &id, Outcome outcome) {
                    QVERIFY2(!outcomes.contains(id), "a second outcome");
                    outcomes.insert(id, outcome);
                });
        const QSignalSpy finished(&world.queue, &DeletionQueue::runFinished);
        QCOMPARE(world.queue.start(world.list(scenario.jobs)), scenario.jobs);
        world.settle();
        for (int i = 0; i < 100 && world.queue.isBusy(); ++i)
            world.pass(10s);
        QCOMPARE(shortLines(world.network), scenario.requests);
        for (int number = 0; number < scenario.jobs; ++number) {
            const JobId id = DeletionWorld::idOf(number);
            QVERIFY(outcomes.contains(id));
            QCOMPARE(outcomes.value(id), scenario.outcomes.at(number));
        }
        QCOMPARE(world.queue.summary().left, 0);
        QCOMPARE(world.queue.summary().total(), scenario.jobs);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(world.queue.phase(), scenario.phase);
        QCOMPARE(world.queue.reason(), scenario.reason);
        QCOMPARE(world.model.markOf(DeletionWorld::idOf(0)), scenario.markOfFirst);
    }

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
        QCOMPARE(shortLines(world.network), QStringList({u"DELETE 0"_s, u"DELETE 1"_s}));
        world.pass(1ms);
        QCOMPARE(shortLines(world.network),
                 QStringList({u"DELETE 0"_s, u"DELETE 1"_s, u"DELETE 1"_s}));
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
        world.network.answerWith = [](const Seen &) { return answerStatus(403); };
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
        world.network.answerWith = [](const Seen &) { return answerStatus(500); };
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
        QCOMPARE(shortLines(world.network).count(u"DELETE 0"_s), DeletionQueue::maximumAttempts);
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
        QCOMPARE(shortLines(world.network), QStringList({u"DELETE 0"_s, u"GET 0"_s}));
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
        QCOMPARE(shortLines(world.network), QStringList({u"DELETE 0"_s, u"DELETE 5"_s}));
        world.queue.stop();
        QCOMPARE(world.queue.start(world.list(1, 9)), 0); // not taken only to be cancelled
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

    void retryTakesFailedAndUnknownOnlyAndAsksFirst()
    {
        DeletionWorld world;
        world.network.answers = {answerStatus(403), answerSubmitted()};
        world.network.answers.append(answerJob(DeletionWorld::idOf(1), "active"));
        world.queue.start(world.list(2));
        world.settle();
        QVERIFY(world.queue.canRetry());
        const auto sent = world.network.seen.size();
        world.network.answers = {answerDeleted()};
        world.queue.retryFailed();
        world.settle();
        QCOMPARE(world.network.seen.size(), sent + 1);
        QCOMPARE(shortLines(world.network).constLast(), u"DELETE 0"_s);
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
        QCOMPARE(shortLines(doubt.network).constLast(), u"GET 0"_s);
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

QTEST_GUILESS_MAIN(DeletionQueueTest)
#include "tst_deletionqueue.moc"
