// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyexport.h"

#include "deletion/codes.h"
#include "http/errorjson.h"
#include "jobs/csv.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

QString timeText(const QDateTime &utc)
{
    return utc.isValid() ? utc.toUTC().toString(Qt::ISODateWithMs) : QString();
}

/// "finished" says less than the outcome does.
QString outcomeText(const HistoryItem &item)
{
    return item.outcome ? codeOf(*item.outcome) : QString();
}

struct ErrorFields
{
    int status = 0;
    QString code;
    QString message;
    QList<ErrorCause> causes;
};

ErrorFields fieldsOf(const HistoryItemDetails &details)
{
    ErrorFields fields;
    const ApiError *error = details.error();
    if (error == nullptr) {
        fields.status = details.answers.isEmpty() ? 0 : details.answers.last().status;
        return fields;
    }
    fields.status = statusOf(*error);
    if (const auto *answer = std::get_if<HttpFailure>(error)) {
        fields.code = answer->code;
        fields.message = answer->message;
        fields.causes = answer->details;
    } else if (const auto *failure = std::get_if<NetworkFailure>(error)) {
        fields.message = failure->technicalText;
    }
    return fields;
}

QString causesText(const QList<ErrorCause> &causes)
{
    QStringList lines;
    for (const ErrorCause &cause : causes) {
        const QString target = cause.target.isEmpty() ? QString() : u" ("_s % cause.target % u')';
        lines.append(cause.code % u": "_s % cause.message % target);
    }
    return lines.join(u'\n');
}

QString serviceCorrelationId(const HistoryItemDetails &details)
{
    return details.answers.isEmpty() ? QString()
                                     : details.answers.last().exchange.serviceCorrelationId;
}

QStringList csvValues(const HistoryItemDetails &details)
{
    const HistoryItem &item = details.item;
    const ErrorFields error = fieldsOf(details);
    return {
        item.id.text,
        item.name,
        outcomeText(item),
        codeOf(item.stage),
        QString::number(item.run),
        item.isTrial ? u"true"_s : u"false"_s,
        details.origin,
        details.account,
        timeText(item.confirmedAt),
        timeText(item.intendedAt),
        timeText(item.finishedAt),
        QString::number(details.sends()),
        error.status == 0 ? QString() : QString::number(error.status),
        error.code,
        error.message,
        causesText(error.causes),
        item.correlationId,
        serviceCorrelationId(details),
        item.createdAs.text,
        QString::fromUtf8(details.definition),
    };
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// As an object; what is none stays text, so that nothing is lost.
QJsonValue definitionValue(const QByteArray &definition)
{
    const QJsonDocument document = QJsonDocument::fromJson(definition);
    return document.isObject() ? QJsonValue(document.object())
                               : QJsonValue(QString::fromUtf8(definition));
}

QJsonArray answersOf(const HistoryItemDetails &details)
{
    QJsonArray answers;
    for (const AnswerRecord &answer : details.answers) {
        QJsonObject object{
            {u"ended_at"_s, orNull(timeText(answer.exchange.endedAt))},
            {u"duration_ms"_s, static_cast<qint64>(answer.exchange.duration.count())},
            {u"sends"_s, answer.exchange.sends},
            {u"status"_s, answer.status},
            {u"service_correlation_id"_s, orNull(answer.exchange.serviceCorrelationId)},
        };
        if (answer.error)
            object.insert(u"error"_s, errorToJson(*answer.error));
        answers.append(object);
    }
    return answers;
}

QJsonArray creationsOf(const HistoryItemDetails &details)
{
    QJsonArray creations;
    for (const HistoryCreation &creation : details.creations) {
        creations.append(QJsonObject{
            {u"correlation_id"_s, creation.correlationId},
            {u"intended_at"_s, orNull(timeText(creation.intendedAt))},
            {u"finished_at"_s, orNull(timeText(creation.finishedAt))},
            {u"outcome"_s, orNull(creation.outcome ? codeOf(*creation.outcome) : QString())},
            {u"new_job_id"_s, orNull(creation.newId.text)},
        });
    }
    return creations;
}

QJsonObject jsonOf(const HistoryItemDetails &details)
{
    const HistoryItem &item = details.item;
    const ErrorFields error = fieldsOf(details);
    return {
        {u"job_id"_s, item.id.text},
        {u"name"_s, item.name},
        {u"outcome"_s, orNull(outcomeText(item))},
        {u"stage"_s, codeOf(item.stage)},
        {u"run"_s, item.run},
        {u"is_trial"_s, item.isTrial},
        {u"origin"_s, details.origin},
        {u"account"_s, orNull(details.account)},
        {u"confirmed_at"_s, orNull(timeText(item.confirmedAt))},
        {u"intended_at"_s, orNull(timeText(item.intendedAt))},
        {u"finished_at"_s, orNull(timeText(item.finishedAt))},
        {u"sends"_s, details.sends()},
        {u"status"_s, error.status == 0 ? QJsonValue() : QJsonValue(error.status)},
        {u"code"_s, orNull(error.code)},
        {u"message"_s, orNull(error.message)},
        {u"causes"_s, causesToJson(error.causes)},
        {u"correlation_id"_s, item.correlationId},
        {u"answers"_s, answersOf(details)},
        {u"creations"_s, creationsOf(details)},
        {u"created_as"_s, orNull(item.createdAs.text)},
        {u"definition"_s, definitionValue(details.definition)},
    };
}

} // namespace

QStringList historyTitles()
{
    return {
        u"job_id"_s,
        u"name"_s,
        u"outcome"_s,
        u"stage"_s,
        u"run"_s,
        u"is_trial"_s,
        u"origin"_s,
        u"account"_s,
        u"confirmed_at"_s,
        u"intended_at"_s,
        u"finished_at"_s,
        u"sends"_s,
        u"status"_s,
        u"code"_s,
        u"message"_s,
        u"causes"_s,
        u"correlation_id"_s,
        u"service_correlation_id"_s,
        u"created_as"_s,
        u"definition"_s,
    };
}

QByteArray historyRow(ExportFormat format, const HistoryItemDetails &details)
{
    switch (format) {
    case ExportFormat::Csv:
        return csvRow(csvValues(details));
    case ExportFormat::Json:
        return QJsonDocument(jsonOf(details)).toJson(QJsonDocument::Compact);
    }
    Q_UNREACHABLE();
}

} // namespace Jobsweep
