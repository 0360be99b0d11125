// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "http/learnedwindow.h"
#include "http/requestcount.h"
#include "http/requestlog.h"
#include "http/tier.h"

#include <QList>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace Jobsweep {

/// What one answer says about pacing.
struct AnswerFacts
{
    /// HTTP status; 0 when there was no answer.
    int status = 0;
    std::optional<std::chrono::seconds> retryAfter;
    /// In [0, 1); spreads the waits of answers without Retry-After.
    double random = 0;
    /// How often the request was put on the wire; it takes that many places in every window.
    int sends = 1;
    /// From sending to the end.
    std::chrono::milliseconds duration{};
    /// The tier that a 429 named.
    std::optional<Tier> namedTier = std::nullopt;
};

/// How many requests the windows still permit; nothing where the tier has no such window or is not
/// known.
struct Allowance
{
    /// Of the window of up to a minute …
    std::optional<int> minute;
    int minuteTotal = 0;
    /// … and of the longer one.
    std::optional<int> hour;
    int hourTotal = 0;

    friend bool operator==(const Allowance &, const Allowance &) = default;
};

/// Decides when the connection may send its next request and how many may be under way. Pure: no
/// clock, no timer, no I/O; the caller brings the time, which never goes backwards. One limiter
/// serves everything that shares a token, listing included.
///
/// With a known tier it lets requests go as fast as the tier's sliding windows permit: a burst
/// while there is allowance, then as old requests leave the window. See RequestLog for why the
/// service then never has a reason to answer 429, unless somebody else uses the same allowance or
/// the network access repeats a request by itself, or keeps a limit that it does not publish: that
/// one is found out, see LearnedWindow.
class RateLimiter
{
public:
    /// Requests under way at the start; grows by one with each full round of good answers.
    static constexpr int initialConcurrency = 2;
    /// The access manager opens this many connections to one host; beyond it requests would queue
    /// inside with their timeouts running.
    static constexpr int maximumConcurrency = 6;
    /// sendableNow() is never more.
    static constexpr int maximumSendable = 64;
    /// What timeFor() reckons with until an answer was measured.
    static constexpr std::chrono::milliseconds assumedLatency{250};

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

    /// With other limits than the published ones for a service that has others.
    explicit RateLimiter(TierLimits limits = publishedLimits());

    /// The tier to go by; Detect goes by detectedTier().
    void setTier(Tier tier);
    [[nodiscard]] Tier tier() const { return m_tier; }
    /// The one that the latest 429 named, or that is remembered from an earlier session.
    [[nodiscard]] std::optional<Tier> detectedTier() const { return m_detectedTier; }
    void setDetectedTier(std::optional<Tier> tier);
    /// The tier whose windows hold now; nothing while it is not known.
    [[nodiscard]] std::optional<Tier> effectiveTier() const;

    [[nodiscard]] Decision next(Instant now) const;
    /// To be called for every request when it is sent …
    void sent(Instant now);
    /// … and once when it ended.
    void answered(const AnswerFacts &facts, Instant now);

    /// The end of the pause the service asked for; nothing when it did not ask or it is over.
    [[nodiscard]] std::optional<Instant> pausedUntil(Instant now) const;
    /// When the windows have a place for the next request, pauses and concurrency aside; nothing
    /// when they have one now, or when that depends on requests under way.
    [[nodiscard]] std::optional<Instant> windowOpensAt(Instant now) const;
    /// How many requests could leave now one after the other by the windows alone; none during a
    /// pause.
    [[nodiscard]] int sendableNow(Instant now) const;
    [[nodiscard]] Allowance allowance(Instant now) const;
    /// How long so many further requests would take from now: the windows with what is already in
    /// them, a running pause, concurrency and the typical latency taken into account. Nothing while
    /// neither a tier nor a latency is known. Takes about a millisecond: not for every answer.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeFor(int requests, Instant now) const;

    [[nodiscard]] int concurrency() const { return m_concurrency; }
    [[nodiscard]] int underWay() const { return m_underWay; }
    /// How many past requests are remembered; bounded by the largest window of any tier.
    [[nodiscard]] size_t remembered() const { return m_log.size(); }

    /// Adds what an earlier session sent. What lies in the future, by a clock that was set back,
    /// counts as sent just now.
    void restore(const QList<RequestCount> &counts, const QDateTime &utcNow, Instant now);
    /// Adds the pause that the service asked an earlier session for; shortens none.
    void restorePause(Instant until);
    /// From now on answers say nothing about a limit that is not published, for reckoning ahead.
    void stopLearning() { m_learned.freeze(); }
    /// Forgets everything but the limits and the chosen tier; for another connection.
    void reset();

private:
    void throttled(const AnswerFacts &facts, Instant now);
    void measure(const AnswerFacts &facts);
    [[nodiscard]] std::span<const RateWindow> windowsOfTier() const;
    /// To be called whenever what m_windows is made of has changed.
    void updateWindows();
    /// The latest of all windows; see RequestLog::opensAt().
    [[nodiscard]] std::optional<Instant> openingOfWindows() const;

    TierLimits m_limits;
    Tier m_tier = Tier::Detect;
    std::optional<Tier> m_detectedTier;
    RequestLog m_log;
    LearnedWindow m_learned;
    /// Those of the tier and the one that was found out.
    std::vector<RateWindow> m_windows;
    int m_concurrency = initialConcurrency;
    int m_underWay = 0;
    int m_goodAnswers = 0;
    int m_throttledInARow = 0;
    std::optional<Instant> m_pausedUntil;
    /// Smoothed over the answers.
    std::optional<Instant::duration> m_latency;
};

} // namespace Jobsweep
