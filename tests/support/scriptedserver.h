// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The service's end of the wire, byte by byte: a socket server that can answer what no decent HTTP
// server would.

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTcpServer>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

class QTcpSocket;

namespace Jobsweep::Testing {

/// One request as its bytes came in.
struct ReceivedRequest
{
    QByteArray raw;
    /// Counts the connections from 0.
    int connection = 0;

    /// "DELETE /contextcapture/jobs/1 HTTP/1.1"
    [[nodiscard]] QByteArray startLine() const;
    [[nodiscard]] QByteArray verb() const;
    [[nodiscard]] QByteArray target() const;
    /// All values of a header, in order; the name's case does not matter.
    [[nodiscard]] QList<QByteArray> headers(const QByteArray &name) const;
    /// The only value of a header; empty when there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] QByteArray body() const;
};

/// What the server does with one request.
struct WireAction
{
    using Headers = QList<std::pair<QByteArray, QByteArray>>;
    enum class End {
        /// The connection stays open, for the next request or for nothing.
        KeepOpen,
        Close,
        /// A TCP reset instead of an orderly end.
        Reset,
    };

    QByteArray bytes;
    End end = End::KeepOpen;
    /// One byte at a time with this much time between.
    std::optional<std::chrono::milliseconds> drip;
    /// Repeats `bytes` after `head` until the other side has enough.
    bool isEndless = false;
    QByteArray head;
    /// Nothing is said before ScriptedServer::answerHeld().
    bool isHeld = false;

    [[nodiscard]] static WireAction answer(const QByteArray &bytes);
    [[nodiscard]] static WireAction answerAndClose(const QByteArray &bytes);
    [[nodiscard]] static WireAction close();
    [[nodiscard]] static WireAction reset();
    [[nodiscard]] static WireAction hang();
    [[nodiscard]] static WireAction dripping(const QByteArray &bytes,
                                             std::chrono::milliseconds pause);
    [[nodiscard]] static WireAction endless(const QByteArray &head, const QByteArray &chunk);
    /// A decent answer, with Content-Length unless the status has no body.
    [[nodiscard]] static WireAction withStatus(int status, const QByteArray &body = {},
                                               const Headers &headers = {});
};

/// Listens on a free port of 127.0.0.1, on the thread that made it. A request for which nothing was
/// scripted fails the test and is answered with 599.
class ScriptedServer final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedServer(QObject *parent = nullptr);
    ~ScriptedServer() override;

    /// Used up in the order of the requests …
    QList<WireAction> actions;
    /// … unless there is this function, which then decides alone.
    std::function<WireAction(const ReceivedRequest &)> answerWith;
    /// All complete requests so far, in order.
    QList<ReceivedRequest> received;

    /// "http://127.0.0.1:PORT"
    [[nodiscard]] QString address() const;
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }
    /// Every byte that ever arrived, complete requests or not.
    [[nodiscard]] const QByteArray &everything() const { return m_everything; }

    /// How many requests wait for an answer that is held, in the order in which they came.
    [[nodiscard]] qsizetype heldCount() const { return m_held.size(); }
    void answerHeld(qsizetype index);

    /// Does this upon whatever arrives, a TLS greeting for example.
    std::optional<WireAction> rawAnswer;

signals:
    void requestReceived();

private:
    void accept();
    void read(QTcpSocket *socket, int connection, QByteArray *pending);
    void act(QTcpSocket *socket, const WireAction &action);
    void dripOn(QTcpSocket *socket, const WireAction &action);
    void pour(QTcpSocket *socket, const QByteArray &chunk);
    [[nodiscard]] WireAction nextAction(const ReceivedRequest &request);

    QTcpServer m_server;
    QList<std::pair<QPointer<QTcpSocket>, WireAction>> m_held;
    QByteArray m_everything;
    int m_connectionCount = 0;
};

} // namespace Jobsweep::Testing
