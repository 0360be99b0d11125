// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoservice.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>
#include <memory>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray version = "application/vnd.bentley.itwin-platform.v1+json"_ba;
const QString jobsPath = u"/contextcapture/jobs"_s;

struct Answer
{
    int status = 0;
    QByteArray body;
    QJsonObject json;
    QHash<QByteArray, QByteArray> headers;

    [[nodiscard]] QJsonObject error() const { return json.value("error"_L1).toObject(); }
    [[nodiscard]] QString code() const { return error().value("code"_L1).toString(); }
    [[nodiscard]] QJsonObject detail() const
    {
        return error().value("details"_L1).toArray().first().toObject();
    }
};

/// A service that runs and a plain client of it.
class Bench final
{
public:
    explicit Bench(const DemoOptions &options = {.jobs = 300}) : m_service(options)
    {
        QSignalSpy started(&m_service, &DemoService::started);
        m_service.start();
        if (started.wait()) {
            m_address = started.constFirst().constFirst().toUrl();
            token = started.constFirst().constLast().toByteArray();
        }
    }

    DemoService &service() { return m_service; }
    [[nodiscard]] QUrl address() const { return m_address; }

    [[nodiscard]] QNetworkRequest request(const QString &path, const QUrlQuery &query = {}) const
    {
        QUrl url = m_address;
        url.setPath(path);
        url.setQuery(query);
        QNetworkRequest request(url);
        request.setRawHeader("Accept", version);
        request.setRawHeader("Authorization", "Bearer " + token);
        return request;
    }

    Answer send(const QByteArray &verb, const QNetworkRequest &request, const QByteArray &body = {})
    {
        const std::unique_ptr<QNetworkReply> reply(
            m_network.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!finished.wait()) {
            return {};
        }
        Answer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.json = QJsonDocument::fromJson(answer.body).object();
        const auto pairs = reply->rawHeaderPairs();
        for (const auto &[name, value] : pairs) {
            answer.headers.insert(name.toLower(), value);
        }
        return answer;
    }

    Answer get(const QString &path, const QUrlQuery &query = {})
    {
        return send("GET"_ba, request(path, query));
    }
    Answer remove(const QString &id) { return send("DELETE"_ba, request(jobsPath + u'/' + id)); }
    Answer list(const QString &filter, const QString &top = {}, const QString &continuation = {})
    {
        QUrlQuery query{{u"$filter"_s, filter}};
        if (!top.isNull()) {
            query.addQueryItem(u"$top"_s, top);
        }
        if (!continuation.isNull()) {
            query.addQueryItem(u"continuationToken"_s, continuation);
        }
        return get(jobsPath, query);
    }
    QString firstId(const QString &state)
    {
        const auto jobs = list(u"state eq "_s + state).json.value("jobs"_L1).toArray();
        return jobs.first().toObject().value("id"_L1).toString();
    }

    QByteArray token;

private:
    DemoService m_service;
    QNetworkAccessManager m_network;
    QUrl m_address;
};

QString continuationOf(const Answer &page)
{
    const auto next = page.json.value("_links"_L1).toObject().value("next"_L1).toObject();
    return next.value("href"_L1).toString().section(u"continuationToken="_s, 1);
}

} // namespace

class TestDemoService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesAuthorization_data();
    void refusesAuthorization();
    void knowsNoOther_data();
    void knowsNoOther();
    void refusesQueries_data();
    void refusesQueries();
    void listsInPages();
    void pagesStayRightWhileJobsGo();
    void writesJobsAsDocumented();
    void deletesOnlyDrafts();
    void draftsAreSubmittedBehindTheBack();
    void forbidsADeletionOnce();
    void expiresTheToken();
    void limits();
    void creates();
    void refusesCreation();
    void answersTheOtherReads();
    void listsITwins();
    void keepsALedger();
    void bearsClientsThatLeave();
    void failsWhereThePortIsTaken();
    void sameSeedSameJobs();
};

void TestDemoService::refusesAuthorization_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");

    const QString invalid = u"Access denied due to invalid access_token. Make sure that issuer is "
                            "correct, the token is not expired and is not corrupted."_s;
    QTest::newRow("missing")
        << QByteArray() << u"HeaderNotFound"_s
        << u"Header Authorization was not found in the request. Access denied."_s;
    QTest::newRow("empty") << " "_ba << u"InvalidHeaderValue"_s
                           << u"Authorization header is empty."_s;
    QTest::newRow("scheme") << "Baerer abc"_ba << u"InvalidAuthorizationScheme"_s
                            << u"Authorization scheme 'Baerer' is not valid."_s;
    QTest::newRow("token") << "Bearer abc"_ba << u"Unauthorized"_s << invalid;
    QTest::newRow("no token") << "Bearer"_ba << u"Unauthorized"_s << invalid;
}

void TestDemoService::refusesAuthorization()
{
    QFETCH(const QByteArray, header);
    Bench bench;
    auto request = bench.request(u"/users/me"_s);
    request.setRawHeader("Authorization", header);
    const auto answer = bench.send("GET"_ba, request);
    QCOMPARE(answer.status, 401);
    QTEST(answer.code(), "code");
    QTEST(answer.error().value("message"_L1).toString(), "message");
}

void TestDemoService::knowsNoOther_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("accept");

    QTest::newRow("path") << "GET"_ba << u"/nowhere"_s << version;
    QTest::newRow("version 2") << "DELETE"_ba << u"/reality-modeling/jobs/x"_s << version;
    QTest::newRow("verb") << "PUT"_ba << jobsPath << version;
    QTest::newRow("delete without id") << "DELETE"_ba << QString(jobsPath + u'/') << version;
    QTest::newRow("any accept") << "GET"_ba << jobsPath << "*/*"_ba;
    QTest::newRow("other version")
        << "GET"_ba << jobsPath << "application/vnd.bentley.itwin-platform.v2+json"_ba;
}

void TestDemoService::knowsNoOther()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, accept);
    Bench bench;
    auto request = bench.request(path);
    request.setRawHeader("Accept", accept);
    const auto answer = bench.send(verb, request);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.code(), u"ResourceNotFound"_s);
    QCOMPARE(answer.detail().value("code"_L1).toString(), u"OperationNotFound"_s);
}

void TestDemoService::refusesQueries_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("top");
    QTest::addColumn<QString>("continuation");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("target");

    const QString drafts = u"state eq unsubmitted"_s;
    QTest::newRow("top 0") << drafts << u"0"_s << QString() << 422 << u"$Top"_s;
    QTest::newRow("top 1001") << drafts << u"1001"_s << QString() << 422 << u"$Top"_s;
    QTest::newRow("top text") << drafts << u"many"_s << QString() << 422 << u"$Top"_s;
    QTest::newRow("no filter") << QString() << u"10"_s << QString() << 422 << u"$Filter"_s;
    QTest::newRow("bad filter") << u"state"_s << u"10"_s << QString() << 422 << u"$Filter"_s;
    QTest::newRow("bad token") << drafts << u"10"_s << u"abc"_s << 422 << u"ContinuationToken"_s;
    QTest::newRow("unknown iTwin")
        << u"iTwinId eq nope"_s << u"10"_s << QString() << 404 << QString();
}

void TestDemoService::refusesQueries()
{
    QFETCH(const QString, filter);
    QFETCH(const QString, top);
    QFETCH(const QString, continuation);
    QFETCH(const int, status);
    Bench bench;
    const auto answer = bench.list(filter, top, continuation);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(),
             status == 404 ? u"iTwinNotFound"_s : u"InvalidRealityModelingRequest"_s);
    QTEST(answer.detail().value("target"_L1).toString(), "target");
}

void TestDemoService::listsInPages()
{
    Bench bench;
    const QString filter = u"createdDateTime gt 2000-01-01T00:00:00Z"_s;
    QSet<QString> ids;
    int pages = 0;
    QString next;
    do {
        const auto page = bench.list(filter, u"20"_s, next);
        QCOMPARE(page.status, 200);
        const auto jobs = page.json.value("jobs"_L1).toArray();
        QVERIFY(!jobs.isEmpty() && jobs.size() <= 20);
        for (const auto &job : jobs) {
            ids.insert(job.toObject().value("id"_L1).toString());
            QCOMPARE(job.toObject().value("email"_L1).toString(), u"alex.demo@example.com"_s);
        }
        next = continuationOf(page);
        if (++pages == 1) {
            QVERIFY(page.body.contains("https://api.bentley.com/contextcapture/jobs?$filter="
                                       "createdDateTime gt 2000-01-01T00:00:00Z&"));
            QVERIFY(!page.body.contains("$top"));
        }
    } while (!next.isEmpty());
    QVERIFY(pages > 5);
    const auto whole = bench.list(filter, u"1000"_s).json.value("jobs"_L1).toArray();
    QCOMPARE(ids.size(), whole.size());
}

void TestDemoService::pagesStayRightWhileJobsGo()
{
    Bench bench;
    const QString filter = u"state eq unsubmitted"_s;
    const auto whole = bench.list(filter, u"1000"_s).json.value("jobs"_L1).toArray();
    const auto first = bench.list(filter, u"10"_s);
    const auto idAt = [&whole](int i) { return whole.at(i).toObject().value("id"_L1).toString(); };
    QCOMPARE(bench.remove(idAt(3)).status, 204);
    QCOMPARE(bench.remove(idAt(10)).status, 204);
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto second = bench.list(filter, u"10"_s, continuationOf(first));
        const auto jobs = second.json.value("jobs"_L1).toArray();
        QCOMPARE(jobs.size(), 10);
        QCOMPARE(jobs.first().toObject().value("id"_L1).toString(), idAt(11));
    }
}

void TestDemoService::writesJobsAsDocumented()
{
    Bench bench;
    const auto jobs = bench.list(u"createdDateTime gt 2000-01-01T00:00:00Z"_s, u"1000"_s)
                          .json.value("jobs"_L1)
                          .toArray();
    QSet<QString> states;
    bool someWithoutITwin = false;
    for (const auto &value : jobs) {
        const auto job = value.toObject();
        for (const auto &key : {"id"_L1, "name"_L1, "type"_L1, "state"_L1, "createdDateTime"_L1,
                                "lastModifiedDateTime"_L1, "location"_L1, "workspaceId"_L1,
                                "email"_L1, "inputs"_L1, "jobSettings"_L1}) {
            QVERIFY2(job.contains(key), key.data());
        }
        const QString created = job.value("createdDateTime"_L1).toString();
        QCOMPARE(created.size(), 33);
        QVERIFY(created.endsWith(u"0000+00:00"_s));
        const QString state = job.value("state"_L1).toString();
        QCOMPARE(job.value("executionInformation"_L1).isObject(), state != u"unsubmitted"_s);
        states.insert(state);
        someWithoutITwin |= !job.contains("iTwinId"_L1);
    }
    QCOMPARE(states.size(), 5);
    QVERIFY(someWithoutITwin);
}

void TestDemoService::deletesOnlyDrafts()
{
    Bench bench;
    const QString draft = bench.firstId(u"unsubmitted"_s);
    QCOMPARE(bench.get(jobsPath + u'/' + draft).status, 200);
    const auto deleted = bench.remove(draft);
    QCOMPARE(deleted.status, 204);
    QVERIFY(deleted.body.isEmpty());
    for (const auto &answer : {bench.remove(draft), bench.get(jobsPath + u'/' + draft)}) {
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.code(), u"JobNotFound"_s);
    }
    for (const QString &state : {u"active"_s, u"success"_s, u"failed"_s, u"cancelled"_s}) {
        const QString id = bench.firstId(state);
        const auto refused = bench.remove(id);
        QCOMPARE(refused.status, 422);
        QCOMPARE(refused.code(), u"InvalidContextCaptureRequest"_s);
        QCOMPARE(refused.detail().value("code"_L1).toString(), u"InvalidChange"_s);
        QCOMPARE(bench.get(jobsPath + u'/' + id).status, 200);
    }
}

void TestDemoService::draftsAreSubmittedBehindTheBack()
{
    Bench bench({.jobs = 300, .submittedOneIn = 1});
    const QString surprising = bench.firstId(u"unsubmitted"_s);
    QCOMPARE(bench.remove(surprising).status, 422);
    const auto job = bench.get(jobsPath + u'/' + surprising).json.value("job"_L1).toObject();
    QCOMPARE(job.value("state"_L1).toString(), u"active"_s);

    const QString chosen = bench.firstId(u"unsubmitted"_s);
    QVERIFY(bench.service().submitJob(chosen));
    QVERIFY(!bench.service().submitJob(chosen));
    QCOMPARE(bench.remove(chosen).status, 422);
}

void TestDemoService::forbidsADeletionOnce()
{
    Bench bench({.jobs = 300, .forbiddenOneIn = 1});
    const QString id = bench.firstId(u"unsubmitted"_s);
    const auto refused = bench.remove(id);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.code(), u"InsufficientPermissions"_s);
    QCOMPARE(bench.get(jobsPath + u'/' + id).status, 200);
    QCOMPARE(bench.remove(id).status, 204);
}

void TestDemoService::expiresTheToken()
{
    Bench bench;
    QCOMPARE(bench.get(u"/users/me"_s).status, 200);
    bench.service().expireToken();
    QCOMPARE(bench.get(u"/users/me"_s).code(), u"Unauthorized"_s);
    bench.token = bench.service().issueToken();
    QCOMPARE(bench.get(u"/users/me"_s).status, 200);
    QCOMPARE(bench.token.count('.'), 2);
}

void TestDemoService::limits()
{
    Bench bench({.limitRequests = 3, .limitSeconds = 600, .tier = u"Standard"_s});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bench.get(u"/users/me"_s).status, 200);
    }
    const auto refused = bench.remove(u"x"_s);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.code(), u"RateLimitExceeded"_s);
    const int seconds = refused.headers.value("retry-after").toInt();
    QVERIFY(seconds > 500 && seconds <= 600);
    QCOMPARE(refused.headers.value("itwinplatform-ratelimited-tier"), "Standard"_ba);
    QCOMPARE(refused.headers.value("itwinplatform-ratelimited-api"), "Reality Modeling"_ba);
    QCOMPARE(refused.headers.value("itwinplatform-ratelimited-operation"), "jobs-delete"_ba);
    QVERIFY(!refused.headers.value("itwinplatform-ratelimited-application").isEmpty());
}

void TestDemoService::creates()
{
    Bench bench;
    const QString draft = bench.firstId(u"unsubmitted"_s);
    const auto model = bench.get(jobsPath + u'/' + draft).json.value("job"_L1).toObject();
    const QJsonObject body{
        {u"type"_s, u"Full"_s},
        {u"name"_s, u"Made again"_s},
        {u"workspaceId"_s, model.value("workspaceId"_L1)},
        {u"inputs"_s, model.value("inputs"_L1)},
        {u"settings"_s,
         QJsonObject{{u"quality"_s, u"Extra"_s}, {u"outputs"_s, QJsonArray{u"OBJ"_s}}}},
    };
    const auto answer
        = bench.send("POST"_ba, bench.request(jobsPath), QJsonDocument(body).toJson());
    QCOMPARE(answer.status, 201);
    const auto job = answer.json.value("job"_L1).toObject();
    QCOMPARE(job.value("state"_L1).toString(), u"unsubmitted"_s);
    QCOMPARE(job.value("name"_L1).toString(), u"Made again"_s);
    QCOMPARE(bench.remove(job.value("id"_L1).toString()).status, 204);
}

void TestDemoService::refusesCreation()
{
    Bench bench;
    const auto answer
        = bench.send("POST"_ba, bench.request(jobsPath), R"({"type":"Half","name":"x"})"_ba);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.code(), u"InvalidContextCaptureRequest"_s);
    QCOMPARE(answer.error().value("message"_L1).toString(), u"Cannot create job."_s);
    QCOMPARE(answer.error().value("details"_L1).toArray().size(), 4);
}

void TestDemoService::answersTheOtherReads()
{
    Bench bench;
    auto request = bench.request(u"/users/me"_s);
    request.setRawHeader("X-Correlation-ID", "my-id");
    const auto user = bench.send("GET"_ba, request);
    QCOMPARE(user.headers.value("x-correlation-id"), "my-id"_ba);
    QVERIFY(user.json.value("user"_L1).toObject().contains("email"_L1));
    QVERIFY(!bench.get(u"/users/me"_s).headers.value("x-correlation-id").isEmpty());

    const QString id = bench.firstId(u"success"_s);
    const auto progress = bench.get(jobsPath + u'/' + id + u"/progress"_s);
    QCOMPARE(progress.json.value("jobProgress"_L1).toObject().value("state"_L1).toString(),
             u"Over"_s);
    const auto job = bench.get(jobsPath + u'/' + id).json.value("job"_L1).toObject();
    const QString workspaces = u"/contextcapture/workspaces/"_s;
    QCOMPARE(bench.get(workspaces + job.value("workspaceId"_L1).toString()).status, 200);
    QCOMPARE(bench.get(workspaces + u"nope"_s).code(), u"WorkspaceNotFound"_s);
}

void TestDemoService::listsITwins()
{
    Bench bench;
    const auto count = [&bench](const QUrlQuery &query) {
        return bench.get(u"/itwins/"_s, query).json.value("iTwins"_L1).toArray().size();
    };
    QCOMPARE(count(QUrlQuery()), 7);
    QCOMPARE(count(QUrlQuery{{u"includeInactive"_s, u"true"_s}}), 8);
    QCOMPARE(count(QUrlQuery{{u"$search"_s, u"river"_s}}), 2);
    const auto last
        = bench.get(u"/iTwins/"_s, QUrlQuery{{u"$top"_s, u"5"_s}, {u"$skip"_s, u"5"_s}});
    QCOMPARE(last.json.value("iTwins"_L1).toArray().size(), 2);
    QVERIFY(!last.json.value("_links"_L1).toObject().contains("next"_L1));
    const auto iTwin = last.json.value("iTwins"_L1).toArray().first().toObject();
    const QString id = iTwin.value("id"_L1).toString();
    QCOMPARE(bench.get(u"/itwins/"_s + id).json.value("iTwin"_L1).toObject(), iTwin);
    QCOMPARE(bench.get(u"/itwins/nope"_s).code(), u"iTwinNotFound"_s);
    QCOMPARE(bench.list(u"iTwinId eq "_s + id).status, 200);
    QCOMPARE(bench.get(u"/itwins/"_s, QUrlQuery{{u"$top"_s, u"0"_s}}).code(),
             u"InvalidiTwinsRequest"_s);
}

void TestDemoService::keepsALedger()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"ledger"_s);
    Bench bench({.jobs = 300, .ledgerFile = file});
    const QString draft = bench.firstId(u"unsubmitted"_s);
    QCOMPARE(bench.remove(draft).status, 204);
    QCOMPARE(bench.remove(draft).status, 404);
    bench.service().expireToken();
    QCOMPARE(bench.remove(draft).status, 401);

    QFile ledger(file);
    QVERIFY(ledger.open(QIODevice::ReadOnly));
    const auto lines = ledger.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(std::ranges::none_of(lines, [&bench](const QByteArray &line) {
        return line.contains(bench.token) || line.contains("Bearer");
    }));
    const QList<int> statuses{200, 204, 404, 401};
    for (int i = 0; i < 4; ++i) {
        const auto entry = QJsonDocument::fromJson(lines.at(i)).object();
        QCOMPARE(entry.value("status"_L1).toInt(), statuses.at(i));
        QCOMPARE(entry.value("method"_L1).toString(), i == 0 ? u"GET"_s : u"DELETE"_s);
        QCOMPARE(entry.value("jobId"_L1).toString(), i == 0 ? QString() : draft);
        QCOMPARE(entry.value("change"_L1).toString(), i == 1 ? u"deleted"_s : QString());
    }
}

void TestDemoService::bearsClientsThatLeave()
{
    Bench bench({.jobs = 10, .latencyMilliseconds = 30});
    for (int i = 0; i < 20; ++i) {
        QTcpSocket socket;
        socket.connectToHost(bench.address().host(), static_cast<quint16>(bench.address().port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /users/me HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        socket.abort();
    }
    QCOMPARE(bench.get(u"/users/me"_s).status, 200);
}

void TestDemoService::failsWhereThePortIsTaken()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    DemoService service({.port = taken.serverPort(), .jobs = 1});
    QSignalSpy failed(&service, &DemoService::failed);
    service.start();
    QVERIFY(failed.wait());
    QCOMPARE(failed.constFirst().constFirst().value<DemoFailure>(), DemoFailure::PortNotAvailable);
}

void TestDemoService::sameSeedSameJobs()
{
    Bench one;
    Bench two;
    Bench other({.jobs = 300, .seed = 2});
    QCOMPARE(one.firstId(u"unsubmitted"_s), two.firstId(u"unsubmitted"_s));
    QVERIFY(one.firstId(u"unsubmitted"_s) != other.firstId(u"unsubmitted"_s));
}

QTEST_GUILESS_MAIN(TestDemoService)
#include "tst_demoservice.moc"
