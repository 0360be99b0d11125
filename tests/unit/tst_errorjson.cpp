// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorjson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Quotes, line ends, a null character, a direction override, and letters beyond the first plane.
QString awkward()
{
    return u"\"quoted\" \\ line\r\n\t'; DROP TABLE item; -- \u202e <b>\u00fc\u6f22\U0001f5d1</b>"_s
        % QChar(0);
}

Exchange someExchange()
{
    return {.verb = Verb::Delete,
            .target = u"/contextcapture/jobs/a%20b?x=1"_s,
            .correlationId = u"11111111-2222-3333-4444-555555555555"_s,
            .serviceCorrelationId = awkward(),
            .endedAt = QDateTime({2026, 3, 29}, {1, 59, 59, 999}, Qt::UTC),
            .duration = std::chrono::milliseconds(5'000'000'000),
            .sends = 2};
}

HttpFailure refusal()
{
    return {.status = 422,
            .code = u"InvalidReality\"ModelingRequest"_s,
            .message = awkward(),
            .target = awkward(),
            .details = {{awkward(), awkward(), awkward()}, {}},
            .retryAfter = std::chrono::seconds(0),
            .limit = {u"Community"_s, awkward(), u"delete"_s, u"application"_s},
            .contentType = u"application/json; charset=utf-8"_s,
            .rawBody = "\xff\x00\x01{\"error\"}"_ba,
            .exchange = someExchange()};
}

/// Through the text that is stored.
std::optional<ApiError> thereAndBack(const ApiError &error)
{
    const QByteArray text = QJsonDocument(errorToJson(error)).toJson(QJsonDocument::Compact);
    return errorFromJson(QJsonDocument::fromJson(text).object());
}

} // namespace

class TestErrorJson final : public QObject
{
    Q_OBJECT

private slots:
    void keepsNetworkFailures()
    {
        using Kind = NetworkFailure::Kind;
        for (const Kind kind : {Kind::Unreachable, Kind::TimedOut, Kind::ConnectionLost, Kind::Tls,
                                Kind::TooLarge, Kind::Abandoned, Kind::NoToken, Kind::Forbidden}) {
            const NetworkFailure failure{kind, awkward(), someExchange()};
            QVERIFY(thereAndBack(failure) == ApiError(failure));
        }
    }

    void keepsHttpFailures()
    {
        QVERIFY(thereAndBack(refusal()) == ApiError(refusal()));
        QVERIFY(thereAndBack(HttpFailure()) == ApiError(HttpFailure()));
    }

    void keepsMalformedReplies()
    {
        using Reason = MalformedReply::Reason;
        for (const Reason reason : {Reason::NotJson, Reason::WrongShape, Reason::RepeatedPage,
                                    Reason::TooManyPages, Reason::TooManyJobs}) {
            const MalformedReply failure{reason, 200, awkward(), "<html>\xfe"_ba, someExchange()};
            QVERIFY(thereAndBack(failure) == ApiError(failure));
        }
    }

    void keepsEveryVerb()
    {
        for (const Verb verb : {Verb::Get, Verb::Post, Verb::Delete}) {
            NetworkFailure failure;
            failure.exchange.verb = verb;
            QVERIFY(thereAndBack(failure) == ApiError(failure));
        }
    }

    void keepsTheStartOfALongBody()
    {
        HttpFailure failure = refusal();
        failure.rawBody = QByteArray(maximumRecordedBody, 'a') + QByteArray(100, 'b');
        const auto back = thereAndBack(failure);
        QVERIFY(back.has_value());
        QCOMPARE(std::get<HttpFailure>(*back).rawBody, QByteArray(maximumRecordedBody, 'a'));
    }

    void leavesTheTokensSerialNumberOut()
    {
        HttpFailure failure = refusal();
        failure.exchange.tokenSerial = 7;
        const auto back = thereAndBack(failure);
        QVERIFY(back.has_value());
        QCOMPARE(exchangeOf(*back).tokenSerial, 0);
    }

    void rejectsWhatItHasNotWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray exchange = R"("exchange":{"verb":"GET"})"_ba;
        QTest::newRow("nothing") << "{}"_ba;
        QTest::newRow("no exchange") << R"({"type":"http","status":404})"_ba;
        QTest::newRow("unknown verb")
            << R"({"type":"http","status":404,"exchange":{"verb":"PATCH"}})"_ba;
        QTest::newRow("unknown type") << R"({"type":"disk",)"_ba + exchange + "}";
        QTest::newRow("unknown kind") << R"({"type":"network","kind":"moon",)"_ba + exchange + "}";
        QTest::newRow("no status") << R"({"type":"http","status":"404",)"_ba + exchange + "}";
        QTest::newRow("unknown reason")
            << R"({"type":"malformed","status":200,"reason":"x",)"_ba + exchange + "}";
    }
    void rejectsWhatItHasNotWritten()
    {
        QFETCH(const QByteArray, text);
        const QJsonDocument document = QJsonDocument::fromJson(text);
        QVERIFY(document.isObject());
        QVERIFY(!errorFromJson(document.object()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestErrorJson)
#include "tst_errorjson.moc"
