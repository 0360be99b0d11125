// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "http/ratelimiter.h"
#include "tests/support/cannedservice.h"
#include "tests/support/faketokenstore.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace Jobsweep::Testing {

/// A token with these claims; nothing verifies its signature.
inline AccessToken tokenWith(const QByteArray &payload)
{
    const QByteArray claims
        = payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const QByteArray text = "eyJhbGciOiJSUzI1NiJ9." + claims + ".c2lnbmF0dXJl";
    return AccessToken::fromPasted(QString::fromLatin1(text)).value();
}

/// A connection with everything it needs, its service on loopback and its keychain in memory.
struct TestConnection
{
    TestConnection()
    {
        service.answers.insert(
            QStringLiteral("/users/me"),
            {200, R"({"user":{"displayName":"Ada","email":"ada@example.com"}})"});
        service.answers.insert(QStringLiteral("/contextcapture/jobs"), {200, R"({"jobs":[]})"});
    }
    Q_DISABLE_COPY_MOVE(TestConnection)

    CannedService service;
    QTemporaryDir folder;
    SystemClock clock;
    QNetworkAccessManager network;
    RateLimiter limiter;
    RateLimiter testLimiter;
    RestClient client{network, limiter, clock, [] { return 0.0; }};
    FakeTokenStore store;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    Connection connection{client, store, settings, [this] {
                              testLimiter.reset();
                              return std::make_unique<RestClient>(network, testLimiter, clock,
                                                                  [] { return 0.0; });
                          }};
};

} // namespace Jobsweep::Testing
