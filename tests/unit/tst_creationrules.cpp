// SPDX-License-Identifier: GPL-3.0-or-later

// What every answer to the POST that creates a job means.

#include "deletion/creationrules.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

using Step = CreationStep;
using Kind = NetworkFailure::Kind;

namespace {

using Answer = Result<JobsApi::JobReply>;

Answer created(int sends)
{
    JobsApi::JobReply answer;
    answer.exchange.sends = sends;
    return answer;
}

Answer http(int status, int sends = 1, std::optional<std::chrono::seconds> retryAfter = {})
{
    HttpFailure failure;
    failure.status = status;
    failure.retryAfter = retryAfter;
    failure.exchange.sends = sends;
    return tl::unexpected<ApiError>(failure);
}

Answer network(Kind kind, int sends)
{
    NetworkFailure failure;
    failure.kind = kind;
    failure.exchange.sends = sends;
    return tl::unexpected<ApiError>(failure);
}

CreationVerdict finish(CreationOutcome outcome)
{
    return {.step = Step::Finish, .outcome = outcome};
}

CreationVerdict step(Step step)
{
    return {.step = step};
}

} // namespace

class CreationRulesTest final : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
};

void CreationRulesTest::answers_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<CreationVerdict>("verdict");
    constexpr std::chrono::seconds wait{7};

    QTest::newRow("201") << created(1) << finish(CreationOutcome::Created);
    QTest::newRow("201, sent twice") << created(2) << step(Step::Search);
    QTest::newRow("200") << http(200) << step(Step::Search);
    QTest::newRow("202") << http(202) << step(Step::Search);
    QTest::newRow("unreadable 201")
        << Answer(tl::unexpected<ApiError>(MalformedReply())) << step(Step::Search);
    QTest::newRow("302") << http(302) << finish(CreationOutcome::Failed);
    for (const int status : {400, 403, 404, 409, 413, 422})
        QTest::addRow("%d", status) << http(status) << finish(CreationOutcome::Refused);
    QTest::newRow("422, sent twice") << http(422, 2) << step(Step::Search);
    QTest::newRow("401") << http(401) << step(Step::WaitForToken);
    QTest::newRow("401, sent twice") << http(401, 2) << step(Step::Search);
    QTest::newRow("429") << http(429, 1, wait) << step(Step::Repeat);
    QTest::newRow("429 without a time") << http(429) << step(Step::Repeat);
    QTest::newRow("503 with a time") << http(503, 1, wait) << step(Step::Repeat);
    QTest::newRow("503 without a time") << http(503) << step(Step::Search);
    for (const int status : {408, 500, 502, 504, 520, 42, 199, 600})
        QTest::addRow("%d", status) << http(status) << step(Step::Search);
    QTest::newRow("not sent") << network(Kind::Unreachable, 0) << step(Step::SendAgain);
    QTest::newRow("timed out, not sent") << network(Kind::TimedOut, 0) << step(Step::SendAgain);
    QTest::newRow("timed out, sent") << network(Kind::TimedOut, 1) << step(Step::Search);
    QTest::newRow("lost") << network(Kind::ConnectionLost, 1) << step(Step::Search);
    QTest::newRow("too large") << network(Kind::TooLarge, 1) << step(Step::Search);
    QTest::newRow("no TLS") << network(Kind::Tls, 0) << finish(CreationOutcome::Failed);
    QTest::newRow("no token") << network(Kind::NoToken, 0) << step(Step::WaitForToken);
    QTest::newRow("forbidden") << network(Kind::Forbidden, 0) << finish(CreationOutcome::Failed);
    QTest::newRow("abandoned, not sent")
        << network(Kind::Abandoned, 0) << finish(CreationOutcome::Failed);
    QTest::newRow("abandoned, sent")
        << network(Kind::Abandoned, 1) << finish(CreationOutcome::Unknown);
}

void CreationRulesTest::answers()
{
    QFETCH(Answer, answer);
    QFETCH(CreationVerdict, verdict);

    const CreationVerdict judged = judgeCreation(answer);

    QCOMPARE(judged.step, verdict.step);
    QCOMPARE(judged.outcome, verdict.outcome);
}

QTEST_GUILESS_MAIN(CreationRulesTest)
#include "tst_creationrules.moc"
