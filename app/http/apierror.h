// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ways in which a request can fail, as values that travel unchanged from RestClient to the
// panel that explains them. Nobody on the way turns them into a string.

#include "http/exchange.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <optional>
#include <variant>

namespace Jobsweep {

/// No complete answer arrived; `exchange.sends` tells whether the service can have seen anything.
struct NetworkFailure
{
    enum class Kind {
        /// Refused, no route, name not found, proxy refused.
        Unreachable,
        /// Neither an answer nor an end of it within the named time.
        TimedOut,
        /// The connection ended before the answer was complete.
        ConnectionLost,
        /// No trustworthy encrypted connection; nothing was sent.
        Tls,
        /// The answer grew beyond its bound and was cut off.
        TooLarge,
        /// The address changed while the request was under way.
        Abandoned,
        /// There is no token to send; nothing was sent.
        NoToken,
        /// Our own safety rules forbid the request; nothing was sent.
        Forbidden,
    };
    Kind kind = Kind::Unreachable;
    /// The technical text of Qt; foreign, may be empty.
    QString technicalText;
    Exchange exchange;

    friend bool operator==(const NetworkFailure &, const NetworkFailure &) = default;
};

/// One row of `error.details[]`. Every field may be empty.
struct ErrorCause
{
    QString code;
    QString message;
    QString target;

    friend bool operator==(const ErrorCause &, const ErrorCause &) = default;
};

/// Which limit a 429 was about: the ITwinPlatform-RateLimited-* headers, each possibly empty.
struct LimitFacts
{
    QString tier;
    QString api;
    QString operation;
    QString application;

    friend bool operator==(const LimitFacts &, const LimitFacts &) = default;
};

/// The service answered with a status that is not the expected success.
struct HttpFailure
{
    int status = 0;
    /// `error.code`, `.message`, `.target`; empty when the body is not the documented error object.
    QString code;
    QString message;
    QString target;
    QList<ErrorCause> details;
    /// From Retry-After; absent when missing or unreadable.
    std::optional<std::chrono::seconds> retryAfter;
    LimitFacts limit;
    QString contentType;
    /// At most 64 KiB, as it came.
    QByteArray rawBody;
    Exchange exchange;

    friend bool operator==(const HttpFailure &, const HttpFailure &) = default;
};

/// The status was a success, the body was not what the service documents.
struct MalformedReply
{
    enum class Reason { NotJson, WrongShape, RepeatedPage, TooManyPages, TooManyJobs };
    Reason reason = Reason::NotJson;
    int status = 0;
    QString contentType;
    /// At most 64 KiB, as it came.
    QByteArray rawBody;
    Exchange exchange;

    friend bool operator==(const MalformedReply &, const MalformedReply &) = default;
};

using ApiError = std::variant<NetworkFailure, HttpFailure, MalformedReply>;

/// For std::visit over ApiError.
template<class... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template<class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

[[nodiscard]] const Exchange &exchangeOf(const ApiError &error);
/// The HTTP status, 0 when there was none.
[[nodiscard]] int statusOf(const ApiError &error);
/// `error.code` of an HttpFailure, otherwise empty.
[[nodiscard]] QString codeOf(const ApiError &error);
/// Whether this is the 404 that speaks about the job, not about the address (service
/// documentation: a wrong version or URL answers 404 ResourceNotFound).
[[nodiscard]] bool isJobNotFound(const ApiError &error);

/// At most this much of a body is kept with an error.
inline constexpr qsizetype maximumErrorBytes = 64 * 1024;

/// Whether the service asks to slow down; a 503 without a time is an ordinary failure.
[[nodiscard]] bool asksToWait(int status, bool namesTime);

/// Whether asking again later may help: no answer, or one that speaks of a passing state.
[[nodiscard]] bool mayPass(const ApiError &error);

/// Fills code, message, target and details from a documented error body; leaves them empty for any
/// other body. Accepts null and missing fields, as the service's schema demands of clients.
void readErrorBody(const QByteArray &body, HttpFailure *failure);

} // namespace Jobsweep
