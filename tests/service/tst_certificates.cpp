// SPDX-License-Identifier: GPL-3.0-or-later

// Real TLS with certificates of every kind: a run meets one that is not right, and nothing is sent.

#include "tests/support/fixtures.h"
#include "tests/support/runonwire.h"

#include <QProcess>
#include <QRegularExpression>
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

/// A server that accepts for itself what Qt's would not: weak keys and signatures.
class CarelessServer
{
public:
    CarelessServer(const QString &certificate, const QString &key)
    {
        m_server.setProcessChannelMode(QProcess::MergedChannels);
        m_server.start(u"openssl"_s,
                       {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-cipher"_s,
                        u"ALL:@SECLEVEL=0"_s, u"-state"_s, u"-cert"_s, fixtureFile(certificate),
                        u"-key"_s, fixtureFile(key)});
        static const QRegularExpression ready(u"ACCEPT 127\\.0\\.0\\.1:(\\d+)"_s);
        while (!ready.match(QString::fromLatin1(m_output)).hasMatch()) {
            if (!m_server.waitForReadyRead())
                qFatal("openssl s_server does not start");
            m_output += m_server.readAll();
        }
        m_port = ready.match(QString::fromLatin1(m_output)).captured(1);
    }
    ~CarelessServer()
    {
        m_server.kill();
        m_server.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(CarelessServer)
    [[nodiscard]] QString address() const { return "https://127.0.0.1:"_L1 % m_port; }
    /// What it received and what it says of its handshakes.
    [[nodiscard]] QByteArray output() { return m_output += m_server.readAll(); }

private:
    QProcess m_server;
    QByteArray m_output;
    QString m_port;
};

/// The run stands still for a person, nothing was sent, and nothing will be by itself.
bool hasRefused(RunOnWire *run)
{
    const bool isPaused = run->waitsForPerson() && run->queue.phase() == Phase::Paused
        && run->queue.reason() == QueueReason::Tls && run->queue.summary().left == 2
        && run->queue.phaseError() && exchangeOf(*run->queue.phaseError()).sends == 0;
    const qsizetype made = run->sends.made();
    run->clock.advance(std::chrono::hours(48));
    return isPaused && run->sends.made() == made;
}

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
    void weakOnesGetNoByte_data();
    void weakOnesGetNoByte();
};

void CertificatesTest::rightOnesAreAccepted_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("host");
    QTest::newRow("address") << u"valid"_s << u"127.0.0.1"_s;
    QTest::newRow("name") << u"valid"_s << u"localhost"_s;
    QTest::newRow("through an intermediate") << u"whole-chain"_s << u"127.0.0.1"_s;
    // Qt still takes the common name where there is no alternative one, which RFC 9110 §4.3.4 no
    // longer does. An issuer that people trust signs none of these.
    QTest::newRow("common name only") << u"common-name-only"_s << u"localhost"_s;
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
    for (const char *certificate :
         {"expired", "not-yet-valid", "other-host", "unknown-issuer", "incomplete-chain",
          "issued-by-a-server", "selfsigned", "no-name", "common-name-only"})
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

    QVERIFY(hasRefused(&run));
    QVERIFY(server.handshakes > 0);
    QVERIFY(server.received.isEmpty());
    run.queue.stop();
    QVERIFY(run.waitsForPerson());
    QCOMPARE(run.queue.summary().cancelled, 2);
    QVERIFY(server.received.isEmpty());
}

void CertificatesTest::weakOnesGetNoByte_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("a right one, to compare") << u"valid"_s << u"selfsigned.key"_s << false;
    QTest::newRow("key of 1024 bits") << u"weak-key"_s << u"certificates/weak-key.key"_s << true;
    QTest::newRow("signed with SHA-1") << u"weak-signature"_s << u"selfsigned.key"_s << true;
}

void CertificatesTest::weakOnesGetNoByte()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, key);
    QFETCH(const bool, isRefused);
    CarelessServer server(QString(u"certificates/"_s % certificate % u".crt"_s), key);
    RunOnWire run(server.address());

    run.start();

    if (isRefused) {
        QVERIFY(hasRefused(&run));
        QVERIFY(server.output().contains("SSL_accept"));
        QVERIFY(!server.output().contains("Authorization"));
    } else {
        QTRY_VERIFY(server.output().contains("Authorization"));
    }
}

QTEST_GUILESS_MAIN(CertificatesTest)
#include "tst_certificates.moc"
