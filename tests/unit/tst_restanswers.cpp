// SPDX-License-Identifier: GPL-3.0-or-later

// What RestClient makes of the answers, decent and otherwise, that come off a real socket.

#include "tests/support/clientonwire.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/fixtures.h"

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Kind = NetworkFailure::Kind;

QByteArray head(int length)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(length) + "\r\n\r\n";
}

} // namespace

class RestAnswersTest final : public QObject
{
    Q_OBJECT

private slots:
    void successIsGivenAsItCame_data();
    void successIsGivenAsItCame();
    void refusalsAreReadAndParsed_data();
    void refusalsAreReadAndParsed();
    void throttlingNamesItsLimit();
    void retryAfterDateIsReadByTheAnswersOwnClock();
    void sendsAreCountedWhenTheConnectionDrops_data();
    void sendsAreCountedWhenTheConnectionDrops();
    void lostDeleteThatQtRepeatedTellsSo();
    void nobodyListeningIsUnreachable();
    void plainAnswerToTlsIsTlsFailure();
    void truncatedListIsLost_data();
    void truncatedListIsLost();
    void statusDecidesOnTruncatedDelete();
    void oversizedAnswersAreCutOff_data();
    void oversizedAnswersAreCutOff();
    void compressedAnswerIsBoundedByItsRealSize();
    void endlessRefusalKeepsItsStatus();
    void deadlineEndsEveryRequest_data();
    void deadlineEndsEveryRequest();
    void answersThatQtGluesTogetherAreNone_data();
    void answersThatQtGluesTogetherAreNone();
    void aSendToldOfAfterTheDeadlineCounts();
    void whatIsAbandonedCountsAsSent();
    void inactivityIsTimedOut();
    void oddStatusIsNoSuccess_data();
    void oddStatusIsNoSuccess();
    void failureNeverTellsTheToken();
    void failureTellsNoPartOfTheToken();
};

void RestAnswersTest::successIsGivenAsItCame_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("200") << 200 << "application/json"_ba << fixture(u"page-last.json"_s);
    QTest::addRow("204") << 204 << ""_ba
                         << ""_ba;
    QTest::addRow("202") << 202 << "application/json"_ba
                         << "{}"_ba;
    QTest::addRow("299") << 299 << "application/json"_ba
                         << "{}"_ba;
    QTest::addRow("HTML") << 200 << "text/html"_ba << fixture(u"502.html"_s);
}

void RestAnswersTest::successIsGivenAsItCame()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    ClientOnWire wire;
    WireAction::Headers headers{{"x-correlation-id", "their-own"}};
    if (!type.isEmpty())
        headers.append({"Content-Type", type});
    wire.server.actions = {WireAction::withStatus(status, body, headers)};

    const auto result = ClientOnWire::resultOf(wire.remove(jobPath));

    QVERIFY(result);
    QCOMPARE(result->status, status);
    QCOMPARE(result->body, body);
    QCOMPARE(result->contentType, QString::fromLatin1(type));
    QCOMPARE(result->exchange.sends, 1);
    QCOMPARE(result->exchange.verb, Verb::Delete);
    QCOMPARE(result->exchange.target, jobPath);
    QCOMPARE(result->exchange.serviceCorrelationId, u"their-own"_s);
    QCOMPARE(result->exchange.endedAt, wire.clock.utc());
}

void RestAnswersTest::refusalsAreReadAndParsed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QList<QStringList>>("causes");
    const auto add = [](int status, const char *file, const char *code,
                        const QList<QStringList> &causes = {}) {
        QTest::addRow("%s", file) << status << QString::fromLatin1(file)
                                  << QString::fromLatin1(code) << causes;
    };
    add(401, "401-header-not-found.json", "HeaderNotFound");
    add(401, "401-empty-header.json", "InvalidHeaderValue");
    add(401, "401-wrong-scheme.json", "InvalidAuthorizationScheme");
    add(401, "401-scope-missing.json", "RequiredScopeMissing");
    add(401, "401-application-tier.json", "InvalidApplicationTier");
    add(401, "401-unknown-client.json", "Unauthorized",
        {{u"UnknownClient"_s, u"Client was not registered on https://developer.bentley.com."_s,
          u""_s}});
    add(403, "403-permissions.json", "InsufficientPermissions");
    add(404, "404-job-not-found.json", "JobNotFound");
    add(404, "404-resource-not-found.json", "ResourceNotFound",
        {{u"OperationNotFound"_s, u"Unable to match incoming request to an operation."_s, u""_s}});
    add(422, "422-delete.json", "InvalidContextCaptureRequest",
        {{u"InvalidChange"_s, u"Cannot delete an already submitted job."_s, u""_s}});
    add(422, "422-list.json", "InvalidRealityModelingRequest",
        {{u"InvalidParameter"_s,
          u"The $top query parameter value must be a positive integer that does not exceed 1000."_s,
          u"$Top"_s}});
    add(429, "429.json", "RateLimitExceeded");
    add(429, "429-older.json", "TooManyRequests");
    add(422, "error-nulls.json", "");
    add(502, "502.html", "");
    add(422, "page-truncated.json", "");
}

void RestAnswersTest::refusalsAreReadAndParsed()
{
    QFETCH(const int, status);
    QFETCH(const QString, file);
    QFETCH(const QString, code);
    QFETCH(const QList<QStringList>, causes);
    ClientOnWire wire;
    wire.server.actions = {WireAction::withStatus(status, fixture(file))};

    const auto failure = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));

    QCOMPARE(failure.status, status);
    QCOMPARE(failure.code, code);
    QCOMPARE(failure.message.isEmpty(), code.isEmpty());
    QCOMPARE(failure.rawBody, fixture(file));
    QCOMPARE(failure.exchange.sends, 1);
    QCOMPARE(failure.retryAfter, std::nullopt);
    QList<QStringList> found;
    for (const ErrorCause &cause : failure.details) {
        if (cause != ErrorCause())
            found.append({cause.code, cause.message, cause.target});
    }
    QCOMPARE(found, causes);
}

void RestAnswersTest::throttlingNamesItsLimit()
{
    ClientOnWire wire;
    wire.server.actions
        = {WireAction::withStatus(429, fixture(u"429.json"_s),
                                  {{"retry-after", "42"},
                                   {"itwinplatform-ratelimited-tier", "Community"},
                                   {"ITwinPlatform-RateLimited-API", "Reality Modeling"},
                                   {"ITwinPlatform-RateLimited-Operation", "Delete Job"},
                                   {"ITwinPlatform-RateLimited-Application", "native-abc"}})};
    const auto failure = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    const LimitFacts expected{u"Community"_s, u"Reality Modeling"_s, u"Delete Job"_s,
                              u"native-abc"_s};
    QCOMPARE(failure.limit, expected);
    QCOMPARE(failure.retryAfter, 42s);
}

void RestAnswersTest::retryAfterDateIsReadByTheAnswersOwnClock()
{
    ClientOnWire wire; // its clock says something else altogether
    wire.server.actions
        = {WireAction::withStatus(503, {},
                                  {{"Date", "Mon, 03 Jun 2019 11:00:00 GMT"},
                                   {"Retry-After", "Mon, 03 Jun 2019 11:30:12 GMT"}})};
    QCOMPARE(failureOf<HttpFailure>(ClientOnWire::resultOf(wire.get(listPath))).retryAfter, 1812s);
    QCOMPARE(wire.client.pausedUntil(), wire.clock.now() + 1812s);
}

void RestAnswersTest::sendsAreCountedWhenTheConnectionDrops_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isReset");
    QTest::addRow("closed without a word") << ""_ba << false;
    QTest::addRow("reset without a word") << ""_ba << true;
    QTest::addRow("closed inside the status line") << "HTTP/1.1 20"_ba << false;
    QTest::addRow("closed inside a header") << "HTTP/1.1 204 No Content\r\nx-corr"_ba << false;
    QTest::addRow("not HTTP at all") << "\x16\x03\x01 garbage\r\n\r\n"_ba << false;
}

void RestAnswersTest::sendsAreCountedWhenTheConnectionDrops()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isReset);
    ClientOnWire wire;
    wire.server.answerWith = [bytes, isReset](const ReceivedRequest &) {
        return isReset ? WireAction::reset() : WireAction::answerAndClose(bytes);
    };
    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QCOMPARE(failure.kind, Kind::ConnectionLost);
    QVERIFY(failure.exchange.sends >= 2); // Qt repeats it by itself
    QCOMPARE(failure.exchange.sends, static_cast<int>(wire.server.received.size()));
}

void RestAnswersTest::lostDeleteThatQtRepeatedTellsSo()
{
    ClientOnWire wire;
    wire.server.actions
        = {WireAction::close(), WireAction::withStatus(404, fixture(u"404-job-not-found.json"_s))};
    const auto result = ClientOnWire::resultOf(wire.remove(jobPath));
    QVERIFY(!result);
    QVERIFY(isJobNotFound(result.error()));
    QCOMPARE(exchangeOf(result.error()).sends, 2);
}

void RestAnswersTest::nobodyListeningIsUnreachable()
{
    ClientOnWire wire;
    QString address;
    {
        const ScriptedServer gone;
        address = gone.address();
    }
    wire.client.setAddress(ServiceAddress::parse(address).value());
    wire.client.setToken(tokenOf(u"secret-token"_s));
    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QCOMPARE(failure.kind, Kind::Unreachable);
    QCOMPARE(failure.exchange.sends, 0);
}

void RestAnswersTest::plainAnswerToTlsIsTlsFailure()
{
    ScriptedServer plain; // speaks no TLS
    ClientOnWire wire;
    wire.client.setAddress(
        ServiceAddress::parse(QString(u"https://127.0.0.1:"_s % QString::number(plain.port())))
            .value());
    wire.client.setToken(tokenOf(u"secret-token"_s));
    plain.rawAnswer = WireAction::answerAndClose("HTTP/1.1 400 Bad Request\r\n\r\n"_ba);

    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));

    QCOMPARE(failure.kind, Kind::Tls);
    QCOMPARE(failure.exchange.sends, 0);
    QVERIFY(!plain.everything().contains("secret-token"));
}

void RestAnswersTest::truncatedListIsLost_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("by its length") << QByteArray(head(1000) + R"({"jobs":[]})");
    QTest::addRow("by its chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"jobs\":[]}\r\n"_ba;
}

void RestAnswersTest::truncatedListIsLost()
{
    QFETCH(const QByteArray, bytes);
    ClientOnWire wire;
    wire.server.answerWith
        = [bytes](const ReceivedRequest &) { return WireAction::answerAndClose(bytes); };
    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.get(listPath))).kind,
             Kind::ConnectionLost);
}

void RestAnswersTest::statusDecidesOnTruncatedDelete()
{
    ClientOnWire wire;
    wire.server.actions
        = {WireAction::answerAndClose(head(1000) + "{"),
           WireAction::answerAndClose("HTTP/1.1 422 No\r\nContent-Length: 1000\r\n\r\n{")};
    const auto alarm = ClientOnWire::resultOf(wire.remove(jobPath));
    QVERIFY(alarm);
    QCOMPARE(alarm->status, 200);
    QCOMPARE(failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath))).status, 422);
}

void RestAnswersTest::oversizedAnswersAreCutOff_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addRow("without end") << "HTTP/1.1 200 OK\r\n\r\n"_ba;
    QTest::addRow("announced") << head(1 << 30);
}

void RestAnswersTest::oversizedAnswersAreCutOff()
{
    QFETCH(const QByteArray, head);
    ClientOnWire wire;
    wire.server.actions = {WireAction::endless(head, QByteArray(16 * 1024, ' '))};
    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.get(listPath))).kind,
             Kind::TooLarge);
}

void RestAnswersTest::compressedAnswerIsBoundedByItsRealSize()
{
    ClientOnWire wire;
    constexpr int realSize = 8 * 1024 * 1024;
    // Half of each byte is chance: small enough a ratio that Qt's own guard does not mind.
    QByteArray real(realSize, Qt::Uninitialized);
    for (char &byte : real)
        byte = static_cast<char>('a' + QRandomGenerator::global()->bounded(16));
    // "deflate" on the wire is what qCompress() makes, without its four bytes of length.
    wire.server.answerWith = [&real](const ReceivedRequest &) {
        return WireAction::withStatus(200, qCompress(real, 1).sliced(4),
                                      {{"Content-Encoding", "deflate"}});
    };
    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.get(listPath))).kind,
             Kind::TooLarge);

    real.fill(' '); // a bomb, which Qt refuses first
    QVERIFY(!ClientOnWire::resultOf(wire.get(listPath)));
}

void RestAnswersTest::endlessRefusalKeepsItsStatus()
{
    ClientOnWire wire;
    wire.server.actions
        = {WireAction::endless("HTTP/1.1 422 No\r\n\r\n", QByteArray(16 * 1024, ' '))};
    const auto failure = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QCOMPARE(failure.status, 422);
    QCOMPARE(failure.rawBody.size(), maximumErrorBytes);
}

void RestAnswersTest::deadlineEndsEveryRequest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("no answer") << ""_ba;
    QTest::addRow("dripping body") << QByteArray(head(100'000) + QByteArray(100'000, ' '));
    QTest::addRow("only 100 Continue") << "HTTP/1.1 100 Continue\r\n\r\n"_ba;
    QByteArray tooMany = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 101; ++i)
        tooMany += "x-" + QByteArray::number(i) + ": y\r\n";
    QTest::addRow("too many headers") << QByteArray(tooMany + "\r\n{}");
}

void RestAnswersTest::deadlineEndsEveryRequest()
{
    QFETCH(const QByteArray, bytes);
    ClientOnWire wire;
    wire.server.actions
        = {bytes.size() > 10'000 ? WireAction::dripping(bytes, 1ms) : WireAction::answer(bytes)};
    const auto future = wire.get(listPath);
    QTRY_COMPARE(wire.server.received.size(), 1);
    wire.clock.advance(RestClient::deadline - 1ms);
    QVERIFY(!future.isFinished());

    wire.clock.advance(1ms);

    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(future));
    QCOMPARE(failure.kind, Kind::TimedOut);
    QCOMPARE(failure.exchange.sends, 1);
    QCOMPARE(failure.exchange.duration, RestClient::deadline);
}

void RestAnswersTest::answersThatQtGluesTogetherAreNone_data()
{
    QTest::addColumn<QByteArray>("cut");
    QTest::addColumn<QByteArray>("whole");
    const QByteArray refused = "HTTP/1.1 422 Unprocessable\r\nContent-Length: 2\r\n\r\n{}";
    QTest::addRow("refused after half a success") << "HTTP/1.1 204 No Con"_ba << refused;
    QTest::addRow("no reason yet") << "HTTP/1.1 204 "_ba << refused;
    QTest::addRow("all but the line feed") << "HTTP/1.1 204 No Content\r"_ba << refused;
    QTest::addRow("no reason at all") << "HTTP/1.1 204 No"_ba
                                      << "HTTP/1.1 422\r\nContent-Length: 2\r\n\r\n{}"_ba;
    QTest::addRow("done after half a refusal") << "HTTP/1.1 422 Unpro"_ba
                                               << "HTTP/1.1 204 No Content\r\n\r\n"_ba;
}

/// The status of the first answer came with the end of the second: a job that is still there was
/// called deleted.
void RestAnswersTest::answersThatQtGluesTogetherAreNone()
{
    QFETCH(const QByteArray, cut);
    QFETCH(const QByteArray, whole);
    ClientOnWire wire;
    wire.server.actions = {WireAction::answerAndClose(cut), WireAction::answerAndClose(whole)};

    const auto result = ClientOnWire::resultOf(wire.remove(jobPath));

    const auto failure = failureOf<NetworkFailure>(result);
    QCOMPARE(failure.kind, Kind::ConnectionLost);
    QCOMPARE(failure.exchange.sends, 2);
}

/// Qt's thread had put it on the wire, and this thread came too late to hear of it before.
void RestAnswersTest::aSendToldOfAfterTheDeadlineCounts()
{
    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client(network, limiter, clock, [] { return 0.5; });
    client.setToken(tokenOf(u"secret-token"_s));
    Answer unheard = Answer::hang();
    unheard.sends = 0;
    network.answers = {unheard};
    const auto future = client.send(requestOf(Verb::Delete, jobPath));
    QTRY_COMPARE(network.hangingCount(), 1);
    clock.advance(RestClient::deadline);
    QVERIFY(!future.isFinished());

    emit network.findChild<QNetworkReply *>()->requestSent();

    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(future));
    QCOMPARE(failure.kind, Kind::TimedOut);
    QCOMPARE(failure.exchange.sends, 1);
}

/// The service has it, and this thread has not heard of that.
void RestAnswersTest::whatIsAbandonedCountsAsSent()
{
    constexpr int longest = 10'000;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    ClientOnWire wire;
    const auto address = u"http://127.0.0.1:%1"_s.arg(server.serverPort());
    wire.client.setAddress(ServiceAddress::parse(address).value());
    wire.client.setToken(tokenOf(u"secret-token"_s));
    const auto future = wire.remove(jobPath);
    // Neither of these lets this thread's events through.
    QVERIFY(server.waitForNewConnection(longest));
    QVERIFY(server.nextPendingConnection()->waitForReadyRead(longest));

    wire.client.setAddress(ServiceAddress::parse(wire.server.address()).value());

    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(future));
    QCOMPARE(failure.kind, Kind::Abandoned);
    QCOMPARE(failure.exchange.sends, 1);
}

void RestAnswersTest::inactivityIsTimedOut()
{
    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client(network, limiter, clock, [] { return 0.5; });
    client.setToken(tokenOf(u"secret-token"_s));
    network.answers = {Answer::timeout(1), Answer::timeout(0)};
    const Request request = requestOf(Verb::Get, listPath);
    for (const int sends : {1, 0}) {
        const auto failure
            = failureOf<NetworkFailure>(ClientOnWire::resultOf(client.send(request)));
        QCOMPARE(failure.kind, Kind::TimedOut);
        QCOMPARE(failure.exchange.sends, sends);
    }
}

void RestAnswersTest::oddStatusIsNoSuccess_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    for (const char *line : {"HTTP/1.1 000 Zero", "HTTP/1.1 042 Low", "HTTP/1.1 304 Same",
                             "HTTP/1.1 600 High", "HTTP/1.1 999 Higher", "HTTP/1.1 -204 Minus"})
        QTest::addRow("%s", line) << QByteArray(line);
}

void RestAnswersTest::oddStatusIsNoSuccess()
{
    QFETCH(const QByteArray, statusLine);
    ClientOnWire wire;
    wire.server.answerWith = [statusLine](const ReceivedRequest &) {
        return WireAction::answerAndClose(statusLine + "\r\nContent-Length: 0\r\n\r\n");
    };
    QVERIFY(!ClientOnWire::resultOf(wire.remove(jobPath)));
}

void RestAnswersTest::failureNeverTellsTheToken()
{
    ClientOnWire wire;
    wire.server.answerWith = [](const ReceivedRequest &) { return WireAction::close(); };
    const auto failure = failureOf<NetworkFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QVERIFY(!failure.technicalText.contains(u"secret-token"_s));
    wire.server.answerWith = [](const ReceivedRequest &) {
        return WireAction::withStatus(429, "secret-token"_ba,
                                      {{"x-correlation-id", "secret-token"},
                                       {"Content-Type", "text/secret-token"},
                                       {"ITwinPlatform-RateLimited-API", "secret-token"}});
    };
    const auto told = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QCOMPARE(told.exchange.serviceCorrelationId, u"[redacted]"_s);
    QCOMPARE(told.contentType, u"text/[redacted]"_s);
    QCOMPARE(told.limit.api, u"[redacted]"_s);
    QCOMPARE(told.rawBody, "[redacted]"_ba);
    QCOMPARE(wire.client.redact(u"GET secret-token, Bearer secret-token"_s),
             u"GET [redacted], Bearer [redacted]"_s);
}

void RestAnswersTest::failureTellsNoPartOfTheToken()
{
    ClientOnWire wire;
    wire.client.setToken(tokenOf(u"c2lnbmF0dXJlLW9mLWEtdG9rZW4"_s));
    wire.server.answerWith = [](const ReceivedRequest &) {
        return WireAction::withStatus(422,
                                      R"({"error":{"code":"x","message":"bmF0dXJlLW9mLW?"}})"_ba);
    };
    const auto cut = failureOf<HttpFailure>(ClientOnWire::resultOf(wire.remove(jobPath)));
    QCOMPARE(cut.message, u"[redacted]?"_s);
}

QTEST_GUILESS_MAIN(RestAnswersTest)
#include "tst_restanswers.moc"
