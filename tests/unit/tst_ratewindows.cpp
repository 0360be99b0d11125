// SPDX-License-Identifier: GPL-3.0-or-later

// The tiers' sliding windows as tables of events, without any real time.

#include "demo/demolimiter.h"
#include "http/ratelimiter.h"

#include <QTest>

#include <functional>
#include <map>
#include <random>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Kind = RateLimiter::Decision::Kind;
using std::chrono::milliseconds;

namespace {

const Instant start = Instant{} + 1000h;

QDateTime utcStart()
{
    return {QDate(2026, 3, 2), QTime(10, 0), Qt::UTC};
}

RateLimiter limiterWith(const std::vector<RateWindow> &windows)
{
    RateLimiter limiter({{Tier::Custom, windows}});
    limiter.setTier(Tier::Custom);
    return limiter;
}

AnswerFacts answerWith(int status, int sends = 1, milliseconds duration = 0ms)
{
    return {.status = status,
            .retryAfter = {},
            .random = 0,
            .sends = sends,
            .duration = duration,
            .namedTier = {}};
}

AnswerFacts throttledBy(Tier tier)
{
    AnswerFacts facts = answerWith(429);
    facts.retryAfter = 1s;
    facts.namedTier = tier;
    return facts;
}

/// Requests one after the other, each ended as soon as it was sent.
void pass(RateLimiter *limiter, int count, Instant now)
{
    for (int i = 0; i < count; ++i) {
        limiter->sent(now);
        limiter->answered(answerWith(204), now);
    }
}

struct Latencies
{
    milliseconds least{};
    milliseconds most{};
};

/// What a run of so many requests takes that asks the limiter before each of them. `arrive` sees
/// when each reaches the service, in order.
milliseconds run(RateLimiter limiter, int requests, Latencies latencies, std::mt19937 *random,
                 const std::function<void(Instant)> &arrive = {})
{
    using std::chrono::microseconds;
    std::uniform_int_distribution<qint64> latency(microseconds(latencies.least).count(),
                                                  microseconds(latencies.most).count());
    std::multimap<Instant, std::pair<bool, milliseconds>> events; // whether it ends, its duration
    Instant now = start;
    for (int ended = 0, sent = 0; ended < requests;) {
        const auto decision
            = sent < requests ? limiter.next(now) : RateLimiter::Decision{Kind::WaitForAnswer, {}};
        if (decision.kind == Kind::Go) {
            const microseconds duration(latency(*random));
            const microseconds way(
                std::uniform_int_distribution<qint64>(0, duration.count())(*random));
            limiter.sent(now);
            ++sent;
            const auto rounded = std::chrono::duration_cast<milliseconds>(duration);
            events.emplace(now + way, std::pair(false, rounded));
            events.emplace(now + duration, std::pair(true, rounded));
            continue;
        }
        const bool isTimed = decision.kind == Kind::WaitUntil;
        if (isTimed && (events.empty() || decision.at < events.begin()->first)) {
            now = decision.at;
            continue;
        }
        const auto [at, event] = *events.begin();
        events.erase(events.begin());
        now = at;
        if (!event.first && arrive) {
            arrive(now);
        } else if (event.first) {
            limiter.answered(answerWith(204, 1, event.second), now);
            ++ended;
        }
    }
    return std::chrono::duration_cast<milliseconds>(now - start);
}

} // namespace

class RateWindowsTest final : public QObject
{
    Q_OBJECT

private slots:
    void tiersHaveTheirNames_data();
    void tiersHaveTheirNames();
    void publishedLimitsHold_data();
    void publishedLimitsHold();
    void windowsAreExactAtBothEnds();
    void aRequestUnderWayTakesAPlace();
    void whatTheWireSawCounts_data();
    void whatTheWireSawCounts();
    void theTightestWindowDecides();
    void detectPacesOnlyWhenATierWasNamed();
    void aChosenTierStands();
    void aPauseDoesNotShortenAWindow();
    void anEarlierSessionCounts();
    void clockSetBackCountsAsNow();
    void anotherConnectionStartsEmpty();
    void allowanceFollowsTheWindows();
    void sendableNowIsWhatCouldLeave();
    void memoryIsBounded();
    void noForecastWithoutKnowledge();
    void forecastFitsARun_data();
    void forecastFitsARun();
    void forecastWaitsForAPause();
    void theServiceNeverRefuses();
};

void RateWindowsTest::tiersHaveTheirNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::optional<Tier>>("tier");
    using Named = std::optional<Tier>;
    QTest::newRow("community") << u"Community"_s << Named(Tier::Community);
    QTest::newRow("small") << u"premium"_s << Named(Tier::Premium);
    QTest::newRow("capital") << u"CUSTOM"_s << Named(Tier::Custom);
    QTest::newRow("spaces") << u" Standard "_s << Named(Tier::Standard);
    QTest::newRow("old community") << u"Trial"_s << Named(Tier::Community);
    QTest::newRow("old standard") << u"basic"_s << Named(Tier::Standard);
    QTest::newRow("none") << QString() << Named();
    QTest::newRow("unknown") << u"Platinum"_s << Named();
    QTest::newRow("detect") << u"Detect"_s << Named();
}

void RateWindowsTest::tiersHaveTheirNames()
{
    QFETCH(const QString, name);
    QFETCH(const std::optional<Tier>, tier);
    QVERIFY(tierFromName(name) == tier);
    if (tier)
        QVERIFY(tierFromName(textOf(*tier)) == tier);
}

void RateWindowsTest::publishedLimitsHold_data()
{
    QTest::addColumn<Tier>("tier");
    QTest::addColumn<int>("burst");
    QTest::newRow("community") << Tier::Community << 500;
    QTest::newRow("standard") << Tier::Standard << 5000;
    QTest::newRow("premium") << Tier::Premium << 5000;
    QTest::newRow("custom") << Tier::Custom << 5000;
}

void RateWindowsTest::publishedLimitsHold()
{
    QFETCH(const Tier, tier);
    QFETCH(const int, burst);
    RateLimiter limiter;
    limiter.setTier(tier);
    pass(&limiter, burst - 1, start);
    QCOMPARE(limiter.next(start).kind, Kind::Go);
    pass(&limiter, 1, start);
    QCOMPARE(limiter.next(start).kind, Kind::WaitUntil);
    QCOMPARE(limiter.next(start).at, start + 1min);
}

void RateWindowsTest::windowsAreExactAtBothEnds()
{
    RateLimiter limiter = limiterWith({{3, 10s}});
    pass(&limiter, 2, start);
    QCOMPARE(limiter.next(start + 1s).kind, Kind::Go);
    pass(&limiter, 1, start + 1s);
    const Instant end = start + 10s;
    QCOMPARE(limiter.next(start + 1s).kind, Kind::WaitUntil);
    QCOMPARE(limiter.next(start + 1s).at, end);
    QCOMPARE(limiter.windowOpensAt(start + 1s), end);
    QCOMPARE(limiter.next(end - 1ns).kind, Kind::WaitUntil);
    QCOMPARE(limiter.next(end).kind, Kind::Go);
    QCOMPARE(limiter.windowOpensAt(end), std::nullopt);
    pass(&limiter, 2, end);
    QCOMPARE(limiter.next(end).at, start + 11s);
    QCOMPARE(limiter.pausedUntil(end), std::nullopt);
}

void RateWindowsTest::aRequestUnderWayTakesAPlace()
{
    RateLimiter limiter = limiterWith({{1, 10s}});
    limiter.sent(start);
    QCOMPARE(limiter.next(start + 1h).kind, Kind::WaitForAnswer);
    QCOMPARE(limiter.windowOpensAt(start + 1h), std::nullopt);
    // The service may have seen it only just before it answered.
    limiter.answered(answerWith(204), start + 1h);
    QCOMPARE(limiter.next(start + 1h).at, start + 1h + 10s);
}

void RateWindowsTest::whatTheWireSawCounts_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("sends");
    QTest::addColumn<int>("left");
    QTest::newRow("deleted") << 204 << 1 << 4;
    QTest::newRow("repeated by Qt") << 404 << 3 << 2;
    QTest::newRow("lost after sending") << 0 << 2 << 3;
    QTest::newRow("never left") << 0 << 0 << 5;
    QTest::newRow("refused by the limit") << 429 << 1 << 4;
    QTest::newRow("more than fit") << 0 << 9 << 0;
}

void RateWindowsTest::whatTheWireSawCounts()
{
    QFETCH(const int, status);
    QFETCH(const int, sends);
    QFETCH(const int, left);
    RateLimiter limiter = limiterWith({{5, 1min}});
    limiter.sent(start);
    QCOMPARE(limiter.allowance(start).minute, 4);
    limiter.answered(answerWith(status, sends), start);
    QCOMPARE(limiter.allowance(start).minute, left);
}

void RateWindowsTest::theTightestWindowDecides()
{
    RateLimiter limiter = limiterWith({{3, 1min}, {5, 1h}});
    pass(&limiter, 3, start);
    QCOMPARE(limiter.next(start).at, start + 1min);
    pass(&limiter, 2, start + 1min);
    QCOMPARE(limiter.next(start + 1min).at, start + 1h);
    pass(&limiter, 3, start + 1h);
    // Two of the hour's five are from a minute later.
    QCOMPARE(limiter.next(start + 1h).at, start + 1h + 1min);
}

void RateWindowsTest::detectPacesOnlyWhenATierWasNamed()
{
    RateLimiter limiter({{Tier::Community, {{3, 10s}}}});
    pass(&limiter, 100, start);
    QCOMPARE(limiter.next(start).kind, Kind::Go);
    QVERIFY(!limiter.detectedTier());
    QCOMPARE(limiter.allowance(start), Allowance());

    limiter.sent(start);
    limiter.answered(throttledBy(Tier::Community), start);
    QVERIFY(limiter.detectedTier() == Tier::Community);
    QVERIFY(limiter.effectiveTier() == Tier::Community);
    QCOMPARE(limiter.next(start).at, start + 10s);

    // A 429 without a name takes nothing back.
    limiter.sent(start + 10s);
    limiter.answered(answerWith(429), start + 10s);
    QVERIFY(limiter.detectedTier() == Tier::Community);
}

void RateWindowsTest::aChosenTierStands()
{
    RateLimiter limiter({{Tier::Community, {{3, 10s}}}, {Tier::Premium, {{30, 10s}}}});
    limiter.setTier(Tier::Premium);
    limiter.sent(start);
    limiter.answered(throttledBy(Tier::Community), start);
    QVERIFY(limiter.detectedTier() == Tier::Community);
    QVERIFY(limiter.effectiveTier() == Tier::Premium);
    pass(&limiter, 10, start + 1s);
    QCOMPARE(limiter.next(start + 1s).kind, Kind::Go);
    limiter.setTier(Tier::Detect);
    QCOMPARE(limiter.next(start + 1s).at, start + 11s);
}

void RateWindowsTest::aPauseDoesNotShortenAWindow()
{
    RateLimiter limiter = limiterWith({{1, 10s}});
    limiter.sent(start);
    AnswerFacts throttled = answerWith(429);
    throttled.retryAfter = 3s;
    limiter.answered(throttled, start);
    QCOMPARE(limiter.pausedUntil(start), start + 3s);
    QCOMPARE(limiter.next(start).at, start + 10s);
    QCOMPARE(limiter.next(start + 3s).at, start + 10s);
    QCOMPARE(limiter.sendableNow(start), 0);
}

void RateWindowsTest::anEarlierSessionCounts()
{
    RateLimiter limiter = limiterWith({{3, 1min}, {10, 1h}});
    limiter.restore({{utcStart().addSecs(-2 * 3600), 50},
                     {utcStart().addSecs(-1800), 7},
                     {utcStart().addSecs(-20), 2}},
                    utcStart(), start);
    QCOMPARE(limiter.allowance(start),
             (Allowance{.minute = 1, .minuteTotal = 3, .hour = 1, .hourTotal = 10}));
    pass(&limiter, 1, start);
    QCOMPARE(limiter.next(start).at, start + 30min);
    // What this session has sent already stays, whatever comes first.
    RateLimiter other = limiterWith({{3, 1min}});
    pass(&other, 2, start);
    other.restore({{utcStart().addSecs(-20), 1}}, utcStart(), start);
    QCOMPARE(other.next(start).at, start + 40s);
}

void RateWindowsTest::clockSetBackCountsAsNow()
{
    RateLimiter limiter = limiterWith({{3, 1min}});
    limiter.restore({{utcStart().addSecs(7200), 3}}, utcStart(), start);
    QCOMPARE(limiter.next(start).at, start + 1min);
}

void RateWindowsTest::anotherConnectionStartsEmpty()
{
    RateLimiter limiter({{Tier::Community, {{3, 10s}}}});
    pass(&limiter, 3, start);
    limiter.sent(start);
    limiter.answered(throttledBy(Tier::Community), start);
    limiter.reset();
    QVERIFY(!limiter.detectedTier());
    QCOMPARE(limiter.remembered(), 0U);
    limiter.setTier(Tier::Community);
    limiter.reset();
    QVERIFY(limiter.tier() == Tier::Community);
    pass(&limiter, 3, start);
    QCOMPARE(limiter.next(start).at, start + 10s);
}

void RateWindowsTest::allowanceFollowsTheWindows()
{
    RateLimiter limiter;
    limiter.setTier(Tier::Community);
    QCOMPARE(limiter.allowance(start),
             (Allowance{.minute = 500, .minuteTotal = 500, .hour = 5000, .hourTotal = 5000}));
    pass(&limiter, 42, start);
    limiter.sent(start);
    QCOMPARE(limiter.allowance(start).minute, 457);
    QCOMPARE(limiter.allowance(start).hour, 4957);
    QCOMPARE(limiter.allowance(start + 1min).minute, 499);
    QCOMPARE(limiter.allowance(start + 1min).hour, 4957);
    limiter.setTier(Tier::Premium);
    QCOMPARE(limiter.allowance(start).minute, 4957);
    QCOMPARE(limiter.allowance(start).hour, std::nullopt);
}

void RateWindowsTest::sendableNowIsWhatCouldLeave()
{
    QCOMPARE(RateLimiter().sendableNow(start), RateLimiter::maximumSendable);
    RateLimiter limiter = limiterWith({{10, 10s}, {12, 1h}});
    pass(&limiter, 4, start);
    limiter.sent(start);
    QCOMPARE(limiter.sendableNow(start), 5);
    QCOMPARE(limiter.sendableNow(start + 10s), 7);
    limiter.answered(answerWith(204), start + 10s);
    pass(&limiter, 7, start + 10s);
    QCOMPARE(limiter.sendableNow(start + 10s), 0);
}

void RateWindowsTest::memoryIsBounded()
{
    RateLimiter limiter;
    Instant now = start;
    for (int i = 0; i < 200'000; ++i)
        pass(&limiter, 1, now += 100us);
    QCOMPARE(limiter.remembered(), 5000U);
    // What is kept is enough for the largest window.
    limiter.setTier(Tier::Premium);
    QCOMPARE(limiter.next(now).at, now - 4999 * 100us + 1min);
}

void RateWindowsTest::noForecastWithoutKnowledge()
{
    RateLimiter limiter;
    QCOMPARE(limiter.timeFor(10, start), std::nullopt);
    limiter.setTier(Tier::Community);
    QVERIFY(limiter.timeFor(10, start));
    limiter.setTier(Tier::Detect);
    limiter.sent(start);
    limiter.answered(answerWith(204, 1, 100ms), start);
    QVERIFY(limiter.timeFor(10, start));
    QCOMPARE(limiter.timeFor(0, start), 0ms);
}

void RateWindowsTest::forecastFitsARun_data()
{
    QTest::addColumn<Tier>("tier");
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("requests");
    QTest::newRow("no tier") << Tier::Detect << 0 << 2000;
    QTest::newRow("no tier, many") << Tier::Detect << 0 << 30'000;
    QTest::newRow("within the minute") << Tier::Community << 0 << 400;
    QTest::newRow("two minutes") << Tier::Community << 0 << 1100;
    QTest::newRow("a minute that is used up") << Tier::Community << 500 << 300;
    QTest::newRow("the whole hour") << Tier::Community << 0 << 5000;
    QTest::newRow("just beyond the hour") << Tier::Community << 0 << 5100;
    QTest::newRow("two hours") << Tier::Community << 200 << 9000;
    QTest::newRow("many hours") << Tier::Community << 0 << 47'000;
    QTest::newRow("paid") << Tier::Standard << 0 << 20'000;
    QTest::newRow("paid, much used up") << Tier::Standard << 4000 << 9000;
    QTest::newRow("scaled, many") << Tier::Custom << 0 << 5000;
    QTest::newRow("scaled") << Tier::Custom << 30 << 500;
}

void RateWindowsTest::forecastFitsARun()
{
    QFETCH(const Tier, tier);
    QFETCH(const int, before);
    QFETCH(const int, requests);
    TierLimits limits = publishedLimits();
    limits[Tier::Custom] = {{50, 2s}};
    RateLimiter limiter(limits);
    limiter.setTier(tier);
    pass(&limiter, before, start - 15s);
    std::mt19937 random(7);
    constexpr Latencies latencies{40ms, 80ms};
    for (int i = 0; i < 50; ++i) // so that it is measured
        limiter.answered(answerWith(204, 0, i % 2 == 0 ? 50ms : 70ms), start);

    const auto forecast = limiter.timeFor(requests, start);

    const double took = static_cast<double>(run(limiter, requests, latencies, &random).count());
    QVERIFY(forecast);
    const double ratio = static_cast<double>(forecast->count()) / took;
    QVERIFY2(ratio > 0.95 && ratio < 1.05, qPrintable(QString::number(ratio)));
}

void RateWindowsTest::forecastWaitsForAPause()
{
    RateLimiter limiter;
    limiter.sent(start);
    limiter.answered(answerWith(204, 1, 100ms), start);
    limiter.sent(start);
    AnswerFacts throttled = answerWith(429);
    throttled.retryAfter = 60s;
    limiter.answered(throttled, start);
    QCOMPARE(limiter.timeFor(1, start + 20s), 40s + 100ms);
}

/// Against the demo service's own limiter, which knows nothing of ours: it counts what arrives.
void RateWindowsTest::theServiceNeverRefuses()
{
    constexpr int tables = 200;
    std::mt19937 random(20260302);
    const auto any = [&random](int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    };
    for (int table = 0; table < tables; ++table) {
        const RateWindow shortWindow{any(1, 60), milliseconds(any(50, 5000))};
        const RateWindow longWindow{shortWindow.requests + any(0, 200),
                                    shortWindow.length * any(1, 20)};
        DemoLimiter service({shortWindow.requests, shortWindow.length.count()},
                            {longWindow.requests, longWindow.length.count()});
        int refused = 0;
        const int least = any(0, 300);
        run(limiterWith({shortWindow, longWindow}), 400,
            {milliseconds(least), milliseconds(least + any(0, 1500))}, &random,
            [&service, &refused](Instant at) {
                if (service.take(std::chrono::floor<milliseconds>(at - start).count()))
                    ++refused;
            });
        QVERIFY2(refused == 0, qPrintable(QString::number(table)));
    }
}

QTEST_GUILESS_MAIN(RateWindowsTest)
#include "tst_ratewindows.moc"
