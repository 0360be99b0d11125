// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/requestmemory.h"

#include "http/whendone.h"

namespace Jobsweep {

RequestMemory::RequestMemory(History &history, RestClient &client, Clock &clock, QObject *parent)
    : QObject(parent), m_history(history), m_client(client), m_clock(clock), m_since(clock.utc())
{
    connect(&client, &RestClient::requestsSent, this, [this](const RequestCount &count) {
        m_history.countRequests(m_client.address().origin(), count);
    });
    connect(&client, &RestClient::addressChanged, this, &RequestMemory::beginAnew);
    connect(&history, &History::failureChanged, this, &RequestMemory::recallIfPossible);
    recallIfPossible();
}

void RequestMemory::beginAnew()
{
    m_since = m_clock.utc();
    m_isRecalled = false;
    recallIfPossible();
}

void RequestMemory::recallIfPossible()
{
    if (m_isRecalled || m_history.failure())
        return;
    m_isRecalled = true;
    const QString origin = m_client.address().origin();
    const QDateTime begin = m_clock.utc().addSecs(-reach.count());
    whenDone(m_history.requestsSince(origin, begin), this,
             [this, since = m_since](QList<RequestCount> counts) {
                 if (since != m_since)
                     return;
                 // What this session sent is known. What lies ahead of the clock an earlier one
                 // sent, before somebody set the clock back.
                 const QDateTime now = m_clock.utc().addSecs(1); // counts are of whole seconds
                 counts.removeIf([&since, &now](const RequestCount &count) {
                     return count.at >= since && count.at <= now;
                 });
                 m_client.rememberRequests(counts);
             });
}

} // namespace Jobsweep
