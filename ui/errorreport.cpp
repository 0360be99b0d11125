// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/request.h"
#include "ui/answerwording.h"
#include "ui/errorwording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorReport)
};

/// Longer than any sensible message, short enough to lay out at once.
constexpr qsizetype maximumFactLength = 2000;
constexpr qsizetype maximumRawLength = 64 * 1024;

QString given(const QString &foreign)
{
    return foreign.isEmpty() ? Words::tr("not given") : visibleText(foreign, maximumFactLength);
}

QList<ErrorFact> answerFacts(const HttpFailure &answer)
{
    QList<ErrorFact> facts = {
        {Words::tr("HTTP status"), QString::number(answer.status)},
        {Words::tr("Code"), given(answer.code)},
        {Words::tr("Message"), given(answer.message)},
        {Words::tr("Target"), given(answer.target)},
    };
    if (answer.status == 429) {
        facts.append({
            {Words::tr("Limited tier"), given(answer.limit.tier)},
            {Words::tr("Limited API"), given(answer.limit.api)},
            {Words::tr("Limited operation"), given(answer.limit.operation)},
            {Words::tr("Limited application"), given(answer.limit.application)},
        });
    }
    if (answer.retryAfter)
        facts.append({Words::tr("Asked to wait"), Wording::duration(*answer.retryAfter)});
    return facts;
}

QString correlationOf(const Exchange &exchange)
{
    QString sent = visibleText(exchange.correlationId);
    const QString answered = visibleText(exchange.serviceCorrelationId);
    if (answered.isEmpty() || answered == sent)
        return sent;
    return sent.isEmpty() ? answered : Words::tr("%1 (sent), %2 (answered)").arg(sent, answered);
}

QList<ErrorFact> exchangeFacts(const Exchange &exchange)
{
    QList<ErrorFact> facts;
    if (!exchange.target.isEmpty()) {
        facts.append(
            {Words::tr("Request"),
             verbName(exchange.verb) % u' ' % visibleText(exchange.target, maximumFactLength)});
        facts.append({Words::tr("Sent"),
                      exchange.sends == 1 ? Words::tr("once")
                                          : Words::tr("%n times", nullptr, exchange.sends)});
    }
    const QString correlation = correlationOf(exchange);
    if (!correlation.isEmpty())
        facts.append({Words::tr("Correlation id"), correlation});
    if (exchange.endedAt.isValid())
        facts.append({Words::tr("Time"), Wording::exactTime(exchange.endedAt)});
    return facts;
}

QByteArray rawBodyOf(const ApiError &error)
{
    if (const auto *answer = std::get_if<HttpFailure>(&error))
        return answer->rawBody;
    if (const auto *reply = std::get_if<MalformedReply>(&error))
        return reply->rawBody;
    return {};
}

QStringList causeLines(const HttpFailure &answer)
{
    QStringList lines;
    for (const ErrorCause &cause : answer.details) {
        lines.append(Words::tr("Cause: code %1, message %2, target %3")
                         .arg(given(cause.code), given(cause.message), given(cause.target)));
    }
    return lines;
}

} // namespace

QString serviceReason(const ApiError &error)
{
    const auto *answer = std::get_if<HttpFailure>(&error);
    if (answer == nullptr || saysAlreadySubmitted(*answer))
        return {};
    // Of these statuses the meaning depends on the request; the others say it themselves.
    if (answer->status != 400 && answer->status != 409 && answer->status != 422)
        return {};
    for (const ErrorCause &cause : answer->details) {
        if (!cause.message.isEmpty())
            return cause.message;
    }
    return answer->message;
}

QList<ErrorFact> errorFacts(const ApiError &error)
{
    QList<ErrorFact> facts
        = std::visit(Overloaded{
                         [](const NetworkFailure &failure) {
                             return failure.technicalText.isEmpty()
                                 ? QList<ErrorFact>()
                                 : QList<ErrorFact>{
                                     {Words::tr("Technical reason"), given(failure.technicalText)}};
                         },
                         [](const MalformedReply &reply) {
                             return QList<ErrorFact>{
                                 {Words::tr("HTTP status"), QString::number(reply.status)},
                                 {Words::tr("Content type"), given(reply.contentType)},
                             };
                         },
                         [](const HttpFailure &answer) { return answerFacts(answer); },
                     },
                     error);
    facts.append(exchangeFacts(exchangeOf(error)));
    return facts;
}

QString rawAnswer(const ApiError &error)
{
    const QByteArray body = rawBodyOf(error);
    const QJsonDocument json = QJsonDocument::fromJson(body);
    return visibleLines(QString::fromUtf8(json.isNull() ? body : json.toJson()), maximumRawLength);
}

QString errorReport(const ApiError &error, Occasion occasion)
{
    const ErrorText text = errorText(error, occasion);
    QStringList lines = {text.what, text.why, text.whatToDo, QString()};
    const QList<ErrorFact> facts = errorFacts(error);
    for (const ErrorFact &fact : facts)
        lines.append(Words::tr("%1: %2", "name and value").arg(fact.name, fact.value));
    if (const auto *answer = std::get_if<HttpFailure>(&error))
        lines.append(causeLines(*answer));
    const QString raw = rawAnswer(error);
    if (!raw.isEmpty())
        lines.append({QString(), Words::tr("Raw answer:"), raw});
    return lines.join(u'\n') % u'\n';
}

} // namespace Jobsweep
