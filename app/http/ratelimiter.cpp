// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ratelimiter.h"

#include "http/apierror.h"
#include "http/backoff.h"
#include "http/paceforecast.h"

#include <algorithm>

namespace Jobsweep {
namespace {

size_t largestNumber(const TierLimits &limits)
{
    int largest = LearnedWindow::mostRequests;
    for (const auto &[tier, windows] : limits) {
        for (const RateWindow &window : windows)
            largest = std::max(largest, window.requests);
    }
    return static_cast<size_t>(largest);
}

} // namespace

RateLimiter::RateLimiter(TierLimits limits)
    : m_limits(std::move(limits)), m_log(largestNumber(m_limits))
{ }

std::optional<Tier> RateLimiter::effectiveTier() const
{
    return m_tier == Tier::Detect ? m_detectedTier : m_tier;
}

void RateLimiter::setTier(Tier tier)
{
    m_tier = tier;
    updateWindows();
}

void RateLimiter::setDetectedTier(std::optional<Tier> tier)
{
    m_detectedTier = tier;
    updateWindows();
}

RateLimiter::Decision RateLimiter::next(Instant now) const
{
    const auto pauseEnd = pausedUntil(now);
    const auto opening = openingOfWindows();
    const bool needsAnswer = m_underWay >= m_concurrency || !opening;
    if (needsAnswer && !pauseEnd)
        return {Decision::Kind::WaitForAnswer, {}};
    const Instant at = std::max(pauseEnd.value_or(now), opening.value_or(now));
    if (at > now)
        return {Decision::Kind::WaitUntil, at};
    return {};
}

void RateLimiter::sent(Instant /*now*/)
{
    ++m_underWay;
}

void RateLimiter::answered(const AnswerFacts &facts, Instant now)
{
    m_underWay = std::max(0, m_underWay - 1);
    m_log.add(now, facts.sends);
    if (facts.namedTier)
        setDetectedTier(facts.namedTier);
    if (asksToWait(facts.status, facts.retryAfter.has_value())) {
        throttled(facts, now);
        return;
    }
    const bool good = facts.status >= 200 && facts.status < 500 && facts.status != 408;
    if (!good)
        return;
    measure(facts);
    m_learned.answered(facts.sends, now);
    updateWindows();
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

std::optional<Instant> RateLimiter::windowOpensAt(Instant now) const
{
    const auto opening = openingOfWindows();
    return opening && *opening > now ? opening : std::nullopt;
}

int RateLimiter::sendableNow(Instant now) const
{
    if (pausedUntil(now))
        return 0;
    int sendable = maximumSendable;
    for (const RateWindow &window : m_windows)
        sendable = std::min(sendable, m_log.left(window, m_underWay, now));
    return sendable;
}

Allowance RateLimiter::allowance(Instant now) const
{
    Allowance allowance;
    for (const RateWindow &window : windowsOfTier()) {
        const int left = m_log.left(window, m_underWay, now);
        if (window.length <= std::chrono::minutes(1)) {
            allowance.minute = left;
            allowance.minuteTotal = window.requests;
        } else {
            allowance.hour = left;
            allowance.hourTotal = window.requests;
        }
    }
    return allowance;
}

std::optional<std::chrono::milliseconds> RateLimiter::timeFor(int requests, Instant now) const
{
    if (m_windows.empty() && !m_latency)
        return {};
    return forecast(*this, m_windows, m_latency.value_or(assumedLatency), requests, now);
}

void RateLimiter::restore(const QList<RequestCount> &counts, const QDateTime &utcNow, Instant now)
{
    for (const RequestCount &count : counts) {
        const std::chrono::milliseconds age(std::max<qint64>(0, count.at.msecsTo(utcNow)));
        m_log.add(now - age, count.requests);
    }
}

void RateLimiter::restorePause(Instant until)
{
    m_pausedUntil = std::max(m_pausedUntil.value_or(until), until);
}

void RateLimiter::reset()
{
    const Tier tier = m_tier;
    *this = RateLimiter(std::move(m_limits));
    setTier(tier);
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
    if (facts.retryAfter) {
        m_learned.throttled(*m_pausedUntil, now);
        updateWindows();
    }
}

void RateLimiter::measure(const AnswerFacts &facts)
{
    constexpr int memory = 8; // an answer weighs an eighth, as in TCP's round-trip estimate
    if (m_latency)
        *m_latency += (facts.duration - *m_latency) / memory;
    else
        m_latency = facts.duration;
}

std::span<const RateWindow> RateLimiter::windowsOfTier() const
{
    const auto tier = effectiveTier();
    const auto found = tier ? m_limits.find(*tier) : m_limits.end();
    if (found == m_limits.end())
        return {};
    return found->second;
}

void RateLimiter::updateWindows()
{
    const auto ofTier = windowsOfTier();
    m_windows.assign(ofTier.begin(), ofTier.end());
    if (const auto &learned = m_learned.window())
        m_windows.push_back(*learned);
}

std::optional<Instant> RateLimiter::openingOfWindows() const
{
    Instant latest = Instant::min();
    for (const RateWindow &window : m_windows) {
        const auto opening = m_log.opensAt(window, m_underWay);
        if (!opening)
            return {};
        latest = std::max(latest, *opening);
    }
    return latest;
}

} // namespace Jobsweep
