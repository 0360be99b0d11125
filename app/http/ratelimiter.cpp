// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ratelimiter.h"

#include "http/apierror.h"
#include "http/backoff.h"

#include <algorithm>

namespace Jobsweep {

RateLimiter::Decision RateLimiter::next(Instant now) const
{
    if (const auto until = pausedUntil(now))
        return {Decision::Kind::WaitUntil, *until};
    if (m_underWay >= m_concurrency)
        return {Decision::Kind::WaitForAnswer, {}};
    return {};
}

void RateLimiter::sent(Instant /*now*/)
{
    ++m_underWay;
}

void RateLimiter::answered(const AnswerFacts &facts, Instant now)
{
    m_underWay = std::max(0, m_underWay - 1);
    if (asksToWait(facts.status, facts.retryAfter.has_value())) {
        throttled(facts, now);
        return;
    }
    const bool good = facts.status >= 200 && facts.status < 500 && facts.status != 408;
    if (!good)
        return;
    // Answers to what was sent before a 429 say nothing about the time after it.
    if (pausedUntil(now))
        return;
    m_throttledInARow = 0;
    if (++m_goodAnswers >= m_concurrency && m_concurrency < maximumConcurrency) {
        ++m_concurrency;
        m_goodAnswers = 0;
    }
}

std::optional<Instant> RateLimiter::pausedUntil(Instant now) const
{
    if (m_pausedUntil && *m_pausedUntil > now)
        return m_pausedUntil;
    return {};
}

void RateLimiter::reset()
{
    *this = {};
}

void RateLimiter::throttled(const AnswerFacts &facts, Instant now)
{
    m_concurrency = 1;
    m_goodAnswers = 0;
    const auto wait = facts.retryAfter
        ? std::chrono::milliseconds(*facts.retryAfter)
        : std::max(backoffBase, backoff(m_throttledInARow + 1, facts.random));
    ++m_throttledInARow;
    // A later 429 with a shorter wait does not shorten the pause that an earlier one asked for.
    m_pausedUntil = std::max(m_pausedUntil.value_or(now), now + wait);
}

} // namespace Jobsweep
