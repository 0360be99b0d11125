// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"

#include <algorithm>

namespace Jobsweep {

/// The time between a confirmation and the first request, in which a run can be undone. Stands
/// still while it is paused, so that nobody has to be quick (WCAG 2.2.1).
class Hold final
{
public:
    /// The longest that a person can choose.
    static constexpr std::chrono::seconds longest{30};

    Hold(Instant now, std::chrono::milliseconds length) : m_until(now + length) { }

    void pause(Instant now)
    {
        if (!m_isPaused)
            m_left = left(now);
        m_isPaused = true;
    }
    void resume(Instant now)
    {
        if (m_isPaused)
            m_until = now + m_left;
        m_isPaused = false;
    }

    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    [[nodiscard]] bool isOver(Instant now) const { return !m_isPaused && m_until <= now; }
    /// While it is not paused.
    [[nodiscard]] Instant until() const { return m_until; }
    [[nodiscard]] std::chrono::milliseconds left(Instant now) const
    {
        if (m_isPaused)
            return m_left;
        using std::chrono::milliseconds;
        return std::max(std::chrono::ceil<milliseconds>(m_until - now), milliseconds{});
    }

private:
    Instant m_until;
    std::chrono::milliseconds m_left{};
    bool m_isPaused = false;
};

} // namespace Jobsweep
