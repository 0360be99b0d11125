// SPDX-License-Identifier: GPL-3.0-or-later

// Connections that do not come about, by whatever is in the way: nothing is lost, nothing is called
// deleted, no token is seen, and the run says what is the matter.

#include "tests/support/runonwire.h"

#include <QNetworkProxy>
#include <QTcpServer>

#include <array>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Kind = NetworkFailure::Kind;
using Phase = DeletionQueue::Phase;

namespace {

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A port whose queue of connections is full: what else comes is dropped and never answered.
class BlackHole
{
public:
    BlackHole()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof m_address;
        if (::bind(m_listener, asAddress(), length) != 0 || ::listen(m_listener, 0) != 0
            || ::getsockname(m_listener, asAddress(), &length) != 0)
            qFatal("There is no port to listen on");
        for (int &filler : m_fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            // Without blocking it never says at once that it has succeeded.
            static_cast<void>(::connect(filler, asAddress(), sizeof m_address));
        }
    }
    ~BlackHole()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(BlackHole)

    [[nodiscard]] quint16 port() const { return ntohs(m_address.sin_port); }

private:
    [[nodiscard]] sockaddr *asAddress() { return reinterpret_cast<sockaddr *>(&m_address); }

    sockaddr_in m_address{};
    int m_listener = -1;
    std::array<int, 3> m_fillers{};
};

QString loopback(const QString &scheme, quint16 port)
{
    return QString(scheme % u"://127.0.0.1:"_s % QString::number(port));
}

/// One record with a ServerHello that chooses this version of TLS.
QByteArray serverHello(char minorVersion)
{
    QByteArray hello("\x03");
    hello += minorVersion;
    hello += QByteArray(32, 'r'); // the random
    hello += '\0'; // no session
    hello += QByteArray("\xc0\x13", 2); // ECDHE-RSA with AES-128-CBC and SHA
    hello += '\0'; // no compression
    const auto size = static_cast<char>(hello.size());
    const QByteArray handshake = QByteArray("\x02\x00\x00", 3) + size + hello;
    QByteArray record("\x16\x03");
    record += minorVersion;
    record += '\0';
    record += static_cast<char>(handshake.size());
    return record + handshake;
}

struct Way
{
    QString address;
    std::optional<QNetworkProxy> proxy = {};
    /// What the other side does with whatever arrives.
    std::optional<WireAction> raw = {};
    /// The other side is the proxy on the way, not the service.
    bool isProxy = false;
    /// Whether the end comes only with the deadline.
    bool isSilent = false;
    Kind kind = Kind::Unreachable;
    QueueReason reason = QueueReason::Unreachable;
};

} // namespace

Q_DECLARE_METATYPE(Way)

class ConnectionFaultsTest final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_blackHole = std::make_unique<BlackHole>();
    }
    void nothingIsSentAndNothingIsLost_data();
    void nothingIsSentAndNothingIsLost();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<BlackHole> m_blackHole;
};

void ConnectionFaultsTest::nothingIsSentAndNothingIsLost_data()
{
    // With `raw` the address is a scheme alone: the server listens only once a row is tested.
    QTest::addColumn<Way>("way");
    const auto row = [](const char *name, const Way &way) { QTest::newRow(name) << way; };
    const auto tls = [](const WireAction &raw) {
        return Way{
            .address = u"https"_s, .raw = raw, .kind = Kind::Tls, .reason = QueueReason::Tls};
    };
    row("refused", {.address = loopback(u"http"_s, closedPort())});
    row("refused, TLS", {.address = loopback(u"https"_s, closedPort())});
    row("black hole", {.address = u"black hole"_s, .isSilent = true, .kind = Kind::TimedOut});
    const QNetworkProxy unknown(QNetworkProxy::HttpProxy, u"proxy.invalid"_s, 8080);
    const QNetworkProxy refusing(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, closedPort());
    for (const char *scheme : {"http", "https"}) {
        const QString address = loopback(QString::fromLatin1(scheme), closedPort());
        row(qPrintable(u"proxy with an unknown name, %1"_s.arg(QLatin1StringView(scheme))),
            {.address = address, .proxy = unknown});
        row(qPrintable(u"proxy refuses the connection, %1"_s.arg(QLatin1StringView(scheme))),
            {.address = address, .proxy = refusing});
    }
    for (const char *refusal : {"407 Proxy Authentication Required", "403 Forbidden",
                                "502 Bad Gateway", "200 Connection established"}) {
        const QByteArray answer = "HTTP/1.1 "_ba + refusal
            + "\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";
        // With a way to the service that leads nowhere.
        row(qPrintable(u"proxy answers %1"_s.arg(QLatin1StringView(refusal))),
            {.address = loopback(u"https"_s, closedPort()),
             .raw = WireAction::answerAndClose(answer),
             .isProxy = true});
    }
    row("plain HTTP on the TLS port",
        tls(WireAction::answerAndClose("HTTP/1.1 400 Bad Request\r\n\r\n"_ba)));
    row("TLS 1.0", tls(WireAction::answer(serverHello('\x01'))));
    row("TLS 1.1", tls(WireAction::answer(serverHello('\x02'))));
    row("SSL 3", tls(WireAction::answer(serverHello('\x00'))));
    row("alert in the handshake",
        tls(WireAction::answer(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7))));
    row("noise in the handshake", tls(WireAction::answer(QByteArray(200, '\xff'))));
    row("silence in the handshake",
        {.address = u"https"_s,
         .raw = WireAction::hang(),
         .isSilent = true,
         .kind = Kind::TimedOut});
    row("half a record of the handshake",
        {.address = u"https"_s,
         .raw = WireAction::answer(serverHello('\x03').first(20)),
         .isSilent = true,
         .kind = Kind::TimedOut});
    row("closed in the handshake", {.address = u"https"_s, .raw = WireAction::close()});
    row("reset in the handshake", {.address = u"https"_s, .raw = WireAction::reset()});
}

void ConnectionFaultsTest::nothingIsSentAndNothingIsLost()
{
    QFETCH(Way, way);
    if (way.raw) {
        m_server->rawAnswer = way.raw;
        if (way.isProxy)
            way.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_server->port());
        else
            way.address = loopback(way.address, m_server->port());
    } else if (way.address == "black hole"_L1) {
        way.address = loopback(u"http"_s, m_blackHole->port());
    }
    RunOnWire run(way.address);
    run.network.setProxy(way.proxy.value_or(QNetworkProxy::NoProxy));

    run.start();
    QVERIFY(comesTrue(&run.heartbeat, [&] { return run.sends.made() > 0; }));
    if (way.isSilent)
        run.clock.advance(RestClient::deadline);
    QVERIFY(comesTrue(&run.heartbeat, [&] { return run.queue.phase() != Phase::Running; }));

    QCOMPARE(run.queue.reason(), way.reason);
    QCOMPARE(run.queue.phase(),
             way.reason == QueueReason::Tls ? Phase::Paused : Phase::PausedByService);
    QVERIFY(run.queue.phaseError());
    const auto *failure = std::get_if<NetworkFailure>(&*run.queue.phaseError());
    QVERIFY(failure);
    QCOMPARE(failure->kind, way.kind);
    QCOMPARE(failure->exchange.sends, 0);
    run.queue.stop();
    QVERIFY(comesTrue(&run.heartbeat, [&] {
        if (way.isSilent)
            run.clock.advance(RestClient::deadline);
        return !run.queue.isBusy();
    }));
    // Nothing left this machine: nobody has to wonder about these jobs.
    QCOMPARE(run.queue.summary().cancelled, 2);
    QCOMPARE(run.sends.sent(), 0);
    QVERIFY(!m_server->everything().contains("secret-token"));
    QVERIFY(!m_server->everything().contains("DELETE"));
    QCOMPARE_LT(run.heartbeat.worst(), Heartbeat::longestAllowed);
}

QTEST_GUILESS_MAIN(ConnectionFaultsTest)
#include "tst_connectionfaults.moc"
