// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/creationrules.h"

namespace Jobsweep {
namespace {

constexpr CreationVerdict finish(CreationOutcome outcome)
{
    return {.step = CreationStep::Finish, .outcome = outcome};
}

CreationVerdict judge(const HttpFailure &failure)
{
    const int status = failure.status;
    // The answer to the last send says nothing about the ones before.
    if (failure.exchange.sends > 1)
        return {.step = CreationStep::Search};
    if (asksToWait(status, failure.retryAfter.has_value()))
        return {.step = CreationStep::Repeat};
    if (status == 401)
        return {.step = CreationStep::WaitForToken};
    if (status >= 300 && status < 400)
        return finish(CreationOutcome::Failed);
    if (status >= 400 && status < 500 && status != 408)
        return finish(CreationOutcome::Refused);
    return {.step = CreationStep::Search};
}

CreationVerdict judge(const NetworkFailure &failure)
{
    switch (failure.kind) {
    case NetworkFailure::Kind::NoToken:
        return {.step = CreationStep::WaitForToken};
    case NetworkFailure::Kind::Tls:
        // Never tried again by itself.
        if (failure.exchange.sends > 0)
            return {.step = CreationStep::Search};
        return finish(CreationOutcome::Failed);
    case NetworkFailure::Kind::Forbidden:
        return finish(CreationOutcome::Failed);
    case NetworkFailure::Kind::Abandoned:
        // Where it went to is not where one could look now.
        return finish(failure.exchange.sends == 0 ? CreationOutcome::Failed
                                                  : CreationOutcome::Unknown);
    case NetworkFailure::Kind::Unreachable:
    case NetworkFailure::Kind::TimedOut:
    case NetworkFailure::Kind::ConnectionLost:
    case NetworkFailure::Kind::TooLarge:
        return {.step
                = failure.exchange.sends == 0 ? CreationStep::SendAgain : CreationStep::Search};
    }
    Q_UNREACHABLE();
}

} // namespace

CreationVerdict judgeCreation(const Result<JobsApi::JobReply> &answer)
{
    if (answer) {
        return answer->exchange.sends > 1 ? CreationVerdict{.step = CreationStep::Search}
                                          : finish(CreationOutcome::Created);
    }
    return std::visit(
        Overloaded{
            [](const HttpFailure &failure) { return judge(failure); },
            [](const NetworkFailure &failure) { return judge(failure); },
            [](const MalformedReply &) { return CreationVerdict{.step = CreationStep::Search}; },
        },
        answer.error());
}

} // namespace Jobsweep
