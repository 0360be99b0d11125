// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakenetwork.h"

#include <QIODevice>
#include <QSslError>
#include <QTest>

#include <algorithm>
#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

QByteArray verbOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD"_ba;
    case QNetworkAccessManager::GetOperation:
        return "GET"_ba;
    case QNetworkAccessManager::PutOperation:
        return "PUT"_ba;
    case QNetworkAccessManager::PostOperation:
        return "POST"_ba;
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE"_ba;
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return "?"_ba;
}

/// The error that Qt 6.4 makes of a status.
QNetworkReply::NetworkError errorOf(int status)
{
    switch (status) {
    case 400:
        return QNetworkReply::ProtocolInvalidOperationError;
    case 401:
        return QNetworkReply::AuthenticationRequiredError;
    case 403:
        return QNetworkReply::ContentAccessDenied;
    case 404:
        return QNetworkReply::ContentNotFoundError;
    case 405:
        return QNetworkReply::ContentOperationNotPermittedError;
    case 407:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case 409:
        return QNetworkReply::ContentConflictError;
    case 410:
        return QNetworkReply::ContentGoneError;
    case 500:
        return QNetworkReply::InternalServerError;
    case 501:
        return QNetworkReply::OperationNotImplementedError;
    case 503:
        return QNetworkReply::ServiceUnavailableError;
    default:
        if (status > 500)
            return QNetworkReply::UnknownServerError;
        return status >= 400 ? QNetworkReply::UnknownContentError : QNetworkReply::NoError;
    }
}

Answer failure(QNetworkReply::NetworkError error, int sends)
{
    Answer answer;
    answer.kind = Answer::Kind::Failure;
    answer.error = error;
    answer.sends = sends;
    return answer;
}

} // namespace

QString Seen::line() const
{
    const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    return QString::fromUtf8(verb) % u' ' % QString::fromUtf8(target);
}

Answer Answer::ok(const QByteArray &json)
{
    return withStatus(200, json);
}

Answer Answer::withStatus(int status, const QByteArray &body, const Headers &headers, int sends)
{
    Answer answer;
    answer.status = status;
    answer.body = body;
    answer.headers = headers;
    answer.sends = sends;
    return answer;
}

Answer Answer::hang()
{
    Answer answer;
    answer.kind = Kind::Hang;
    return answer;
}

Answer Answer::drop(int sends)
{
    return failure(QNetworkReply::RemoteHostClosedError, sends);
}

Answer Answer::refused()
{
    return failure(QNetworkReply::ConnectionRefusedError, 0);
}

Answer Answer::tls()
{
    return failure(QNetworkReply::SslHandshakeFailedError, 0);
}

Answer Answer::timeout(int sends)
{
    return failure(QNetworkReply::OperationCanceledError, sends);
}

FakeReply::FakeReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                     QObject *parent)
    : QNetworkReply(parent)
{
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void FakeReply::play(const Answer &answer)
{
    if (isFinished())
        return; // aborted before the event loop came to it
    for (int send = 0; send < answer.sends; ++send)
        emit requestSent();
    switch (answer.kind) {
    case Answer::Kind::Status:
        playStatus(answer);
        break;
    case Answer::Kind::Failure:
        if (answer.error == SslHandshakeFailedError)
            emit sslErrors({QSslError(QSslError::SelfSignedCertificate)});
        fail(answer.error);
        break;
    case Answer::Kind::Hang:
        break;
    }
}

void FakeReply::playStatus(const Answer &answer)
{
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, answer.status);
    if (!answer.body.isEmpty())
        setRawHeader("Content-Type", "application/json; charset=utf-8");
    for (const auto &[name, value] : answer.headers)
        setRawHeader(name, value);
    emit metaDataChanged();
    if (!answer.body.isEmpty() && !isFinished()) {
        m_unread = answer.body;
        emit readyRead();
    }
    if (isFinished())
        return; // a slot aborted it
    const NetworkError error = errorOf(answer.status);
    if (error != NoError) {
        setError(error, u"Error transferring - server replied"_s);
        emit errorOccurred(error);
    }
    end();
}

void FakeReply::fail(NetworkError error)
{
    if (error == OperationCanceledError)
        close(); // a real one cannot be read any more, either
    setError(error, u"Scripted network failure"_s);
    emit errorOccurred(error);
    end();
}

void FakeReply::end()
{
    if (isFinished())
        return; // a slot of errorOccurred() aborted it
    setFinished(true);
    emit finished();
}

void FakeReply::abort()
{
    if (!isFinished())
        fail(OperationCanceledError);
}

qint64 FakeReply::bytesAvailable() const
{
    return m_unread.size() + QNetworkReply::bytesAvailable();
}

qint64 FakeReply::readData(char *data, qint64 maximum)
{
    if (m_unread.isEmpty())
        return isFinished() ? -1 : 0;
    const qsizetype count = std::min<qsizetype>(maximum, m_unread.size());
    std::memcpy(data, m_unread.constData(), static_cast<std::size_t>(count));
    m_unread.remove(0, count);
    return count;
}

QStringList FakeNetwork::lines() const
{
    QStringList result;
    result.reserve(seen.size());
    for (const Seen &one : seen)
        result.append(one.line());
    return result;
}

int FakeNetwork::hangingCount() const
{
    return static_cast<int>(
        std::count_if(m_hanging.cbegin(), m_hanging.cend(),
                      [](const auto &reply) { return reply && !reply->isFinished(); }));
}

void FakeNetwork::answerHanging(const Answer &answer)
{
    while (!m_hanging.isEmpty()) {
        FakeReply *reply = m_hanging.takeFirst();
        if (!reply || reply->isFinished())
            continue;
        Answer rest = answer;
        rest.sends = std::max(0, answer.sends - 1); // its first sending was told already
        QMetaObject::invokeMethod(
            reply, [reply, rest] { reply->play(rest); }, Qt::QueuedConnection);
        return;
    }
    QTest::qFail("No request hangs that could be answered", __FILE__, __LINE__);
}

class FakeNetwork::Apart final : public QNetworkAccessManager
{
public:
    explicit Apart(FakeNetwork &network) : m_network(network) { }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override
    {
        return m_network.answer(operation, request, outgoing, true);
    }

private:
    FakeNetwork &m_network;
};

std::unique_ptr<QNetworkAccessManager> FakeNetwork::another()
{
    return std::make_unique<Apart>(*this);
}

QNetworkReply *FakeNetwork::createRequest(Operation operation, const QNetworkRequest &request,
                                          QIODevice *outgoing)
{
    return answer(operation, request, outgoing, false);
}

QNetworkReply *FakeNetwork::answer(Operation operation, const QNetworkRequest &request,
                                   QIODevice *outgoing, bool isApart)
{
    seen.append(Seen{verbOf(operation, request), request.url(), request,
                     outgoing ? outgoing->readAll() : QByteArray(), isApart});
    const Answer answer = nextAnswer();
    auto *reply = new FakeReply(operation, request, this);
    if (answer.kind == Answer::Kind::Hang)
        m_hanging.append(reply);
    QMetaObject::invokeMethod(
        reply, [reply, answer] { reply->play(answer); }, Qt::QueuedConnection);
    return reply;
}

Answer FakeNetwork::nextAnswer()
{
    const Seen request = seen.constLast();
    if (answerWith)
        return answerWith(request);
    if (!answers.isEmpty())
        return answers.takeFirst();
    const QString message = u"Unexpected request: "_s % request.line();
    QTest::qFail(qPrintable(message), __FILE__, __LINE__);
    return Answer::refused();
}

} // namespace Jobsweep::Testing
