// SPDX-License-Identifier: GPL-3.0-or-later

// How RestClient keeps to the tier's windows: who waits, who wakes it, and what it tells.

#include "tests/support/clientonwire.h"
#include "tests/support/fakenetwork.h"

#include <QSignalSpy>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Three requests a minute, one after the other answered at once.
struct PacedClient
{
    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter{TierLimits{{Tier::Community, {{3, 1min}}}, {Tier::Premium, {{9, 1min}}}}};
    RestClient client{network, limiter, clock, [] { return 0.5; }};
    Instant begin = clock.now();

    explicit PacedClient(Tier tier = Tier::Community)
    {
        client.setToken(tokenOf(u"secret-token"_s));
        client.setTier(tier);
        network.answerWith = [](const Seen &) { return Answer::withStatus(204); };
        QCoreApplication::processEvents();
    }

    QList<ClientOnWire::Future> send(int count)
    {
        QList<ClientOnWire::Future> futures;
        for (int i = 0; i < count; ++i) {
            const QString path = listPath % u'/' % QString::number(m_sent++);
            futures.append(client.send(requestOf(Verb::Delete, path)));
        }
        return futures;
    }
    void sendAndWait(int count)
    {
        const auto futures = send(count);
        for (const auto &future : futures)
            QVERIFY(ClientOnWire::resultOf(future));
        QCoreApplication::processEvents(); // so that the client has gone on
    }
    [[nodiscard]] QStringList lines() const { return network.lines(); }

private:
    int m_sent = 0;
};

Answer throttled(const QByteArray &tier)
{
    return Answer::withStatus(429, "{}",
                              {{"Retry-After", "5"}, {"ITwinPlatform-RateLimited-Tier", tier}});
}

} // namespace

class RestPacingTest final : public QObject
{
    Q_OBJECT

private slots:
    void theFourthOfThreeLeavesExactlyAtTheEnd();
    void readyFiresWhenTheWindowOpens();
    void everythingTakesAPlace();
    void requestsTheWireNeverSawAreGivenBack();
    void anotherTierTakesEffectAtOnce();
    void a429NamesTheTier();
    void anUnknownTierNameIsNoTier();
    void anEarlierSessionIsRemembered();
    void anotherAddressStartsAnew();
    void tellsWhatWasSent();
    void sendableNowCountsWhatWaits();
};

void RestPacingTest::theFourthOfThreeLeavesExactlyAtTheEnd()
{
    PacedClient paced;
    QSignalSpy pauses(&paced.client, &RestClient::pauseChanged);
    const auto futures = paced.send(5);
    for (int i = 0; i < 3; ++i)
        QVERIFY(ClientOnWire::resultOf(futures.at(i)));
    QCoreApplication::processEvents();

    QCOMPARE(paced.client.nextAt(), paced.begin + 1min);
    QCOMPARE(paced.client.pausedUntil(), std::nullopt);
    paced.clock.advance(1min - 1ms);
    QCoreApplication::processEvents();
    QCOMPARE(paced.network.seen.size(), 3);

    paced.clock.advance(1ms);
    QCOMPARE(paced.network.seen.size(), 5);
    QCOMPARE(paced.lines().constLast(), u"DELETE /contextcapture/jobs/4"_s);
    QCOMPARE(paced.lines().at(3), u"DELETE /contextcapture/jobs/3"_s);
    QVERIFY(ClientOnWire::resultOf(futures.last()));
    QCOMPARE(pauses.count(), 0);
}

void RestPacingTest::readyFiresWhenTheWindowOpens()
{
    PacedClient paced;
    paced.sendAndWait(3);
    QVERIFY(!paced.client.isReady());
    QSignalSpy ready(&paced.client, &RestClient::ready);
    paced.clock.advance(1min - 1ms);
    QCOMPARE(ready.count(), 0);
    paced.clock.advance(1ms);
    QCOMPARE(ready.count(), 1);
    QVERIFY(paced.client.isReady());
    QCOMPARE(paced.client.nextAt(), std::nullopt);
}

void RestPacingTest::everythingTakesAPlace()
{
    PacedClient paced;
    QVERIFY(ClientOnWire::resultOf(paced.client.send(requestOf(Verb::Get, listPath))));
    QVERIFY(ClientOnWire::resultOf(paced.client.send(requestOf(Verb::Get, u"/users/me"_s))));
    paced.sendAndWait(1);
    QCOMPARE(paced.client.allowance().minute, 0);
    QVERIFY(!paced.client.isReady());
}

void RestPacingTest::requestsTheWireNeverSawAreGivenBack()
{
    PacedClient paced;
    paced.network.answerWith = [](const Seen &) { return Answer::refused(); };
    const auto futures = paced.send(8);
    for (const auto &future : futures)
        QVERIFY(!ClientOnWire::resultOf(future));
    QCOMPARE(paced.network.seen.size(), 8);
    QCOMPARE(paced.client.allowance().minute, 3);

    paced.network.answerWith = [](const Seen &) { return Answer::drop(2); };
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(paced.client.allowance().minute, 1);
}

void RestPacingTest::anotherTierTakesEffectAtOnce()
{
    PacedClient paced;
    QSignalSpy changed(&paced.client, &RestClient::allowanceChanged);
    const auto futures = paced.send(5);
    QVERIFY(ClientOnWire::resultOf(futures.at(2)));
    QCoreApplication::processEvents();
    QCOMPARE(paced.network.seen.size(), 3);
    QVERIFY(changed.count() > 0);
    changed.clear();

    paced.client.setTier(Tier::Premium);
    QCOMPARE(changed.count(), 1);
    QVERIFY(ClientOnWire::resultOf(futures.last()));
    QCOMPARE(paced.client.allowance().minute, 4);
}

void RestPacingTest::a429NamesTheTier()
{
    PacedClient paced(Tier::Detect);
    QSignalSpy detected(&paced.client, &RestClient::tierDetected);
    paced.sendAndWait(5);
    QCOMPARE(paced.client.allowance(), Allowance());

    paced.network.answerWith = [](const Seen &) { return throttled("Trial"); };
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(detected.count(), 1);
    QVERIFY(detected.constFirst().constFirst().value<Tier>() == Tier::Community);
    QVERIFY(paced.client.effectiveTier() == Tier::Community);

    // After the pause the tier's window still holds.
    paced.network.answerWith = [](const Seen &) { return Answer::withStatus(204); };
    const auto next = paced.send(1).constFirst();
    paced.clock.advance(1min - 1ms);
    QCOMPARE(paced.network.seen.size(), 6);
    paced.clock.advance(1ms);
    QVERIFY(ClientOnWire::resultOf(next));

    paced.network.answerWith = [](const Seen &) { return throttled("Community"); };
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(detected.count(), 1);
}

void RestPacingTest::anUnknownTierNameIsNoTier()
{
    PacedClient paced(Tier::Detect);
    QSignalSpy detected(&paced.client, &RestClient::tierDetected);
    paced.network.answerWith = [](const Seen &) { return throttled("<b>Platinum</b>"); };
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(detected.count(), 0);
    QVERIFY(!paced.client.effectiveTier());
}

void RestPacingTest::anEarlierSessionIsRemembered()
{
    PacedClient paced;
    paced.client.rememberRequests({{paced.clock.utc().addSecs(-30), 2}});
    paced.sendAndWait(1);
    QVERIFY(!paced.client.isReady());
    QCOMPARE(paced.client.nextAt(), paced.begin + 30s);
    const auto next = paced.send(1).constFirst();
    paced.clock.advance(30s);
    QVERIFY(ClientOnWire::resultOf(next));
}

void RestPacingTest::anotherAddressStartsAnew()
{
    PacedClient paced;
    paced.client.setDetectedTier(Tier::Premium);
    paced.sendAndWait(3);
    paced.network.answerWith = [](const Seen &) { return Answer::hang(); };
    QSignalSpy sent(&paced.client, &RestClient::requestsSent);
    const auto waiting = paced.send(2);

    paced.client.setAddress(ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value());

    for (const auto &future : waiting)
        QVERIFY(!ClientOnWire::resultOf(future));
    QCOMPARE(sent.count(), 0);
    QVERIFY(!paced.client.detectedTier());
    QCOMPARE(paced.client.allowance().minute, 3);
    QVERIFY(paced.client.isReady());
}

void RestPacingTest::tellsWhatWasSent()
{
    PacedClient paced;
    QSignalSpy sent(&paced.client, &RestClient::requestsSent);
    const auto told = [&sent] { return sent.takeFirst().constFirst().value<RequestCount>(); };
    paced.network.answers = {Answer::withStatus(204), Answer::drop(2), Answer::refused()};
    paced.network.answerWith = {};
    QVERIFY(ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(told(), (RequestCount{paced.clock.utc(), 1}));
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(told(), (RequestCount{paced.clock.utc(), 2}));
    paced.clock.advance(1min);
    QVERIFY(!ClientOnWire::resultOf(paced.send(1).constFirst()));
    QCOMPARE(sent.count(), 0);
}

void RestPacingTest::sendableNowCountsWhatWaits()
{
    PacedClient paced(Tier::Premium);
    QCOMPARE(paced.client.sendableNow(), 9);
    paced.network.answerWith = [](const Seen &) { return Answer::hang(); };
    QCOMPARE(paced.send(5).size(), 5); // two of them under way
    QCOMPARE(paced.network.seen.size(), 2);
    QCOMPARE(paced.client.sendableNow(), 4);
    QCOMPARE(paced.send(6).size(), 6);
    QCOMPARE(paced.client.sendableNow(), 0);
    QVERIFY(paced.client.timeFor(1) > 1min);
}

QTEST_GUILESS_MAIN(RestPacingTest)
#include "tst_restpacing.moc"
