// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The other ends of a benchmark, as processes of their own: the demo service, and a web server that
// puts TLS before it.

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace Jobsweep::Bench {

/// Processor time that a process has used so far, in seconds.
[[nodiscard]] double processorSeconds(qint64 process);

/// A process that ends with this object.
class Server
{
public:
    Server() = default;
    ~Server();
    Q_DISABLE_COPY_MOVE(Server)

    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

protected:
    [[nodiscard]] QString fileOf(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_address;
};

class DemoProcess final : public Server
{
public:
    /// What a client asked of it.
    struct Seen
    {
        int deletions = 0;
        int deleted = 0;
        int throttled = 0;
    };

    /// False when it did not start; `options` as of jobsweep-demo-service.
    [[nodiscard]] bool start(const QStringList &options);
    [[nodiscard]] QString token() const { return m_token; }
    [[nodiscard]] Seen seen() const;
    /// The pages of jobs that were asked for so far, as addresses; in order, each once.
    [[nodiscard]] QStringList pages() const;

private:
    QString m_token;
};

class TlsProxy final : public Server
{
public:
    /// False when it did not start.
    [[nodiscard]] bool start(const QString &target);
    /// Its own certificate, which nobody else trusts.
    [[nodiscard]] QString certificateFile() const { return fileOf(QStringLiteral("tls.crt")); }

private:
    [[nodiscard]] bool makeCertificate();
};

} // namespace Jobsweep::Bench
