// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/learnedwindow.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {
namespace {

bool areAlike(const RateWindow &a, const RateWindow &b)
{
    const auto within = [](auto one, auto other) { return 2 * one <= 3 * other; };
    return within(a.requests, b.requests) && within(b.requests, a.requests)
        && within(a.length, b.length) && within(b.length, a.length);
}

} // namespace

void LearnedWindow::answered(int sends, Instant now)
{
    // What was sent before a refusal says nothing about the time after it.
    if (m_isFrozen || now < m_pauseEnd)
        return;
    m_requests += sends;
    if (!m_begin)
        m_begin = now;
    if (!m_window)
        return;
    m_quiet += sends;
    if (m_quiet >= m_patience * m_window->requests)
        widen();
}

void LearnedWindow::throttled(Instant pauseEnd, Instant now)
{
    if (m_isFrozen)
        return;
    const bool belongsToTheLatest = now < m_pauseEnd;
    m_pauseEnd = std::max(m_pauseEnd, pauseEnd);
    if (belongsToTheLatest)
        return;
    const int requests = std::exchange(m_requests, 0);
    const auto begin = std::exchange(m_begin, std::nullopt);
    if (m_window) {
        takeBack();
        return;
    }
    if (!begin || requests > mostRequests || pauseEnd - *begin > longestLength) {
        m_latest.reset();
        return;
    }
    const RateWindow stretch{requests,
                             std::chrono::ceil<std::chrono::milliseconds>(pauseEnd - *begin)};
    if (m_latest && areAlike(*m_latest, stretch)) {
        m_window = {std::min(m_latest->requests, stretch.requests),
                    std::max(m_latest->length, stretch.length)};
        m_quiet = 0;
    }
    m_latest = stretch;
}

void LearnedWindow::widen()
{
    // The one before held.
    if (m_narrower)
        m_patience = shortestPatience;
    m_quiet = 0;
    m_narrower = m_window->requests;
    m_window->requests += std::max(1, m_window->requests / 4);
    if (m_window->requests > mostRequests)
        *this = {};
}

void LearnedWindow::takeBack()
{
    m_quiet = 0;
    if (const auto narrower = std::exchange(m_narrower, std::nullopt)) {
        m_window->requests = *narrower;
        m_patience = std::min(2 * m_patience, longestPatience);
    } else {
        m_window->requests = std::max(1, m_window->requests * 3 / 4);
    }
}

} // namespace Jobsweep
