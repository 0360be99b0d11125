// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace Jobsweep {

/// The verbs this program can send. There is deliberately no PATCH: it submits (and bills) or
/// cancels a job.
enum class Verb { Get, Post, Delete };

/// What is known about one request after it ended, however it ended. Holds no header and no token.
struct Exchange
{
    Verb verb = Verb::Get;
    /// Path and query as sent, percent-encoded.
    QString target;
    /// The GUID sent as X-Correlation-ID; all attempts for one job share it.
    QString correlationId;
    /// What the service answered in x-correlation-id; empty when it said nothing.
    QString serviceCorrelationId;
    /// UTC.
    QDateTime endedAt;
    std::chrono::milliseconds duration{};
    /// How often the request was put on the wire: 0 means that nothing left this machine, 2 and
    /// more that Qt repeated it by itself after the connection dropped. One that was under way when
    /// another address made us abandon it counts as sent.
    int sends = 0;
    /// Which token was used, as counted by RestClient; an answer to an older one is no news.
    int tokenSerial = 0;

    friend bool operator==(const Exchange &, const Exchange &) = default;
};

} // namespace Jobsweep
