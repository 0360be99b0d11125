// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Waiting for what happens on real sockets and threads.

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace Jobsweep::Testing {

/// Waits for the event that makes it true, not for a number of milliseconds: QTest::qWaitFor()
/// sleeps between two looks. False when that event does not come within a generous time.
template<typename Condition>
[[nodiscard]] bool comesTrue(Condition condition, int longestMilliseconds = 20'000)
{
    if (condition())
        return true;
    QTimer wake;
    wake.start(100);
    const QDeadlineTimer limit(longestMilliseconds);
    while (!condition() && !limit.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

} // namespace Jobsweep::Testing
