// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The subscription tiers of the iTwin Platform and how many requests each permits. A tier belongs
// to the OAuth client that obtained the token (developer.bentley.com/apis/overview/rate-limits).

#include <QString>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace Jobsweep {

enum class Tier {
    /// Not told: nothing is paced until the service names the tier in a 429.
    Detect,
    Community,
    Standard,
    Premium,
    Custom,
};

/// At most `requests` in any stretch of time as long as `length`; both are positive.
struct RateWindow
{
    int requests = 0;
    std::chrono::milliseconds length{};

    friend bool operator==(const RateWindow &, const RateWindow &) = default;
};

/// Every window of a tier holds at the same time; a tier without an entry has none.
using TierLimits = std::map<Tier, std::vector<RateWindow>>;

/// What the service publishes.
[[nodiscard]] TierLimits publishedLimits();

/// The name that the service uses, also in ITwinPlatform-RateLimited-Tier; "Detect" for Detect.
[[nodiscard]] QString textOf(Tier tier);
/// The tier of that name in any case, also of the older names Trial and Basic; nothing for any
/// other name, and for "Detect", which no service says.
[[nodiscard]] std::optional<Tier> tierFromName(const QString &name);

} // namespace Jobsweep
