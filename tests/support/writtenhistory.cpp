// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/writtenhistory.h"

#include "deletion/codes.h"
#include "deletion/historyschema.h"
#include "http/errorjson.h"
#include "tests/support/fixtures.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

/// SQLite takes a null string for NULL.
QVariant notNull(const QString &text)
{
    return text.isNull() ? QVariant(u""_s) : QVariant(text);
}

QByteArray verbText(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return "GET";
    case Verb::Post:
        return "POST";
    case Verb::Delete:
        return "DELETE";
    }
    return {};
}

QString correlationIdOf(qint64 item)
{
    return u"00000000-0000-4000-9000-%1"_s.arg(item, 12, 10, QChar(u'0'));
}

} // namespace

WrittenHistory::WrittenHistory() : m_connection(QUuid::createUuid().toString())
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(fileName());
    if (!m_database.open())
        qFatal("the test's history cannot be opened");
    exec(u"PRAGMA application_id = %1"_s.arg(historyApplicationId));
    exec(u"PRAGMA user_version = %1"_s.arg(historyVersion));
    for (int version = 1; version <= historyVersion; ++version) {
        const QStringList statements = historyMigrationTo(version);
        for (const QString &statement : statements)
            exec(statement);
    }
    exec(u"PRAGMA journal_mode = WAL"_s);
}

WrittenHistory::~WrittenHistory()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

QDateTime WrittenHistory::firstTime()
{
    return {QDate(2026, 11, 20), QTime(8, 0), Qt::UTC};
}

void WrittenHistory::exec(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(m_database);
    if (!query.prepare(sql))
        qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
}

qint64 WrittenHistory::insert(const QString &table, const QVariantList &values)
{
    const QString places = u", ?"_s.repeated(values.size()).mid(2);
    exec(u"INSERT INTO %1 VALUES (%2)"_s.arg(table, places), values);
    QSqlQuery last(u"SELECT last_insert_rowid()"_s, m_database);
    last.next();
    return last.value(0).toLongLong();
}

qint64 WrittenHistory::addRun(bool isTrial)
{
    const QDateTime confirmed = firstTime().addSecs(m_runs++ * 3600);
    return insert(u"run"_s,
                  {QVariant(), u"run-%1"_s.arg(m_runs), u"https://api.bentley.com"_s,
                   u"ana.silva@example.com"_s, isTrial, confirmed.toMSecsSinceEpoch()});
}

qint64 WrittenHistory::addItem(qint64 run, const QString &name, std::optional<Outcome> outcome,
                               const QByteArray &definition)
{
    const qint64 time = firstTime().addSecs(++m_items * 60).toMSecsSinceEpoch();
    return insert(
        u"item"_s,
        {QVariant(), run, correlationIdOf(m_items), u"job-%1"_s.arg(m_items), notNull(name),
         definition, codeOf(outcome ? ItemStage::Finished : ItemStage::Confirmed),
         outcome ? QVariant(codeOf(*outcome)) : QVariant(),
         outcome ? QVariant(time - 1000) : QVariant(), outcome ? QVariant(time) : QVariant()});
}

void WrittenHistory::addAnswer(qint64 item, const std::optional<ApiError> &error, int status,
                               int sends, Verb verb)
{
    const auto *failure = error ? std::get_if<HttpFailure>(&*error) : nullptr;
    const QByteArray json
        = error ? QJsonDocument(errorToJson(*error)).toJson(QJsonDocument::Compact) : QByteArray();
    const QString correlationId
        = verb == Verb::Post ? u"creation of %1"_s.arg(item) : correlationIdOf(item);
    insert(u"answer"_s,
           {QVariant(), item, correlationId, QString::fromLatin1(verbText(verb)),
            firstTime().addSecs(item * 60).toMSecsSinceEpoch(), 120, sends,
            error ? statusOf(*error) : status,
            notNull(failure != nullptr ? failure->code : QString()),
            notNull(failure != nullptr ? failure->message : QString()),
            failure != nullptr
                ? QString::fromUtf8(QJsonDocument(causesToJson(failure->details)).toJson())
                : u"[]"_s,
            u"service-%1"_s.arg(item), orNull(QString::fromUtf8(json))});
}

void WrittenHistory::addCreation(qint64 item, std::optional<CreationOutcome> outcome,
                                 const QString &newId)
{
    const qint64 time = firstTime().addDays(1).toMSecsSinceEpoch();
    insert(u"creation"_s,
           {QVariant(), item, QUuid::createUuid().toString(), time, time + 500,
            outcome ? QVariant(codeOf(*outcome)) : QVariant(), orNull(newId)});
}

qint64 WrittenHistory::addRefused(qint64 run, const QString &name)
{
    const qint64 item = addItem(run, name, Outcome::Refused);
    addAnswer(item, submittedMeanwhile());
    return item;
}

HttpFailure submittedMeanwhile()
{
    HttpFailure failure;
    failure.status = 422;
    failure.contentType = u"application/json"_s;
    failure.rawBody = fixture(u"422-delete.json"_s);
    readErrorBody(failure.rawBody, &failure);
    failure.exchange.verb = Verb::Delete;
    failure.exchange.sends = 1;
    failure.exchange.endedAt = WrittenHistory::firstTime();
    return failure;
}

} // namespace Jobsweep::Testing
