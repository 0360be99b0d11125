// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/paceforecast.h"

#include "http/ratelimiter.h"

#include <algorithm>
#include <deque>

namespace Jobsweep {
namespace {

/// Played through beside the largest window, after which what is in the log already and the slow
/// start have had their effect.
constexpr int playedBeyondWindow = 1000;

/// After so many requests everything happens again so much later.
struct Cycle
{
    int requests = RateLimiter::maximumConcurrency;
    Instant::duration length{};
};

Cycle bindingCycle(std::span<const RateWindow> windows, Instant::duration latency)
{
    const auto slowness = [](const Cycle &cycle) {
        return std::chrono::duration<double>(cycle.length).count() / cycle.requests;
    };
    Cycle binding{RateLimiter::maximumConcurrency, latency};
    for (const RateWindow &window : windows) {
        // A place is free again a window's length after the answer.
        const Cycle cycle{window.requests, window.length + latency};
        if (slowness(cycle) > slowness(binding))
            binding = cycle;
    }
    return binding;
}

/// When the n-th of `count` further requests ends, for every n.
std::vector<Instant> playedEnds(RateLimiter limiter, Instant::duration latency, int count,
                                Instant now)
{
    using std::chrono::milliseconds;
    const AnswerFacts answer{.status = 200,
                             .retryAfter = {},
                             .random = 0,
                             .sends = 1,
                             .duration = std::chrono::duration_cast<milliseconds>(latency),
                             .namedTier = {}};
    // Good answers that are made up must not widen it.
    limiter.stopLearning();
    std::deque<Instant> underWay(static_cast<size_t>(limiter.underWay()), now + latency);
    std::vector<Instant> ends;
    ends.reserve(static_cast<size_t>(count));
    while (ends.size() < static_cast<size_t>(count)) {
        const RateLimiter::Decision decision = limiter.next(now);
        if (decision.kind == RateLimiter::Decision::Kind::Go) {
            limiter.sent(now);
            underWay.push_back(now + latency);
            ends.push_back(now + latency);
            continue;
        }
        const bool waitsForTime = decision.kind == RateLimiter::Decision::Kind::WaitUntil;
        if (!underWay.empty() && (!waitsForTime || underWay.front() <= decision.at)) {
            now = std::max(now, underWay.front());
            underWay.pop_front();
            limiter.answered(answer, now);
        } else {
            now = decision.at;
        }
    }
    return ends;
}

} // namespace

std::chrono::milliseconds forecast(const RateLimiter &limiter, std::span<const RateWindow> windows,
                                   Instant::duration latency, int requests, Instant now)
{
    if (requests <= 0)
        return {};
    const Cycle cycle = bindingCycle(windows, latency);
    int largest = cycle.requests;
    for (const RateWindow &window : windows)
        largest = std::max(largest, window.requests);
    const int played = std::min(requests, largest + playedBeyondWindow);
    const std::vector<Instant> ends = playedEnds(limiter, latency, played, now);
    const int cycles = (requests - played + cycle.requests - 1) / cycle.requests;
    const int counterpart = requests - cycles * cycle.requests;
    const Instant last = ends.at(static_cast<size_t>(counterpart - 1)) + cycles * cycle.length;
    return std::chrono::ceil<std::chrono::milliseconds>(last - now);
}

} // namespace Jobsweep
