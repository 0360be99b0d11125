// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long so many requests will take: the limiter's own rules, played through ahead of time.

#include "http/clock.h"
#include "http/tier.h"

#include <span>

namespace Jobsweep {

class RateLimiter;

/// Until the last of `requests` further ones is answered, when every answer takes `latency`. Plays
/// some thousands through and goes on from there in whole windows of the limit that binds in the
/// long run: once it is reached, its bursts repeat.
[[nodiscard]] std::chrono::milliseconds forecast(const RateLimiter &limiter,
                                                 std::span<const RateWindow> windows,
                                                 Instant::duration latency, int requests,
                                                 Instant now);

} // namespace Jobsweep
