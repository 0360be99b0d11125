// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

class QObject;

namespace Jobsweep {

using Instant = std::chrono::steady_clock::time_point;

/// Time as the program sees it, so that tests can put hours into a millisecond.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    /// Monotonic; for waits and durations.
    [[nodiscard]] virtual Instant now() const = 0;
    /// Wall clock, UTC; for records and for what people read.
    [[nodiscard]] virtual QDateTime utc() const = 0;
    /// Runs `call` once on the caller's thread, not before `when` and never from inside this call,
    /// unless `context` has been destroyed by then.
    virtual void callAt(Instant when, QObject *context, std::function<void()> call) = 0;
};

/// The real clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] QDateTime utc() const override;
    void callAt(Instant when, QObject *context, std::function<void()> call) override;
};

} // namespace Jobsweep
