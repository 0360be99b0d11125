// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Moves a fake clock for a client on a real wire: only when both ends wait for time alone.

#include "http/restclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faults.h"
#include "tests/support/wiresends.h"

#include <chrono>

namespace Jobsweep::Testing {

/// To be asked again and again from comesTrue().
class PassingTime final
{
public:
    /// The references must outlive this object.
    PassingTime(FakeClock &clock, const RestClient &client, const RateLimiter &limiter,
                const WireSends &sends)
        : m_clock(clock), m_client(client), m_limiter(limiter), m_sends(sends)
    { }

    /// Goes to what is due next when nothing has been under way for some turns of the event loop.
    void goOn()
    {
        // An answer takes some turns to get to whoever asked.
        constexpr int turnsOfAnAnswer = 4;
        const auto due = m_clock.nextDue();
        const bool isQuiet = m_limiter.underWay() == 0 && due && *due > m_clock.now();
        m_quietTurns = isQuiet ? m_quietTurns + 1 : 0;
        if (m_quietTurns > turnsOfAnAnswer)
            goTo(*due);
    }
    /// Counts what is sent before the end of a pause that the service asked for.
    void goTo(Instant when)
    {
        const auto tick = std::chrono::milliseconds(1);
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(when - m_clock.now());
        const bool isPause = m_client.pausedUntil() == when;
        const qsizetype before = m_sends.made();
        if (wait > tick)
            m_clock.advance(wait - tick);
        if (isPause)
            m_early += static_cast<int>(m_sends.made() - before);
        m_clock.advance(std::min(wait, tick));
    }
    /// Passes the deadline of the only request under way, whose answer ends in that way, once both
    /// sides know of it all that they will. `arrived` is how many requests the service has got.
    bool passDeadline(Injection::End end, qsizetype arrived)
    {
        const bool isKnown = m_limiter.underWay() == 1 && m_sends.sent() >= arrived;
        if (!isKnown || (end != Injection::End::AtDeadline && !m_sends.hasStatus()))
            return false;
        m_clock.advance(RestClient::deadline);
        return true;
    }
    [[nodiscard]] int earlySends() const { return m_early; }

private:
    FakeClock &m_clock;
    const RestClient &m_client;
    const RateLimiter &m_limiter;
    const WireSends &m_sends;
    int m_quietTurns = 0;
    int m_early = 0;
};

} // namespace Jobsweep::Testing
