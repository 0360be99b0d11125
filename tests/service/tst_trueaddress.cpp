// SPDX-License-Identifier: GPL-3.0-or-later

// The program as it is installed, against https://api.bentley.com, which is a server of this
// machine here: network.sh gives the process a network, a hosts file and trusted certificates of
// its own, and keychain.sh a keychain. Nothing in the program knows of the test.

#include "account/tokenstore.h"
#include "tests/support/findwidgets.h"
#include "tests/support/keychaindaemon.h"
#include "tests/walkthrough/program.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longest = 60'000;
constexpr quint16 port = 443;

/// What stands in $1, in files that OpenSSL makes: two authorities, one of them trusted, and the
/// certificates that they gave out.
const QString makeCertificates = uR"(
set -e; cd "$1"; mkdir trusted
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
        -subj "/CN=Authority $1" -keyout "$1.key" -out "$1.pem"
}
certificate() { # name authority host days
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$3" \
        -keyout "$1.key" -out "$1.csr"
    echo "subjectAltName=DNS:$3" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "$4" \
        -extfile "$1.ext" -out "$1.crt"
}
authority known; authority unknown
certificate good known api.bentley.com 30
certificate expired known api.bentley.com -1
certificate wrong-host known qa-api.bentley.com 30
certificate unknown-issuer unknown api.bentley.com 30
cp known.pem trusted; openssl rehash trusted
echo "127.0.0.1 localhost api.bentley.com" >hosts
mount --bind hosts /etc/hosts
mount --bind trusted /etc/ssl/certs
)"_s;

QByteArray answerTo(const QByteArray &request)
{
    const QByteArray target = request.split(' ').value(1);
    const QByteArray body = target.startsWith("/users/me")
        ? R"({"user":{"displayName":"Ana Silva"}})"_ba
        : target.startsWith("/contextcapture/jobs") ? R"({"jobs":[]})"_ba
                                                    : R"({"iTwins":[]})"_ba;
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TrueAddressTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void listsWithAGoodCertificate();
    void sendsNothingOtherwise_data();
    void sendsNothingOtherwise();

private:
    void listen(const QString &certificate);
    void serve();

    QTemporaryDir m_folder;
    KeychainDaemon m_daemon;
    std::unique_ptr<QSslServer> m_server;
    /// What came through the encryption.
    QByteArray m_received;
    int m_handshakes = 0;
    const QByteArray m_token = "TheSecretOfThePerson";
};

void TrueAddressTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("JOBSWEEP_PRIVATE_NETWORK"), "run it by network.sh");
    if (!KeychainDaemon::isPossible())
        QSKIP("needs gnome-keyring-daemon and the private bus of keychain.sh");
    QProcess make;
    make.setProcessChannelMode(QProcess::MergedChannels);
    make.start(u"sh"_s, {u"-c"_s, makeCertificates, u"sh"_s, m_folder.path()});
    QVERIFY(make.waitForFinished(longest));
    QVERIFY2(make.exitCode() == 0, make.readAll().constData());

    QVERIFY(m_daemon.start(KeychainDaemon::Ring::Unlocked));
    SystemKeychain keychain;
    const auto written = keychain.write(
        ServiceAddress(), AccessToken::fromPasted(QString::fromLatin1(m_token)).value());
    QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), longest);
    QCOMPARE(written.result(), KeychainResult::Done);
}

void TrueAddressTest::init()
{
    m_received.clear();
    m_handshakes = 0;
}

void TrueAddressTest::listen(const QString &certificate)
{
    const auto read = [this, &certificate](const QString &ending) {
        QFile file(m_folder.filePath(certificate + ending));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(read(u".crt"_s)));
    configuration.setPrivateKey(QSslKey(read(u".key"_s), QSsl::Ec));
    m_server = std::make_unique<QSslServer>();
    m_server->setSslConfiguration(configuration);
    connect(m_server.get(), &QSslServer::startedEncryptionHandshake, this,
            [this] { ++m_handshakes; });
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &TrueAddressTest::serve);
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
}

void TrueAddressTest::serve()
{
    QTcpSocket *socket = m_server->nextPendingConnection();
    connect(socket, &QIODevice::readyRead, this, [this, socket] {
        const QByteArray request = socket->readAll();
        m_received += request;
        if (request.endsWith("\r\n\r\n"))
            socket->write(answerTo(request));
    });
}

void TrueAddressTest::listsWithAGoodCertificate()
{
    listen(u"good"_s);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(QStringLiteral(JOBSWEEP_PROGRAM), {});
    QTRY_VERIFY_WITH_TIMEOUT(m_received.contains("GET /contextcapture/jobs"), longest);
    QVERIFY(m_received.contains(QByteArray("Authorization: Bearer " + m_token)));
    program.kill();
    QVERIFY(program.waitForFinished(longest));
}

void TrueAddressTest::sendsNothingOtherwise_data()
{
    QTest::addColumn<QString>("certificate");
    for (const char *name : {"expired", "wrong-host", "unknown-issuer"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TrueAddressTest::sendsNothingOtherwise()
{
    QFETCH(const QString, certificate);
    listen(certificate);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(QStringLiteral(JOBSWEEP_PROGRAM), {});
    // One for the account, one for the list.
    QTRY_VERIFY_WITH_TIMEOUT(m_handshakes >= 2, longest);

    // What the same window says of it.
    World world;
    Program window(world);
    window.window.show();
    window.core.connection.openForSession(
        ServiceAddress(), AccessToken::fromPasted(QString::fromLatin1(m_token)).value());
    QTRY_VERIFY_WITH_TIMEOUT(
        shows(window.window, u"No trustworthy encrypted connection could be made."_s), longest);
    program.kill();
    QVERIFY(program.waitForFinished(longest));
    QCOMPARE(m_received, QByteArray());
}

QTEST_MAIN(TrueAddressTest)
#include "tst_trueaddress.moc"
