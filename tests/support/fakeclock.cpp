// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

#include <algorithm>

namespace Jobsweep::Testing {

FakeClock::FakeClock()
    : m_now(std::chrono::hours(1000)), m_utc(QDate(2026, 3, 2), QTime(10, 0), Qt::UTC)
{ }

void FakeClock::callAt(Instant when, QObject *context, std::function<void()> call)
{
    const auto later = std::find_if(m_entries.begin(), m_entries.end(),
                                    [when](const Entry &entry) { return entry.when > when; });
    m_entries.insert(later, Entry{when, context, std::move(call)});
    if (when <= m_now) {
        QMetaObject::invokeMethod(
            &m_poster, [this] { runDueUntil(m_now); }, Qt::QueuedConnection);
    }
}

void FakeClock::advance(std::chrono::milliseconds duration)
{
    const Instant end = m_now + duration;
    const QDateTime utcEnd = m_utc.addMSecs(duration.count());
    runDueUntil(end);
    m_now = end;
    m_utc = utcEnd;
}

void FakeClock::jump(std::chrono::milliseconds duration)
{
    m_now += duration;
    m_utc = m_utc.addMSecs(duration.count());
    runDueUntil(m_now);
}

std::optional<Instant> FakeClock::nextDue() const
{
    for (const Entry &entry : m_entries) {
        if (entry.context)
            return entry.when;
    }
    return {};
}

void FakeClock::runDueUntil(Instant end)
{
    while (!m_entries.empty() && m_entries.front().when <= end) {
        const Entry entry = std::move(m_entries.front());
        m_entries.pop_front();
        if (!entry.context)
            continue;
        if (entry.when > m_now) {
            using std::chrono::milliseconds;
            m_utc = m_utc.addMSecs(
                std::chrono::duration_cast<milliseconds>(entry.when - m_now).count());
            m_now = entry.when;
        }
        entry.call();
    }
}

} // namespace Jobsweep::Testing
