// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What benchmarks measure of the process that they run in.

#include <QElapsedTimer>
#include <QFile>
#include <QList>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace Jobsweep::Bench {

/// Gaps between the turns of the event loop, in ms.
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
        m_clock.start();
        m_timer.start();
    }
    /// Forgets what was.
    void restart()
    {
        m_gaps.clear();
        m_clock.restart();
    }
    [[nodiscard]] double quantile(double share)
    {
        std::ranges::sort(m_gaps);
        const auto last = static_cast<double>(m_gaps.size() - 1);
        return m_gaps.empty() ? 0 : m_gaps[static_cast<size_t>(share * last)];
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

/// The most memory that this process ever had.
[[nodiscard]] inline long peakMemoryKilobytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').at(1).toLong();
    }
    return 0;
}

} // namespace Jobsweep::Bench
