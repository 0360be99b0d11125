// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"

#include <QObject>
#include <QPointer>

#include <list>
#include <optional>

namespace Jobsweep::Testing {

/// A clock that stands still until the test moves it. What is due already when it is asked for runs
/// through the event loop, as with the real clock.
class FakeClock final : public Clock
{
public:
    FakeClock();

    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] QDateTime utc() const override { return m_utc; }
    void callAt(Instant when, QObject *context, std::function<void()> call) override;

    /// Moves on by `duration`, stopping at every call that falls due on the way, also at those that
    /// were asked for by such a call; equal times run in the order of asking. Between two calls no
    /// event is processed.
    void advance(std::chrono::milliseconds duration);
    /// Both clocks are later by `duration` all at once, as after a sleep; what fell due meanwhile
    /// runs then.
    void jump(std::chrono::milliseconds duration);
    /// Sets the wall clock and leaves the monotonic one alone, as when somebody sets the time.
    void setUtc(const QDateTime &utc) { m_utc = utc; }
    /// When the next call is due whose context still lives.
    [[nodiscard]] std::optional<Instant> nextDue() const;

private:
    struct Entry
    {
        Instant when;
        QPointer<QObject> context;
        std::function<void()> call;
    };

    void runDueUntil(Instant end);

    Instant m_now;
    QDateTime m_utc;
    std::list<Entry> m_entries; // sorted by time, then by asking
    QObject m_poster;
};

} // namespace Jobsweep::Testing
