// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restclient.h"

#include "http/oncereadbody.h"
#include "http/requestrules.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

Q_LOGGING_CATEGORY(lcHttp, "jobsweep.http", QtWarningMsg)

constexpr auto acceptedType = "application/vnd.bentley.itwin-platform.v1+json";
QByteArray nameOf(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return "GET"_ba;
    case Verb::Post:
        return "POST"_ba;
    case Verb::Delete:
        return "DELETE"_ba;
    }
    Q_UNREACHABLE();
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
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

    void resolve(Result<Reply> result)
    {
        isOver = true;
        promise.addResult(std::move(result));
        promise.finish();
    }
    void abort(NetworkFailure::Kind kind)
    {
        if (aborted || isOver)
            return;
        aborted = kind;
        if (reply)
            reply->abort();
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

bool RestClient::isReady() const
{
    return m_waiting.empty()
        && m_limiter.next(m_clock.now()).kind == RateLimiter::Decision::Kind::Go;
}

std::optional<Instant> RestClient::pausedUntil() const
{
    return m_limiter.pausedUntil(m_clock.now());
}

QString RestClient::redact(const QString &text) const
{
    return redacted(text, m_token);
}

QNetworkRequest RestClient::buildRequest(const Request &request) const
{
    QUrl url = m_address.url();
    url.setPath(request.path, QUrl::StrictMode);
    url.setQuery(request.query);
    QNetworkRequest built(url);
    built.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                       QNetworkRequest::ManualRedirectPolicy);
    built.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    built.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    built.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    built.setTransferTimeout(static_cast<int>(inactivityTimeout.count()));
    built.setDecompressedSafetyCheckThreshold(request.maximumBytes);
    built.setHeader(QNetworkRequest::UserAgentHeader,
                    QString("Jobsweep/"_L1 + QCoreApplication::applicationVersion()));
    if (request.verb == Verb::Post)
        built.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    for (const auto &[name, value] : request.headers)
        built.setRawHeader(name, value);
    built.setRawHeader("Accept", acceptedType);
    built.setRawHeader("Authorization", "Bearer " + m_token.bytes());
    return built;
}

/// The safety rules, looked at again on the very URL that would be used.
std::optional<NetworkFailure::Kind> RestClient::obstacle(const Request &request,
                                                         const QNetworkRequest &built) const
{
    const QUrl url(QString::fromUtf8(built.url().toEncoded()), QUrl::StrictMode);
    const bool isOurs = url.isValid() && m_address.covers(url)
        && url.path(QUrl::FullyEncoded) == request.path && mayBeSent(request.verb, request.path)
        && (request.verb == Verb::Get || request.query.isEmpty());
    // Only a body that cannot be read again keeps Qt from repeating a request.
    const bool canKeepItsWord
        = !request.isSentOnce || (request.verb == Verb::Post && !request.body.isEmpty());
    if (!isOurs || !canKeepItsWord)
        return NetworkFailure::Kind::Forbidden;
    if (m_token.isEmpty())
        return NetworkFailure::Kind::NoToken;
    return {};
}

void RestClient::sendWaiting()
{
    while (!m_waiting.empty()) {
        const RateLimiter::Decision decision = m_limiter.next(m_clock.now());
        if (decision.kind == RateLimiter::Decision::Kind::WaitUntil && !m_wasPaused)
            watchPause();
        if (decision.kind != RateLimiter::Decision::Kind::Go)
            return; // the end of the pause or the next answer calls again
        const auto call = m_waiting.front();
        m_waiting.pop_front();
        dispatch(call);
    }
}

void RestClient::dispatch(const std::shared_ptr<Call> &call)
{
    QNetworkRequest built = buildRequest(call->request);
    call->tokenSerial = m_tokenSerial;
    call->token = m_token;
    call->begun = m_clock.now();
    if (const auto kind = obstacle(call->request, built)) {
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
    connect(reply, &QNetworkReply::requestSent, this, [weak] {
        if (const auto held = weak.lock())
            ++held->sends;
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
    // A service that quotes the token must not bring it into errors and reports.
    if (!call->token.isEmpty())
        call->body.replace(call->token.bytes(), "[redacted]"_ba);
    const QNetworkReply &reply = *call->reply;
    const Exchange exchange = describe(*call);
    Result<Reply> result = readAnswer(reply, call->body, exchange, call->aborted, m_clock.utc());

    m_underWay.removeOne(call);
    AnswerFacts facts;
    facts.random = m_random();
    facts.status = result ? result->status : statusOf(result.error());
    if (const auto *failure = result ? nullptr : std::get_if<HttpFailure>(&result.error()))
        facts.retryAfter = failure->retryAfter;
    m_limiter.answered(facts, m_clock.now());

    if (facts.status == 401 && call->tokenSerial == m_tokenSerial)
        emit tokenRejected();
    call->resolve(std::move(result));
    // Behind the answer's own event: whoever gets it decides first whether anything else may leave.
    QMetaObject::invokeMethod(this, &RestClient::goOn, Qt::QueuedConnection);
}

void RestClient::goOn()
{
    watchPause();
    sendWaiting();
    if (isReady())
        emit ready();
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
    exchange.tokenSerial = call.tokenSerial;
    qCInfo(lcHttp).noquote() << exchange.correlationId << nameOf(exchange.verb)
                             << call.reply->url().path() << statusOf(*call.reply)
                             << exchange.duration.count() << "ms" << exchange.sends << "sends";
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

/// Announces the beginning and the end of a pause, and sends what waited for its end.
void RestClient::watchPause()
{
    const auto until = pausedUntil();
    if (!until) {
        if (std::exchange(m_wasPaused, false)) {
            emit pauseChanged();
            goOn();
        }
        return;
    }
    m_wasPaused = true;
    emit pauseChanged();
    m_clock.callAt(*until, this, [this] { watchPause(); });
}

} // namespace Jobsweep
