// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demolimiter.h"

#include <QTest>

using namespace Jobsweep;

namespace {

/// A request at a time and the wait it is told; 0 when it is let through.
struct Step
{
    qint64 now;
    int wait;
};

} // namespace

class TestDemoLimiter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void waitingAsToldIsEnough();
};

void TestDemoLimiter::answers_data()
{
    QTest::addColumn<DemoWindow>("window");
    QTest::addColumn<DemoWindow>("hourly");
    QTest::addColumn<QList<Step>>("steps");

    const DemoWindow none;
    const DemoWindow threeInTen{3, 10'000};
    QTest::newRow("no limit") << none << none << QList<Step>{{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    QTest::newRow("burst") << threeInTen << none << QList<Step>{{0, 0}, {0, 0}, {0, 0}, {0, 10}};
    QTest::newRow("slides, does not reset")
        << threeInTen << none << QList<Step>{{0, 0},      {6'000, 0},  {9'000, 0}, {10'000, 0},
                                             {10'000, 6}, {16'000, 0}, {16'000, 3}};
    QTest::newRow("rounds up") << threeInTen << none
                               << QList<Step>{{0, 0},     {0, 0},     {0, 0},
                                              {9'001, 1}, {9'999, 1}, {10'000, 0}};
    QTest::newRow("refused ones do not count")
        << threeInTen << none
        << QList<Step>{{0, 0},      {0, 0},      {0, 0},      {5'000, 5},  {5'000, 5},
                       {10'000, 0}, {10'000, 0}, {10'000, 0}, {10'000, 10}};
    QTest::newRow("the hour alone")
        << none << DemoWindow{2, 3'600'000} << QList<Step>{{0, 0}, {1'000, 0}, {2'000, 3598}};
    QTest::newRow("the longer wait of both")
        << threeInTen << DemoWindow{4, 3'600'000}
        << QList<Step>{{0, 0}, {0, 0}, {0, 0}, {1'000, 9}, {10'000, 0}, {10'000, 3590}};
}

void TestDemoLimiter::answers()
{
    QFETCH(const DemoWindow, window);
    QFETCH(const DemoWindow, hourly);
    QFETCH(const QList<Step>, steps);
    DemoLimiter limiter(window, hourly);
    for (const Step &step : steps) {
        QCOMPARE(limiter.take(step.now).value_or(0), step.wait);
    }
}

void TestDemoLimiter::waitingAsToldIsEnough()
{
    DemoLimiter limiter({5, 3'000});
    qint64 now = 0;
    for (int i = 0; i < 200; ++i) {
        now += 37;
        if (const auto wait = limiter.take(now)) {
            now += *wait * 1000;
            QVERIFY(!limiter.take(now));
        }
    }
}

QTEST_GUILESS_MAIN(TestDemoLimiter)
#include "tst_demolimiter.moc"
