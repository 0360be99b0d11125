// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionrules.h"

#include <QTest>

using namespace Jobsweep;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

using Answer = std::optional<ApiError>;

/// One row of a table; boxed, because QVariant would want to compare the variants inside.
struct DeletionRow
{
    Answer answer;
    ItemPast past;
    Verdict expected;
};
struct CheckRow
{
    Result<Job> answer;
    Verdict expected;
};

Answer http(int status, const QString &code = {}, int sends = 1,
            std::optional<std::chrono::seconds> retryAfter = {})
{
    HttpFailure failure;
    failure.status = status;
    failure.code = code;
    failure.retryAfter = retryAfter;
    failure.exchange.sends = sends;
    return failure;
}

Answer network(NetworkFailure::Kind kind, int sends)
{
    NetworkFailure failure;
    failure.kind = kind;
    failure.exchange.sends = sends;
    return failure;
}

Verdict finished(Outcome outcome)
{
    return {.item = ItemStep::Finish, .outcome = outcome};
}

Verdict alarm(Outcome outcome, QueueReason reason)
{
    return {.item = ItemStep::Finish, .outcome = outcome, .run = RunStep::Stop, .reason = reason};
}

Verdict doubtful()
{
    return {.item = ItemStep::Check, .trouble = Trouble::Doubtful};
}

Verdict notReached()
{
    return {.item = ItemStep::Repeat, .trouble = Trouble::NotReached};
}

Verdict throttled()
{
    return {
        .item = ItemStep::Repeat, .run = RunStep::WaitForService, .reason = QueueReason::Throttled};
}

Verdict tokenWanted()
{
    return {.item = ItemStep::Repeat, .run = RunStep::WaitForToken, .reason = QueueReason::Token};
}

Verdict untrusted()
{
    return {.item = ItemStep::Repeat, .run = RunStep::Pause, .reason = QueueReason::Tls};
}

Verdict forbidden(Outcome outcome)
{
    return {.item = ItemStep::Finish, .outcome = outcome, .trouble = Trouble::Forbidden};
}

Result<Job> draft(JobState state)
{
    Job job;
    job.id.text = u"a"_s;
    job.state = state;
    return job;
}

} // namespace

/// The answer table of the design, row by row.
class DeletionRulesTest final : public QObject
{
    Q_OBJECT

private slots:
    void deletion_data()
    {
        using Kind = NetworkFailure::Kind;
        const ItemPast first;
        const ItemPast sentBefore{.earlierSends = 1, .wasUnknown = false};
        const ItemPast doubted{.earlierSends = 1, .wasUnknown = true};
        const QString notFound = u"JobNotFound"_s;

        QTest::addColumn<DeletionRow>("row");
        const auto row = [](const char *name, const Answer &answer, const ItemPast &past,
                            const Verdict &expected) {
            QTest::newRow(name) << DeletionRow{answer, past, expected};
        };
        row("204", {}, first, finished(Outcome::Deleted));
        row("404 JobNotFound, sent once", http(404, notFound), first,
            finished(Outcome::AlreadyGone));
        row("404 JobNotFound, Qt sent twice", http(404, notFound, 2), first,
            finished(Outcome::Deleted));
        row("404 JobNotFound, an earlier attempt was sent", http(404, notFound), sentBefore,
            finished(Outcome::Deleted));
        row("404 JobNotFound after a lost answer", http(404, notFound), doubted,
            finished(Outcome::Deleted));
        row("404 ResourceNotFound", http(404, u"ResourceNotFound"_s), first,
            alarm(Outcome::Failed, QueueReason::WrongAddress));
        row("404 without a code", http(404), first,
            alarm(Outcome::Failed, QueueReason::WrongAddress));
        row("404 ResourceNotFound after a settled doubt", http(404, u"ResourceNotFound"_s), doubted,
            alarm(Outcome::Failed, QueueReason::WrongAddress));
        row("200", http(200), first, alarm(Outcome::Unknown, QueueReason::UnexpectedSuccess));
        row("202", http(202), first, alarm(Outcome::Unknown, QueueReason::UnexpectedSuccess));
        row("299", http(299), first, alarm(Outcome::Unknown, QueueReason::UnexpectedSuccess));
        for (const int status : {301, 302, 303, 304, 307, 308}) {
            row(qPrintable(QString::number(status)), http(status), first,
                alarm(Outcome::Failed, QueueReason::Redirected));
        }
        row("422", http(422, u"InvalidContextCaptureRequest"_s), first, finished(Outcome::Refused));
        row("422 after a lost answer", http(422), doubted, finished(Outcome::Refused));
        row("401", http(401), first, tokenWanted());
        row("no token", network(Kind::NoToken, 0), first, tokenWanted());
        row("403", http(403), first, forbidden(Outcome::Failed));
        row("429 with a time", http(429, {}, 1, 5s), first, throttled());
        row("429 without a time", http(429), first, throttled());
        row("503 with a time", http(503, {}, 1, 5s), first, throttled());
        row("503 without a time", http(503), first, doubtful());
        for (const int status : {100, 400, 408, 409, 413, 500, 502, 504, 521, 999})
            row(qPrintable(QString::number(status)), http(status), first, doubtful());
        row("connection lost after sending", network(Kind::ConnectionLost, 1), first, doubtful());
        row("timed out after sending", network(Kind::TimedOut, 2), first, doubtful());
        row("unreadable answer", MalformedReply{}, first, doubtful());
        row("refused connection", network(Kind::Unreachable, 0), first, notReached());
        row("timed out before sending", network(Kind::TimedOut, 0), first, notReached());
        row("connection lost before sending", network(Kind::ConnectionLost, 0), first,
            notReached());
        row("TLS", network(Kind::Tls, 0), first, untrusted());
        row("TLS after a send that was repeated", network(Kind::Tls, 1), first,
            {.item = ItemStep::Check, .run = RunStep::Pause, .reason = QueueReason::Tls});
        // The first of two sends may have deleted it.
        row("403 to a repeated send", http(403, {}, 2), first, forbidden(Outcome::Unknown));
        row("302 to a repeated send", http(302, {}, 2), first,
            alarm(Outcome::Unknown, QueueReason::Redirected));
        row("our own rules", network(Kind::Forbidden, 0), first, finished(Outcome::Failed));
        row("address changed before sending", network(Kind::Abandoned, 0), first,
            finished(Outcome::Cancelled));
        row("address changed after sending", network(Kind::Abandoned, 1), first,
            finished(Outcome::Unknown));
        row("address changed, sent earlier", network(Kind::Abandoned, 0), sentBefore,
            finished(Outcome::Unknown));
    }
    void deletion()
    {
        QFETCH(DeletionRow, row);
        QVERIFY(judgeDeletion(row.answer, row.past) == row.expected);
    }

    void check_data()
    {
        using Kind = NetworkFailure::Kind;
        QTest::addColumn<CheckRow>("row");
        const auto row = [](const char *name, const Answer &answer, const Verdict &expected) {
            QTest::newRow(name) << CheckRow{tl::unexpected(*answer), expected};
        };
        QTest::newRow("still a draft")
            << CheckRow{draft(JobState::Unsubmitted), {.item = ItemStep::SendAgain}};
        for (const JobState state : {JobState::Active, JobState::Success, JobState::Failed,
                                     JobState::Cancelled, JobState::Unknown}) {
            QTest::addRow("state %d", static_cast<int>(state))
                << CheckRow{draft(state), finished(Outcome::Refused)};
        }
        Job submitted = *draft(JobState::Unsubmitted);
        submitted.submitted = QDateTime::currentDateTimeUtc();
        QTest::newRow("called a draft, yet submitted")
            << CheckRow{submitted, finished(Outcome::Refused)};
        Job another = *draft(JobState::Unsubmitted);
        another.id.text = u"b"_s;
        QTest::newRow("another job") << CheckRow{another, doubtful()};
        row("gone", http(404, u"JobNotFound"_s), finished(Outcome::Deleted));
        row("wrong address", http(404, u"ResourceNotFound"_s),
            alarm(Outcome::Unknown, QueueReason::WrongAddress));
        row("redirect", http(302), alarm(Outcome::Unknown, QueueReason::Redirected));
        row("202", http(202), alarm(Outcome::Unknown, QueueReason::UnexpectedSuccess));
        row("401", http(401), tokenWanted());
        row("403", http(403), forbidden(Outcome::Unknown));
        row("429", http(429), throttled());
        row("500", http(500), doubtful());
        row("no answer", network(Kind::TimedOut, 1), doubtful());
        row("unreadable", MalformedReply{}, doubtful());
        row("refused connection", network(Kind::Unreachable, 0), notReached());
        row("TLS", network(Kind::Tls, 0), untrusted());
        row("address changed", network(Kind::Abandoned, 0), finished(Outcome::Unknown));
    }
    void check()
    {
        QFETCH(CheckRow, row);
        QVERIFY(judgeCheck(row.answer, {u"a"_s}) == row.expected);
    }
};

QTEST_GUILESS_MAIN(DeletionRulesTest)
#include "tst_deletionrules.moc"
