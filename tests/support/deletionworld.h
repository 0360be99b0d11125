// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakehistory.h"
#include "tests/support/fakenetwork.h"

namespace Jobsweep::Testing {

/// Lets the event loop run until nothing is under way that could go on without time passing.
void settle(const FakeNetwork &network, const RateLimiter &limiter, const FakeHistory &history);

/// Everything that deletes, put together as the program does it, on a fake network and clock.
/// Waits are the longest that a back-off can give.
struct DeletionWorld
{
    /// Who says whose a token is: nobody knows, or the test does.
    enum class Accounts { Unknown, ToldByTheTest };
    explicit DeletionWorld(Accounts accounts = Accounts::Unknown);

    /// Adds drafts `job-FIRST` … to the model; their ids.
    QList<JobId> list(int count, int first = 0);
    [[nodiscard]] static JobId idOf(int number);
    /// The requests so far, as "DELETE 0" and "GET 0" for job-0.
    [[nodiscard]] QStringList requests() const;
    void settle() const { Testing::settle(network, limiter, history); }
    /// Moves the clock on and settles.
    void pass(std::chrono::milliseconds duration);

    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, [] { return 1.0; }};
    JobsApi api{client};
    JobModel model;
    FakeHistory history;
    DeletionQueue queue{api, model, history, clock, [] { return 1.0; }};
};

/// Answers as the service documents them.
[[nodiscard]] Answer answerDeleted();
[[nodiscard]] Answer answerJobNotFound(int sends = 1);
[[nodiscard]] Answer answerSubmitted();
[[nodiscard]] Answer answerUnauthorized();
[[nodiscard]] Answer answerThrottled(const QByteArray &retryAfter);
/// A status with an HTML body, as something on the way answers.
[[nodiscard]] Answer answerOfGateway(int status);
/// The GET of a job in this state.
[[nodiscard]] Answer answerJob(const JobId &id, const QByteArray &state);

[[nodiscard]] AccessToken testToken(const QString &text = QStringLiteral("test-token"));

} // namespace Jobsweep::Testing
