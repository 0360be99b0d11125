// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From a finished QNetworkReply to a value. Decides by HTTP status wherever there is one.

#include "http/accesstoken.h"
#include "http/result.h"

#include <optional>

class QNetworkReply;

namespace Jobsweep {

/// A 2xx answer.
struct Reply
{
    int status = 0;
    QString contentType;
    QByteArray body;
    Exchange exchange;
};

/// A 2xx that is not the one the operation documents, as the failure it is.
[[nodiscard]] HttpFailure asFailure(const Reply &reply);

/// For a 2xx whose body is not what the operation documents; status and exchange are for the caller
/// to fill in.
[[nodiscard]] ApiError malformedBody(const QByteArray &body, bool isJson);

/// The status that the service has given, 0 where there is none that can be trusted.
///
/// When a connection ends inside a status line, Qt 6.4 sends the request again by itself and puts
/// what it had of that line before the line that it gets then: a cut "HTTP/1.1 204 No Con" and the
/// refusal after it become one 204. Such a line has a second one in its reason phrase, and says
/// nothing about either answer.
[[nodiscard]] int statusOf(const QNetworkReply &reply);

/// What the finished `reply` comes to. `aborted` is why we ended it ourselves, if we did: Qt
/// reports a timeout and an abort alike. `utcNow` stands in for a missing Date header.
[[nodiscard]] Result<Reply> readAnswer(const QNetworkReply &reply, const QByteArray &body,
                                       const Exchange &exchange,
                                       std::optional<NetworkFailure::Kind> aborted,
                                       const QDateTime &utcNow);

/// The same with `[redacted]` wherever the service put the token into a text that is not the body:
/// nothing that is shown, logged or recorded may hold it.
[[nodiscard]] Result<Reply> withoutToken(Result<Reply> result, const AccessToken &token);

} // namespace Jobsweep
