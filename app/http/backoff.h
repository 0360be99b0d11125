// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace Jobsweep {

/// Gives the next random number in [0, 1).
using Randomness = std::function<double()>;

inline constexpr std::chrono::milliseconds backoffBase{1000};
inline constexpr std::chrono::milliseconds backoffCap{60'000};

/// Capped exponential back-off with full jitter: a random time up to base · 2^attempt, at most the
/// cap. `attempt` counts from 0.
[[nodiscard]] std::chrono::milliseconds backoff(int attempt, double random);

/// The generator that the program uses.
[[nodiscard]] Randomness systemRandomness();

} // namespace Jobsweep
