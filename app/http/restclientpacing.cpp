// SPDX-License-Identifier: GPL-3.0-or-later

// The client's side of pacing: when what waits may go, and who is told.

#include "http/restclient.h"

#include <algorithm>

namespace Jobsweep {

bool RestClient::isReady() const
{
    return m_waiting.empty()
        && m_limiter.next(m_clock.now()).kind == RateLimiter::Decision::Kind::Go;
}

std::optional<Instant> RestClient::pausedUntil() const
{
    return m_limiter.pausedUntil(m_clock.now());
}

std::optional<AskedPause> RestClient::askedPause() const
{
    const auto until = pausedUntil();
    if (!until)
        return {};
    const QDateTime now = m_clock.utc();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - m_clock.now());
    return AskedPause{now, now.addMSecs(left.count())};
}

void RestClient::setTier(Tier tier)
{
    if (tier == m_limiter.tier())
        return;
    m_limiter.setTier(tier);
    paceAnew();
}

void RestClient::setDetectedTier(Tier tier)
{
    if (tier == m_limiter.detectedTier())
        return;
    m_limiter.setDetectedTier(tier);
    paceAnew();
}

void RestClient::rememberRequests(const QList<RequestCount> &counts)
{
    m_limiter.restore(counts, m_clock.utc(), m_clock.now());
    paceAnew();
}

void RestClient::rememberPause(const AskedPause &pause)
{
    const auto left = pause.leftAt(m_clock.utc());
    if (left.count() == 0)
        return;
    m_limiter.restorePause(m_clock.now() + left);
    paceAnew();
    watchPause();
}

/// The rules changed: what waits may go earlier or later than it was told.
void RestClient::paceAnew()
{
    emit allowanceChanged();
    m_lookAt.reset();
    QMetaObject::invokeMethod(this, &RestClient::goOn, Qt::QueuedConnection);
}

std::optional<Instant> RestClient::nextAt() const
{
    return m_limiter.windowOpensAt(m_clock.now());
}

int RestClient::sendableNow() const
{
    return std::max(0, m_limiter.sendableNow(m_clock.now()) - static_cast<int>(m_waiting.size()));
}

Allowance RestClient::allowance() const
{
    return m_limiter.allowance(m_clock.now());
}

std::optional<std::chrono::milliseconds> RestClient::timeFor(int requests) const
{
    return m_limiter.timeFor(requests + static_cast<int>(m_waiting.size()), m_clock.now());
}

void RestClient::goOn()
{
    watchPause();
    sendWaiting();
    if (isReady())
        emit ready();
}

/// Announces the beginning and the end of a pause, and sends what waited for its end.
void RestClient::watchPause()
{
    const auto until = pausedUntil();
    if (!until) {
        if (std::exchange(m_wasPaused, false)) {
            emit pauseChanged();
            goOn();
        }
        return;
    }
    m_wasPaused = true;
    emit pauseChanged();
    m_clock.callAt(*until, this, [this] { watchPause(); });
}

/// Goes on when the tier's windows let the next request leave, whether or not an answer comes.
void RestClient::watchWindows()
{
    if (pausedUntil())
        return; // its end leads here again
    const RateLimiter::Decision decision = m_limiter.next(m_clock.now());
    const bool isWatched = m_lookAt && *m_lookAt <= decision.at;
    if (decision.kind != RateLimiter::Decision::Kind::WaitUntil || isWatched)
        return;
    m_lookAt = decision.at;
    m_clock.callAt(decision.at, this, [this, at = decision.at] {
        if (m_lookAt == at) {
            m_lookAt.reset();
            goOn();
        }
    });
}

} // namespace Jobsweep
