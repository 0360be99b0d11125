// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/throttle.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace std::chrono_literals;

class TestThrottle final : public QObject
{
    Q_OBJECT

private slots:
    void theFirstRequestIsAnsweredFromTheEventLoop()
    {
        Throttle throttle(1h);
        const QSignalSpy due(&throttle, &Throttle::due);
        throttle.request();
        QVERIFY(due.isEmpty());
        QTRY_COMPARE(due.size(), 1);
    }

    void manyRequestsAreAnsweredOnce()
    {
        Throttle throttle(1h);
        const QSignalSpy due(&throttle, &Throttle::due);
        for (int request = 0; request < 100; ++request)
            throttle.request();
        QTRY_COMPARE(due.size(), 1);
        throttle.request();
        QCoreApplication::processEvents();
        QCOMPARE(due.size(), 1); // the interval is not over
    }

    void theLastRequestIsNotLost()
    {
        Throttle throttle(20ms);
        int asked = 0;
        int seen = 0;
        connect(&throttle, &Throttle::due, this, [&] {
            seen = asked;
            // Requests that come while the answer is given count for the next one.
            if (asked < 5) {
                ++asked;
                throttle.request();
            }
        });
        throttle.request();
        QTRY_COMPARE(seen, 5);
    }
};

QTEST_GUILESS_MAIN(TestThrottle)
#include "tst_throttle.moc"
