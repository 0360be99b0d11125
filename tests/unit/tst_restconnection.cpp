// SPDX-License-Identifier: GPL-3.0-or-later

// The state of a connection: its token, its address, its pauses and its end.

#include "tests/support/clientonwire.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/fixtures.h"

#include <QNetworkReply>
#include <QSignalSpy>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class RestConnectionTest final : public QObject
{
    Q_OBJECT

private slots:
    void anotherAddressForgetsTheToken();
    void requestsMadeWhileTheAddressChangesGoNowhere();
    void rejectionOfAnOldTokenIsNoNews();
    void throttlingStopsEverySendUntilRetryAfter();
    void requestsWaitForTheLimitersConcurrency();
    void destroyedClientCancelsItsFutures();
};

void RestConnectionTest::anotherAddressForgetsTheToken()
{
    ScriptedServer other;
    ClientOnWire wire;
    wire.server.actions = {WireAction::hang(), WireAction::hang()};
    QList<ClientOnWire::Future> before;
    for (int i = 0; i < RateLimiter::initialConcurrency + 1; ++i)
        before.append(wire.get(listPath)); // the last one waits inside
    QTRY_COMPARE(wire.server.received.size(), RateLimiter::initialConcurrency);

    wire.client.setAddress(ServiceAddress::parse(other.address()).value());

    QVERIFY(!wire.client.hasToken());
    for (const auto &future : std::as_const(before)) {
        QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(future)).kind,
                 NetworkFailure::Kind::Abandoned);
    }
    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.get(listPath))).kind,
             NetworkFailure::Kind::NoToken);
    QCOMPARE(other.connectionCount(), 0);
}

void RestConnectionTest::requestsMadeWhileTheAddressChangesGoNowhere()
{
    ScriptedServer other;
    ClientOnWire wire;
    wire.server.actions = {WireAction::hang()};
    const auto before = wire.get(listPath);
    QTRY_COMPARE(wire.server.received.size(), 1);
    QList<ClientOnWire::Future> inBetween;
    connect(&wire.client, &RestClient::ready, this, [&wire, &inBetween] {
        if (inBetween.isEmpty())
            inBetween.append(wire.remove(jobPath));
    });

    wire.client.setAddress(ServiceAddress::parse(other.address()).value());

    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(before)).kind,
             NetworkFailure::Kind::Abandoned);
    for (const auto &future : std::as_const(inBetween))
        QVERIFY(!ClientOnWire::resultOf(future));
    QCOMPARE(wire.server.received.size(), 1);
    QCOMPARE(other.connectionCount(), 0);
}

void RestConnectionTest::rejectionOfAnOldTokenIsNoNews()
{
    ClientOnWire wire;
    wire.server.answerWith = [&wire](const ReceivedRequest &) {
        wire.client.setToken(tokenOf(u"new-token"_s)); // typed while the answer is on its way
        return WireAction::withStatus(401);
    };
    QSignalSpy rejected(&wire.client, &RestClient::tokenRejected);
    const int serial = wire.client.tokenSerial();

    const auto failure = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.get(listPath)));

    QCOMPARE(failure.exchange.tokenSerial, serial);
    QVERIFY(wire.client.tokenSerial() > serial);
    QCOMPARE(rejected.count(), 0);
}

void RestConnectionTest::throttlingStopsEverySendUntilRetryAfter()
{
    using namespace std::chrono_literals;
    ClientOnWire wire;
    wire.server.actions
        = {WireAction::withStatus(429, fixture(u"429.json"_s), {{"Retry-After", "60"}}),
           WireAction::withStatus(200, "{}"), WireAction::withStatus(204)};
    QSignalSpy paused(&wire.client, &RestClient::pauseChanged);
    const Instant begin = wire.clock.now();
    QCOMPARE(failureOf<HttpFailure>(ClientOnWire::resultOf(wire.get(listPath))).retryAfter, 60s);
    QTRY_COMPARE(paused.count(), 1);
    QCOMPARE(wire.client.pausedUntil(), begin + 60s);
    QVERIFY(!wire.client.isReady());

    const auto list = wire.get(listPath);
    const auto removal = wire.remove(jobPath);
    wire.clock.advance(60s - 1ms);
    // What was sent too early would arrive before the end of this detour through the socket.
    ScriptedServer probe;
    probe.actions = {WireAction::withStatus(204)};
    std::unique_ptr<QNetworkReply> detour(wire.network.get(QNetworkRequest(QUrl(probe.address()))));
    QTRY_VERIFY(detour->isFinished());
    QCOMPARE(wire.server.received.size(), 1);

    wire.clock.advance(1ms);
    QVERIFY(ClientOnWire::resultOf(list));
    QVERIFY(ClientOnWire::resultOf(removal));
    QCOMPARE(wire.server.received.size(), 3);
    QCOMPARE(wire.client.pausedUntil(), std::nullopt);
}

void RestConnectionTest::requestsWaitForTheLimitersConcurrency()
{
    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client(network, limiter, clock, [] { return 0.5; });
    client.setToken(tokenOf(u"secret-token"_s));
    network.answerWith = [](const Seen &) { return Answer::hang(); };

    QList<ClientOnWire::Future> futures;
    for (int i = 0; i < 5; ++i)
        futures.append(client.send(requestOf(Verb::Get, listPath)));
    QCOMPARE(network.seen.size(), RateLimiter::initialConcurrency);
    QVERIFY(!client.isReady());

    network.answerHanging(Answer::ok("{}"));
    QTRY_COMPARE(network.seen.size(), RateLimiter::initialConcurrency + 1);
    network.answerWith = [](const Seen &) { return Answer::ok("{}"); };
    network.answerHanging(Answer::ok("{}"));
    network.answerHanging(Answer::ok("{}"));
    for (const auto &future : std::as_const(futures))
        QVERIFY(ClientOnWire::resultOf(future));
    QVERIFY(client.isReady());
}

void RestConnectionTest::destroyedClientCancelsItsFutures()
{
    ScriptedServer server;
    server.actions = {WireAction::hang()};
    FakeClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    auto client = std::make_unique<RestClient>(network, limiter, clock, [] { return 0.5; });
    client->setAddress(ServiceAddress::parse(server.address()).value());
    client->setToken(tokenOf(u"secret-token"_s));
    const auto future = client->send(requestOf(Verb::Get, listPath));
    QTRY_COMPARE(server.received.size(), 1);

    client.reset();

    QVERIFY(future.isCanceled());
    QVERIFY(future.isFinished());
}

QTEST_GUILESS_MAIN(RestConnectionTest)
#include "tst_restconnection.moc"
