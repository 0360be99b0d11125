// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ratelimiter.h"

#include <QTest>

using namespace Jobsweep;
using namespace std::chrono_literals;
using Kind = RateLimiter::Decision::Kind;

namespace {

const Instant start = Instant{} + 1h;

void answerGood(RateLimiter *limiter, int count, Instant now)
{
    for (int i = 0; i < count; ++i) {
        limiter->sent(now);
        limiter->answered({.status = 204, .retryAfter = {}, .random = 0}, now);
    }
}

} // namespace

/// Pacing as tables of events, without any real time.
class RateLimiterTest final : public QObject
{
    Q_OBJECT

private slots:
    void beginsWithTwoAtOnce()
    {
        RateLimiter limiter;
        QCOMPARE(limiter.next(start).kind, Kind::Go);
        limiter.sent(start);
        QCOMPARE(limiter.next(start).kind, Kind::Go);
        limiter.sent(start);
        QCOMPARE(limiter.next(start).kind, Kind::WaitForAnswer);
    }

    void growsWithGoodAnswersUpToItsLimit()
    {
        RateLimiter limiter;
        answerGood(&limiter, 2, start);
        QCOMPARE(limiter.concurrency(), 3);
        answerGood(&limiter, 1000, start);
        QCOMPARE(limiter.concurrency(), RateLimiter::maximumConcurrency);
    }

    void aRefusalIsAGoodAnswer()
    {
        RateLimiter limiter;
        for (int i = 0; i < 2; ++i) {
            limiter.sent(start);
            limiter.answered({.status = 422, .retryAfter = {}, .random = 0}, start);
        }
        QCOMPARE(limiter.concurrency(), 3);
    }

    void pauses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("retryAfter"); // -1: none
        QTest::addColumn<int>("milliseconds"); // expected pause
        QTest::newRow("429 with a time") << 429 << 7 << 7000;
        QTest::newRow("429 without a time") << 429 << -1 << 2000;
        QTest::newRow("503 with a time") << 503 << 3 << 3000;
        QTest::newRow("503 without a time") << 503 << -1 << 0;
        QTest::newRow("500") << 500 << 5 << 0;
        QTest::newRow("no answer") << 0 << -1 << 0;
        QTest::newRow("a day") << 429 << 86'400 << 86'400'000;
    }
    void pauses()
    {
        QFETCH(int, status);
        QFETCH(int, retryAfter);
        QFETCH(int, milliseconds);
        RateLimiter limiter;
        limiter.sent(start);
        AnswerFacts facts{.status = status, .retryAfter = {}, .random = 1.0};
        if (retryAfter >= 0)
            facts.retryAfter = std::chrono::seconds(retryAfter);
        limiter.answered(facts, start);
        const Instant end = start + std::chrono::milliseconds(milliseconds);
        if (milliseconds == 0) {
            QCOMPARE(limiter.next(start).kind, Kind::Go);
            return;
        }
        QCOMPARE(limiter.next(start).kind, Kind::WaitUntil);
        QCOMPARE(limiter.next(start).at, end);
        QCOMPARE(limiter.next(end - 1ms).kind, Kind::WaitUntil);
        QCOMPARE(limiter.next(end).kind, Kind::Go);
    }

    void continuesWithOneAtATimeAfterAPause()
    {
        RateLimiter limiter;
        answerGood(&limiter, 100, start);
        limiter.sent(start);
        limiter.answered({.status = 429, .retryAfter = 5s, .random = 0}, start);
        const Instant later = start + 5s;
        QCOMPARE(limiter.next(later).kind, Kind::Go);
        limiter.sent(later);
        QCOMPARE(limiter.next(later).kind, Kind::WaitForAnswer);
        limiter.answered({.status = 204, .retryAfter = {}, .random = 0}, later);
        QCOMPARE(limiter.concurrency(), 2);
    }

    void lateAnswersDoNotEndTheCaution()
    {
        RateLimiter limiter;
        for (int i = 0; i < 2; ++i)
            limiter.sent(start);
        limiter.answered({.status = 429, .retryAfter = 5s, .random = 0}, start);
        limiter.answered({.status = 204, .retryAfter = {}, .random = 0}, start + 10ms);
        QCOMPARE(limiter.concurrency(), 1);
    }

    void aShorterWaitDoesNotShortenALongerOne()
    {
        RateLimiter limiter;
        for (int i = 0; i < 2; ++i)
            limiter.sent(start);
        limiter.answered({.status = 429, .retryAfter = 60s, .random = 0}, start);
        limiter.answered({.status = 429, .retryAfter = 1s, .random = 0}, start);
        QCOMPARE(limiter.next(start + 59s).kind, Kind::WaitUntil);
    }

    void waitsWithoutATimeGrow()
    {
        RateLimiter limiter;
        Instant now = start;
        std::chrono::milliseconds last{};
        for (int i = 0; i < 4; ++i) {
            limiter.sent(now);
            limiter.answered({.status = 429, .retryAfter = {}, .random = 1.0}, now);
            const auto wait
                = std::chrono::duration_cast<std::chrono::milliseconds>(limiter.next(now).at - now);
            QVERIFY2(wait > last, qPrintable(QString::number(wait.count())));
            last = wait;
            now += wait;
        }
    }
};

QTEST_GUILESS_MAIN(RateLimiterTest)
#include "tst_ratelimiter.moc"
