// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/history.h"
#include "http/restclient.h"

#include <QObject>

namespace Jobsweep {

/// Lets the connection's hourly limit survive a restart: writes into the history how many requests
/// were sent, and tells the client of those that earlier sessions sent within the last hour.
class RequestMemory final : public QObject
{
    Q_OBJECT

public:
    /// The longest window of any tier.
    static constexpr std::chrono::seconds reach{3600};

    /// The references must outlive this object.
    RequestMemory(History &history, RestClient &client, Clock &clock, QObject *parent = nullptr);

private:
    void beginAnew();
    void recallIfPossible();

    History &m_history;
    RestClient &m_client;
    Clock &m_clock;
    /// When the present address came into use: what was sent since then the client knows itself.
    QDateTime m_since;
    bool m_isRecalled = false;
};

} // namespace Jobsweep
