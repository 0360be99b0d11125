// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "http/ratelimiter.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/faketokenstore.h"

#include <QHash>
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

/// A connection with everything it needs, its service scripted and its keychain in memory.
struct TestConnection
{
    TestConnection()
    {
        answers.insert(QStringLiteral("/users/me"),
                       Answer::ok(R"({"user":{"displayName":"Ada","email":"ada@example.com"}})"));
        answers.insert(QStringLiteral("/contextcapture/jobs"), Answer::ok(R"({"jobs":[]})"));
        network.answerWith = [this](const Seen &seen) {
            return answers.value(seen.url.path(), Answer::refused());
        };
    }
    Q_DISABLE_COPY_MOVE(TestConnection)

    /// The paths of all requests so far.
    [[nodiscard]] QStringList paths() const
    {
        QStringList paths;
        for (const Seen &seen : network.seen) {
            paths << seen.url.path();
        }
        return paths;
    }

    /// The Authorization headers of all requests to `service` so far.
    [[nodiscard]] QByteArrayList authorizations(const ServiceAddress &service) const
    {
        QByteArrayList sent;
        for (const Seen &seen : network.seen) {
            if (service.covers(seen.url)) {
                sent << seen.header("Authorization");
            }
        }
        return sent;
    }

    const ServiceAddress address
        = ServiceAddress::parse(QStringLiteral("http://127.0.0.1:1")).value();
    const ServiceAddress otherAddress
        = ServiceAddress::parse(QStringLiteral("http://127.0.0.1:2")).value();
    /// By path.
    QHash<QString, Answer> answers;

    QTemporaryDir folder;
    SystemClock clock;
    FakeNetwork network;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, [] { return 0.0; }};
    FakeTokenStore store;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    /// Patient enough with a keychain that is not held.
    Connection connection{
        client,
        store,
        settings,
        [this] { return RestClient::withOwnLimiter(network, clock, [] { return 0.0; }); },
        Patience{clock, [] { return 0.0; }},
        std::chrono::milliseconds(200)};
};

} // namespace Jobsweep::Testing
