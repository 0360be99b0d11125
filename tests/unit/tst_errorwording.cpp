// SPDX-License-Identifier: GPL-3.0-or-later

// What people read about each answer and failure that the service documents or a network can make.

#include "tests/support/fixtures.h"
#include "ui/errorwording.h"

#include <QHash>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::fixture;

namespace {

struct Case
{
    QString name;
    ApiError error;
    Occasion occasion = Occasion::Deleting;
};

HttpFailure answer(int status, const QByteArray &body = {})
{
    HttpFailure failure;
    failure.status = status;
    failure.rawBody = body;
    failure.exchange.sends = 1;
    readErrorBody(body, &failure);
    return failure;
}

HttpFailure recorded(int status, const QString &fileName)
{
    return answer(status, fixture(fileName));
}

NetworkFailure network(NetworkFailure::Kind kind, int sends = 0)
{
    NetworkFailure failure;
    failure.kind = kind;
    failure.exchange.sends = sends;
    return failure;
}

MalformedReply malformed(MalformedReply::Reason reason, const QByteArray &body = "{")
{
    MalformedReply reply;
    reply.reason = reason;
    reply.status = 200;
    reply.rawBody = body;
    return reply;
}

HttpFailure withRetryAfter(HttpFailure failure, std::chrono::seconds wait)
{
    failure.retryAfter = wait;
    return failure;
}

QList<Case> recordedCases()
{
    return {
        {u"401 header"_s, recorded(401, u"401-header-not-found.json"_s)},
        {u"401 empty"_s, recorded(401, u"401-empty-header.json"_s)},
        {u"401 scheme"_s, recorded(401, u"401-wrong-scheme.json"_s)},
        {u"401 invalid"_s, recorded(401, u"401-invalid-token.json"_s)},
        {u"401 client"_s, recorded(401, u"401-unknown-client.json"_s)},
        {u"401 scope"_s, recorded(401, u"401-scope-missing.json"_s)},
        {u"401 tier"_s, recorded(401, u"401-application-tier.json"_s)},
        {u"401 other"_s, answer(401)},
        {u"403 deleting"_s, recorded(403, u"403-permissions.json"_s)},
        {u"403 listing"_s, recorded(403, u"403-permissions.json"_s), Occasion::Listing},
        {u"403 creating"_s, recorded(403, u"403-permissions.json"_s), Occasion::Creating},
        {u"404 job"_s, recorded(404, u"404-job-not-found.json"_s)},
        {u"404 iTwin"_s, recorded(404, u"404-itwin-not-found.json"_s), Occasion::Listing},
        {u"404 address"_s, recorded(404, u"404-resource-not-found.json"_s)},
        {u"404 web page"_s, recorded(404, u"502.html"_s)},
        {u"404 empty"_s, answer(404)},
        {u"422 submitted"_s, recorded(422, u"422-delete.json"_s)},
        {u"422 listing"_s, recorded(422, u"422-list.json"_s), Occasion::Listing},
        {u"422 creating"_s, recorded(422, u"422-delete.json"_s), Occasion::Creating},
        {u"422 other"_s, answer(422, R"({"error":{"code":"X","message":"Y"}})")},
        {u"422 without a reason"_s, answer(422, "{")},
        {u"429"_s, recorded(429, u"429.json"_s)},
        {u"502 web page"_s, recorded(502, u"502.html"_s)},
    };
}

QList<Case> statusCases()
{
    QList<Case> cases = {
        {u"200 to a deletion"_s, answer(200)},
        {u"503 with a time"_s, withRetryAfter(answer(503), std::chrono::seconds(9))},
        {u"status 42"_s, answer(42)},
    };
    for (const int status :
         {202, 302, 400, 405, 407, 408, 409, 410, 413, 418, 500, 502, 503, 504, 520}) {
        cases.append({QString::number(status), answer(status)});
    }
    return cases;
}

QList<Case> otherCases()
{
    using Kind = NetworkFailure::Kind;
    using Reason = MalformedReply::Reason;
    QList<Case> cases;
    for (const Kind kind : {Kind::Unreachable, Kind::TimedOut, Kind::ConnectionLost, Kind::Tls,
                            Kind::TooLarge, Kind::Abandoned, Kind::NoToken, Kind::Forbidden}) {
        cases.append({u"network "_s + QString::number(static_cast<int>(kind)), network(kind)});
    }
    for (const Reason reason : {Reason::NotJson, Reason::WrongShape, Reason::RepeatedPage,
                                Reason::TooManyPages, Reason::TooManyJobs}) {
        cases.append({u"malformed "_s + QString::number(static_cast<int>(reason)),
                      malformed(reason), Occasion::Listing});
    }
    cases.append({u"web page with 200"_s, malformed(Reason::NotJson, "<!DOCTYPE html><p>Log in"),
                  Occasion::Listing});
    return cases;
}

QList<Case> allCases()
{
    return recordedCases() + statusCases() + otherCases();
}

} // namespace

class ErrorWordingTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyCaseIsExplained();
    void differentCasesReadDifferently();
    void everyStatusIsExplained();
    void submittedJobLeadsWithItsCause();
    void bothLimitCodesReadTheSame();
    void lostAnswersAreNeverCalledFailed_data();
    void lostAnswersAreNeverCalledFailed();
    void checksAndUnknownsAreNeverCalledNotDeleted();
    void limitNamesItsWait();
    void serviceReasonIsTheFirstCause();
    void serviceReasonIsNotRepeated();
    void factsNameTheLimit();
    void reportHoldsEverything();
    void reportMakesForeignTextVisible();
    void rawAnswerIsIndented();
};

void ErrorWordingTest::everyCaseIsExplained()
{
    const QList<Case> cases = allCases();
    for (const Case &one : cases) {
        const ErrorText text = errorText(one.error, one.occasion);
        QVERIFY2(!text.what.isEmpty() && !text.why.isEmpty() && !text.whatToDo.isEmpty(),
                 qPrintable(one.name));
        const QString line = errorLine(one.error, one.occasion);
        QVERIFY2(line.startsWith(text.what) && line.endsWith(text.whatToDo), qPrintable(one.name));
        QVERIFY2(!line.contains(u"  "_s) && !line.contains(u'%'), qPrintable(line));
    }
}

void ErrorWordingTest::differentCasesReadDifferently()
{
    QHash<QString, QString> nameOfSentence;
    const QList<Case> cases = allCases();
    for (const Case &one : cases) {
        const QString what = errorText(one.error, one.occasion).what;
        QVERIFY2(!nameOfSentence.contains(what),
                 qPrintable(one.name + u" reads like "_s + nameOfSentence.value(what)));
        nameOfSentence.insert(what, one.name);
    }
}

void ErrorWordingTest::everyStatusIsExplained()
{
    for (int status = 0; status < 1000; ++status) {
        for (const Occasion occasion : {Occasion::Listing, Occasion::Deleting, Occasion::Checking,
                                        Occasion::Creating, Occasion::TestingConnection}) {
            const ErrorText text = errorText(answer(status), occasion);
            QVERIFY(!text.what.isEmpty() && !text.why.isEmpty() && !text.whatToDo.isEmpty());
        }
    }
}

void ErrorWordingTest::submittedJobLeadsWithItsCause()
{
    const ErrorText text = errorText(recorded(422, u"422-delete.json"_s), Occasion::Deleting);
    QCOMPARE(text.what, u"This job was already submitted, so it can no longer be deleted."_s);
}

void ErrorWordingTest::bothLimitCodesReadTheSame()
{
    QCOMPARE(errorText(recorded(429, u"429-older.json"_s), Occasion::Deleting).what,
             errorText(recorded(429, u"429.json"_s), Occasion::Deleting).what);
}

void ErrorWordingTest::lostAnswersAreNeverCalledFailed_data()
{
    using Kind = NetworkFailure::Kind;
    QTest::addColumn<ApiError>("error");
    QTest::addColumn<bool>("isCertain");
    QTest::newRow("refused") << ApiError(network(Kind::Unreachable)) << true;
    QTest::newRow("timed out before sending") << ApiError(network(Kind::TimedOut)) << true;
    QTest::newRow("timed out after sending") << ApiError(network(Kind::TimedOut, 1)) << false;
    QTest::newRow("lost after sending") << ApiError(network(Kind::ConnectionLost, 2)) << false;
    QTest::newRow("408") << ApiError(answer(408)) << false;
    QTest::newRow("500") << ApiError(answer(500)) << false;
    QTest::newRow("502 web page") << ApiError(recorded(502, u"502.html"_s)) << false;
    QTest::newRow("503 with a time")
        << ApiError(withRetryAfter(answer(503), std::chrono::seconds(9))) << true;
    QTest::newRow("200") << ApiError(answer(200)) << false;
    QTest::newRow("401") << ApiError(answer(401)) << true;
    QTest::newRow("422") << ApiError(answer(422)) << true;
}

void ErrorWordingTest::lostAnswersAreNeverCalledFailed()
{
    QFETCH(ApiError, error);
    QFETCH(bool, isCertain);
    const QString why = errorText(error, Occasion::Deleting).why;
    QCOMPARE(why.contains(u"The job was not deleted."_s), isCertain);
    QCOMPARE(why.contains(u"Whether the job was deleted is not known."_s), !isCertain);
    const QString ofCreation = errorText(error, Occasion::Creating).why;
    QCOMPARE(ofCreation.contains(u"The job was not created."_s), isCertain);
    QCOMPARE(ofCreation.contains(u"Whether the job was created is not known."_s), !isCertain);
}

void ErrorWordingTest::checksAndUnknownsAreNeverCalledNotDeleted()
{
    for (const int status : {302, 401, 403, 404, 422, 429}) {
        HttpFailure failure = answer(status);
        failure.exchange.verb = Verb::Delete;
        QCOMPARE(deletionOccasion(failure, false), Occasion::Deleting);
        const QString ofUnknown = errorLine(failure, deletionOccasion(failure, true));
        failure.exchange.verb = Verb::Get;
        const QString ofCheck = errorLine(failure, deletionOccasion(failure, false));
        for (const QString &line : {ofUnknown, ofCheck}) {
            QVERIFY2(!line.contains(u"was not deleted"_s), qPrintable(line));
            QVERIFY2(line.contains(u"is still not known"_s), qPrintable(line));
        }
    }
}

void ErrorWordingTest::limitNamesItsWait()
{
    for (const HttpFailure &limited : {recorded(429, u"429.json"_s), answer(503)}) {
        const auto whatToDo = [&limited](std::chrono::seconds wait, Occasion occasion) {
            return errorText(withRetryAfter(limited, wait), occasion).whatToDo;
        };
        const std::chrono::seconds wait(72);
        QCOMPARE(whatToDo(wait, Occasion::Deleting),
                 u"Jobsweep goes on by itself after 1 min 12 s."_s);
        QCOMPARE(whatToDo(wait, Occasion::Checking), whatToDo(wait, Occasion::Deleting));
        QCOMPARE(whatToDo(wait, Occasion::TestingConnection), u"Wait 1 min 12 s and try again."_s);
        QCOMPARE(whatToDo(wait, Occasion::Listing), u"Wait 1 min 12 s, then choose Retry."_s);
        const QString longWait = whatToDo(std::chrono::seconds(7201), Occasion::Deleting);
        QVERIFY2(longWait.contains(u"choose Resume to go on with it after 2 h 1 min"_s),
                 qPrintable(longWait));
    }
    QVERIFY(!errorText(recorded(429, u"429.json"_s), Occasion::Listing)
                 .whatToDo.contains(u"by itself"_s));
}

void ErrorWordingTest::serviceReasonIsTheFirstCause()
{
    QCOMPARE(
        serviceReason(recorded(422, u"422-list.json"_s)),
        u"The $top query parameter value must be a positive integer that does not exceed 1000."_s);
    QCOMPARE(serviceReason(answer(422, R"({"error":{"code":"X","message":"Y"}})")), u"Y"_s);
}

void ErrorWordingTest::serviceReasonIsNotRepeated()
{
    QCOMPARE(serviceReason(recorded(422, u"422-delete.json"_s)), QString());
    QCOMPARE(serviceReason(recorded(429, u"429.json"_s)), QString());
    QCOMPARE(serviceReason(network(NetworkFailure::Kind::Tls)), QString());
}

void ErrorWordingTest::factsNameTheLimit()
{
    HttpFailure limited = recorded(429, u"429.json"_s);
    limited.limit = {u"Community"_s, u"contextcapture"_s, u"jobs-delete"_s, u"my-app"_s};
    const QList<ErrorFact> facts = errorFacts(limited);
    for (const ErrorFact &expected : {
             ErrorFact{u"HTTP status"_s, u"429"_s},
             ErrorFact{u"Code"_s, u"RateLimitExceeded"_s},
             ErrorFact{u"Limited tier"_s, u"Community"_s},
             ErrorFact{u"Limited API"_s, u"contextcapture"_s},
             ErrorFact{u"Limited operation"_s, u"jobs-delete"_s},
             ErrorFact{u"Limited application"_s, u"my-app"_s},
         }) {
        QVERIFY2(facts.contains(expected), qPrintable(expected.name));
    }
}

void ErrorWordingTest::reportHoldsEverything()
{
    HttpFailure refused = recorded(422, u"422-list.json"_s);
    refused.exchange.verb = Verb::Get;
    refused.exchange.target = u"/contextcapture/jobs?$top=0"_s;
    refused.exchange.correlationId = u"11111111-2222"_s;
    refused.exchange.serviceCorrelationId = u"33333333-4444"_s;
    refused.exchange.endedAt = QDateTime(QDate(2026, 5, 4), QTime(3, 2, 1), Qt::UTC);
    const QString report = errorReport(refused, Occasion::Listing);
    const QStringList facts = {
        errorText(refused, Occasion::Listing).what,
        u"HTTP status: 422"_s,
        u"Code: InvalidRealityModelingRequest"_s,
        u"Message: Cannot find jobs."_s,
        u"InvalidParameter"_s,
        u"$Top"_s,
        u"GET /contextcapture/jobs?$top=0"_s,
        u"11111111-2222"_s,
        u"33333333-4444"_s,
        u"2026"_s,
        u"\"details\": ["_s,
    };
    for (const QString &fact : facts)
        QVERIFY2(report.contains(fact), qPrintable(fact + u" is not in\n"_s + report));
}

void ErrorWordingTest::reportMakesForeignTextVisible()
{
    HttpFailure refused = answer(422);
    refused.code = u"A\u202EB"_s;
    refused.message = u"one\nHTTP status: 204"_s;
    const QString report = errorReport(refused, Occasion::Deleting);
    QVERIFY(report.contains(u"Code: A\\u{202E}B"_s));
    QVERIFY(report.contains(u"Message: one\\u{A}HTTP status: 204"_s));
}

void ErrorWordingTest::rawAnswerIsIndented()
{
    QCOMPARE(rawAnswer(answer(422, R"({"a":1})")), u"{\n    \"a\": 1\n}\n"_s);
    QCOMPARE(rawAnswer(answer(502, "<p>\nno")), u"<p>\nno"_s);
    QCOMPARE(rawAnswer(network(NetworkFailure::Kind::Tls)), QString());
}

QTEST_GUILESS_MAIN(ErrorWordingTest)
#include "tst_errorwording.moc"
