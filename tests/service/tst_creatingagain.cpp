// SPDX-License-Identifier: GPL-3.0-or-later

// A deleted draft created again at the demo of the service, over real sockets: what comes back is
// what was there.

#include "deletion/recreation.h"
#include "demo/demoservice.h"
#include "tests/support/fakehistory.h"
#include "tests/support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

template<typename Value>
[[nodiscard]] Result<Value> resultOf(const QFuture<Result<Value>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); })) {
        QTest::qFail("The request did not end", __FILE__, __LINE__);
        return tl::unexpected<ApiError>(NetworkFailure());
    }
    return future.result();
}

/// Everything between a draft and a service at that address, with nothing in it but the history
/// that is not the program's own.
struct Program
{
    Program(const QString &address, const QByteArray &token)
    {
        client.setAddress(ServiceAddress::parse(address).value());
        client.setToken(AccessToken::fromPasted(QString::fromLatin1(token)).value());
    }

    void createAgain(const Job &job)
    {
        QSignalSpy ended(&recreation, &Recreation::ended);
        recreation.start({{.item = u"item"_s,
                           .origin = client.address().origin(),
                           .id = job.id,
                           .name = job.name,
                           .definition = job.definition}});
        QTRY_COMPARE(ended.size(), 1);
    }

    QNetworkAccessManager network;
    SystemClock clock;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, [] { return 0.0; }};
    JobsApi api{client};
    FakeHistory history;
    Recreation recreation{api, history, clock, [] { return 0.0; }};
};

QJsonObject objectOf(const Job &job)
{
    return QJsonDocument::fromJson(job.definition).object();
}

QStringList formatsOf(const QJsonObject &settings)
{
    QStringList formats;
    const QJsonArray outputs = settings.value("outputs"_L1).toArray();
    for (const auto &output : outputs)
        formats.append(output.toObject().value("format"_L1).toString());
    return formats;
}

} // namespace

class CreatingAgainTest final : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWas();
    void lostAnswerLeadsToOneJob_data();
    void lostAnswerLeadsToOneJob();
};

void CreatingAgainTest::comesBackAsItWas()
{
    DemoService service({.jobs = 50});
    QSignalSpy started(&service, &DemoService::started);
    service.start();
    QVERIFY(started.wait());
    const QList<QVariant> place = started.constFirst();
    Program program(place.at(0).toUrl().toString(), place.at(1).toByteArray());
    const auto drafts = resultOf(program.api.page(u"state eq unsubmitted"_s, {}));
    QVERIFY(drafts);
    const Job draft = drafts->jobs.constFirst();
    QVERIFY(resultOf(program.api.remove(draft.id, {})));

    program.createAgain(draft);

    const RecreationItem &item = program.recreation.items().constFirst();
    QCOMPARE(item.outcome, CreationOutcome::Created);
    QVERIFY(item.newId != draft.id);
    const auto reply = resultOf(program.api.job(item.newId));
    QVERIFY(reply);
    const Job &created = reply->job;
    QCOMPARE(created.state, JobState::Unsubmitted);
    QCOMPARE(created.name, draft.name);
    QCOMPARE(created.type, draft.type);
    QCOMPARE(created.workspaceId, draft.workspaceId);
    QCOMPARE(objectOf(created).value("inputs"_L1), objectOf(draft).value("inputs"_L1));
    QCOMPARE(objectOf(created).value("costEstimationParameters"_L1),
             objectOf(draft).value("costEstimationParameters"_L1));
    const QJsonObject newSettings = objectOf(created).value("jobSettings"_L1).toObject();
    const QJsonObject oldSettings = objectOf(draft).value("jobSettings"_L1).toObject();
    QCOMPARE(newSettings.value("quality"_L1), oldSettings.value("quality"_L1));
    QCOMPARE(newSettings.value("processingEngines"_L1), oldSettings.value("processingEngines"_L1));
    QCOMPARE(formatsOf(newSettings), formatsOf(oldSettings));
    QVERIFY(!formatsOf(newSettings).isEmpty());
}

void CreatingAgainTest::lostAnswerLeadsToOneJob_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<WireAction::End>("end");

    QTest::newRow("closed") << ""_ba << WireAction::End::Close;
    QTest::newRow("reset") << ""_ba << WireAction::End::Reset;
    QTest::newRow("garbage") << "garbage\r\n\r\n"_ba << WireAction::End::Close;
    QTest::newRow("cut off") << "HTTP/1.1 201 Created\r\nContent-Le"_ba << WireAction::End::Close;
}

/// A service that creates a job with every POST that reaches it, and whose answer gets lost.
void CreatingAgainTest::lostAnswerLeadsToOneJob()
{
    QFETCH(QByteArray, bytes);
    QFETCH(WireAction::End, end);
    ScriptedServer server;
    QByteArrayList jobs;
    server.answerWith = [&jobs, bytes, end](const ReceivedRequest &request) {
        if (request.verb() == "GET"_ba)
            return WireAction::withStatus(200, R"({"jobs":[)" + jobs.join(',') + "]}");
        QJsonObject job = QJsonDocument::fromJson(request.body()).object();
        job.insert(u"id"_s, u"new-%1"_s.arg(jobs.size()));
        job.insert(u"state"_s, u"unsubmitted"_s);
        jobs.append(QJsonDocument(job).toJson());
        WireAction lost = WireAction::answer(bytes);
        lost.end = end;
        return lost;
    };
    Program program(server.address(), "token");
    Job draft;
    draft.definition = R"({"name":"n","type":"Full","workspaceId":"w","inputs":[{"id":"i"}],
        "jobSettings":{"quality":"Draft","outputs":[{"format":"LAS"}]}})";

    program.createAgain(draft);

    QCOMPARE(jobs.size(), 1);
    const RecreationItem &item = program.recreation.items().constFirst();
    QCOMPARE(item.outcome, CreationOutcome::Created);
    QCOMPARE(item.newId.text, u"new-0"_s);
    QVERIFY(item.wasFound);
}

QTEST_GUILESS_MAIN(CreatingAgainTest)
#include "tst_creatingagain.moc"
