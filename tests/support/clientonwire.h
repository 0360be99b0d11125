// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A real RestClient in front of a scripted socket, with a clock that is moved by hand.

#include "http/ratelimiter.h"
#include "http/restclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/scriptedserver.h"

#include <QNetworkAccessManager>
#include <QTest>

namespace Jobsweep::Testing {

[[nodiscard]] inline AccessToken tokenOf(const QString &text)
{
    return AccessToken::fromPasted(text).value();
}

inline const QString listPath = QStringLiteral("/contextcapture/jobs");
inline const QString jobPath
    = QStringLiteral("/contextcapture/jobs/9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad");

[[nodiscard]] inline Request requestOf(Verb verb, const QString &path, const QByteArray &body = {})
{
    Request request;
    request.verb = verb;
    request.path = path;
    request.body = body;
    return request;
}

struct ClientOnWire
{
    using Future = QFuture<Result<Reply>>;

    ScriptedServer server;
    FakeClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    RestClient client{network, limiter, clock, [] { return 0.5; }};

    ClientOnWire()
    {
        client.setAddress(ServiceAddress::parse(server.address()).value());
        client.setToken(tokenOf(QStringLiteral("secret-token")));
    }

    [[nodiscard]] Future get(const QString &path) { return send(Verb::Get, path); }
    [[nodiscard]] Future remove(const QString &path) { return send(Verb::Delete, path); }
    [[nodiscard]] Future send(Verb verb, const QString &path)
    {
        return client.send(requestOf(verb, path));
    }

    /// Waits for the end of a request; fails the test and gives an empty answer when there is none.
    [[nodiscard]] static Result<Reply> resultOf(const Future &future)
    {
        constexpr int longest = 10'000;
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longest)
            || future.resultCount() == 0) {
            QTest::qFail("The request did not end with a value", __FILE__, __LINE__);
            return Reply();
        }
        return future.result();
    }
};

/// The failure of that kind; fails the test and gives an empty one when it is something else.
template<typename Failure>
[[nodiscard]] Failure failureOf(const Result<Reply> &result)
{
    if (!result) {
        if (const auto *failure = std::get_if<Failure>(&result.error()))
            return *failure;
    }
    QTest::qFail("The request ended otherwise than expected", __FILE__, __LINE__);
    return {};
}

} // namespace Jobsweep::Testing
