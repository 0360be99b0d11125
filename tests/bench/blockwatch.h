// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace Jobsweep::Bench {

/// How long the event loop of its thread did not turn, in ms, since restart().
class BlockWatch final : public QObject
{
public:
    BlockWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - 1);
            m_clock.restart();
        });
        restart();
        m_timer.start();
    }

    void restart()
    {
        m_gaps.clear();
        m_clock.start();
    }
    /// quantile(1) is the longest.
    [[nodiscard]] double quantile(double share)
    {
        if (m_gaps.empty())
            return 0;
        std::ranges::sort(m_gaps);
        const auto last = static_cast<double>(m_gaps.size() - 1);
        return m_gaps[static_cast<size_t>(share * last)];
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

} // namespace Jobsweep::Bench
