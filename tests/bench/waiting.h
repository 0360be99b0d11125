// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QTimer>

#include <chrono>

namespace Jobsweep::Bench {

inline constexpr int mostMilliseconds = 3'600'000;

/// Runs the event loop until `condition` holds after a signal; false when it never does.
/// QTest::qWaitFor() sleeps 10 ms between two looks and would measure that.
template<typename Sender, typename Signal, typename Condition>
[[nodiscard]] bool waitUntil(const Sender &sender, Signal signal, Condition condition)
{
    if (condition())
        return true;
    QEventLoop loop;
    QObject::connect(&sender, signal, &loop, [&loop, &condition] {
        if (condition())
            loop.quit();
    });
    QTimer::singleShot(mostMilliseconds, &loop, [&loop] { loop.exit(1); });
    return loop.exec() == 0;
}

/// Runs the event loop for so long.
inline void waitFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace Jobsweep::Bench
