// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the limiter remembers of its own requests, as far as sliding windows ask for it. Pure.

#include "http/clock.h"
#include "http/tier.h"

#include <deque>

namespace Jobsweep {

/// The ends of the latest requests. The service saw each of them at some time between its sending
/// and its end, so only the end is a safe bound: a request takes a place in a window while it is
/// under way and until a window's length after its end. Who never lets more than the window's
/// number take a place can then not overstep it, whatever the latencies are.
///
/// For n requests a window only the latest n ends matter, so no more than that is kept.
class RequestLog
{
public:
    explicit RequestLog(size_t capacity) : m_capacity(capacity) { }

    /// So many requests were seen by the service no later than `end`. Any order of ends.
    void add(Instant end, int count);

    /// When the window has a place for one more beside so many under way; a time in the past when
    /// it has one now. Nothing when those under way alone fill it.
    [[nodiscard]] std::optional<Instant> opensAt(const RateWindow &window, int underWay) const;
    /// Places left in the window.
    [[nodiscard]] int left(const RateWindow &window, int underWay, Instant now) const;
    [[nodiscard]] size_t size() const { return m_ends.size(); }

private:
    size_t m_capacity;
    std::deque<Instant> m_ends; // sorted
};

} // namespace Jobsweep
