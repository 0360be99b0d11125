// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/serviceaddress.h"

#include <QHash>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

namespace Jobsweep::Testing {

/// A loopback service with one fixed answer a path, 404 for others. Closes after every answer.
class CannedService final
{
public:
    struct Answer
    {
        int status = 200;
        QByteArray body;
    };

    CannedService()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        m_server.listen(QHostAddress::LocalHost);
    }
    Q_DISABLE_COPY_MOVE(CannedService)

    /// By path, without the query.
    QHash<QString, Answer> answers;
    /// Paths in the order of their arrival.
    QStringList paths;
    /// The Authorization header of each.
    QStringList authorizations;
    /// While true, requests are read and not answered.
    bool isSilent = false;

    [[nodiscard]] ServiceAddress address() const
    {
        return ServiceAddress::parse(QStringLiteral("http://127.0.0.1:%1").arg(port())).value();
    }
    [[nodiscard]] int port() const { return m_server.serverPort(); }

private:
    void accept()
    {
        QTcpSocket *socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            const QByteArray head = socket->peek(64 * 1024);
            if (head.contains("\r\n\r\n")) {
                socket->readAll();
                answer(socket, QString::fromLatin1(head));
            }
        });
    }

    void answer(QTcpSocket *socket, const QString &head)
    {
        const QStringList lines = head.split(QStringLiteral("\r\n"));
        const QString path = lines.first().section(u' ', 1, 1).section(u'?', 0, 0);
        paths << path;
        const QString label = QStringLiteral("authorization: ");
        for (const QString &line : lines) {
            if (line.startsWith(label, Qt::CaseInsensitive)) {
                authorizations << line.mid(label.size());
            }
        }
        if (isSilent) {
            return;
        }
        const Answer answer = answers.value(path, Answer{404, "{}"});
        socket->write("HTTP/1.1 " + QByteArray::number(answer.status)
                      + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: "
                      + QByteArray::number(answer.body.size()) + "\r\nConnection: close\r\n\r\n"
                      + answer.body);
        socket->disconnectFromHost();
    }

    QTcpServer m_server;
};

} // namespace Jobsweep::Testing
