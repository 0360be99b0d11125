// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historystatements.h"

#include "deletion/codes.h"
#include "deletion/historyerrors.h"
#include "http/errorjson.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QVariant>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

/// A run that may be forgotten.
constexpr auto isDone
    = "number NOT IN (SELECT run FROM item WHERE stage <> 'finished') AND "
      "number NOT IN (SELECT item.run FROM creation JOIN item ON item.number = creation.item "
      "WHERE creation.outcome IS NULL)"_L1;

// A null value of Qt would become NULL.
QVariant stored(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QVariant stored(const QByteArray &bytes)
{
    return bytes.isNull() ? ""_ba : bytes;
}

QVariant milliseconds(const QDateTime &time)
{
    return time.toMSecsSinceEpoch();
}

QDateTime timeIn(const QSqlQuery &query, int column)
{
    return QDateTime::fromMSecsSinceEpoch(query.value(column).toLongLong(), Qt::UTC);
}

template<typename Json>
QString compact(const Json &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QString messageOf(const ApiError &error)
{
    return std::visit(
        Overloaded{[](const NetworkFailure &failure) { return failure.technicalText; },
                   [](const HttpFailure &failure) { return failure.message; },
                   [](const MalformedReply &) { return QString(); }},
        error);
}

/// Whether it can fail after a part of it was carried out.
bool hasParts(const HistoryWrite &write)
{
    return std::visit(
        Overloaded{
            [](const WriteRun &) { return true; },
            [](const WriteItems &) { return true; },
            [](const WriteIntent &intent) { return intent.correlationIds.size() > 1; },
            [](const WriteReopening &value) { return value.correlationIds.size() > 1; },
            [](const auto &) { return false; },
        },
        write);
}

QList<ErrorCause> causesOf(const ApiError &error)
{
    const auto *failure = std::get_if<HttpFailure>(&error);
    return failure ? failure->details : QList<ErrorCause>();
}

} // namespace

HistoryStatements::HistoryStatements(const QSqlDatabase &database, const QString &fileName)
    : m_database(database), m_fileName(fileName), m_addRun(database), m_addItem(database),
      m_intend(database), m_addAnswer(database), m_finish(database), m_reopen(database),
      m_intendCreation(database), m_finishCreation(database), m_addRequests(database),
      m_forgetRequests(database), m_forgetOldRuns(database), m_unfinished(database),
      m_unfinishedCreations(database), m_requestsSince(database)
{ }

Recorded HistoryStatements::prepare()
{
    const std::array statements{
        std::pair{&m_addRun,
                  u"INSERT INTO run (id, origin, account, is_trial, confirmed_at)"
                  " VALUES (?, ?, ?, ?, ?)"_s},
        std::pair{&m_addItem,
                  u"INSERT INTO item (run, correlation_id, job_id, name, definition, stage)"
                  " VALUES ((SELECT number FROM run WHERE id = ?), ?, ?, ?, ?, 'confirmed')"_s},
        std::pair{&m_intend,
                  u"UPDATE item SET stage = 'intended', intended_at = ?, outcome = NULL,"
                  " finished_at = NULL WHERE correlation_id = ?"_s},
        // The answer may be about the deletion or about an attempt to create the job again.
        std::pair{&m_addAnswer,
                  u"INSERT INTO answer (item, correlation_id, verb, ended_at, duration, sends,"
                  " status, code, message, causes, service_correlation_id, error)"
                  " SELECT number, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM"
                  " (SELECT number FROM item WHERE correlation_id = ?"
                  " UNION SELECT item FROM creation WHERE correlation_id = ?)"_s},
        std::pair{&m_finish,
                  u"UPDATE item SET stage = 'finished', outcome = ?, finished_at = ?"
                  " WHERE correlation_id = ?"_s},
        std::pair{&m_reopen,
                  u"UPDATE item SET stage = 'confirmed', outcome = NULL, finished_at = NULL"
                  " WHERE correlation_id = ?"_s},
        std::pair{&m_intendCreation,
                  u"INSERT INTO creation (item, correlation_id, intended_at)"
                  " VALUES ((SELECT number FROM item WHERE correlation_id = ?), ?, ?)"_s},
        std::pair{&m_finishCreation,
                  u"UPDATE creation SET outcome = ?, new_job_id = ?, finished_at = ?"
                  " WHERE correlation_id = ?"_s},
        std::pair{&m_addRequests,
                  u"INSERT INTO request (origin, second, requests) VALUES (?, ?, ?)"
                  " ON CONFLICT (origin, second)"
                  " DO UPDATE SET requests = requests + excluded.requests"_s},
        std::pair{&m_forgetRequests, u"DELETE FROM request WHERE second < ?"_s},
        std::pair{&m_forgetOldRuns,
                  QString("DELETE FROM run WHERE confirmed_at < ? AND "_L1 % isDone)},
        std::pair{&m_unfinished,
                  u"SELECT item.correlation_id, item.job_id, item.name, item.definition,"
                  " item.stage, item.intended_at IS NOT NULL, run.id, run.confirmed_at"
                  " FROM item JOIN run ON run.number = item.run"
                  " WHERE item.stage <> 'finished' AND run.origin = ?"
                  " ORDER BY run.number, item.number"_s},
        std::pair{&m_unfinishedCreations,
                  u"SELECT creation.correlation_id, creation.intended_at"
                  " FROM creation JOIN item ON item.number = creation.item"
                  " WHERE item.correlation_id = ?"
                  " AND (creation.outcome IS NULL OR creation.outcome = 'unknown')"
                  " ORDER BY creation.number"_s},
        std::pair{&m_requestsSince,
                  u"SELECT second, requests FROM request WHERE origin = ? AND second >= ?"
                  " ORDER BY second"_s},
    };
    for (const auto &[query, statement] : statements) {
        query->setForwardOnly(true);
        if (!query->prepare(statement))
            return tl::unexpected(failureFrom(query->lastError(), m_fileName));
    }
    return {};
}

WriteDone HistoryStatements::carryOut(const HistoryWrite &write)
{
    if (!hasParts(write))
        return carryOutParts(write);
    const auto unexpectedly
        = [](const HistoryFailure &failure) { return tl::unexpected(WriteFault{failure}); };
    if (const Recorded begun = execute(u"SAVEPOINT parts"_s); !begun)
        return unexpectedly(begun.error());
    WriteDone done = carryOutParts(write);
    if (!done) {
        if (done.error().isContradiction)
            execute(u"ROLLBACK TO parts"_s);
        else
            return done;
    }
    if (const Recorded released = execute(u"RELEASE parts"_s); !released)
        return unexpectedly(released.error());
    return done;
}

WriteDone HistoryStatements::carryOutParts(const HistoryWrite &write)
{
    return std::visit([this](const auto &value) { return this->write(value); }, write);
}

WriteDone HistoryStatements::write(const WriteRun &write)
{
    const NewRun &run = write.run;
    const WriteDone done = this->run(m_addRun,
                                     {stored(run.id), stored(run.origin), stored(run.account),
                                      run.isTrial ? 1 : 0, milliseconds(run.confirmedAt)});
    return done ? this->write(WriteItems{run.id, write.items}) : done;
}

WriteDone HistoryStatements::write(const WriteItems &write)
{
    for (const NewItem &item : write.items) {
        WriteDone done = run(m_addItem,
                             {stored(write.run), stored(item.correlationId), stored(item.id.text),
                              stored(item.name), stored(item.definition)});
        if (!done)
            return done;
    }
    return {};
}

WriteDone HistoryStatements::write(const WriteIntent &intent)
{
    for (const QString &id : intent.correlationIds) {
        if (WriteDone done = runOn(id, m_intend, {milliseconds(intent.at), stored(id)}); !done)
            return done;
    }
    return {};
}

WriteDone HistoryStatements::write(const WriteAnswer &write)
{
    const AnswerRecord &answer = write.answer;
    const Exchange &exchange = answer.exchange;
    const ApiError *error = answer.error ? &*answer.error : nullptr;
    const QVariant id = stored(write.correlationId);
    return runOn(write.correlationId, m_addAnswer,
                 {id, codeOf(exchange.verb), milliseconds(exchange.endedAt),
                  static_cast<qint64>(exchange.duration.count()), exchange.sends,
                  error ? statusOf(*error) : answer.status,
                  stored(error ? codeOf(*error) : QString()),
                  stored(error ? messageOf(*error) : QString()),
                  compact(causesToJson(error ? causesOf(*error) : QList<ErrorCause>())),
                  stored(exchange.serviceCorrelationId),
                  error ? QVariant(compact(errorToJson(*error))) : QVariant(), id, id});
}

WriteDone HistoryStatements::write(const WriteOutcome &write)
{
    return runOn(write.correlationId, m_finish,
                 {codeOf(write.outcome), milliseconds(write.at), stored(write.correlationId)});
}

WriteDone HistoryStatements::write(const WriteReopening &write)
{
    for (const QString &id : write.correlationIds) {
        if (WriteDone done = runOn(id, m_reopen, {stored(id)}); !done)
            return done;
    }
    return {};
}

WriteDone HistoryStatements::write(const WriteCreationIntent &write)
{
    return run(m_intendCreation,
               {stored(write.item), stored(write.correlationId), milliseconds(write.at)});
}

WriteDone HistoryStatements::write(const WriteCreationOutcome &write)
{
    return runOn(write.correlationId, m_finishCreation,
                 {codeOf(write.outcome), stored(write.newId.text), milliseconds(write.at),
                  stored(write.correlationId)});
}

WriteDone HistoryStatements::write(const WriteRequests &write)
{
    for (const RequestCount &count : write.counts) {
        WriteDone done = run(m_addRequests,
                             {stored(write.origin), count.at.toSecsSinceEpoch(), count.requests});
        if (!done)
            return done;
    }
    return {};
}

QList<UnfinishedItem> HistoryStatements::unfinished(const QString &origin)
{
    QList<UnfinishedItem> items;
    if (!run(m_unfinished, {stored(origin)}))
        return items;
    while (m_unfinished.next()) {
        items.append(
            {.item = {.correlationId = m_unfinished.value(0).toString(),
                      .id = {m_unfinished.value(1).toString()},
                      .name = m_unfinished.value(2).toString(),
                      .definition = m_unfinished.value(3).toByteArray()},
             .run = m_unfinished.value(6).toString(),
             .confirmedAt = timeIn(m_unfinished, 7),
             // A word that is not known is taken for the stage that demands most care.
             .stage = stageFromCode(m_unfinished.value(4).toString()).value_or(ItemStage::Intended),
             .wasIntended = m_unfinished.value(5).toBool()});
    }
    m_unfinished.finish();
    return items;
}

QList<UnfinishedCreation> HistoryStatements::unfinishedCreations(const QString &item)
{
    QList<UnfinishedCreation> creations;
    if (!run(m_unfinishedCreations, {stored(item)}))
        return creations;
    while (m_unfinishedCreations.next()) {
        creations.append(
            {m_unfinishedCreations.value(0).toString(), timeIn(m_unfinishedCreations, 1)});
    }
    m_unfinishedCreations.finish();
    return creations;
}

QList<RequestCount> HistoryStatements::requestsSince(const QString &origin, const QDateTime &since)
{
    QList<RequestCount> counts;
    if (!run(m_requestsSince, {stored(origin), since.toSecsSinceEpoch()}))
        return counts;
    while (m_requestsSince.next()) {
        const qint64 endOfSecond = m_requestsSince.value(0).toLongLong() * 1000 + 999;
        counts.append({QDateTime::fromMSecsSinceEpoch(endOfSecond, Qt::UTC),
                       m_requestsSince.value(1).toInt()});
    }
    m_requestsSince.finish();
    return counts;
}

Recorded HistoryStatements::forgetTrialRuns()
{
    return execute(u"DELETE FROM run WHERE is_trial <> 0"_s);
}

Recorded HistoryStatements::forgetRequestsBefore(const QDateTime &time)
{
    return run(m_forgetRequests, {time.toSecsSinceEpoch()}).map_error([](const WriteFault &fault) {
        return fault.failure;
    });
}

Recorded HistoryStatements::forgetDoneRuns()
{
    return execute("DELETE FROM run WHERE "_L1 % isDone);
}

Recorded HistoryStatements::forgetDoneRunsBefore(const QDateTime &time)
{
    return run(m_forgetOldRuns, {milliseconds(time)}).map_error([](const WriteFault &fault) {
        return fault.failure;
    });
}

Recorded HistoryStatements::forgetDoneRunsAbove(qint64 bytes)
{
    const QString used = u"SELECT (page_count - freelist_count) * page_size FROM"
                         " pragma_page_count, pragma_freelist_count, pragma_page_size"_s;
    const QString oldest = "SELECT min(number) FROM run WHERE "_L1 % isDone;
    while (true) {
        const auto size = value(used);
        if (!size)
            return tl::unexpected(size.error());
        if (size->toLongLong() <= bytes)
            return {};
        const auto run = value(oldest);
        if (!run)
            return tl::unexpected(run.error());
        if (run->isNull())
            return {};
        Recorded done = execute(u"DELETE FROM run WHERE number = %1"_s.arg(run->toLongLong()));
        if (!done)
            return done;
    }
}

Recorded HistoryStatements::touch()
{
    const auto version = value(u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    // SQLite writes the page whether the value changes or not.
    return execute(u"PRAGMA user_version = %1"_s.arg(version->toInt()));
}

Recorded HistoryStatements::execute(const QString &statement)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return tl::unexpected(failureFrom(query.lastError(), m_fileName));
    return {};
}

tl::expected<QVariant, HistoryFailure> HistoryStatements::value(const QString &statement)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (query.exec(statement) && query.next())
        return query.value(0);
    return tl::unexpected(failureFrom(query.lastError(), m_fileName));
}

WriteDone HistoryStatements::run(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values.at(i));
    if (query.exec())
        return {};
    return tl::unexpected(faultFrom(query.lastError()));
}

WriteDone HistoryStatements::runOn(const QString &key, QSqlQuery &query, const QVariantList &values)
{
    WriteDone done = run(query, values);
    if (!done || query.numRowsAffected() > 0)
        return done;
    const QString missing = u"%1 is not recorded"_s.arg(key);
    return tl::unexpected(WriteFault{{HistoryFailure::Kind::Broken, m_fileName, missing}, true});
}

WriteFault HistoryStatements::faultFrom(const QSqlError &error) const
{
    return {failureFrom(error, m_fileName), isContradiction(error)};
}

} // namespace Jobsweep
