// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestlog.h"

#include <algorithm>

namespace Jobsweep {

void RequestLog::add(Instant end, int count)
{
    const size_t added = std::min(static_cast<size_t>(std::max(count, 0)), m_capacity);
    // Nearly always the latest one, so that nothing has to move.
    m_ends.insert(std::upper_bound(m_ends.cbegin(), m_ends.cend(), end), added, end);
    if (m_ends.size() > m_capacity) {
        const auto surplus = static_cast<std::ptrdiff_t>(m_ends.size() - m_capacity);
        m_ends.erase(m_ends.cbegin(), m_ends.cbegin() + surplus);
    }
}

std::optional<Instant> RequestLog::opensAt(const RateWindow &window, int underWay) const
{
    if (underWay >= window.requests)
        return {};
    const auto places = static_cast<size_t>(window.requests - underWay);
    if (m_ends.size() < places)
        return Instant::min();
    return m_ends[m_ends.size() - places] + window.length;
}

int RequestLog::left(const RateWindow &window, int underWay, Instant now) const
{
    const auto taken = std::distance(
        std::upper_bound(m_ends.cbegin(), m_ends.cend(), now - window.length), m_ends.cend());
    return std::max(0, window.requests - underWay - static_cast<int>(taken));
}

} // namespace Jobsweep
