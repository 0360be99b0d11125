// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/answerreading.h"
#include "http/askedpause.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "http/ratelimiter.h"
#include "http/request.h"
#include "http/result.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QPromise>

#include <deque>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Jobsweep {

/// The one door to the network: the only user of QNetworkAccessManager. Every request is built in
/// one function (see buildRequest()), has a deadline, and leaves when the RateLimiter lets it.
///
/// A request with Request::isSentOnce gets a manager of its own, which ends with it.
///
/// send() always ends its future with a value, unless the client is destroyed first; then the
/// future is cancelled. Continuations run on this object's thread and never from inside send().
class RestClient final : public QObject
{
    Q_OBJECT

public:
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

    /// Another address forgets the token, what the limiter knows of the old one (its log and the
    /// tier that was detected) and every request under way. The chosen tier stays.
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
    /// What is left of it, for a later session.
    [[nodiscard]] std::optional<AskedPause> askedPause() const;

    // Pacing; see RateLimiter for what each of them means.
    void setTier(Tier tier);
    [[nodiscard]] Tier tier() const { return m_limiter.tier(); }
    /// As remembered from an earlier session; tierDetected() does not fire.
    void setDetectedTier(Tier tier);
    [[nodiscard]] std::optional<Tier> detectedTier() const { return m_limiter.detectedTier(); }
    [[nodiscard]] std::optional<Tier> effectiveTier() const { return m_limiter.effectiveTier(); }
    /// What an earlier session sent to this address.
    void rememberRequests(const QList<RequestCount> &counts);
    /// What the service of this address asked an earlier session for, as askedPause() said it then.
    void rememberPause(const AskedPause &pause);
    /// When the tier's windows let the next request go; nothing when they do now, or when that
    /// depends on answers. Not a pause that the service asked for.
    [[nodiscard]] std::optional<Instant> nextAt() const;
    /// How many calls of send() the windows would let go now, concurrency aside.
    [[nodiscard]] int sendableNow() const;
    [[nodiscard]] Allowance allowance() const;
    /// For so many requests beside those that wait here already. At most once a second.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeFor(int requests) const;

    /// Puts `[redacted]` in place of the token, for text that leaves the program.
    [[nodiscard]] QString redact(const QString &text) const;

signals:
    /// A request may leave now that could not before: an answer came, a pause ended, or the tier's
    /// windows opened. Fires after waiting requests were sent.
    void ready();
    /// The service asked for a pause, or the pause ended; see pausedUntil().
    void pauseChanged();
    /// Everything asked for so far was abandoned; the token is forgotten.
    void addressChanged();
    /// There is another token, or none any more.
    void tokenChanged();
    /// A request was answered with 401 although the current token was sent.
    void tokenRejected();
    /// A 429 named a tier that was not the detected one before.
    void tierDetected(Jobsweep::Tier tier);
    /// A request ended that was put on the wire; for the durable record of what was used up.
    /// Not for one that another address made us abandon.
    void requestsSent(const Jobsweep::RequestCount &count);
    /// allowance() is another one, or another tier is in effect. It also grows with time alone,
    /// which is not told.
    void allowanceChanged();

private:
    struct Call;

    void sendWaiting();
    void dispatch(const std::shared_ptr<Call> &call);
    void post(const std::shared_ptr<Call> &call, QNetworkRequest built);
    void connectReply(const std::shared_ptr<Call> &call);
    static void readArrived(const std::shared_ptr<Call> &call);
    void finish(const std::shared_ptr<Call> &call);
    void waitForSend(const std::shared_ptr<Call> &call);
    void settle(const std::shared_ptr<Call> &call);
    void tellLimiter(const Call &call, const Result<Reply> &result);
    void finishLater(const std::shared_ptr<Call> &call, NetworkFailure::Kind kind);
    void abortAll();
    [[nodiscard]] Exchange describe(const Call &call) const;
    void watchPause();
    void watchWindows();
    void paceAnew();
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
    /// The next look at the limiter's windows that was asked of the clock.
    std::optional<Instant> m_lookAt;
    std::deque<std::shared_ptr<Call>> m_waiting;
    QList<std::shared_ptr<Call>> m_underWay;
};

} // namespace Jobsweep
