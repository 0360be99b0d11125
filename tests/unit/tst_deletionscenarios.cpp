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

} // namespace

/// The queue as event logs: which requests leave, which outcomes come of the answers. No real time.
class DeletionScenariosTest final : public QObject
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
            {{answerOfGateway(502), answerJobNotFound()}, {u"DELETE 0"_s, u"GET 0"_s}, {Deleted}});
        row("lost answer, still there, gone after all: our first request was late",
            {{Answer::drop(), still, answerJobNotFound()},
             {u"DELETE 0"_s, u"GET 0"_s, u"DELETE 0"_s},
             {Deleted}});
        row("a request that was turned away deleted nothing",
            {{answerThrottled("1"), answerJobNotFound()},
             {u"DELETE 0"_s, u"DELETE 0"_s},
             {AlreadyGone}});
        row("403 fails and the run goes on",
            {{answerOfGateway(403), answerDeleted()},
             {u"DELETE 0"_s, u"DELETE 1"_s},
             {Failed, Deleted},
             2,
             DeletionMark::Failed});
        row("nobody answers the checks",
            {{Answer::drop(), Answer::drop(), Answer::drop(), Answer::drop(), answerOfGateway(500),
              answerOfGateway(500)},
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
             {Unknown, Deleted, Cancelled},
             3,
             DeletionMark::Unknown,
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
        QCOMPARE(world.requests(), scenario.requests);
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
};

QTEST_GUILESS_MAIN(DeletionScenariosTest)
#include "tst_deletionscenarios.moc"
