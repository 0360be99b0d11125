// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/answerreading.h"

#include "http/retryafter.h"

#include <QNetworkReply>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

NetworkFailure::Kind kindOf(QNetworkReply::NetworkError error, int sends)
{
    using Kind = NetworkFailure::Kind;
    if (error == QNetworkReply::SslHandshakeFailedError)
        return Kind::Tls;
    if (error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError)
        return Kind::TimedOut;
    return sends == 0 ? Kind::Unreachable : Kind::ConnectionLost;
}

QString headerText(const QNetworkReply &reply, const char *name)
{
    return QString::fromUtf8(reply.rawHeader(name));
}

HttpFailure readFailure(const QNetworkReply &reply, const Reply &answer, const QDateTime &utcNow)
{
    HttpFailure failure = asFailure(answer);
    const QDateTime said = parseHttpDate(reply.rawHeader("Date"));
    failure.retryAfter
        = parseRetryAfter(reply.rawHeader("Retry-After"), said.isValid() ? said : utcNow);
    failure.limit = {headerText(reply, "ITwinPlatform-RateLimited-Tier"),
                     headerText(reply, "ITwinPlatform-RateLimited-API"),
                     headerText(reply, "ITwinPlatform-RateLimited-Operation"),
                     headerText(reply, "ITwinPlatform-RateLimited-Application")};
    return failure;
}

} // namespace

HttpFailure asFailure(const Reply &reply)
{
    HttpFailure failure;
    failure.status = reply.status;
    failure.contentType = reply.contentType;
    failure.rawBody = reply.body.left(maximumErrorBytes);
    failure.exchange = reply.exchange;
    readErrorBody(failure.rawBody, &failure);
    return failure;
}

ApiError malformedBody(const QByteArray &body, bool isJson)
{
    MalformedReply malformed;
    malformed.reason
        = isJson ? MalformedReply::Reason::WrongShape : MalformedReply::Reason::NotJson;
    malformed.rawBody = body.left(maximumErrorBytes);
    return malformed;
}

int statusOf(const QNetworkReply &reply)
{
    const auto reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    if (reason.contains("HTTP/"_L1))
        return 0;
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

Result<Reply> readAnswer(const QNetworkReply &reply, const QByteArray &body,
                         const Exchange &exchange, std::optional<NetworkFailure::Kind> aborted,
                         const QDateTime &utcNow)
{
    const int status = statusOf(reply);
    const bool isSuccess = status >= 200 && status < 300;
    const bool isWhole = !aborted && reply.error() == QNetworkReply::NoError;
    // The status line is the verdict on a change and on a refusal, however their bodies end; what
    // is read must also be complete.
    const bool statusDecides
        = status >= 200 && (isWhole || !isSuccess || exchange.verb != Verb::Get);
    if (!statusDecides || aborted == NetworkFailure::Kind::Abandoned) {
        return tl::unexpected<ApiError>(
            NetworkFailure{aborted.value_or(kindOf(reply.error(), exchange.sends)),
                           reply.errorString(), exchange});
    }
    Reply answer{status, reply.header(QNetworkRequest::ContentTypeHeader).toString(), body,
                 exchange};
    if (isSuccess)
        return answer;
    return tl::unexpected<ApiError>(readFailure(reply, answer, utcNow));
}

Result<Reply> withoutToken(Result<Reply> result, const AccessToken &token)
{
    const auto clean = [&token](QString &text) { text = redacted(text, token); };
    if (result) {
        clean(result->contentType);
        clean(result->exchange.serviceCorrelationId);
        return result;
    }
    std::visit(Overloaded{[&clean](NetworkFailure &failure) {
                              clean(failure.technicalText);
                              clean(failure.exchange.serviceCorrelationId);
                          },
                          [&clean](HttpFailure &failure) {
                              for (QString *text :
                                   {&failure.contentType, &failure.limit.tier, &failure.limit.api,
                                    &failure.limit.operation, &failure.limit.application,
                                    &failure.exchange.serviceCorrelationId})
                                  clean(*text);
                          },
                          [&clean](MalformedReply &failure) {
                              clean(failure.contentType);
                              clean(failure.exchange.serviceCorrelationId);
                          }},
               result.error());
    return result;
}

} // namespace Jobsweep
