// SPDX-License-Identifier: GPL-3.0-or-later

// What leaves this machine: the safety rules of requests, on a real socket.

#include "tests/support/clientonwire.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/fixtures.h"

#include <QSignalSpy>
#include <QUuid>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray withPort(const char *pattern, quint16 port)
{
    return QByteArray(pattern).replace("PORT", QByteArray::number(port));
}

} // namespace

class RestClientTest final : public QObject
{
    Q_OBJECT

private slots:
    void requestsCarryTheDocumentedHeaders();
    void everyRequestIsBuiltSafely_data();
    void everyRequestIsBuiltSafely();
    void foreignPathsNeverReachAnotherOrigin_data();
    void foreignPathsNeverReachAnotherOrigin();
    void redirectsAreNeverFollowed_data();
    void redirectsAreNeverFollowed();
    void onlyOneJobOfVersion1CanBeDeleted_data();
    void onlyOneJobOfVersion1CanBeDeleted();
    void onlyJobsCanBePosted();
    void cookiesAreNeverSentBack();
    void otherAuthenticationGetsNoCredentials_data();
    void otherAuthenticationGetsNoCredentials();
    void withoutTokenNothingIsSent();
};

void RestClientTest::requestsCarryTheDocumentedHeaders()
{
    ClientOnWire wire;
    wire.server.actions = {WireAction::withStatus(200, "{}"), WireAction::withStatus(200, "{}"),
                           WireAction::withStatus(201, "{}")};
    Request given = requestOf(Verb::Get, listPath);
    given.query.addQueryItem(u"$top"_s, u"1000"_s);
    given.correlationId = u"0c3e8b1c-6a0e-4f6a-9d7c-0f5d3f1f7a01"_s;

    QVERIFY(ClientOnWire::resultOf(wire.client.send(given)));
    const auto second = ClientOnWire::resultOf(wire.get(jobPath));
    QVERIFY(second);
    QVERIFY(
        ClientOnWire::resultOf(wire.client.send(requestOf(Verb::Post, listPath, "{\"a\":1}"_ba))));

    QCOMPARE(wire.server.received.size(), 3);
    for (const ReceivedRequest &request : std::as_const(wire.server.received)) {
        QCOMPARE(request.headers("Authorization"), QList<QByteArray>{"Bearer secret-token"});
        QCOMPARE(request.headers("Accept"),
                 QList<QByteArray>{"application/vnd.bentley.itwin-platform.v1+json"});
        QVERIFY(request.header("User-Agent").startsWith("Jobsweep/"));
        QVERIFY(request.startLine().endsWith(" HTTP/1.1"));
        QVERIFY(request.headers("Upgrade").isEmpty());
        QVERIFY(request.headers("HTTP2-Settings").isEmpty());
    }
    QCOMPARE(wire.server.received.at(0).target(), "/contextcapture/jobs?$top=1000");
    QCOMPARE(wire.server.received.at(0).header("X-Correlation-ID"), given.correlationId.toLatin1());
    const QString made = second->exchange.correlationId;
    QVERIFY(!QUuid::fromString(made).isNull());
    QCOMPARE(wire.server.received.at(1).header("X-Correlation-ID"), made.toLatin1());
    QCOMPARE(wire.server.received.at(2).body(), "{\"a\":1}");
    QCOMPARE(wire.server.received.at(2).header("Content-Type"), "application/json");
}

void RestClientTest::everyRequestIsBuiltSafely_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addRow("get") << Verb::Get;
    QTest::addRow("post") << Verb::Post;
    QTest::addRow("delete") << Verb::Delete;
}

void RestClientTest::everyRequestIsBuiltSafely()
{
    QFETCH(const Verb, verb);
    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client(network, limiter, clock, [] { return 0.5; });
    client.setToken(tokenOf(u"secret-token"_s));
    network.answers = {Answer::withStatus(204)};

    const QString path = verb == Verb::Post ? listPath : jobPath;
    QVERIFY(ClientOnWire::resultOf(client.send(requestOf(verb, path))));

    const QNetworkRequest request = network.seen.constFirst().request;
    QCOMPARE(request.url(), QUrl(QString(u"https://api.bentley.com"_s % path)));
    QCOMPARE(request.attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
             static_cast<int>(QNetworkRequest::ManualRedirectPolicy));
    QCOMPARE(request.attribute(QNetworkRequest::Http2AllowedAttribute), QVariant(false));
    for (const auto attribute : {QNetworkRequest::AuthenticationReuseAttribute,
                                 QNetworkRequest::CookieLoadControlAttribute,
                                 QNetworkRequest::CookieSaveControlAttribute}) {
        QCOMPARE(request.attribute(attribute).toInt(), static_cast<int>(QNetworkRequest::Manual));
    }
    QCOMPARE(request.attribute(QNetworkRequest::CacheSaveControlAttribute), QVariant(false));
    const QVariant cache = request.attribute(QNetworkRequest::CacheLoadControlAttribute);
    QVERIFY(cache.isValid()); // it would be 0 as well
    QCOMPARE(cache.toInt(), static_cast<int>(QNetworkRequest::AlwaysNetwork));
    QCOMPARE(request.transferTimeout(), static_cast<int>(inactivityTimeout.count()));
    QCOMPARE(request.sslConfiguration().peerVerifyMode(), QSslSocket::AutoVerifyPeer);
}

void RestClientTest::foreignPathsNeverReachAnotherOrigin_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addRow("network path") << "//127.0.0.1:PORT/x"_ba;
    QTest::addRow("whole address") << "http://127.0.0.1:PORT/x"_ba;
    QTest::addRow("user part") << "@127.0.0.1:PORT/x"_ba;
    QTest::addRow("port") << ":PORT/x"_ba;
    QTest::addRow("file") << "file:///etc/hostname"_ba;
    QTest::addRow("parent") << "/contextcapture/../itwins"_ba;
    QTest::addRow("encoded parent") << "/contextcapture/%2e%2e/itwins"_ba;
    QTest::addRow("line break") << "/contextcapture/jobs\r\nX: y"_ba;
    QTest::addRow("query in the path") << "/contextcapture/jobs?a=b"_ba;
    QTest::addRow("relative") << "contextcapture/jobs"_ba;
    QTest::addRow("empty") << ""_ba;
}

void RestClientTest::foreignPathsNeverReachAnotherOrigin()
{
    QFETCH(const QByteArray, pattern);
    ScriptedServer other;
    ClientOnWire wire;
    wire.server.answerWith = [](const ReceivedRequest &) { return WireAction::withStatus(200); };
    const QString path = QString::fromUtf8(withPort(pattern.constData(), other.port()));

    const auto result = ClientOnWire::resultOf(wire.get(path));

    QCOMPARE(other.connectionCount(), 0);
    if (!result) {
        QCOMPARE(failureOf<NetworkFailure>(result).kind, NetworkFailure::Kind::Forbidden);
        QCOMPARE(wire.server.everything(), QByteArray());
    } else {
        QCOMPARE(wire.server.received.size(), 1);
        QCOMPARE(wire.server.received.constFirst().headers("X"), QList<QByteArray>());
    }
}

void RestClientTest::redirectsAreNeverFollowed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QByteArray>("location");
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const Verb verb : {Verb::Get, Verb::Delete}) {
            const char *name = verb == Verb::Get ? "get" : "delete";
            QTest::addRow("%d %s to another origin", status, name)
                << status << verb << "http://127.0.0.1:PORT/contextcapture/jobs/1"_ba;
            QTest::addRow("%d %s within the origin", status, name)
                << status << verb << "/contextcapture/jobs/other"_ba;
            QTest::addRow("%d %s to a file", status, name)
                << status << verb << "file:///etc/hostname"_ba;
        }
    }
}

void RestClientTest::redirectsAreNeverFollowed()
{
    QFETCH(const int, status);
    QFETCH(const Verb, verb);
    QFETCH(const QByteArray, location);
    ScriptedServer other;
    ClientOnWire wire;
    wire.server.actions = {WireAction::withStatus(
        status, {}, {{"Location", withPort(location.constData(), other.port())}})};

    const auto result = ClientOnWire::resultOf(wire.client.send(requestOf(verb, jobPath)));

    QCOMPARE(failureOf<HttpFailure>(result).status, status);
    QCOMPARE(wire.server.received.size(), 1);
    QCOMPARE(other.connectionCount(), 0);
}

void RestClientTest::onlyOneJobOfVersion1CanBeDeleted_data()
{
    QTest::addColumn<QString>("path");
    QTest::addRow("all jobs") << u"/contextcapture/jobs"_s;
    QTest::addRow("no id") << u"/contextcapture/jobs/"_s;
    QTest::addRow("dot") << u"/contextcapture/jobs/."_s;
    QTest::addRow("parent") << u"/contextcapture/jobs/.."_s;
    QTest::addRow("encoded parent") << u"/contextcapture/jobs/%2e%2e"_s;
    QTest::addRow("two segments") << u"/contextcapture/jobs/a/b"_s;
    QTest::addRow("encoded slash") << u"/contextcapture/jobs/a%2Fb"_s;
    QTest::addRow("trailing slash") << u"/contextcapture/jobs/a/"_s;
    QTest::addRow("query") << u"/contextcapture/jobs/a?b"_s;
    QTest::addRow("fragment") << u"/contextcapture/jobs/a#b"_s;
    QTest::addRow("space") << u"/contextcapture/jobs/a b"_s;
    QTest::addRow("line break") << u"/contextcapture/jobs/a\r\nX: y"_s;
    QTest::addRow("not ASCII") << u"/contextcapture/jobs/\u00e4"_s;
    QTest::addRow("4 KiB") << QString(u"/contextcapture/jobs/"_s % QString(4096, u'a'));
    QTest::addRow("version 2") << u"/reality-modeling/jobs/a"_s;
    QTest::addRow("analysis") << u"/reality-analysis/jobs/a"_s;
    QTest::addRow("detour to version 2") << u"/contextcapture/jobs/../../reality-modeling/jobs/a"_s;
    QTest::addRow("workspace") << u"/contextcapture/workspaces/a"_s;
    QTest::addRow("other case") << u"/ContextCapture/jobs/a"_s;
    QTest::addRow("prefix") << u"/x/contextcapture/jobs/a"_s;
    QTest::addRow("double slash") << u"//contextcapture/jobs/a"_s;
}

void RestClientTest::onlyOneJobOfVersion1CanBeDeleted()
{
    QFETCH(const QString, path);
    ClientOnWire wire;
    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.remove(path)));
    QCOMPARE(failure.kind, NetworkFailure::Kind::Forbidden);
    QCOMPARE(failure.exchange.sends, 0);

    // Nor with something behind it that the service might read.
    Request withQuery = requestOf(Verb::Delete, jobPath);
    withQuery.query.addQueryItem(u"force"_s, u"true"_s);
    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.client.send(withQuery))).kind,
             NetworkFailure::Kind::Forbidden);
    QCOMPARE(wire.server.connectionCount(), 0);
}

void RestClientTest::onlyJobsCanBePosted()
{
    ClientOnWire wire;
    for (const QString &path :
         {jobPath, u"/contextcapture/workspaces"_s, u"/reality-modeling/jobs"_s}) {
        const auto result
            = ClientOnWire::resultOf(wire.client.send(requestOf(Verb::Post, path, "{}"_ba)));
        QCOMPARE(failureOf<NetworkFailure>(result).kind, NetworkFailure::Kind::Forbidden);
    }
    QCOMPARE(wire.server.connectionCount(), 0);
}

void RestClientTest::cookiesAreNeverSentBack()
{
    ClientOnWire wire;
    wire.server.actions = {WireAction::withStatus(200, "{}", {{"Set-Cookie", "a=b; Path=/"}}),
                           WireAction::withStatus(200, "{}")};
    QVERIFY(ClientOnWire::resultOf(wire.get(listPath)));
    QVERIFY(ClientOnWire::resultOf(wire.get(listPath)));
    QCOMPARE(wire.server.received.constLast().headers("Cookie"), QList<QByteArray>());
}

void RestClientTest::otherAuthenticationGetsNoCredentials_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addRow("bearer") << "Bearer realm=\"x\""_ba;
    QTest::addRow("basic") << "Basic realm=\"x\""_ba;
    QTest::addRow("digest") << "Digest realm=\"x\", nonce=\"1\", qop=\"auth\""_ba;
    QTest::addRow("ntlm") << "NTLM"_ba;
    QTest::addRow("negotiate") << "Negotiate"_ba;
}

void RestClientTest::otherAuthenticationGetsNoCredentials()
{
    QFETCH(const QByteArray, challenge);
    ClientOnWire wire;
    wire.server.answerWith = [challenge](const ReceivedRequest &) {
        return WireAction::withStatus(401, fixture(u"401-invalid-token.json"_s),
                                      {{"WWW-Authenticate", challenge}});
    };
    QSignalSpy rejected(&wire.client, &RestClient::tokenRejected);

    const auto failure = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.get(listPath)));

    QCOMPARE(failure.status, 401);
    QCOMPARE(failure.code, u"Unauthorized"_s);
    QCOMPARE(wire.server.received.size(), 1);
    QCOMPARE(wire.server.received.constFirst().headers("Authorization"),
             QList<QByteArray>{"Bearer secret-token"});
    QCOMPARE(rejected.count(), 1);
}

void RestClientTest::withoutTokenNothingIsSent()
{
    ClientOnWire wire;
    wire.client.setToken({});
    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.get(listPath)));
    QCOMPARE(failure.kind, NetworkFailure::Kind::NoToken);
    QCOMPARE(failure.exchange.sends, 0);
    QCOMPARE(wire.server.connectionCount(), 0);
}

QTEST_GUILESS_MAIN(RestClientTest)
#include "tst_restclient.moc"
