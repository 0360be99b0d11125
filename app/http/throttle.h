// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes few signals out of many: nobody can read what changes hundreds of times a second.

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

namespace Jobsweep {

/// After a request due() fires from the event loop, at once when the last one is an interval ago
/// and otherwise at the end of it: once for all requests meanwhile, and never before the last.
class Throttle final : public QObject
{
    Q_OBJECT

public:
    explicit Throttle(std::chrono::milliseconds interval, QObject *parent = nullptr)
        : QObject(parent), m_interval(interval), m_timer(this)
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_sinceLast.start();
            emit due();
        });
    }
    void request()
    {
        if (m_timer.isActive())
            return;
        const std::chrono::milliseconds passed(m_sinceLast.isValid() ? m_sinceLast.elapsed()
                                                                     : m_interval.count());
        m_timer.start(std::max(m_interval - passed, std::chrono::milliseconds(0)));
    }

signals:
    void due();

private:
    std::chrono::milliseconds m_interval;
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
};

} // namespace Jobsweep
