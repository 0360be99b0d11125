// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"

#include <chrono>
#include <optional>

namespace Jobsweep {

/// What one answer says about pacing.
struct AnswerFacts
{
    /// HTTP status; 0 when there was no answer.
    int status = 0;
    std::optional<std::chrono::seconds> retryAfter;
    /// In [0, 1); spreads the waits of answers without Retry-After.
    double random = 0;
};

/// Decides when the connection may send its next request and how many may be under way. Pure: no
/// clock, no timer, no I/O; the caller brings the time. One limiter serves everything that shares a
/// token, listing included.
class RateLimiter
{
public:
    /// Requests under way at the start; grows by one with each full round of good answers.
    static constexpr int initialConcurrency = 2;
    /// The access manager opens this many connections to one host; beyond it requests would queue
    /// inside with their timeouts running.
    static constexpr int maximumConcurrency = 6;

    struct Decision
    {
        enum class Kind {
            Go,
            /// Not before `at`.
            WaitUntil,
            /// Enough requests are under way; ask again after an answer.
            WaitForAnswer,
        };
        Kind kind = Kind::Go;
        Instant at{};
    };

    [[nodiscard]] Decision next(Instant now) const;
    /// To be called for every request when it is sent …
    void sent(Instant now);
    /// … and once when it ended.
    void answered(const AnswerFacts &facts, Instant now);

    /// The end of the pause the service asked for; nothing when it did not ask or it is over.
    [[nodiscard]] std::optional<Instant> pausedUntil(Instant now) const;
    [[nodiscard]] int concurrency() const { return m_concurrency; }
    [[nodiscard]] int underWay() const { return m_underWay; }
    /// Forgets everything; for another connection.
    void reset();

private:
    void throttled(const AnswerFacts &facts, Instant now);

    int m_concurrency = initialConcurrency;
    int m_underWay = 0;
    int m_goodAnswers = 0;
    int m_throttledInARow = 0;
    std::optional<Instant> m_pausedUntil;
};

} // namespace Jobsweep
