// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoserver.h"

#include <QHttpServerRequest>
#include <QMetaEnum>
#include <QTcpSocket>
#include <QTimer>
#include <QUuid>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QString methodName(QHttpServerRequest::Method method)
{
    const char *const key
        = QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(static_cast<int>(method));
    return QString::fromLatin1(key).toUpper();
}

std::optional<QByteArray> header(const QHttpServerRequest &request, const QByteArray &name)
{
    const auto headers = request.headers();
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return std::nullopt;
}

DemoRequest read(const QHttpServerRequest &request)
{
    return {.method = methodName(request.method()),
            .path = request.url().path(QUrl::FullyEncoded).toLatin1(),
            .query = request.url().query(QUrl::FullyEncoded).toLatin1(),
            .body = request.body(),
            .accept = header(request, "accept"_ba).value_or(QByteArray()),
            .authorization = header(request, "authorization"_ba)};
}

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return "OK"_ba;
    case 201:
        return "Created"_ba;
    case 204:
        return "No Content"_ba;
    case 401:
        return "Unauthorized"_ba;
    case 404:
        return "Not Found"_ba;
    case 422:
        return "Unprocessable Entity"_ba;
    case 429:
        return "Too Many Requests"_ba;
    default:
        return {};
    }
}

QByteArray serialized(const DemoAnswer &answer, const QByteArray &correlationId, bool closes)
{
    QByteArray bytes;
    bytes.reserve(answer.body.size() + 1024);
    const auto line = [&bytes](const QByteArray &name, const QByteArray &value) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    };
    bytes.append("HTTP/1.1 ").append(QByteArray::number(answer.status)).append(' ');
    bytes.append(reason(answer.status)).append("\r\n");
    line("x-correlation-id"_ba, correlationId);
    for (const auto &[name, value] : answer.headers) {
        line(name, value);
    }
    if (closes) {
        line("connection"_ba, "close"_ba);
    }
    if (answer.status != 204) {
        line("content-type"_ba, "application/json; charset=utf-8"_ba);
        line("content-length"_ba, QByteArray::number(answer.body.size()));
    }
    return bytes.append("\r\n").append(answer.body);
}

} // namespace

DemoServer::DemoServer(std::shared_ptr<DemoBackend> backend) : m_backend(std::move(backend))
{
    m_clock.start();
}

bool DemoServer::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const DemoRequest asked = read(request);
    const DemoAnswer answer = m_backend->answer(asked, m_clock.elapsed());
    const auto query = asked.query.isEmpty() ? QByteArray() : '?' + asked.query;
    m_ledger.add({.time = QDateTime::currentDateTimeUtc(),
                  .method = asked.method,
                  .path = QString::fromLatin1(asked.path + query),
                  .status = answer.status,
                  .jobId = answer.jobId,
                  .change = answer.change});

    const bool closes
        = header(request, "connection"_ba).value_or(QByteArray()).toLower().contains("close");
    const auto correlationId = header(request, "x-correlation-id"_ba)
                                   .value_or(QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    const QByteArray bytes = serialized(answer, correlationId, closes);
    const auto send = [socket, bytes, closes] {
        if (socket->state() != QAbstractSocket::ConnectedState) {
            return;
        }
        socket->write(bytes);
        if (closes) {
            socket->disconnectFromHost();
        }
    };
    if (m_latencyMilliseconds > 0) {
        // The socket is the context: a client that went away takes its answer with it.
        QTimer::singleShot(m_latencyMilliseconds, socket, send);
    } else {
        send();
    }
    return true;
}

void DemoServer::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request)
    Q_UNUSED(socket)
}

} // namespace Jobsweep
