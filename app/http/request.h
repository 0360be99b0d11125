// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is asked of the service, and the one place where that becomes a request of the network.

#include "http/accesstoken.h"
#include "http/apierror.h"
#include "http/serviceaddress.h"

#include <QByteArray>
#include <QList>
#include <QNetworkRequest>
#include <QUrlQuery>

#include <chrono>
#include <optional>

namespace Jobsweep {

/// No byte for this long ends a request as TimedOut.
inline constexpr std::chrono::milliseconds inactivityTimeout{30'000};

/// One request, relative to the service address.
struct Request
{
    Verb verb = Verb::Get;
    /// Begins with a slash; its segments contain no character that needs encoding.
    QString path;
    QUrlQuery query;
    /// JSON; only with Verb::Post.
    QByteArray body;
    /// The GUID to send as X-Correlation-ID; a new one when empty.
    QString correlationId;
    /// Constants of ours only; never foreign text, never Authorization.
    QList<std::pair<QByteArray, QByteArray>> headers;
    /// An answer larger than this many bytes is cut off as TooLarge.
    qint64 maximumBytes = 1024 * 1024;
    /// For a POST that must not be carried out twice: it leaves over a connection that nothing has
    /// used before, and with a body that can be read only once, so that Qt cannot repeat it by
    /// itself when the connection drops. Without a body, and with other verbs, it is Forbidden.
    bool isSentOnce = false;
};

/// "GET" and the like, for logs and reports.
[[nodiscard]] QString verbName(Verb verb);

/// The request as it leaves: manual redirects, HTTP/2 off, no cookies, no cache, no automatic
/// authentication, a timeout.
[[nodiscard]] QNetworkRequest buildRequest(const Request &request, const ServiceAddress &address,
                                           const AccessToken &token);

/// The safety rules, looked at again on the very URL that would be used; nothing when it may leave.
[[nodiscard]] std::optional<NetworkFailure::Kind> reasonNotToSend(const Request &request,
                                                                  const QNetworkRequest &built,
                                                                  const ServiceAddress &address,
                                                                  const AccessToken &token);

} // namespace Jobsweep
