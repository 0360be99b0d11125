// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"

#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <memory>

#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

constexpr qint64 pourAhead = 256 * 1024;

/// The length of the first complete request in `bytes`; 0 when it is not all there yet.
qsizetype completeLength(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    ReceivedRequest head;
    head.raw = bytes.first(headEnd + 4);
    const qsizetype length = head.raw.size() + head.header("content-length").toLongLong();
    return bytes.size() >= length ? length : 0;
}

void endBy(QTcpSocket *socket, WireAction::End end)
{
    switch (end) {
    case WireAction::End::KeepOpen:
        return;
    case WireAction::End::Close:
        socket->disconnectFromHost();
        return;
    case WireAction::End::Reset: {
        socket->flush();
        // A linger time of zero makes the system send RST instead of FIN.
        const linger now{1, 0};
        ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
                     sizeof now);
        socket->abort();
        return;
    }
    }
}

} // namespace

QByteArray ReceivedRequest::startLine() const
{
    return raw.first(std::max<qsizetype>(0, raw.indexOf("\r\n")));
}

QByteArray ReceivedRequest::verb() const
{
    return startLine().split(' ').value(0);
}

QByteArray ReceivedRequest::target() const
{
    return startLine().split(' ').value(1);
}

QList<QByteArray> ReceivedRequest::headers(const QByteArray &name) const
{
    QList<QByteArray> values;
    const QByteArray head = raw.first(std::max<qsizetype>(0, raw.indexOf("\r\n\r\n")));
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            values.append(line.sliced(colon + 1).trimmed());
    }
    return values;
}

QByteArray ReceivedRequest::header(const QByteArray &name) const
{
    return headers(name).value(0);
}

QByteArray ReceivedRequest::body() const
{
    return raw.sliced(raw.indexOf("\r\n\r\n") + 4);
}

WireAction WireAction::answer(const QByteArray &bytes)
{
    WireAction action;
    action.bytes = bytes;
    return action;
}

WireAction WireAction::answerAndClose(const QByteArray &bytes)
{
    WireAction action = answer(bytes);
    action.end = End::Close;
    return action;
}

WireAction WireAction::close()
{
    return answerAndClose({});
}

WireAction WireAction::reset()
{
    WireAction action;
    action.end = End::Reset;
    return action;
}

WireAction WireAction::hang()
{
    return {};
}

WireAction WireAction::dripping(const QByteArray &bytes, std::chrono::milliseconds pause)
{
    WireAction action = answer(bytes);
    action.drip = pause;
    return action;
}

WireAction WireAction::endless(const QByteArray &head, const QByteArray &chunk)
{
    WireAction action = answer(chunk);
    action.head = head;
    action.isEndless = true;
    return action;
}

WireAction WireAction::withStatus(int status, const QByteArray &body, const Headers &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    const bool hasBody = status != 204 && status != 304;
    if (hasBody)
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const auto &[name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    bytes += "\r\n";
    if (hasBody)
        bytes += body;
    return answer(bytes);
}

ScriptedServer::ScriptedServer(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("No free port on the loopback address");
}

ScriptedServer::~ScriptedServer() = default;

QString ScriptedServer::address() const
{
    return u"http://127.0.0.1:"_s % QString::number(port());
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const int connection = m_connectionCount++;
        const auto pending = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, connection, pending] { read(socket, connection, pending.get()); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read(socket, connection, pending.get());
    }
}

void ScriptedServer::read(QTcpSocket *socket, int connection, QByteArray *pending)
{
    const QByteArray arrived = socket->readAll();
    m_everything += arrived;
    if (rawAnswer && !arrived.isEmpty()) {
        act(socket, *rawAnswer);
        return;
    }
    *pending += arrived;
    while (const qsizetype length = completeLength(*pending)) {
        ReceivedRequest request;
        request.raw = pending->first(length);
        request.connection = connection;
        pending->remove(0, length);
        received.append(request);
        act(socket, nextAction(request));
        emit requestReceived();
    }
}

void ScriptedServer::answerHeld(qsizetype index)
{
    auto [socket, action] = m_held.takeAt(index);
    action.isHeld = false;
    if (socket)
        act(socket, action);
}

void ScriptedServer::act(QTcpSocket *socket, const WireAction &action)
{
    if (action.isHeld) {
        m_held.append({socket, action});
        return;
    }
    if (action.drip) {
        dripOn(socket, action);
        return;
    }
    if (action.isEndless) {
        socket->write(action.head);
        connect(socket, &QTcpSocket::bytesWritten, socket,
                [this, socket, chunk = action.bytes] { pour(socket, chunk); });
        pour(socket, action.bytes);
        return;
    }
    socket->write(action.bytes);
    endBy(socket, action.end);
}

void ScriptedServer::dripOn(QTcpSocket *socket, const WireAction &action)
{
    auto *timer = new QTimer(socket);
    const auto written = std::make_shared<qsizetype>(0);
    timer->callOnTimeout(socket, [socket, timer, action, written] {
        if (*written < action.bytes.size()) {
            socket->write(action.bytes.sliced((*written)++, 1));
            return;
        }
        timer->stop();
        endBy(socket, action.end);
    });
    timer->start(*action.drip);
}

void ScriptedServer::pour(QTcpSocket *socket, const QByteArray &chunk)
{
    while (socket->state() == QAbstractSocket::ConnectedState && socket->bytesToWrite() < pourAhead)
        socket->write(chunk);
}

WireAction ScriptedServer::nextAction(const ReceivedRequest &request)
{
    if (answerWith)
        return answerWith(request);
    if (!actions.isEmpty())
        return actions.takeFirst();
    const QByteArray message = "Unexpected request on the wire: " + request.startLine();
    QTest::qFail(message.constData(), __FILE__, __LINE__);
    return WireAction::withStatus(599);
}

} // namespace Jobsweep::Testing
