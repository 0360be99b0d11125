// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorjson.h"

#include "http/codetable.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::array kindCodes{
    std::pair{NetworkFailure::Kind::Unreachable, "unreachable"_L1},
    std::pair{NetworkFailure::Kind::TimedOut, "timed_out"_L1},
    std::pair{NetworkFailure::Kind::ConnectionLost, "connection_lost"_L1},
    std::pair{NetworkFailure::Kind::Tls, "tls"_L1},
    std::pair{NetworkFailure::Kind::TooLarge, "too_large"_L1},
    std::pair{NetworkFailure::Kind::Abandoned, "abandoned"_L1},
    std::pair{NetworkFailure::Kind::NoToken, "no_token"_L1},
    std::pair{NetworkFailure::Kind::Forbidden, "forbidden"_L1},
};

constexpr std::array reasonCodes{
    std::pair{MalformedReply::Reason::NotJson, "not_json"_L1},
    std::pair{MalformedReply::Reason::WrongShape, "wrong_shape"_L1},
    std::pair{MalformedReply::Reason::RepeatedPage, "repeated_page"_L1},
    std::pair{MalformedReply::Reason::TooManyPages, "too_many_pages"_L1},
    std::pair{MalformedReply::Reason::TooManyJobs, "too_many_jobs"_L1},
};

constexpr std::array verbCodes{
    std::pair{Verb::Get, "GET"_L1},
    std::pair{Verb::Post, "POST"_L1},
    std::pair{Verb::Delete, "DELETE"_L1},
};

QString textIn(const QJsonObject &json, QLatin1StringView key)
{
    return json.value(key).toString();
}

/// Base64: a body may be any bytes.
QString bodyToJson(const QByteArray &body)
{
    return QString::fromLatin1(body.first(std::min(body.size(), maximumRecordedBody)).toBase64());
}

QByteArray bodyIn(const QJsonObject &json)
{
    return QByteArray::fromBase64(textIn(json, "body"_L1).toLatin1());
}

QJsonObject exchangeToJson(const Exchange &exchange)
{
    QJsonObject json{
        {u"verb"_s, codeOf(exchange.verb)},
        {u"target"_s, exchange.target},
        {u"correlationId"_s, exchange.correlationId},
        {u"serviceCorrelationId"_s, exchange.serviceCorrelationId},
        {u"duration"_s, static_cast<qint64>(exchange.duration.count())},
        {u"sends"_s, exchange.sends},
    };
    if (exchange.endedAt.isValid())
        json.insert("endedAt"_L1, exchange.endedAt.toMSecsSinceEpoch());
    return json;
}

std::optional<Exchange> exchangeFromJson(const QJsonObject &json)
{
    const auto verb = verbFromCode(textIn(json, "verb"_L1));
    if (!verb)
        return std::nullopt;
    Exchange exchange{.verb = *verb,
                      .target = textIn(json, "target"_L1),
                      .correlationId = textIn(json, "correlationId"_L1),
                      .serviceCorrelationId = textIn(json, "serviceCorrelationId"_L1),
                      .endedAt = {},
                      .duration = std::chrono::milliseconds(json.value("duration"_L1).toInteger()),
                      .sends = json.value("sends"_L1).toInt()};
    if (const QJsonValue endedAt = json.value("endedAt"_L1); endedAt.isDouble())
        exchange.endedAt = QDateTime::fromMSecsSinceEpoch(endedAt.toInteger(), Qt::UTC);
    return exchange;
}

QJsonObject toJson(const NetworkFailure &failure)
{
    return {
        {u"type"_s, u"network"_s},
        {u"kind"_s, codeIn(kindCodes, failure.kind)},
        {u"technicalText"_s, failure.technicalText},
    };
}

QJsonObject toJson(const HttpFailure &failure)
{
    QJsonObject json{
        {u"type"_s, u"http"_s},
        {u"status"_s, failure.status},
        {u"code"_s, failure.code},
        {u"message"_s, failure.message},
        {u"target"_s, failure.target},
        {u"details"_s, causesToJson(failure.details)},
        {u"limit"_s,
         QJsonObject{{u"tier"_s, failure.limit.tier},
                     {u"api"_s, failure.limit.api},
                     {u"operation"_s, failure.limit.operation},
                     {u"application"_s, failure.limit.application}}},
        {u"contentType"_s, failure.contentType},
        {u"body"_s, bodyToJson(failure.rawBody)},
    };
    if (failure.retryAfter)
        json.insert("retryAfter"_L1, static_cast<qint64>(failure.retryAfter->count()));
    return json;
}

QJsonObject toJson(const MalformedReply &failure)
{
    return {
        {u"type"_s, u"malformed"_s},
        {u"reason"_s, codeIn(reasonCodes, failure.reason)},
        {u"status"_s, failure.status},
        {u"contentType"_s, failure.contentType},
        {u"body"_s, bodyToJson(failure.rawBody)},
    };
}

std::optional<ApiError> networkFailureFrom(const QJsonObject &json, const Exchange &exchange)
{
    const auto kind = valueIn(kindCodes, textIn(json, "kind"_L1));
    if (!kind)
        return std::nullopt;
    return NetworkFailure{*kind, textIn(json, "technicalText"_L1), exchange};
}

std::optional<ApiError> httpFailureFrom(const QJsonObject &json, const Exchange &exchange)
{
    if (!json.value("status"_L1).isDouble())
        return std::nullopt;
    const QJsonObject limit = json.value("limit"_L1).toObject();
    HttpFailure failure{
        .status = json.value("status"_L1).toInt(),
        .code = textIn(json, "code"_L1),
        .message = textIn(json, "message"_L1),
        .target = textIn(json, "target"_L1),
        .details = causesFromJson(json.value("details"_L1).toArray()),
        .retryAfter = {},
        .limit = {textIn(limit, "tier"_L1), textIn(limit, "api"_L1), textIn(limit, "operation"_L1),
                  textIn(limit, "application"_L1)},
        .contentType = textIn(json, "contentType"_L1),
        .rawBody = bodyIn(json),
        .exchange = exchange,
    };
    if (const QJsonValue retryAfter = json.value("retryAfter"_L1); retryAfter.isDouble())
        failure.retryAfter = std::chrono::seconds(retryAfter.toInteger());
    return failure;
}

std::optional<ApiError> malformedReplyFrom(const QJsonObject &json, const Exchange &exchange)
{
    const auto reason = valueIn(reasonCodes, textIn(json, "reason"_L1));
    if (!reason || !json.value("status"_L1).isDouble())
        return std::nullopt;
    return MalformedReply{*reason, json.value("status"_L1).toInt(), textIn(json, "contentType"_L1),
                          bodyIn(json), exchange};
}

} // namespace

QString codeOf(Verb verb)
{
    return codeIn(verbCodes, verb);
}

std::optional<Verb> verbFromCode(const QString &code)
{
    return valueIn(verbCodes, code);
}

QJsonObject errorToJson(const ApiError &error)
{
    QJsonObject json = std::visit([](const auto &failure) { return toJson(failure); }, error);
    json.insert("exchange"_L1, exchangeToJson(exchangeOf(error)));
    return json;
}

std::optional<ApiError> errorFromJson(const QJsonObject &json)
{
    const auto exchange = exchangeFromJson(json.value("exchange"_L1).toObject());
    if (!exchange)
        return std::nullopt;
    const QString type = textIn(json, "type"_L1);
    if (type == "network"_L1)
        return networkFailureFrom(json, *exchange);
    if (type == "http"_L1)
        return httpFailureFrom(json, *exchange);
    if (type == "malformed"_L1)
        return malformedReplyFrom(json, *exchange);
    return std::nullopt;
}

QJsonArray causesToJson(const QList<ErrorCause> &causes)
{
    QJsonArray json;
    for (const ErrorCause &cause : causes) {
        json.append(QJsonObject{
            {u"code"_s, cause.code}, {u"message"_s, cause.message}, {u"target"_s, cause.target}});
    }
    return json;
}

QList<ErrorCause> causesFromJson(const QJsonArray &json)
{
    QList<ErrorCause> causes;
    for (const auto &entry : json) {
        const QJsonObject cause = entry.toObject();
        causes.append(
            {textIn(cause, "code"_L1), textIn(cause, "message"_L1), textIn(cause, "target"_L1)});
    }
    return causes;
}

} // namespace Jobsweep
