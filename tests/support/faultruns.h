// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests that deal faults share: how many seeds a row gets, how they wait, whether the
// event loop stays alive meanwhile, and the figures that they print at their end.

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace Jobsweep::Testing {

/// How many times a row is dealt, each from another seed. Few, so that the tests stay quick, unless
/// the environment asks for more: JOBSWEEP_FAULT_SEEDS=20.
[[nodiscard]] inline int seedsPerRow()
{
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("JOBSWEEP_FAULT_SEEDS", &isNumber);
    return isNumber && asked > 0 ? asked : 3;
}

/// Runs a row with each of its seeds, up to the first one that fails the test, and names that one.
inline void withEachSeed(const std::function<void(quint32 seed)> &run)
{
    for (int seed = 1; seed <= seedsPerRow(); ++seed) {
        run(static_cast<quint32>(seed));
        if (QTest::currentTestFailed()) {
            qInfo("It was seed %d", seed);
            return;
        }
    }
}

/// The longest time between two turns of the event loop while a test waits.
class Heartbeat final
{
public:
    /// In ms. Generous, as the machine may have others to serve.
    static constexpr qint64 longestAllowed = 1000;

    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(interval);
        m_timer.callOnTimeout(&m_timer, [this] { beat(); });
    }
    void begin()
    {
        m_sinceLast.start();
        m_timer.start();
    }
    void end()
    {
        beat();
        m_timer.stop();
    }
    /// In ms.
    [[nodiscard]] qint64 worst() const { return m_worst; }

private:
    static constexpr int interval = 5;

    void beat() { m_worst = std::max(m_worst, m_sinceLast.restart() - interval); }

    QTimer m_timer;
    QElapsedTimer m_sinceLast;
    qint64 m_worst = 0;
};

/// Waits for the event that makes it true, not for a number of milliseconds; asks again with every
/// event and with every beat.
[[nodiscard]] inline bool comesTrue(Heartbeat *heartbeat, const std::function<bool()> &condition)
{
    constexpr int longestWait = 20'000;
    const QDeadlineTimer limit(longestWait);
    heartbeat->begin();
    while (!condition() && !limit.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    heartbeat->end();
    return condition();
}

/// Where a QTemporaryDir is kept in memory, if the system has a place for that: thousands of
/// histories would wait for the disk longer than for anything else.
[[nodiscard]] inline QString templateOfFolderInMemory()
{
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    const QString folder = memory.isWritable() ? memory.filePath() : QDir::tempPath();
    return folder + QStringLiteral("/jobsweep-XXXXXX");
}

/// What is counted over all rows of a test; all but the first two have to stay 0.
struct FaultFigures
{
    int rows = 0;
    int injected = 0;
    /// Jobs without an outcome at the end.
    int lost = 0;
    /// Called gone, and the service has them.
    int falseDeleted = 0;
    /// Called not deleted, and our DELETE has deleted them.
    int falseFailed = 0;
    /// DELETEs of jobs that nobody confirmed.
    int wrongDeletes = 0;
    /// Requests before the time that the service named.
    int earlySends = 0;
    /// With a healthy service, and after Check Again.
    int unknownAtEnd = 0;

    [[nodiscard]] int violations() const
    {
        return lost + falseDeleted + falseFailed + wrongDeletes + earlySends + unknownAtEnd;
    }
    void print(const Heartbeat &heartbeat) const
    {
        qInfo("Figures: %d rows, %d faults injected, %d lost, %d false deleted, %d false failed, "
              "%d wrong deletes, %d early sends, %d unknown at the end, longest turn %lld ms",
              rows, injected, lost, falseDeleted, falseFailed, wrongDeletes, earlySends,
              unknownAtEnd, static_cast<long long>(heartbeat.worst()));
    }
};

} // namespace Jobsweep::Testing
