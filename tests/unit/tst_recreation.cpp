// SPDX-License-Identifier: GPL-3.0-or-later

// Creating deleted drafts again: what is asked of the service, in which order, and what is
// recorded.

#include "tests/support/recreationworld.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using End = Recreation::End;
using Phase = Recreation::Phase;

namespace {

const JobId newId{u"new-1"_s};
const QString itemBridge = u"item-Bridge"_s;

} // namespace

class RecreationTest final : public QObject
{
    Q_OBJECT

private slots:
    void oneIsCreated();
    void severalGoOneAfterTheOther();
    void whatCannotBeCreatedIsLeftOut();
    void nothingLeavesBeforeItIsRecorded();
    void nextOneWaitsForTheRecordOfTheOutcome();
    void nothingIsCreatedWithoutAHistory();
    void aRecordThatFailsEndsIt();
    void anIntentionThatFailsIsNotCarriedOut();
    void unreadableListEndsItBeforeAnythingIsSent();
    void lostAnswerWithTheJobThere_data();
    void lostAnswerWithTheJobThere();
    void lostAnswerWithTheJobAppearingLate();
    void lostAnswerWithTheJobNotThere();
    void lostAnswerWithTwoThere();
    void onlyWhatFitsIsTakenForTheNewJob();
    void lostAnswersHaveAnEnd();
    void searchThatFailsLeavesItUnknown();
    void searchOutlivesPausesAndTokens();
    void sentTwiceIsLookedInto();
    void namesakesOfOneRunAreToldApart();
    void earlierAttemptIsLookedForFirst();
    void earlierAttemptThatCameToNothing();
    void earlierAttemptThatStaysUnknown();
    void refusedOnesKeepTheirError_data();
    void refusedOnesKeepTheirError();
    void unsentIsTriedAgain();
    void unsentFailsInTheEnd();
    void neverCertainAfterADoubt();
    void waitsForATokenAndGoesOn();
    void waitsForAFirstToken();
    void waitsAsLongAsTheServiceAsks();
    void stopAwaitsTheAnswerUnderWay();
    void stopDuringADoubtLeavesItUnknown();
    void stopDuringAPauseSendsNothingMore();
    void anotherAddressGetsNothing();
};

void RecreationTest::oneIsCreated()
{
    RecreationWorld world;
    world.posts = {{RecreationWorld::created(newId.text)}};
    QSignalSpy finished(&world.recreation, &Recreation::itemFinished);
    QSignalSpy ended(&world.recreation, &Recreation::ended);

    world.start();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s}));
    const Seen &post = world.network.seen.at(1);
    QCOMPARE(post.line(), u"POST /contextcapture/jobs"_s);
    QVERIFY(post.isApart);
    QCOMPARE(post.body, world.item().creation.body);
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
    QCOMPARE(world.item().newId, newId);
    QVERIFY(!world.item().wasFound);
    QVERIFY(!world.item().error);
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Created});
    QCOMPARE(world.history.createdIds, QList{newId});
    QVERIFY(world.history.openCreations.value(itemBridge).isEmpty());
    QCOMPARE(finished, (QList<QVariantList>{{0}}));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(world.recreation.end(), End::Completed);
}

void RecreationTest::severalGoOneAfterTheOther()
{
    RecreationWorld world;
    world.posts = {{Answer::hang()},
                   {RecreationWorld::created(u"new-2"_s)},
                   {RecreationWorld::created(u"new-3"_s)}};

    world.start({u"A"_s, u"B"_s, u"C"_s});
    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    world.network.answerHanging(RecreationWorld::created(u"new-1"_s));
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s, u"POST B"_s, u"POST C"_s}));
    QCOMPARE(world.item(0).newId.text, u"new-1"_s);
    QCOMPARE(world.item(1).newId.text, u"new-2"_s);
    QCOMPARE(world.item(2).newId.text, u"new-3"_s);
    QCOMPARE(world.recreation.finishedCount(), 3);
}

void RecreationTest::whatCannotBeCreatedIsLeftOut()
{
    RecreationWorld world;
    world.posts = {{RecreationWorld::created(newId.text)}};
    DeletedDraft incomplete = RecreationWorld::draftNamed(u"Incomplete"_s);
    incomplete.definition = "{}";

    world.recreation.start({incomplete, RecreationWorld::draftNamed(u"Bridge"_s)});
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s}));
    QCOMPARE(world.recreation.items().size(), 1);
}

void RecreationTest::nothingLeavesBeforeItIsRecorded()
{
    RecreationWorld world;
    world.posts = {{RecreationWorld::created(newId.text)}};
    world.history.hold();

    world.start();
    world.passBackoffs();
    QCOMPARE(world.requests(), QStringList{u"GET"_s}); // unfinishedCreations() is not answered
    world.history.release();
    world.history.hold();
    world.settle();
    world.passBackoffs();
    QCOMPARE(world.requests(), QStringList{u"GET"_s}); // intendCreation() is not
    QVERIFY(world.history.openCreations.value(itemBridge).isEmpty());
    world.history.release();
    QCOMPARE(world.history.openCreations.value(itemBridge).size(), 1);
    QCOMPARE(world.requests(), QStringList{u"GET"_s});
    const QString recorded
        = world.history.openCreations.value(itemBridge).constFirst().correlationId;
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s}));
    QCOMPARE(world.network.seen.at(1).header("X-Correlation-ID"), recorded.toLatin1());
}

void RecreationTest::nextOneWaitsForTheRecordOfTheOutcome()
{
    RecreationWorld world;
    world.posts = {{Answer::hang()}, {RecreationWorld::created(u"new-2"_s)}};
    world.start({u"A"_s, u"B"_s});
    QSignalSpy finished(&world.recreation, &Recreation::itemFinished);

    world.history.hold();
    world.network.answerHanging(RecreationWorld::created(u"new-1"_s));
    world.settle();
    QCOMPARE(finished.size(), 0);
    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    world.history.release();
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s, u"POST B"_s}));
    QCOMPARE(finished.size(), 2);
}

void RecreationTest::nothingIsCreatedWithoutAHistory()
{
    RecreationWorld world;
    world.history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    QSignalSpy ended(&world.recreation, &Recreation::ended);

    world.start();

    QCOMPARE(world.requests(), QStringList());
    QCOMPARE(ended.size(), 1);
    QCOMPARE(world.recreation.end(), End::NotRecorded);
}

void RecreationTest::aRecordThatFailsEndsIt()
{
    RecreationWorld world;
    world.posts = {{Answer::hang()}};
    world.start({u"A"_s, u"B"_s});

    world.history.hold();
    world.network.answerHanging(RecreationWorld::created(u"new-1"_s));
    world.settle();
    world.history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    world.history.release();
    world.history.setFailure({});
    world.settle();

    // What is known is told, whether or not it could be recorded.
    QCOMPARE(world.item(0).outcome, CreationOutcome::Created);
    QVERIFY(!world.item(1).outcome);
    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    QCOMPARE(world.recreation.end(), End::NotRecorded);
}

void RecreationTest::anIntentionThatFailsIsNotCarriedOut()
{
    RecreationWorld world;
    world.history.hold();
    world.start();
    world.history.release();
    world.history.hold();
    world.settle();

    world.history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});
    world.history.release();
    world.history.setFailure({});
    world.settle();

    QCOMPARE(world.requests(), QStringList{u"GET"_s});
    QVERIFY(!world.item().outcome);
    QCOMPARE(world.recreation.end(), End::NotRecorded);
}

void RecreationTest::unreadableListEndsItBeforeAnythingIsSent()
{
    RecreationWorld world;
    world.searches = {answerOfGateway(502), answerOfGateway(502), Answer::drop(), Answer::refused(),
                      Answer::ok("not JSON")};

    world.start();
    world.passBackoffs();

    QCOMPARE(world.requests(), QStringList(Recreation::maximumTries, u"GET"_s));
    QCOMPARE(world.recreation.end(), End::NotListed);
    QVERIFY(world.recreation.endError());
    QVERIFY(!world.item().outcome);
    QCOMPARE(world.history.creationOutcomes, QList<CreationOutcome>());
}

void RecreationTest::lostAnswerWithTheJobThere_data()
{
    QTest::addColumn<Answer>("answer");

    QTest::newRow("connection lost") << Answer::drop(1);
    QTest::newRow("timed out") << Answer::timeout();
    QTest::newRow("408") << answerOfGateway(408);
    QTest::newRow("502") << answerOfGateway(502);
    QTest::newRow("503 without a time") << answerOfGateway(503);
    QTest::newRow("200") << Answer::ok(R"({"job":{"id":"x","state":"unsubmitted"}})");
    QTest::newRow("202") << Answer::withStatus(202);
    QTest::newRow("unreadable 201") << Answer::withStatus(201, R"({"job":{"id":"n)");
    QTest::newRow("201 without a job") << Answer::withStatus(201, "{}");
}

void RecreationTest::lostAnswerWithTheJobThere()
{
    QFETCH(Answer, answer);
    RecreationWorld world;
    world.posts = {{answer, {newId.text}}};

    world.start();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s, u"GET"_s}));
    const QString filter
        = QUrlQuery(world.network.seen.at(2).url).queryItemValue(u"$filter"_s, QUrl::FullyDecoded);
    QCOMPARE(filter,
             "createdDateTime gt "_L1 + world.clock.utc().addSecs(-3600).toString(Qt::ISODate));
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
    QCOMPARE(world.item().newId, newId);
    QVERIFY(world.item().wasFound);
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Created});
    QCOMPARE(world.history.createdIds, QList{newId});
}

void RecreationTest::lostAnswerWithTheJobAppearingLate()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}};
    world.start();
    QCOMPARE(world.recreation.phase(), Phase::WaitingToTryAgain);

    world.listed = {world.job(newId.text)};
    world.passBackoffs();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s, u"GET"_s, u"GET"_s}));
    QCOMPARE(world.item().newId, newId);
}

void RecreationTest::lostAnswerWithTheJobNotThere()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}, {RecreationWorld::created(newId.text)}};

    world.start();
    world.passBackoffs();

    QCOMPARE(world.requests(),
             (QStringList{u"GET"_s, u"POST Bridge"_s, u"GET"_s, u"GET"_s, u"POST Bridge"_s}));
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
    QVERIFY(!world.item().wasFound);
    QVERIFY(!world.item().error);
    // One record for all attempts: it has no outcome as long as one of them may still arrive.
    QCOMPARE(world.network.seen.at(1).header("X-Correlation-ID"),
             world.network.seen.at(4).header("X-Correlation-ID"));
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Created});
}

void RecreationTest::lostAnswerWithTwoThere()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(2), {u"new-1"_s, u"new-2"_s}}};

    world.start();
    world.passBackoffs();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s, u"GET"_s}));
    QCOMPARE(world.item().outcome, CreationOutcome::Doubled);
    QCOMPARE(world.item().candidates, (QList<JobId>{{u"new-1"_s}, {u"new-2"_s}}));
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Doubled});
}

void RecreationTest::onlyWhatFitsIsTakenForTheNewJob()
{
    RecreationWorld world;
    // There before anything was created, and the same in everything.
    world.listed = {world.job(u"twin"_s)};
    world.posts = {{Answer::drop(1), {newId.text}}};
    world.searches = {Answer::ok(R"({"jobs":[)" + world.job(u"twin"_s) + "]}")};
    world.listed
        += {world.job(u"a"_s, u"bridge"_s), world.job(u"b"_s, u"Bridge"_s, "other"),
            world.job(u"c"_s, u"Bridge"_s, "w", "Calibration"), world.job(u"old-Bridge"_s)};
    world.clock.setUtc(world.clock.utc().addDays(-1));
    world.listed += world.job(u"d"_s);
    world.clock.setUtc(world.clock.utc().addDays(1));

    world.start();

    QCOMPARE(world.item().outcome, CreationOutcome::Created);
    QCOMPARE(world.item().newId, newId);
}

void RecreationTest::lostAnswersHaveAnEnd()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}, {Answer::timeout()}, {answerOfGateway(500)}};

    world.start();
    world.passBackoffs();

    QCOMPARE(world.requests().count(u"POST Bridge"_s), Recreation::maximumAttempts);
    QCOMPARE(world.requests().constLast(), u"GET"_s);
    QCOMPARE(world.item().outcome, CreationOutcome::Unknown);
    QVERIFY(world.item().error);
    QCOMPARE(statusOf(*world.item().error), 500);
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Unknown});
    QCOMPARE(world.history.openCreations.value(itemBridge).size(), 1);
}

void RecreationTest::searchThatFailsLeavesItUnknown()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}, {RecreationWorld::created(u"new-B"_s)}};
    world.searches = {Answer::ok(R"({"jobs":[]})")};
    world.searches += QList<Answer>(Recreation::maximumTries, answerOfGateway(502));

    world.start({u"Bridge"_s, u"B"_s});
    world.passBackoffs();

    QCOMPARE(world.requests().count(u"POST Bridge"_s), 1);
    QCOMPARE(world.item(0).outcome, CreationOutcome::Unknown);
    QCOMPARE(exchangeOf(*world.item(0).error).verb, Verb::Post);
    QCOMPARE(world.item(1).outcome, CreationOutcome::Created);
}

void RecreationTest::searchOutlivesPausesAndTokens()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1), {newId.text}}};
    world.searches = {Answer::ok(R"({"jobs":[]})"), answerThrottled("30"), answerUnauthorized()};
    world.start();
    QCOMPARE(world.recreation.phase(), Phase::WaitingForService);

    world.pass(std::chrono::seconds(30));
    QCOMPARE(world.recreation.phase(), Phase::WaitingForToken);
    world.client.setToken(testToken(u"next-token"_s));
    world.settle();

    QCOMPARE(world.requests().count(u"POST Bridge"_s), 1);
    QCOMPARE(world.item().newId, newId);
}

/// The count of sends is looked at even though a POST leaves once at most.
void RecreationTest::sentTwiceIsLookedInto()
{
    RecreationWorld world;
    world.posts = {{RecreationWorld::created(newId.text, 2), {newId.text}},
                   {RecreationWorld::created(u"new-3"_s, 2), {u"new-3"_s, u"new-4"_s}},
                   {RecreationWorld::created(u"new-5"_s, 2)}};

    world.start({u"Bridge"_s, u"Bridge"_s, u"Bridge"_s});

    QCOMPARE(world.requests(),
             (QStringList{u"GET"_s, u"POST Bridge"_s, u"GET"_s, u"POST Bridge"_s, u"GET"_s,
                          u"POST Bridge"_s, u"GET"_s}));
    QCOMPARE(world.item(0).outcome, CreationOutcome::Created);
    QCOMPARE(world.item(0).newId, newId);
    QCOMPARE(world.item(1).outcome, CreationOutcome::Doubled);
    QCOMPARE(world.item(1).candidates, (QList<JobId>{{u"new-3"_s}, {u"new-4"_s}}));
    QCOMPARE(world.item(2).newId.text, u"new-5"_s);
}

void RecreationTest::namesakesOfOneRunAreToldApart()
{
    RecreationWorld world;
    world.posts = {{RecreationWorld::created(u"new-1"_s), {u"new-1"_s}},
                   {Answer::drop(1), {u"new-2"_s}},
                   {Answer::drop(1), {u"new-3"_s}}};

    world.start({u"Bridge"_s, u"Bridge"_s, u"Bridge"_s});

    QCOMPARE(world.item(0).newId.text, u"new-1"_s);
    QCOMPARE(world.item(1).newId.text, u"new-2"_s);
    QCOMPARE(world.item(2).newId.text, u"new-3"_s);
}

void RecreationTest::earlierAttemptIsLookedForFirst()
{
    RecreationWorld world;
    const QDateTime monthAgo = world.clock.utc().addMonths(-1);
    world.history.openCreations[itemBridge]
        = {{u"first"_s, monthAgo}, {u"second"_s, monthAgo.addDays(1)}};
    world.listed = {world.job(newId.text)};

    world.start();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"GET"_s}));
    const QString filter
        = QUrlQuery(world.network.seen.at(1).url).queryItemValue(u"$filter"_s, QUrl::FullyDecoded);
    QCOMPARE(filter, "createdDateTime gt "_L1 + monthAgo.addSecs(-3600).toString(Qt::ISODate));
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
    QVERIFY(world.item().wasFound);
    QCOMPARE(world.history.creationOutcomes,
             (QList{CreationOutcome::Failed, CreationOutcome::Created}));
    QCOMPARE(world.history.createdIds, (QList<JobId>{{}, newId}));
}

void RecreationTest::earlierAttemptThatCameToNothing()
{
    RecreationWorld world;
    world.history.openCreations[itemBridge] = {{u"first"_s, world.clock.utc().addDays(-1)}};
    world.posts = {{RecreationWorld::created(newId.text)}};

    world.start();

    // The list may lag behind: one search that finds nothing is not believed.
    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"GET"_s}));
    world.pass(std::chrono::minutes(1));
    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"GET"_s, u"GET"_s, u"POST Bridge"_s}));
    QCOMPARE(world.history.creationOutcomes,
             (QList{CreationOutcome::Failed, CreationOutcome::Created}));
    QVERIFY(world.history.openCreations.value(itemBridge).isEmpty());
}

void RecreationTest::earlierAttemptThatStaysUnknown()
{
    RecreationWorld world;
    world.history.openCreations[itemBridge] = {{u"first"_s, world.clock.utc().addDays(-1)}};
    world.searches = {Answer::ok(R"({"jobs":[]})"), Answer::withStatus(403)};

    world.start();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"GET"_s}));
    QCOMPARE(world.item().outcome, CreationOutcome::Unknown);
    QCOMPARE(statusOf(*world.item().error), 403);
    QCOMPARE(world.history.openCreations.value(itemBridge).size(), 1);
}

void RecreationTest::refusedOnesKeepTheirError_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<CreationOutcome>("outcome");

    QTest::newRow("422") << Answer::withStatus(422, R"({"error":{
        "code":"InvalidContextCaptureRequest","message":"Cannot create job.","details":[
        {"code":"InvalidParameter","message":"Invalid 'type' parameter."}]}})")
                         << CreationOutcome::Refused;
    QTest::newRow("403") << Answer::withStatus(403) << CreationOutcome::Refused;
    QTest::newRow("404") << Answer::withStatus(404) << CreationOutcome::Refused;
    QTest::newRow("400") << Answer::withStatus(400) << CreationOutcome::Refused;
    QTest::newRow("302") << Answer::withStatus(302) << CreationOutcome::Failed;
    QTest::newRow("TLS") << Answer::tls() << CreationOutcome::Failed;
}

void RecreationTest::refusedOnesKeepTheirError()
{
    QFETCH(Answer, answer);
    QFETCH(CreationOutcome, outcome);
    RecreationWorld world;
    world.posts = {{answer}, {RecreationWorld::created(u"new-B"_s)}};

    world.start({u"A"_s, u"B"_s});

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s, u"POST B"_s}));
    QCOMPARE(world.item(0).outcome, outcome);
    QVERIFY(world.item(0).error);
    QCOMPARE(statusOf(*world.item(0).error),
             answer.kind == Answer::Kind::Status ? answer.status : 0);
    QCOMPARE(world.item(1).outcome, CreationOutcome::Created);
    QCOMPARE(world.history.creationOutcomes, (QList{outcome, CreationOutcome::Created}));
}

void RecreationTest::unsentIsTriedAgain()
{
    RecreationWorld world;
    world.posts
        = {{Answer::refused()}, {Answer::timeout(0)}, {RecreationWorld::created(newId.text)}};

    world.start();
    QCOMPARE(world.recreation.phase(), Phase::WaitingToTryAgain);
    QCOMPARE(world.requests().size(), 2);
    world.passBackoffs();

    QCOMPARE(world.requests(),
             (QStringList{u"GET"_s, u"POST Bridge"_s, u"POST Bridge"_s, u"POST Bridge"_s}));
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
}

void RecreationTest::unsentFailsInTheEnd()
{
    RecreationWorld world;

    world.start();
    world.passBackoffs();

    QCOMPARE(world.requests().count(u"POST Bridge"_s), Recreation::maximumTries);
    QCOMPARE(world.item().outcome, CreationOutcome::Failed);
    QVERIFY(world.item().error);
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Failed});
}

void RecreationTest::neverCertainAfterADoubt()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}}; // and nobody can be reached afterwards

    world.start();
    world.passBackoffs();

    QCOMPARE(world.item().outcome, CreationOutcome::Unknown);
    // Explained by what made it doubtful, not by the last try, which certainly did nothing.
    QCOMPARE(exchangeOf(*world.item().error).sends, 1);
}

void RecreationTest::waitsForATokenAndGoesOn()
{
    RecreationWorld world;
    world.posts = {{answerUnauthorized()}, {RecreationWorld::created(newId.text)}};
    world.start();
    QCOMPARE(world.recreation.phase(), Phase::WaitingForToken);
    world.passBackoffs();
    QCOMPARE(world.requests().size(), 2);

    world.client.setToken({});
    world.settle();
    QCOMPARE(world.recreation.phase(), Phase::WaitingForToken);
    world.client.setToken(testToken(u"next-token"_s));
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s, u"POST Bridge"_s}));
    QCOMPARE(world.network.seen.constLast().header("Authorization"), "Bearer next-token"_ba);
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
}

void RecreationTest::waitsForAFirstToken()
{
    RecreationWorld world;
    world.client.setToken({});
    world.posts = {{RecreationWorld::created(newId.text)}};
    world.start();
    QCOMPARE(world.requests(), QStringList());

    world.client.setToken(testToken());
    world.settle();

    QCOMPARE(world.item().newId, newId);
}

void RecreationTest::waitsAsLongAsTheServiceAsks()
{
    RecreationWorld world;
    world.posts = {{answerThrottled("30")}, {RecreationWorld::created(newId.text)}};
    world.start();
    QCOMPARE(world.recreation.phase(), Phase::WaitingForService);
    QCOMPARE(world.recreation.pausedUntil(), world.clock.now() + std::chrono::seconds(30));

    world.pass(std::chrono::seconds(29));
    QCOMPARE(world.requests().size(), 2);
    world.pass(std::chrono::seconds(1));

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s, u"POST Bridge"_s}));
    QCOMPARE(world.item().outcome, CreationOutcome::Created);
}

void RecreationTest::stopAwaitsTheAnswerUnderWay()
{
    RecreationWorld world;
    world.posts = {{Answer::hang()}};
    world.start({u"A"_s, u"B"_s});

    world.recreation.stop();
    QCOMPARE(world.recreation.phase(), Phase::Stopping);
    world.network.answerHanging(RecreationWorld::created(newId.text));
    world.settle();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    QCOMPARE(world.item(0).outcome, CreationOutcome::Created);
    QVERIFY(!world.item(1).outcome);
    QCOMPARE(world.recreation.phase(), Phase::Ended);
    QCOMPARE(world.recreation.end(), End::Stopped);
}

void RecreationTest::stopDuringADoubtLeavesItUnknown()
{
    RecreationWorld world;
    world.posts = {{Answer::drop(1)}};
    world.start({u"A"_s, u"B"_s});
    QCOMPARE(world.recreation.phase(), Phase::WaitingToTryAgain);

    world.recreation.stop();
    world.settle();
    world.passBackoffs();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s, u"GET"_s}));
    QCOMPARE(world.item(0).outcome, CreationOutcome::Unknown);
    QVERIFY(!world.item(1).outcome);
    QCOMPARE(world.recreation.end(), End::Stopped);
}

void RecreationTest::stopDuringAPauseSendsNothingMore()
{
    RecreationWorld world;
    world.posts = {{answerThrottled("30")}};
    world.start();
    QSignalSpy ended(&world.recreation, &Recreation::ended);

    world.recreation.stop();
    world.settle();
    QCOMPARE(ended.size(), 1);
    world.pass(std::chrono::minutes(5));

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST Bridge"_s}));
    QVERIFY(!world.item().outcome);
    // It was certainly not created, so that nobody needs to look for it.
    QCOMPARE(world.history.creationOutcomes, QList{CreationOutcome::Failed});
}

void RecreationTest::anotherAddressGetsNothing()
{
    RecreationWorld world;
    world.posts = {{Answer::hang()}};
    world.start({u"A"_s, u"B"_s});

    world.client.setAddress(ServiceAddress::parse(u"http://127.0.0.1:2"_s).value());
    world.client.setToken(testToken());
    world.settle();
    world.passBackoffs();

    QCOMPARE(world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    QCOMPARE(world.item(0).outcome, CreationOutcome::Unknown);
    QVERIFY(!world.item(1).outcome);
    QCOMPARE(world.recreation.end(), End::AddressChanged);
}

QTEST_GUILESS_MAIN(RecreationTest)
#include "tst_recreation.moc"
