// SPDX-License-Identifier: GPL-3.0-or-later

// A request that must be carried out once at most, on a real wire: Qt repeats any other request by
// itself when its connection drops before an answer.

#include "tests/support/clientonwire.h"
#include "tests/support/fixtures.h"

#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray json()
{
    return R"({"name":"Bridge scan, north"})"_ba;
}

Request creation(const QByteArray &body = json())
{
    Request request = requestOf(Verb::Post, listPath, body);
    request.isSentOnce = true;
    return request;
}

/// Trusts the fixtures' certificate for as long as it lives.
class TrustInFixture
{
public:
    TrustInFixture() : m_before(QSslConfiguration::defaultConfiguration())
    {
        QSslConfiguration trusting = m_before;
        trusting.addCaCertificate(certificate());
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~TrustInFixture() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(TrustInFixture)

    static QSslCertificate certificate()
    {
        return QSslCertificate(fixture(u"selfsigned.crt"_s), QSsl::Pem);
    }

private:
    QSslConfiguration m_before;
};

} // namespace

class SentOnceTest final : public QObject
{
    Q_OBJECT

private slots:
    void lostAnswersAreNotAskedForAgain_data();
    void lostAnswersAreNotAskedForAgain();
    void lostAnswersOverTlsAreNotAskedForAgain();
    void brokenOffBodiesAreNotSentAgain();
    void othersAreRepeatedByQt();
    void bodyArrivesWhole();
    void everyOneHasAConnectionOfItsOwn();
    void challengesDoNotRepeatIt_data();
    void challengesDoNotRepeatIt();
    void onlyAPostWithABodyCanBe_data();
    void onlyAPostWithABodyCanBe();
    void stoppedOnesEnd();
};

void SentOnceTest::lostAnswersAreNotAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<WireAction::End>("end");

    using End = WireAction::End;
    QTest::newRow("closed before an answer") << ""_ba << End::Close;
    QTest::newRow("reset before an answer") << ""_ba << End::Reset;
    QTest::newRow("closed in the status line") << "HTTP/1.1 20"_ba << End::Close;
    QTest::newRow("closed in a header") << "HTTP/1.1 201 Created\r\nConte"_ba << End::Close;
    QTest::newRow("reset in a header") << "HTTP/1.1 201 Created\r\nConte"_ba << End::Reset;
    QTest::newRow("closed after a 100") << "HTTP/1.1 100 Continue\r\n\r\n"_ba << End::Close;
    QTest::newRow("garbage") << "\x01\x02 garbage\r\n\r\n"_ba << End::KeepOpen;
    QTest::newRow("garbage, closed") << "\x01\x02 garbage\r\n\r\n"_ba << End::Close;
}

void SentOnceTest::lostAnswersAreNotAskedForAgain()
{
    QFETCH(QByteArray, bytes);
    QFETCH(WireAction::End, end);
    ClientOnWire wire;
    WireAction action = WireAction::answer(bytes);
    action.end = end;
    wire.server.answerWith = [action](const ReceivedRequest &) { return action; };

    const auto result = ClientOnWire::resultOf(wire.client.send(creation()));

    const auto failure = failureOf<NetworkFailure>(result);
    QCOMPARE(failure.kind, NetworkFailure::Kind::ConnectionLost);
    QCOMPARE(failure.exchange.sends, 1);
    QCOMPARE(wire.server.everything().count("POST "), 1);
    QCOMPARE(wire.server.connectionCount(), 1);
}

void SentOnceTest::lostAnswersOverTlsAreNotAskedForAgain()
{
    const TrustInFixture trust;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(TrustInFixture::certificate());
    configuration.setPrivateKey(QSslKey(fixture(u"selfsigned.key"_s), QSsl::Ec));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const auto requests = std::make_shared<int>(0);
    connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server, requests] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QIODevice::readyRead, socket, [socket, requests] {
            *requests += static_cast<int>(socket->readAll().count("POST "));
            socket->disconnectFromHost();
        });
    });
    ClientOnWire wire;
    const QString address = "https://127.0.0.1:"_L1 + QString::number(server.serverPort());
    wire.client.setAddress(ServiceAddress::parse(address).value());
    wire.client.setToken(tokenOf(u"secret-token"_s));

    const auto result = ClientOnWire::resultOf(wire.client.send(creation()));

    QCOMPARE(failureOf<NetworkFailure>(result).exchange.sends, 1);
    QCOMPARE(*requests, 1);
}

/// Qt counts what it has handed on, not what the service has got: on the safe side, as sent.
void SentOnceTest::brokenOffBodiesAreNotSentAgain()
{
    ClientOnWire wire;
    wire.server.rawAnswer = WireAction::close(); // with the first bytes
    constexpr qsizetype beyondEveryBuffer = 50'000'000;
    const QByteArray body(beyondEveryBuffer, 'x');

    const auto result = ClientOnWire::resultOf(wire.client.send(creation(body)));

    QCOMPARE(failureOf<NetworkFailure>(result).exchange.sends, 1);
    QCOMPARE(wire.server.everything().count("POST "), 1);
    QCOMPARE_LT(wire.server.everything().size(), beyondEveryBuffer);
}

/// What the flag is there for. If this fails with another Qt, look whether it is still needed.
void SentOnceTest::othersAreRepeatedByQt()
{
    ClientOnWire wire;
    wire.server.answerWith = [](const ReceivedRequest &) { return WireAction::close(); };

    const auto result
        = ClientOnWire::resultOf(wire.client.send(requestOf(Verb::Post, listPath, json())));

    const int sends = failureOf<NetworkFailure>(result).exchange.sends;
    QCOMPARE_GT(sends, 1);
    QCOMPARE(wire.server.received.size(), sends);
}

void SentOnceTest::bodyArrivesWhole()
{
    ClientOnWire wire;
    wire.server.actions = {WireAction::withStatus(201, "{}")};
    constexpr qsizetype beyondEveryBuffer = 300'000;
    const QByteArray body = '"' + QByteArray(beyondEveryBuffer, 'x') + '"';

    const auto result = ClientOnWire::resultOf(wire.client.send(creation(body)));

    QVERIFY(result);
    QCOMPARE(result->status, 201);
    QCOMPARE(result->exchange.sends, 1);
    const ReceivedRequest &received = wire.server.received.constFirst();
    QCOMPARE(received.body(), body);
    QCOMPARE(received.headers("Content-Length"), QList{QByteArray::number(body.size())});
    QCOMPARE(received.headers("Transfer-Encoding"), QList<QByteArray>());
    QCOMPARE(received.header("Content-Type"), "application/json"_ba);
    QCOMPARE(received.header("Authorization"), "Bearer secret-token"_ba);
}

void SentOnceTest::everyOneHasAConnectionOfItsOwn()
{
    ClientOnWire wire;
    wire.server.answerWith = [](const ReceivedRequest &) { return WireAction::withStatus(201); };

    QVERIFY(ClientOnWire::resultOf(wire.get(listPath)));
    QVERIFY(ClientOnWire::resultOf(wire.client.send(creation())));
    QVERIFY(ClientOnWire::resultOf(wire.client.send(creation())));
    QVERIFY(ClientOnWire::resultOf(wire.get(listPath)));

    QList<int> connections;
    for (const ReceivedRequest &received : std::as_const(wire.server.received))
        connections.append(received.connection);
    QCOMPARE(connections, (QList{0, 1, 2, 0}));
}

void SentOnceTest::challengesDoNotRepeatIt_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<WireAction::Headers>("headers");

    using Headers = WireAction::Headers;
    QTest::newRow("redirect") << 307 << Headers{{"Location", "/contextcapture/jobs"}};
    QTest::newRow("Basic") << 401 << Headers{{"WWW-Authenticate", R"(Basic realm="x")"}};
    QTest::newRow("NTLM") << 401 << Headers{{"WWW-Authenticate", "NTLM"}};
    QTest::newRow("proxy") << 407 << Headers{{"Proxy-Authenticate", R"(Basic realm="x")"}};
}

void SentOnceTest::challengesDoNotRepeatIt()
{
    QFETCH(int, status);
    QFETCH(WireAction::Headers, headers);
    ClientOnWire wire;
    wire.server.answerWith = [status, headers](const ReceivedRequest &) {
        return WireAction::withStatus(status, "{}", headers);
    };

    const auto result = ClientOnWire::resultOf(wire.client.send(creation()));

    const auto failure = failureOf<HttpFailure>(result);
    QCOMPARE(failure.status, status);
    QCOMPARE(failure.exchange.sends, 1);
    QCOMPARE(wire.server.received.size(), 1);
}

void SentOnceTest::onlyAPostWithABodyCanBe_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");

    // Qt does not tell when a request without a body has left.
    QTest::newRow("no body") << Verb::Post << listPath << ""_ba;
    QTest::newRow("DELETE") << Verb::Delete << jobPath << json();
    QTest::newRow("GET") << Verb::Get << listPath << json();
}

void SentOnceTest::onlyAPostWithABodyCanBe()
{
    QFETCH(Verb, verb);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    ClientOnWire wire;
    Request request = requestOf(verb, path, body);
    request.isSentOnce = true;

    const auto result = ClientOnWire::resultOf(wire.client.send(request));

    QCOMPARE(failureOf<NetworkFailure>(result).kind, NetworkFailure::Kind::Forbidden);
    QCOMPARE(wire.server.connectionCount(), 0);
}

/// A manager of its own must not outlive the client, nor end while its reply is being told about.
void SentOnceTest::stoppedOnesEnd()
{
    ClientOnWire wire;
    wire.server.answerWith = [](const ReceivedRequest &) { return WireAction::hang(); };
    const auto first = wire.client.send(creation());
    QTRY_COMPARE(wire.server.received.size(), 1);

    wire.client.setAddress(ServiceAddress::parse(u"http://127.0.0.1:1"_s).value());

    QCOMPARE(failureOf<NetworkFailure>(ClientOnWire::resultOf(first)).kind,
             NetworkFailure::Kind::Abandoned);
    QTRY_COMPARE(wire.client.findChildren<QNetworkAccessManager *>().size(), 0);
}

QTEST_GUILESS_MAIN(SentOnceTest)
#include "tst_sentonce.moc"
