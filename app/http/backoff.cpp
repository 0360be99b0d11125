// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Jobsweep {

std::chrono::milliseconds backoff(int attempt, double random)
{
    constexpr int attemptsToCap = 6; // 1 s · 2^6 is already beyond the cap
    const auto longest
        = std::min(backoffBase * (1 << std::clamp(attempt, 0, attemptsToCap)), backoffCap);
    return std::chrono::milliseconds(
        static_cast<qint64>(static_cast<double>(longest.count()) * std::clamp(random, 0.0, 1.0)));
}

Randomness systemRandomness()
{
    return [] { return QRandomGenerator::global()->generateDouble(); };
}

} // namespace Jobsweep
