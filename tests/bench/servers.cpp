// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/servers.h"

#include "tests/support/serviceledger.h"

#include <QCoreApplication>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Bench {

namespace {

constexpr int startMilliseconds = 20'000;

QString valueAfter(const QByteArray &line, const QByteArray &name)
{
    return line.startsWith(name) ? QString::fromLatin1(line.sliced(name.size()).trimmed())
                                 : QString();
}

/// Free when it was asked for.
quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16{0};
}

constexpr auto proxyConfiguration = R"(daemon off;
master_process off;
pid "%1/pid";
error_log stderr warn;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path "%1/body";
    proxy_temp_path "%1/proxy";
    fastcgi_temp_path "%1/fastcgi";
    uwsgi_temp_path "%1/uwsgi";
    scgi_temp_path "%1/scgi";
    upstream service { server %2; keepalive 16; }
    server {
        listen 127.0.0.1:%3 ssl;
        ssl_certificate "%1/tls.crt";
        ssl_certificate_key "%1/tls.key";
        location / {
            proxy_pass http://service;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }
    }
}
)"_L1;

} // namespace

double processorSeconds(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    // User and system time are the fields 14 and 15; the name before may hold spaces.
    const QList<QByteArray> fields = line.sliced(line.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

Server::~Server()
{
    m_process.terminate();
    m_process.waitForFinished();
}

bool DemoProcess::start(const QStringList &options)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationDirPath() % u"/jobsweep-demo-service"_s,
                    QStringList(options) << u"--ledger"_s << fileOf(u"ledger"_s));
    while (m_token.isEmpty()) {
        if (!m_process.canReadLine() && !m_process.waitForReadyRead(startMilliseconds))
            return false;
        const QByteArray line = m_process.readLine();
        if (line.startsWith("address: "))
            m_address = valueAfter(line, "address: "_ba);
        m_token = valueAfter(line, "token: "_ba);
    }
    return true;
}

DemoProcess::Seen DemoProcess::seen() const
{
    Seen seen;
    const auto ledger = Testing::ServiceLedger::read(fileOf(u"ledger"_s));
    for (const auto &entry : ledger.entries()) {
        seen.deletions += entry.method == "DELETE"_L1 ? 1 : 0;
        seen.deleted += entry.deleted ? 1 : 0;
        seen.throttled += entry.status == 429 ? 1 : 0;
    }
    return seen;
}

QStringList DemoProcess::pages() const
{
    QStringList pages;
    const auto ledger = Testing::ServiceLedger::read(fileOf(u"ledger"_s));
    for (const auto &entry : ledger.entries()) {
        const QString page = address() + entry.path;
        if (entry.path.startsWith("/contextcapture/jobs?"_L1) && !pages.contains(page))
            pages.append(page);
    }
    return pages;
}

bool TlsProxy::start(const QString &target)
{
    const quint16 port = freePort();
    QFile configuration(fileOf(u"nginx.conf"_s));
    if (!makeCertificate() || port == 0 || !configuration.open(QIODevice::WriteOnly))
        return false;
    configuration.write(QString(proxyConfiguration)
                            .arg(m_folder.path(), QUrl(target).authority(), QString::number(port))
                            .toUtf8());
    configuration.close();
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(
        u"/usr/sbin/nginx"_s,
        {u"-p"_s, m_folder.path(), u"-e"_s, u"stderr"_s, u"-c"_s, configuration.fileName()});
    m_address = u"https://127.0.0.1:%1"_s.arg(port);
    return QTest::qWaitFor(
        [port] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, port);
            return socket.waitForConnected(100);
        },
        startMilliseconds);
}

bool TlsProxy::makeCertificate()
{
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                   u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                   u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s,
                   u"-keyout"_s, fileOf(u"tls.key"_s), u"-out"_s, certificateFile()});
    return openssl.waitForFinished(startMilliseconds) && openssl.exitCode() == 0;
}

} // namespace Jobsweep::Bench
