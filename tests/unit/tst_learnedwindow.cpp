// SPDX-License-Identifier: GPL-3.0-or-later

// Limits that the service keeps without saying so: what the limiter makes of its refusals.

#include "demo/demolimiter.h"
#include "http/ratelimiter.h"

#include <QTest>

#include <map>

using namespace Jobsweep;
using namespace std::chrono_literals;
using Kind = RateLimiter::Decision::Kind;
using std::chrono::milliseconds;

namespace {

const Instant start = Instant{} + 1000h;

struct Course
{
    int sent = 0;
    int refused = 0;
    milliseconds duration{};
};

/// So many requests, each repeated until it is not refused; half of the latency each way.
Course run(RateLimiter *limiter, DemoLimiter *service, int requests, milliseconds latency,
           Instant now = start)
{
    struct Event
    {
        bool isEnd = false;
        std::optional<int> refusal = {};
    };
    std::multimap<Instant, Event> events;
    Course course;
    const Instant begin = now;
    for (int done = 0, open = requests; done < requests;) {
        const auto decision
            = open > 0 ? limiter->next(now) : RateLimiter::Decision{Kind::WaitForAnswer, {}};
        if (decision.kind == Kind::Go) {
            limiter->sent(now);
            --open;
            ++course.sent;
            events.emplace(now + latency / 2, Event{});
            continue;
        }
        if (decision.kind == Kind::WaitUntil
            && (events.empty() || decision.at < events.begin()->first)) {
            now = decision.at;
            continue;
        }
        const auto [at, event] = *events.begin();
        events.erase(events.begin());
        now = at;
        if (!event.isEnd) {
            const auto refusal
                = service->take(std::chrono::floor<milliseconds>(now - start).count());
            events.emplace(now + latency / 2, Event{true, refusal});
            continue;
        }
        AnswerFacts facts;
        facts.status = 204;
        facts.duration = latency;
        if (event.refusal) {
            facts.status = 429;
            facts.retryAfter = std::chrono::seconds(*event.refusal);
            ++course.refused;
            ++open;
        } else {
            ++done;
        }
        limiter->answered(facts, now);
    }
    course.duration = std::chrono::duration_cast<milliseconds>(now - begin);
    return course;
}

} // namespace

class LearnedWindowTest final : public QObject
{
    Q_OBJECT

private slots:
    /// TRUST's figure: 500 jobs at 5 requests a second, at most 1.05 sends for each.
    void fewRequestsAreRefused_data()
    {
        QTest::addColumn<int>("requests");
        QTest::addColumn<milliseconds>("length");
        QTest::addColumn<milliseconds>("latency");
        QTest::newRow("5 a second") << 5 << 1000ms << 30ms;
        QTest::newRow("5 a second, slow") << 5 << 1000ms << 180ms;
        QTest::newRow("20 in 2 s") << 20 << 2000ms << 40ms;
        QTest::newRow("50 in 10 s") << 50 << 10'000ms << 40ms;
    }
    void fewRequestsAreRefused()
    {
        QFETCH(const int, requests);
        QFETCH(const milliseconds, length);
        QFETCH(const milliseconds, latency);
        RateLimiter limiter;
        DemoLimiter service({requests, length.count()});
        const Course course = run(&limiter, &service, 500, latency);
        RateLimiter unlearning;
        unlearning.stopLearning();
        DemoLimiter same({requests, length.count()});
        const Course before = run(&unlearning, &same, 500, latency);
        qInfo("%d sends for 500 jobs in %lld s, %d in %lld s by waiting alone", course.sent,
              static_cast<long long>(course.duration / 1s), before.sent,
              static_cast<long long>(before.duration / 1s));
        QCOMPARE_LT(course.sent, before.sent);
        QCOMPARE_LE(course.sent, 525);
        // And not by going slowly: a window that is known by its answers is longer by their ways.
        const int windows = 500 / requests;
        const auto least = length * (windows - 1) + latency * 4 * windows;
        QCOMPARE_LE(course.duration, least * 11 / 10);
    }

    void oneRefusalIsNoLimit()
    {
        RateLimiter limiter;
        DemoLimiter once({5, 1000});
        run(&limiter, &once, 6, 30ms);
        DemoLimiter generous({100'000, 1000});
        const Course course = run(&limiter, &generous, 500, 30ms, start + 1h);
        QCOMPARE_LT(course.duration, 5000ms);
    }

    void aLimitThatWasLiftedIsForgotten()
    {
        RateLimiter limiter;
        DemoLimiter strict({20, 1000});
        QCOMPARE_GT(run(&limiter, &strict, 200, 10ms).refused, 0);
        DemoLimiter generous({100'000, 1000});
        // It is widened again and again until there is none.
        run(&limiter, &generous, 10'000, 10ms, start + 1h);
        const Course free = run(&limiter, &generous, 500, 10ms, start + 9h);
        QCOMPARE_LT(free.duration, 2000ms);
    }

    void longWaitsAreNoReasonToGuess()
    {
        RateLimiter limiter;
        DemoLimiter service({20, 60'000});
        run(&limiter, &service, 60, 10ms);
        DemoLimiter generous({100'000, 1000});
        const Course course = run(&limiter, &generous, 500, 10ms, start + 1h);
        QCOMPARE_LT(course.duration, 2000ms);
    }

    void anotherConnectionStartsAnew()
    {
        RateLimiter limiter;
        DemoLimiter strict({5, 1000});
        run(&limiter, &strict, 50, 30ms);
        limiter.reset();
        DemoLimiter generous({100'000, 1000});
        QCOMPARE_LT(run(&limiter, &generous, 500, 10ms, start + 1h).duration, 2000ms);
    }
};

QTEST_GUILESS_MAIN(LearnedWindowTest)
#include "tst_learnedwindow.moc"
