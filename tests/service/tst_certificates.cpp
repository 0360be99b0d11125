// SPDX-License-Identifier: GPL-3.0-or-later

// Real TLS with certificates of every kind: a run meets one that is not right, and nothing is sent.

#include "tests/support/fixtures.h"
#include "tests/support/runonwire.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Phase = DeletionQueue::Phase;

namespace {

QList<QSslCertificate> certificates(const QString &name)
{
    return QSslCertificate::fromData(fixture(QString(u"certificates/"_s % name % u".crt"_s)));
}

/// Answers what it is sent in the clear with 204, and keeps it.
class TlsServer
{
public:
    explicit TlsServer(const QList<QSslCertificate> &chain)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(QSslKey(fixture(u"selfsigned.key"_s), QSsl::Ec));
        m_server.setSslConfiguration(configuration);
        QObject::connect(&m_server, &QSslServer::startedEncryptionHandshake, &m_server,
                         [this] { ++handshakes; });
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server,
                         [this] { serve(m_server.nextPendingConnection()); });
        if (!m_server.listen(QHostAddress::AnyIPv4))
            qFatal("No free port");
    }
    [[nodiscard]] QString address(const QString &host) const
    {
        return "https://"_L1 % host % u':' % QString::number(m_server.serverPort());
    }

    QByteArray received;
    int handshakes = 0;

private:
    void serve(QTcpSocket *socket)
    {
        QObject::connect(socket, &QIODevice::readyRead, &m_server, [this, socket] {
            received += socket->readAll();
            if (received.endsWith("\r\n\r\n"))
                socket->write(WireAction::withStatus(204).bytes);
        });
    }

    QSslServer m_server;
};

} // namespace

class CertificatesTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // Only this root is trusted: each certificate has but the one fault of its name.
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(certificates(u"root"_s));
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    void rightOnesAreAccepted_data();
    void rightOnesAreAccepted();
    void wrongOnesGetNoByte_data();
    void wrongOnesGetNoByte();
};

void CertificatesTest::rightOnesAreAccepted_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("host");
    QTest::newRow("address") << u"valid"_s << u"127.0.0.1"_s;
    QTest::newRow("name") << u"valid"_s << u"localhost"_s;
    QTest::newRow("through an intermediate") << u"whole-chain"_s << u"127.0.0.1"_s;
}

/// Otherwise the refusals would say nothing.
void CertificatesTest::rightOnesAreAccepted()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, host);
    TlsServer server(certificates(certificate));
    RunOnWire run(server.address(host));

    run.start();

    QVERIFY(run.waitsForPerson());
    QCOMPARE(run.queue.summary().deleted, 2);
    QCOMPARE(server.received.count("DELETE "), 2);
}

void CertificatesTest::wrongOnesGetNoByte_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("host");
    const auto loopback = u"127.0.0.1"_s;
    for (const char *certificate : {"expired", "not-yet-valid", "other-host", "unknown-issuer",
                                    "incomplete-chain", "issued-by-a-server", "selfsigned"})
        QTest::newRow(certificate) << QString::fromLatin1(certificate) << loopback;
    QTest::newRow("another address") << u"valid"_s << u"127.0.0.2"_s;
    QTest::newRow("self-signed, another address") << u"selfsigned"_s << u"127.0.0.2"_s;
}

void CertificatesTest::wrongOnesGetNoByte()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, host);
    TlsServer server(certificate == "selfsigned"_L1
                         ? QSslCertificate::fromData(fixture(u"selfsigned.crt"_s))
                         : certificates(certificate));
    RunOnWire run(server.address(host));

    run.start();

    QVERIFY(run.waitsForPerson());
    QCOMPARE(run.queue.phase(), Phase::Paused);
    QCOMPARE(run.queue.reason(), QueueReason::Tls);
    QVERIFY(server.handshakes > 0);
    QVERIFY(server.received.isEmpty());
    QCOMPARE(run.queue.summary().left, 2);
    QVERIFY(run.queue.phaseError());
    QCOMPARE(exchangeOf(*run.queue.phaseError()).sends, 0);
    // Never again by itself, and certainly not deleted.
    const qsizetype made = run.sends.made();
    run.clock.advance(std::chrono::hours(48));
    QCOMPARE(run.sends.made(), made);
    run.queue.stop();
    QVERIFY(run.waitsForPerson());
    QCOMPARE(run.queue.summary().cancelled, 2);
    QVERIFY(server.received.isEmpty());
}

QTEST_GUILESS_MAIN(CertificatesTest)
#include "tst_certificates.moc"
