// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A catalogue of what can go wrong with an answer on the wire, each with what the client has to
// make of it.
//
// A fault is dealt to one request of the program, its moment. Cut positions, bodies and codes are
// taken from a seed: the same seed deals the same bytes. What the client may find depends on the
// moment, because the status line decides on a change and a whole body on what is read.

#include "http/apierror.h"
#include "tests/support/scriptedserver.h"

#include <QRandomGenerator>

#include <chrono>
#include <functional>
#include <optional>
#include <variant>

namespace Jobsweep::Testing {

/// Which request meets the fault.
enum class Moment {
    Listing,
    Check,
    Deletion,
    Creation,
    /// The two requests of a connection that is tried out.
    TestAccount,
    TestListing,
};

/// The answer was the one that the operation documents.
struct Success
{ };

/// The answer was refused, or is another success than the documented one.
struct Refusal
{
    int status = 0;
    QString code = {};
    std::optional<std::chrono::seconds> retryAfter = {};
};

using Finding = std::variant<Success, NetworkFailure::Kind, Refusal, MalformedReply::Reason>;

/// What an operation came to; nothing stands for its success.
[[nodiscard]] Finding findingOf(const std::optional<ApiError> &error);
/// "http 404 JobNotFound", to compare and to show.
[[nodiscard]] QString textOf(const Finding &finding);

/// A fault as it is dealt once.
struct Injection
{
    /// Every request of the moment gets it, also those that Qt repeats by itself.
    WireAction action;
    /// Any of these is right.
    QList<Finding> findings;
    /// Whether the service has said for certain that the job is gone.
    bool saysGone = false;
    enum class End {
        ByItself,
        AtDeadline,
        /// Perhaps earlier: it depends on what Qt has seen of it.
        AtDeadlineAtLatest,
        /// At the deadline, and the status has arrived before it.
        AtDeadlineAfterStatus,
    };
    End end = End::ByItself;
};

/// How often that may come: Qt asks again by itself when it sees the end of the connection first,
/// except for what is sent once.
[[nodiscard]] int mostSends(const Injection &injection, Moment moment);

/// Where and from what a fault is made.
struct FaultPlace
{
    Moment moment = Moment::Listing;
    QRandomGenerator random;
    /// Another service, which must not get anything.
    QByteArray otherOrigin;
};

struct Fault
{
    QString name;
    std::function<Injection(FaultPlace &)> inject;
};

/// All of them.
[[nodiscard]] QList<Fault> faults();
/// Those of them that are a redirect or an error of the service.
[[nodiscard]] QList<Fault> refusalFaults();

/// A Retry-After and what it means at 11:00 on 3 June 2019; nothing for one that is invalid.
struct Wait
{
    const char *name;
    QByteArray value;
    std::optional<std::chrono::seconds> time;
};

/// Every form that there is, and what only looks like one.
[[nodiscard]] QList<Wait> waits();

/// What a decent service answers at that moment.
[[nodiscard]] WireAction decentAnswer(Moment moment);

} // namespace Jobsweep::Testing
