// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restclient.h"

#include "http/oncereadbody.h"
#include "http/requestlogging.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <QUuid>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

/// Qt's thread needs some microseconds, unless the machine is short of them.
constexpr std::chrono::milliseconds longestWaitForSend{500};

/// Qt reports its own timeout and an abort alike.
bool isCutOff(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError;
}

} // namespace

/// One request from send() to its end. Shared between the queue here and the lambdas of its reply.
struct RestClient::Call
{
    Request request;
    QString correlationId;
    QPromise<Result<Reply>> promise;
    /// Only for a request that has a manager of its own; a child of the client, which may end
    /// first.
    std::unique_ptr<QNetworkAccessManager, QScopedPointerDeleteLater> ownNetwork;
    std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater> reply;
    QByteArray body;
    Instant begun{};
    int sends = 0;
    int tokenSerial = 0;
    /// The one that was sent.
    AccessToken token;
    /// Why we aborted it, when we did: Qt reports a timeout and an abort alike.
    std::optional<NetworkFailure::Kind> aborted;
    bool isOver = false;
    /// It was cut off before Qt told of a send that may have happened; see waitForSend().
    bool isWaitingForSend = false;

    void resolve(Result<Reply> result)
    {
        isOver = true;
        promise.addResult(std::move(result));
        promise.finish();
    }
    void abort(NetworkFailure::Kind kind)
    {
        // What waits to be told of its send can still be abandoned.
        if (isOver || (aborted && !isWaitingForSend))
            return;
        aborted = kind;
        if (reply)
            reply->abort();
    }
    /// Whether time cut it off while nothing is known of a send.
    [[nodiscard]] bool mayHaveBeenSent() const
    {
        return sends == 0 && aborted != NetworkFailure::Kind::Abandoned && isCutOff(reply->error());
    }
    [[nodiscard]] qint64 byteLimit() const
    {
        const int status = statusOf(*reply);
        return status >= 200 && status < 300 ? request.maximumBytes : maximumErrorBytes;
    }
};

RestClient::RestClient(QNetworkAccessManager &network, RateLimiter &limiter, Clock &clock,
                       Randomness random, QObject *parent)
    : QObject(parent), m_network(network),
      m_makeNetwork([] { return std::make_unique<QNetworkAccessManager>(); }), m_limiter(limiter),
      m_clock(clock), m_random(std::move(random))
{ }

std::unique_ptr<RestClient> RestClient::withOwnLimiter(QNetworkAccessManager &network, Clock &clock,
                                                       Randomness random)
{
    auto limiter = std::make_unique<RateLimiter>();
    auto client = std::make_unique<RestClient>(network, *limiter, clock, std::move(random));
    client->m_ownLimiter = std::move(limiter);
    return client;
}

RestClient::~RestClient()
{
    // Their lambdas are bound to this object and must not run any more.
    for (const auto &call : std::as_const(m_underWay))
        call->reply->disconnect(this);
}

void RestClient::setAddress(const ServiceAddress &address)
{
    if (address == m_address)
        return;
    // First, so that who sends again upon an abandoned request meets the new state.
    m_address = address;
    m_token = {};
    ++m_tokenSerial;
    abortAll();
    m_limiter.reset();
    m_lookAt.reset();
    emit allowanceChanged();
    emit addressChanged();
    watchPause();
    emit tokenChanged();
}

void RestClient::setToken(const AccessToken &token)
{
    m_token = token;
    ++m_tokenSerial;
    emit tokenChanged();
}

QFuture<Result<Reply>> RestClient::send(const Request &request)
{
    const auto call = std::make_shared<Call>();
    call->request = request;
    call->correlationId = request.correlationId.isEmpty()
        ? QUuid::createUuid().toString(QUuid::WithoutBraces)
        : request.correlationId;
    call->promise.start();
    auto future = call->promise.future();
    m_waiting.push_back(call);
    sendWaiting();
    return future;
}

QString RestClient::redact(const QString &text) const
{
    return redacted(text, m_token);
}

void RestClient::sendWaiting()
{
    while (!m_waiting.empty()) {
        const RateLimiter::Decision decision = m_limiter.next(m_clock.now());
        if (decision.kind == RateLimiter::Decision::Kind::WaitUntil && !m_wasPaused)
            watchPause();
        if (decision.kind != RateLimiter::Decision::Kind::Go)
            break; // the end of the wait or the next answer calls again
        const auto call = m_waiting.front();
        m_waiting.pop_front();
        dispatch(call);
    }
    watchWindows();
}

void RestClient::dispatch(const std::shared_ptr<Call> &call)
{
    QNetworkRequest built = buildRequest(call->request, m_address, m_token);
    call->tokenSerial = m_tokenSerial;
    call->token = m_token;
    call->begun = m_clock.now();
    if (const auto kind = reasonNotToSend(call->request, built, m_address, m_token)) {
        finishLater(call, *kind);
        return;
    }
    built.setRawHeader("X-Correlation-ID", call->correlationId.toLatin1());
    switch (call->request.verb) {
    case Verb::Get:
        call->reply.reset(m_network.get(built));
        break;
    case Verb::Post:
        post(call, built);
        break;
    case Verb::Delete:
        call->reply.reset(m_network.deleteResource(built));
        break;
    }
    m_limiter.sent(call->begun);
    m_underWay.append(call);
    connectReply(call);
    emit allowanceChanged();
}

void RestClient::post(const std::shared_ptr<Call> &call, QNetworkRequest built)
{
    const QByteArray &body = call->request.body;
    if (!call->request.isSentOnce) {
        call->reply.reset(m_network.post(built, body));
        return;
    }
    call->ownNetwork.reset(m_makeNetwork().release());
    call->ownNetwork->setParent(this);
    auto *const onceRead = new OnceReadBody(body);
    // Otherwise Qt would read all of it into a buffer of its own, and that one can be read again.
    built.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    built.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    call->reply.reset(call->ownNetwork->post(built, onceRead));
    onceRead->setParent(call->reply.get());
}

void RestClient::connectReply(const std::shared_ptr<Call> &call)
{
    QNetworkReply *reply = call->reply.get();
    // The lambdas hold the call weakly: the reply lives inside it.
    const std::weak_ptr<Call> weak = call;
    connect(reply, &QNetworkReply::requestSent, this, [this, weak] {
        const auto held = weak.lock();
        if (!held)
            return;
        ++held->sends;
        if (std::exchange(held->isWaitingForSend, false))
            settle(held);
    });
    connect(reply, &QNetworkReply::readyRead, this, [weak] {
        if (const auto held = weak.lock())
            readArrived(held);
    });
    connect(reply, &QNetworkReply::finished, this, [this, weak] {
        if (const auto held = weak.lock())
            finish(held);
    });
    m_clock.callAt(call->begun + deadline, reply, [weak] {
        if (const auto held = weak.lock())
            held->abort(NetworkFailure::Kind::TimedOut);
    });
}

void RestClient::readArrived(const std::shared_ptr<Call> &call)
{
    if (!call->reply->isOpen())
        return;
    call->body += call->reply->readAll();
    const qint64 limit = call->byteLimit();
    if (call->body.size() <= limit)
        return;
    call->body.truncate(limit);
    // An error's status is its verdict, however long its text: it ends as HttpFailure.
    call->abort(NetworkFailure::Kind::TooLarge);
}

void RestClient::finish(const std::shared_ptr<Call> &call)
{
    readArrived(call);
    if (call->mayHaveBeenSent())
        waitForSend(call);
    else
        settle(call);
}

/// Qt sends in a thread of its own and tells of it through the event loop, also after the reply
/// was aborted. Who judges by the sends must not do so before: what the service has would count
/// as never sent.
void RestClient::waitForSend(const std::shared_ptr<Call> &call)
{
    call->isWaitingForSend = true;
    // Real time, whatever the clock says: what is waited for is a thread.
    QTimer::singleShot(longestWaitForSend, this, [this, weak = std::weak_ptr(call)] {
        const auto held = weak.lock();
        if (held && std::exchange(held->isWaitingForSend, false))
            settle(held);
    });
}

void RestClient::settle(const std::shared_ptr<Call> &call)
{
    // A service that quotes the token must not bring it into errors and reports.
    const bool isError = statusOf(*call->reply) >= 300;
    (isError ? redactBytes : redactParts)(call->body, call->token);
    const QNetworkReply &reply = *call->reply;
    const Exchange exchange = describe(*call);
    Result<Reply> result = withoutToken(
        readAnswer(reply, call->body, exchange, call->aborted, m_clock.utc()), call->token);

    m_underWay.removeOne(call);
    // What was sent to the old address is not to be booked on the new one.
    if (call->aborted != NetworkFailure::Kind::Abandoned)
        tellLimiter(*call, result);

    const int status = result ? result->status : statusOf(result.error());
    if (status == 401 && call->tokenSerial == m_tokenSerial)
        emit tokenRejected();
    call->resolve(std::move(result));
    // Behind the answer's own event: whoever gets it decides first whether anything else may leave.
    QMetaObject::invokeMethod(this, &RestClient::goOn, Qt::QueuedConnection);
}

void RestClient::tellLimiter(const Call &call, const Result<Reply> &result)
{
    AnswerFacts facts;
    facts.random = m_random();
    facts.sends = call.sends;
    if (result) {
        facts.status = result->status;
        facts.duration = result->exchange.duration;
    } else {
        facts.status = statusOf(result.error());
        facts.duration = exchangeOf(result.error()).duration;
    }
    if (const auto *failure = result ? nullptr : std::get_if<HttpFailure>(&result.error())) {
        facts.retryAfter = failure->retryAfter;
        if (facts.status == 429)
            facts.namedTier = tierFromName(failure->limit.tier);
    }
    const auto before = m_limiter.detectedTier();
    m_limiter.answered(facts, m_clock.now());
    const auto detected = m_limiter.detectedTier();
    if (facts.sends > 0)
        emit requestsSent({m_clock.utc(), facts.sends});
    if (detected && detected != before)
        emit tierDetected(*detected);
    emit allowanceChanged();
}

Exchange RestClient::describe(const Call &call) const
{
    Exchange exchange;
    exchange.verb = call.request.verb;
    exchange.target = QString::fromUtf8(
        call.reply->url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
    exchange.correlationId = call.correlationId;
    exchange.serviceCorrelationId = QString::fromUtf8(call.reply->rawHeader("x-correlation-id"));
    exchange.endedAt = m_clock.utc();
    exchange.duration
        = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - call.begun);
    exchange.sends = call.sends;
    // Nobody waits to hear whether it had left: see Exchange::sends.
    if (call.aborted == NetworkFailure::Kind::Abandoned)
        exchange.sends = std::max(call.sends, 1);
    exchange.tokenSerial = call.tokenSerial;
    logRequest(exchange, statusOf(*call.reply));
    return exchange;
}

void RestClient::finishLater(const std::shared_ptr<Call> &call, NetworkFailure::Kind kind)
{
    NetworkFailure failure{kind, {}, {}};
    failure.exchange.verb = call->request.verb;
    failure.exchange.target = call->request.path;
    failure.exchange.correlationId = call->correlationId;
    failure.exchange.endedAt = m_clock.utc();
    failure.exchange.tokenSerial = call->tokenSerial;
    m_clock.callAt(m_clock.now(), this,
                   [call, failure] { call->resolve(tl::unexpected<ApiError>(failure)); });
}

void RestClient::abortAll()
{
    for (const auto &call : std::exchange(m_waiting, {}))
        finishLater(call, NetworkFailure::Kind::Abandoned);
    // abort() emits finished(), which takes the call out of the list.
    const auto underWay = m_underWay;
    for (const auto &call : underWay)
        call->abort(NetworkFailure::Kind::Abandoned);
}

} // namespace Jobsweep
