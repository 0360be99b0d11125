// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/deletionworld.h"

#include <QCoreApplication>
#include <QThreadPool>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

void settle(const FakeNetwork &network, const RateLimiter &limiter, const FakeHistory &history)
{
    // Parsing runs on the thread pool: its results come through the event loop a little later.
    const auto isQuiet = [&] {
        const auto seen = network.seen.size();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        return seen == network.seen.size() && limiter.underWay() == network.hangingCount()
            && !history.isAnswering();
    };
    for (int quiet = 0; quiet < 4;)
        quiet = isQuiet() ? quiet + 1 : 0;
}

DeletionWorld::DeletionWorld(Accounts accounts)
{
    QObject::connect(&client, &RestClient::tokenChanged, &queue, [this, accounts] {
        if (client.hasToken() && accounts == Accounts::Unknown)
            queue.goOnWithToken({});
    });
    client.setToken(testToken());
    model.beginListing();
}

QList<JobId> DeletionWorld::list(int count, int first)
{
    QList<Job> jobs;
    QList<JobId> ids;
    for (int number = first; number < first + count; ++number) {
        Job job;
        job.id = idOf(number);
        job.name = "Name "_L1 + QString::number(number);
        job.state = JobState::Unsubmitted;
        job.stateText = textOf(job.state);
        jobs.append(job);
        ids.append(job.id);
    }
    model.append(jobs);
    return ids;
}

JobId DeletionWorld::idOf(int number)
{
    return {"job-"_L1 + QString::number(number)};
}

QStringList DeletionWorld::requests() const
{
    QStringList all;
    for (const Seen &seen : network.seen)
        all.append(QString::fromLatin1(seen.verb) + u' ' + seen.url.path().section(u"job-"_s, -1));
    return all;
}

void DeletionWorld::pass(std::chrono::milliseconds duration)
{
    clock.advance(duration);
    settle();
}

Answer answerDeleted()
{
    return Answer::withStatus(204);
}

Answer answerJobNotFound(int sends)
{
    return Answer::withStatus(
        404, R"({"error":{"code":"JobNotFound","message":"Requested job is not available."}})", {},
        sends);
}

Answer answerSubmitted()
{
    return Answer::withStatus(422, R"({"error":{"code":"InvalidContextCaptureRequest",
        "message":"Cannot delete job.","details":[{"code":"InvalidChange",
        "message":"Cannot delete an already submitted job."}]}})");
}

Answer answerUnauthorized()
{
    return Answer::withStatus(
        401,
        R"({"error":{"code":"Unauthorized","message":"Access denied due to invalid access_token."}})");
}

Answer answerThrottled(const QByteArray &retryAfter)
{
    Answer::Headers headers;
    if (!retryAfter.isNull())
        headers.append({"Retry-After", retryAfter});
    return Answer::withStatus(
        429, R"({"error":{"code":"RateLimitExceeded","message":"Too many requests."}})", headers);
}

Answer answerOfGateway(int status)
{
    return Answer::withStatus(status, "<html>gateway</html>", {{"Content-Type", "text/html"}});
}

Answer answerJob(const JobId &id, const QByteArray &state)
{
    return Answer::ok(R"({"job":{"id":")" + id.text.toLatin1() + R"(","state":")" + state
                      + R"("}})");
}

AccessToken testToken(const QString &text)
{
    return AccessToken::fromPasted(text).value();
}

} // namespace Jobsweep::Testing
