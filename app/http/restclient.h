// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/accesstoken.h"
#include "http/answerreading.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "http/ratelimiter.h"
#include "http/result.h"
#include "http/serviceaddress.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QPromise>
#include <QUrlQuery>

#include <deque>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace Jobsweep {

/// One request, relative to the service address.
struct Request
{
    Verb verb = Verb::Get;
    /// Begins with a slash; its segments contain no character that needs encoding.
    QString path;
    QUrlQuery query;
    /// JSON; only with Verb::Post.
    QByteArray body;
    /// The GUID to send as X-Correlation-ID; a new one when empty.
    QString correlationId;
    /// Constants of ours only; never foreign text, never Authorization.
    QList<std::pair<QByteArray, QByteArray>> headers;
    /// An answer larger than this many bytes is cut off as TooLarge.
    qint64 maximumBytes = 1024 * 1024;
    /// For a POST that must not be carried out twice: it leaves over a connection that nothing has
    /// used before, and with a body that can be read only once, so that Qt cannot repeat it by
    /// itself when the connection drops. Without a body, and with other verbs, it is Forbidden.
    bool isSentOnce = false;
};

/// The one door to the network: the only user of QNetworkAccessManager. Every request is built in
/// one function (manual redirects, HTTP/2 off, no cookies, no cache, no automatic authentication,
/// a timeout and a deadline) and leaves when the RateLimiter lets it.
///
/// A request with Request::isSentOnce gets a manager of its own, which ends with it.
///
/// send() always ends its future with a value, unless the client is destroyed first; then the
/// future is cancelled. Continuations run on this object's thread and never from inside send().
class RestClient final : public QObject
{
    Q_OBJECT

public:
    /// No byte for this long ends a request as TimedOut.
    static constexpr std::chrono::milliseconds inactivityTimeout{30'000};
    /// A request that takes longer than this ends as TimedOut, however busy it is.
    static constexpr std::chrono::milliseconds deadline{120'000};

    using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

    /// The references must outlive the client.
    RestClient(QNetworkAccessManager &network, RateLimiter &limiter, Clock &clock,
               Randomness random, QObject *parent = nullptr);
    /// With a limiter of its own, for a connection that is only tried out.
    [[nodiscard]] static std::unique_ptr<RestClient>
    withOwnLimiter(QNetworkAccessManager &network, Clock &clock, Randomness random);
    ~RestClient() override;

    /// Where the managers for single requests come from, in place of plain new ones.
    void setNetworkFactory(const NetworkFactory &makeNetwork) { m_makeNetwork = makeNetwork; }

    /// Another address forgets the token, the limiter's knowledge and every request under way.
    void setAddress(const ServiceAddress &address);
    void setToken(const AccessToken &token);
    [[nodiscard]] const ServiceAddress &address() const { return m_address; }
    [[nodiscard]] bool hasToken() const { return !m_token.isEmpty(); }
    /// Grows with every setToken(); see Exchange::tokenSerial.
    [[nodiscard]] int tokenSerial() const { return m_tokenSerial; }

    [[nodiscard]] QFuture<Result<Reply>> send(const Request &request);
    /// Whether the next send() would leave at once.
    [[nodiscard]] bool isReady() const;
    /// The pause the service asked for, see RateLimiter::pausedUntil().
    [[nodiscard]] std::optional<Instant> pausedUntil() const;
    /// Puts `[redacted]` in place of the token, for text that leaves the program.
    [[nodiscard]] QString redact(const QString &text) const;

signals:
    /// A request may leave now that could not before. Fires after waiting requests were sent.
    void ready();
    /// The service asked for a pause, or the pause ended; see pausedUntil().
    void pauseChanged();
    /// Everything asked for so far was abandoned; the token is forgotten.
    void addressChanged();
    /// There is another token, or none any more.
    void tokenChanged();
    /// A request was answered with 401 although the current token was sent.
    void tokenRejected();

private:
    struct Call;

    [[nodiscard]] QNetworkRequest buildRequest(const Request &request) const;
    [[nodiscard]] std::optional<NetworkFailure::Kind> obstacle(const Request &request,
                                                               const QNetworkRequest &built) const;
    void sendWaiting();
    void dispatch(const std::shared_ptr<Call> &call);
    void post(const std::shared_ptr<Call> &call, QNetworkRequest built);
    void connectReply(const std::shared_ptr<Call> &call);
    static void readArrived(const std::shared_ptr<Call> &call);
    void finish(const std::shared_ptr<Call> &call);
    void finishLater(const std::shared_ptr<Call> &call, NetworkFailure::Kind kind);
    void abortAll();
    [[nodiscard]] Exchange describe(const Call &call) const;
    void watchPause();
    void goOn();

    std::unique_ptr<RateLimiter> m_ownLimiter;
    QNetworkAccessManager &m_network;
    NetworkFactory m_makeNetwork;
    RateLimiter &m_limiter;
    Clock &m_clock;
    Randomness m_random;
    ServiceAddress m_address;
    AccessToken m_token;
    int m_tokenSerial = 0;
    bool m_wasPaused = false;
    std::deque<std::shared_ptr<Call>> m_waiting;
    QList<std::shared_ptr<Call>> m_underWay;
};

} // namespace Jobsweep
