// SPDX-License-Identifier: GPL-3.0-or-later

// What a run writes into the history, and that nothing is sent before it is written.

#include "tests/support/deletionworld.h"

#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Phase = DeletionQueue::Phase;

class RecordingTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void nothingLeavesBeforeItIsWritten();
    void deletionOfDoubtfulJobIsWrittenAfterItsCheck();
    void everyAnswerIsWritten();
    void definitionIsKept();
    void runNamesWhereAndForWhom();
    void failureBeforeTheStartSendsNothing();
    void failureInTheMiddlePausesTheRun();
    void personGoesOnWithoutRecord();
    void unrecordedRunWritesNothing();
    void retryIsAnnouncedAgain();
    void joinedJobsAreWrittenIntoTheSameRun();
    void intentionsStayNearTheirTurn();
    void retryAfterAFailureWritesAgain();
    void choiceOfOneDeletionIsNotThatOfAnother();

private:
    [[nodiscard]] FakeHistory::Item itemOf(int number) const
    {
        return m_world->history.items.value(DeletionWorld::idOf(number).text);
    }
    void failHistory()
    {
        m_world->history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    }

    std::unique_ptr<DeletionWorld> m_world;
};

void RecordingTest::init()
{
    m_world = std::make_unique<DeletionWorld>();
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
}

void RecordingTest::nothingLeavesBeforeItIsWritten()
{
    m_world->history.hold();
    m_world->queue.start(m_world->list(3));
    m_world->settle();
    QVERIFY(m_world->network.seen.isEmpty());
    m_world->history.release();
    m_world->network.answerWith = [this](const Seen &seen) {
        const QString id = seen.url.path().section(u'/', -1);
        const bool isWritten = m_world->history.items.value(id).stage == ItemStage::Intended;
        return isWritten ? answerDeleted() : answerOfGateway(500);
    };
    m_world->settle();
    QCOMPARE(m_world->queue.summary().deleted, 3);
}

void RecordingTest::deletionOfDoubtfulJobIsWrittenAfterItsCheck()
{
    const QList<JobId> ids = m_world->list(1);
    m_world->model.setMark(ids.first(), DeletionMark::Unknown);
    bool wasWritten = false;
    m_world->network.answerWith = [this, &ids, &wasWritten](const Seen &seen) {
        if (seen.verb == "GET")
            return answerJob(ids.first(), "unsubmitted"_ba);
        wasWritten = itemOf(0).stage == ItemStage::Intended;
        return answerDeleted();
    };
    m_world->queue.start(ids);
    m_world->settle();
    QCOMPARE(m_world->requests(), QStringList{u"GET 0"_s});
    m_world->pass(1min);
    QCOMPARE(m_world->requests(), (QStringList{u"GET 0"_s, u"DELETE 0"_s}));
    QVERIFY(wasWritten);
    QCOMPARE(itemOf(0).outcome, Outcome::Deleted);
}

void RecordingTest::everyAnswerIsWritten()
{
    m_world->network.answerWith = {};
    m_world->network.answers
        = {answerOfGateway(500), answerJob(DeletionWorld::idOf(0), "active"_ba),
           // what a refused job is read again with
           answerJob(DeletionWorld::idOf(0), "active"_ba)};
    m_world->queue.start(m_world->list(1));
    m_world->settle();
    const FakeHistory::Item item = itemOf(0);
    QCOMPARE(item.outcome, Outcome::Refused);
    QCOMPARE(item.outcomes, 1);
    QCOMPARE(item.answers.size(), 2);
    QCOMPARE(item.answers.first().status, 500);
    QVERIFY(std::holds_alternative<HttpFailure>(*item.answers.first().error));
    QCOMPARE(item.answers.first().exchange.verb, Verb::Delete);
    QCOMPARE(item.answers.first().exchange.correlationId, item.item.correlationId);
    QVERIFY(item.answers.first().exchange.endedAt.isValid());
    QCOMPARE(item.answers.last().status, 200);
    QVERIFY(!item.answers.last().error);
    QCOMPARE(item.answers.last().exchange.verb, Verb::Get);
}

void RecordingTest::definitionIsKept()
{
    Job job;
    job.id = DeletionWorld::idOf(0);
    job.name = u"Bridge"_s;
    job.state = JobState::Unsubmitted;
    job.definition = R"({"id":"job-0","name":"Bridge","later":"field"})"_ba;
    m_world->model.append({job});
    m_world->queue.start({job.id});
    m_world->settle();
    QCOMPARE(itemOf(0).item.definition, job.definition);
    QCOMPARE(itemOf(0).item.name, u"Bridge"_s);
}

void RecordingTest::runNamesWhereAndForWhom()
{
    m_world->queue.start(m_world->list(1), {.account = u"Ana"_s, .isTrial = true});
    m_world->settle();
    QCOMPARE(m_world->history.runs.size(), 1);
    const NewRun run = m_world->history.runs.first();
    QCOMPARE(run.origin, ServiceAddress().origin());
    QCOMPARE(run.account, u"Ana"_s);
    QVERIFY(run.isTrial);
    QCOMPARE(run.confirmedAt, m_world->clock.utc());
}

void RecordingTest::failureBeforeTheStartSendsNothing()
{
    failHistory();
    m_world->queue.start(m_world->list(2));
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.phase(), Phase::Paused);
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    QCOMPARE(m_world->queue.recordFailure()->kind, HistoryFailure::Kind::DiskFull);
    // Resume tries to write again, and waits again.
    m_world->queue.resume();
    m_world->pass(1min);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    m_world->history.setFailure({});
    m_world->queue.resume();
    m_world->pass(1min);
    QCOMPARE(m_world->queue.summary().deleted, 2);
    QCOMPARE(itemOf(1).outcome, Outcome::Deleted);
}

void RecordingTest::failureInTheMiddlePausesTheRun()
{
    constexpr int many = 300;
    int answered = 0;
    m_world->network.answerWith = [this, &answered](const Seen &) {
        if (++answered == 10)
            failHistory();
        return answerDeleted();
    };
    m_world->queue.start(m_world->list(many));
    m_world->settle();
    QCOMPARE(m_world->queue.phase(), Phase::Paused);
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    const auto sent = m_world->network.seen.size();
    QVERIFY(sent < many);
    m_world->pass(1h);
    QCOMPARE(m_world->network.seen.size(), sent);
    m_world->history.setFailure({});
    m_world->queue.resume();
    m_world->settle();
    QCOMPARE(m_world->queue.summary().deleted, many);
    QCOMPARE(m_world->network.seen.size(), many);
}

void RecordingTest::personGoesOnWithoutRecord()
{
    failHistory();
    m_world->queue.start(m_world->list(2));
    m_world->settle();
    m_world->queue.goOnWithoutRecord();
    m_world->settle();
    QCOMPARE(m_world->queue.summary().deleted, 2);
    QVERIFY(!m_world->queue.isRecorded());
    QVERIFY(!m_world->queue.recordFailure());
}

void RecordingTest::unrecordedRunWritesNothing()
{
    m_world->queue.start(m_world->list(2), {.isRecorded = false});
    m_world->settle();
    QCOMPARE(m_world->queue.summary().deleted, 2);
    QVERIFY(m_world->history.runs.isEmpty());
    QVERIFY(m_world->history.items.isEmpty());
    // The next run is recorded again.
    m_world->queue.start(m_world->list(1, 2));
    m_world->settle();
    QCOMPARE(itemOf(2).outcome, Outcome::Deleted);
}

void RecordingTest::retryIsAnnouncedAgain()
{
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.verb == "GET" ? answerOfGateway(500) : answerOfGateway(403);
    };
    m_world->queue.start(m_world->list(1));
    m_world->settle();
    QCOMPARE(itemOf(0).outcome, Outcome::Failed);
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
    m_world->history.hold();
    const auto sent = m_world->network.seen.size();
    m_world->queue.retryFailed();
    m_world->settle();
    QCOMPARE(m_world->network.seen.size(), sent);
    m_world->history.release();
    m_world->settle();
    QCOMPARE(itemOf(0).outcome, Outcome::Deleted);
    QCOMPARE(m_world->history.items.size(), 1);
}

void RecordingTest::joinedJobsAreWrittenIntoTheSameRun()
{
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    m_world->queue.start(m_world->list(1));
    m_world->settle();
    m_world->queue.start(m_world->list(1, 1));
    m_world->settle();
    QCOMPARE(m_world->history.runs.size(), 1);
    QCOMPARE(itemOf(1).run, itemOf(0).run);
}

void RecordingTest::intentionsStayNearTheirTurn()
{
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    m_world->queue.start(m_world->list(1000));
    m_world->settle();
    const auto &items = m_world->history.items;
    const auto intended
        = std::count_if(items.cbegin(), items.cend(), [](const FakeHistory::Item &item) {
              return item.stage == ItemStage::Intended;
          });
    QVERIFY(intended > RateLimiter::initialConcurrency);
    QVERIFY(intended <= RunRecorder::mostAhead + RateLimiter::maximumConcurrency);
}

void RecordingTest::retryAfterAFailureWritesAgain()
{
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.url.path().endsWith(u'0') ? answerOfGateway(403) : Answer::hang();
    };
    m_world->queue.start(m_world->list(2));
    m_world->settle();
    failHistory();
    m_world->queue.start(m_world->list(1, 2));
    m_world->settle();
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
    m_world->queue.stop();
    m_world->network.answerHanging(answerDeleted());
    m_world->settle();
    QCOMPARE(m_world->queue.phase(), Phase::Idle);
    m_world->history.setFailure({});
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
    m_world->queue.retryFailed();
    m_world->settle();
    QCOMPARE(m_world->queue.phase(), Phase::Idle);
    QCOMPARE(m_world->queue.summary().failed, 0);
}

void RecordingTest::choiceOfOneDeletionIsNotThatOfAnother()
{
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    m_world->queue.start(m_world->list(1));
    m_world->settle();
    failHistory();
    // The run is recorded: that these may go without a record says nothing about the others.
    m_world->queue.start(m_world->list(1, 1), {.isRecorded = false});
    m_world->settle();
    QCOMPARE(m_world->requests(), QStringList{u"DELETE 0"_s});
    QCOMPARE(m_world->queue.reason(), QueueReason::NoRecord);
}

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_recording.moc"
