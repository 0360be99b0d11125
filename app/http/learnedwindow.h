// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A limit that the service keeps and does not publish, found out from its refusals. Pure.

#include "http/clock.h"
#include "http/tier.h"

#include <optional>

namespace Jobsweep {

/// The windows of the tiers do not tell all: the service may permit fewer requests of one kind, as
/// a handful a second. Who only waits as long as each 429 asks meets the next one right after it;
/// of five requests a second every sixth would be refused.
///
/// Two stretches between refusals in a row that came to about as many requests in about the same
/// time count as a limit. After a while without a refusal it is widened, in case it is not there
/// any more, and taken back to what held when that was too much. Only of short waits and few
/// requests: where a refusal comes once in hundreds, or its wait is long, nothing is gained by
/// guessing.
class LearnedWindow
{
public:
    static constexpr int mostRequests = 100;
    static constexpr std::chrono::seconds longestLength{15};

    /// So many requests of one call were answered otherwise than with a refusal for their number.
    void answered(int sends, Instant now);
    /// A 429 said when it ends.
    void throttled(Instant pauseEnd, Instant now);
    /// From now on it stays as it is, for reckoning ahead.
    void freeze() { m_isFrozen = true; }
    /// Nothing while there is no reason to believe in one.
    [[nodiscard]] const std::optional<RateWindow> &window() const { return m_window; }

private:
    void widen();
    void takeBack();

    /// Windows without a refusal before the next widening.
    static constexpr int shortestPatience = 20;
    static constexpr int longestPatience = 160;

    std::optional<RateWindow> m_window;
    /// What the stretch before the latest refusal came to.
    std::optional<RateWindow> m_latest;
    /// Of the present stretch.
    int m_requests = 0;
    std::optional<Instant> m_begin;
    Instant m_pauseEnd = Instant::min();
    /// Requests since the window was changed.
    int m_quiet = 0;
    int m_patience = shortestPatience;
    bool m_isFrozen = false;
    /// What held before the latest widening.
    std::optional<int> m_narrower;
};

} // namespace Jobsweep
