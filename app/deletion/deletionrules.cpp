// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionrules.h"

namespace Jobsweep {
namespace {

Verdict finish(Outcome outcome)
{
    return {.item = ItemStep::Finish, .outcome = outcome};
}

Verdict stop(Outcome outcome, QueueReason reason)
{
    return {.item = ItemStep::Finish, .outcome = outcome, .run = RunStep::Stop, .reason = reason};
}

Verdict waitForToken()
{
    return {.item = ItemStep::Repeat, .run = RunStep::WaitForToken, .reason = QueueReason::Token};
}

Verdict waitForService()
{
    return {
        .item = ItemStep::Repeat, .run = RunStep::WaitForService, .reason = QueueReason::Throttled};
}

/// What an answer says that means the same for DELETE and GET, if it does. `uncertain` is the
/// outcome of an item whose answer says nothing about it and that nobody will ask about again.
std::optional<Verdict> judgeConnection(const ApiError &answer, Outcome uncertain)
{
    if (const auto *failure = std::get_if<HttpFailure>(&answer)) {
        if (asksToWait(failure->status, failure->retryAfter.has_value()))
            return waitForService();
        if (failure->status == 401)
            return waitForToken();
        if (failure->status == 404 && !isJobNotFound(answer))
            return stop(uncertain, QueueReason::WrongAddress);
        if (failure->status >= 300 && failure->status < 400)
            return stop(uncertain, QueueReason::Redirected);
        // It was carried out, or something else was: nobody may call the job certainly there.
        if (failure->status >= 200 && failure->status < 300)
            return stop(Outcome::Unknown, QueueReason::UnexpectedSuccess);
        if (failure->status == 403) {
            Verdict verdict = finish(uncertain);
            verdict.trouble = Trouble::Forbidden;
            return verdict;
        }
        return {};
    }
    const auto *failure = std::get_if<NetworkFailure>(&answer);
    if (!failure)
        return {};
    switch (failure->kind) {
    case NetworkFailure::Kind::NoToken:
        return waitForToken();
    case NetworkFailure::Kind::Tls:
        // The access manager may have sent it before the connection that it could not trust.
        return Verdict{.item = failure->exchange.sends > 0 ? ItemStep::Check : ItemStep::Repeat,
                       .run = RunStep::Pause,
                       .reason = QueueReason::Tls};
    case NetworkFailure::Kind::Forbidden:
        return finish(uncertain);
    case NetworkFailure::Kind::Unreachable:
    case NetworkFailure::Kind::TimedOut:
    case NetworkFailure::Kind::ConnectionLost:
    case NetworkFailure::Kind::TooLarge:
    case NetworkFailure::Kind::Abandoned:
        return {};
    }
    Q_UNREACHABLE();
}

bool isAbandoned(const ApiError &answer)
{
    const auto *failure = std::get_if<NetworkFailure>(&answer);
    return failure && failure->kind == NetworkFailure::Kind::Abandoned;
}

} // namespace

Verdict judgeDeletion(const std::optional<ApiError> &answer, const ItemPast &past)
{
    if (!answer)
        return finish(Outcome::Deleted);
    const int sends = exchangeOf(*answer).sends;
    if (isJobNotFound(*answer)) {
        // Sent more than once, it was most likely our own first send that deleted it.
        const bool wasOurs = past.wasUnknown || past.earlierSends + sends >= 2;
        return finish(wasOurs ? Outcome::Deleted : Outcome::AlreadyGone);
    }
    if (statusOf(*answer) == 422)
        return finish(Outcome::Refused);
    // A doubt about an earlier attempt was settled before this one was sent; about a send that the
    // access manager repeated by itself nobody knows.
    const Outcome uncertain = sends >= 2 ? Outcome::Unknown : Outcome::Failed;
    if (const auto verdict = judgeConnection(*answer, uncertain))
        return *verdict;
    if (isAbandoned(*answer)) {
        const bool neverSent = sends == 0 && past.earlierSends == 0;
        return finish(neverSent ? Outcome::Cancelled : Outcome::Unknown);
    }
    const bool nothingHappened = std::holds_alternative<NetworkFailure>(*answer) && sends == 0;
    if (nothingHappened)
        return {.item = ItemStep::Repeat, .trouble = Trouble::NotReached};
    return {.item = ItemStep::Check, .trouble = Trouble::Doubtful};
}

Verdict judgeCheck(const Result<Job> &answer, const JobId &asked)
{
    if (answer) {
        if (answer->id != asked)
            return {.item = ItemStep::Check, .trouble = Trouble::Doubtful};
        return obstacleToDeletion(*answer) ? finish(Outcome::Refused)
                                           : Verdict{.item = ItemStep::SendAgain};
    }
    if (isJobNotFound(answer.error()))
        return finish(Outcome::Deleted);
    if (const auto verdict = judgeConnection(answer.error(), Outcome::Unknown))
        return *verdict;
    if (isAbandoned(answer.error()))
        return finish(Outcome::Unknown);
    const bool nothingHappened = std::holds_alternative<NetworkFailure>(answer.error())
        && exchangeOf(answer.error()).sends == 0;
    if (nothingHappened)
        return {.item = ItemStep::Repeat, .trouble = Trouble::NotReached};
    return {.item = ItemStep::Check, .trouble = Trouble::Doubtful};
}

} // namespace Jobsweep
