// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A QNetworkAccessManager without a network: it answers from a script, through the event loop and
// with the signals, attributes and errors of the real one.

#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

#include <functional>
#include <memory>
#include <utility>

namespace Jobsweep::Testing {

/// One request as it reached the network.
struct Seen
{
    QByteArray verb;
    QUrl url;
    QNetworkRequest request;
    QByteArray body;
    /// Whether it went out through another(), a manager of its own.
    bool isApart = false;

    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        return request.rawHeader(name);
    }
    /// "DELETE /contextcapture/jobs/1?a=b", for comparing.
    [[nodiscard]] QString line() const;
};

/// What becomes of one request.
struct Answer
{
    enum class Kind { Status, Hang, Failure };
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    Kind kind = Kind::Status;
    int status = 200;
    QByteArray body;
    Headers headers;
    /// How often the request was put on the wire.
    int sends = 1;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;

    [[nodiscard]] static Answer ok(const QByteArray &json);
    /// The content type is JSON unless `headers` name another.
    [[nodiscard]] static Answer withStatus(int status, const QByteArray &body = {},
                                           const Headers &headers = {}, int sends = 1);
    /// Nothing, until it is aborted or FakeNetwork::answerHanging() is called.
    [[nodiscard]] static Answer hang();
    /// The connection ended without an answer after the request was sent `sends` times.
    [[nodiscard]] static Answer drop(int sends = 2);
    /// Nobody listens; nothing was sent.
    [[nodiscard]] static Answer refused();
    /// No trustworthy encrypted connection; nothing was sent.
    [[nodiscard]] static Answer tls();
    /// The transfer timeout struck; the real manager reports it like an abort.
    [[nodiscard]] static Answer timeout(int sends = 1);
};

/// Belongs to FakeNetwork.
class FakeReply final : public QNetworkReply
{
    Q_OBJECT

public:
    FakeReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
              QObject *parent);

    /// To be called from the event loop.
    void play(const Answer &answer);

    void abort() override;
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maximum) override;

private:
    void playStatus(const Answer &answer);
    void fail(NetworkError error);
    void end();

    QByteArray m_unread;
};

/// Put it in the place of the real manager. A request for which nothing was scripted fails the test
/// and is refused.
class FakeNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    using QNetworkAccessManager::QNetworkAccessManager;

    /// Used up in the order of the requests …
    QList<Answer> answers;
    /// … unless there is this function, which then decides alone.
    std::function<Answer(const Seen &)> answerWith;
    /// All requests so far, in order.
    QList<Seen> seen;

    /// The requests so far as lines, for comparing; see Seen::line().
    [[nodiscard]] QStringList lines() const;
    [[nodiscard]] int hangingCount() const;
    /// Gives the oldest hanging request its answer.
    void answerHanging(const Answer &answer);
    /// A manager whose requests are seen and answered here, for RestClient::setNetworkFactory().
    [[nodiscard]] std::unique_ptr<QNetworkAccessManager> another();

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override;

private:
    class Apart;

    QNetworkReply *answer(Operation operation, const QNetworkRequest &request, QIODevice *outgoing,
                          bool isApart);
    [[nodiscard]] Answer nextAnswer();

    QList<QPointer<FakeReply>> m_hanging;
};

} // namespace Jobsweep::Testing
