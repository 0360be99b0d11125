// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demolimiter.h"

#include <algorithm>

namespace Jobsweep {

DemoLimiter::DemoLimiter(DemoWindow window, DemoWindow hourly) : m_short(window), m_hourly(hourly)
{ }

std::optional<int> DemoLimiter::take(qint64 now)
{
    const qint64 wait = std::max(m_short.waitAt(now), m_hourly.waitAt(now));
    if (wait > 0) {
        return static_cast<int>((wait + 999) / 1000);
    }
    m_short.add(now);
    m_hourly.add(now);
    return std::nullopt;
}

qint64 DemoLimiter::Log::waitAt(qint64 now)
{
    while (!m_times.empty() && m_times.front() + m_window.milliseconds <= now) {
        m_times.pop_front();
    }
    if (m_window.requests <= 0 || m_times.size() < static_cast<size_t>(m_window.requests)) {
        return 0;
    }
    return m_times.front() + m_window.milliseconds - now;
}

void DemoLimiter::Log::add(qint64 now)
{
    if (m_window.requests > 0) {
        m_times.push_back(now);
    }
}

} // namespace Jobsweep
