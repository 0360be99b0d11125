// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demo service's limit on requests: a true sliding window, so an allowance comes back request
// by request and never all at once. Pure: the time is handed in.

#include <QtGlobal>

#include <deque>
#include <optional>

namespace Jobsweep {

/// At most `requests` in any stretch of `milliseconds`; no limit where requests is 0.
struct DemoWindow
{
    int requests = 0;
    qint64 milliseconds = 0;
};

class DemoLimiter final
{
public:
    explicit DemoLimiter(DemoWindow window, DemoWindow hourly = {});

    /// Counts a request that arrived at `now`, or refuses it with the whole seconds after which one
    /// is let through again (at least 1). A refused request does not count, so that waiting exactly
    /// as long as told is always enough. `now` must not go backwards.
    [[nodiscard]] std::optional<int> take(qint64 now);

private:
    class Log final
    {
    public:
        explicit Log(DemoWindow window) : m_window(window) { }

        /// Milliseconds until there is room; 0 when there is.
        [[nodiscard]] qint64 waitAt(qint64 now);
        void add(qint64 now);

    private:
        DemoWindow m_window;
        std::deque<qint64> m_times;
    };

    Log m_short;
    Log m_hourly;
};

} // namespace Jobsweep
