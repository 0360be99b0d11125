// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restclient.h"
#include "tests/support/deletionworld.h"
#include "tests/support/fixtures.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

/// Real TLS with a certificate that nobody vouches for: nothing may be sent.
class CertificatesTest final : public QObject
{
    Q_OBJECT

private slots:
    void anUntrustedCertificateGetsNoByte_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("right address") << u"127.0.0.1"_s;
        QTest::newRow("wrong address") << u"127.0.0.2"_s;
    }
    void anUntrustedCertificateGetsNoByte()
    {
        QFETCH(QString, host);
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(fixture(u"selfsigned.crt"_s), QSsl::Pem));
        configuration.setPrivateKey(QSslKey(fixture(u"selfsigned.key"_s), QSsl::Ec));
        QSslServer server;
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::AnyIPv4));
        const auto received = std::make_shared<QByteArray>();
        int handshakes = 0;
        connect(&server, &QSslServer::startedEncryptionHandshake, &server,
                [&handshakes] { ++handshakes; });
        connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server, received] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QIODevice::readyRead, socket,
                    [socket, received] { *received += socket->readAll(); });
        });

        SystemClock clock;
        RateLimiter limiter;
        QNetworkAccessManager network;
        RestClient client(network, limiter, clock, [] { return 0.0; });
        const QString address = "https://"_L1 % host % u':' % QString::number(server.serverPort());
        client.setAddress(ServiceAddress::parse(address).value());
        client.setToken(testToken());
        Request request;
        request.path = u"/contextcapture/jobs"_s;
        const auto answer = client.send(request);
        constexpr int longest = 20'000;
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), longest);

        QVERIFY(handshakes > 0);
        QVERIFY(!answer.result());
        const ApiError error = answer.result().error();
        const auto *failure = std::get_if<NetworkFailure>(&error);
        QVERIFY(failure);
        QCOMPARE(failure->kind, NetworkFailure::Kind::Tls);
        QCOMPARE(failure->exchange.sends, 0);
        QVERIFY(received->isEmpty());
    }
};

QTEST_GUILESS_MAIN(CertificatesTest)
#include "tst_certificates.moc"
