// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/clock.h"

#include <QTimer>

#include <algorithm>

namespace Jobsweep {

Instant SystemClock::now() const
{
    return std::chrono::steady_clock::now();
}

QDateTime SystemClock::utc() const
{
    return QDateTime::currentDateTimeUtc();
}

void SystemClock::callAt(Instant when, QObject *context, std::function<void()> call)
{
    using std::chrono::milliseconds;
    // QTimer holds an int of milliseconds: longer waits go in legs of a day.
    constexpr milliseconds longestLeg = std::chrono::hours(24);
    const auto wait = std::chrono::ceil<milliseconds>(std::max(when - now(), Instant::duration{}));
    const auto onTime = [this, when, context, call = std::move(call)] {
        if (now() < when)
            callAt(when, context, call);
        else
            call();
    };
    // Not QTimer::singleShot(): its timer stays until it is due, also when the context is gone, and
    // thousands of deadlines of requests that ended long ago make every other timer slow.
    auto *timer = new QTimer(context);
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(timer, &QTimer::timeout, context, [timer, onTime] {
        timer->deleteLater();
        onTime();
    });
    timer->start(std::min(wait, longestLeg));
}

} // namespace Jobsweep
