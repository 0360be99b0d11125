// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyqueries.h"

#include "deletion/codes.h"
#include "deletion/historyerrors.h"
#include "deletion/historyheader.h"
#include "deletion/historyschema.h"
#include "deletion/historysearch.h"
#include "http/errorjson.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>
#include <QUuid>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

/// So many items are looked through before somebody asks whether the answer is still wanted.
constexpr qint64 itemsInOneGo = 10'000;
/// As much of a raw body as tells a web page from an answer of the service.
constexpr qsizetype rowBodyBytes = 256;

/// The item's table comes first: its order is that of the answer. Answers to creating the job again
/// have a correlation id of their own.
constexpr auto itemColumns
    = "SELECT i.number, i.run, i.correlation_id, i.job_id, i.name, i.stage, i.outcome,"
      " r.confirmed_at, i.intended_at, i.finished_at, r.is_trial,"
      " (SELECT a.error FROM answer a WHERE a.item = i.number AND a.error IS NOT NULL"
      "  AND a.correlation_id = i.correlation_id"
      "  ORDER BY a.number DESC LIMIT 1),"
      " (SELECT c.new_job_id FROM creation c WHERE c.item = i.number AND c.outcome = 'created'"
      "  ORDER BY c.number DESC LIMIT 1)"_L1;
constexpr auto itemTables = " FROM item i CROSS JOIN run r ON r.number = i.run"_L1;
constexpr int columnsOfItem = 13;

QDateTime timeOf(const QVariant &milliseconds)
{
    return milliseconds.isNull()
        ? QDateTime()
        : QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

std::optional<ApiError> errorOf(const QVariant &json)
{
    return json.isNull()
        ? std::nullopt
        : errorFromJson(QJsonDocument::fromJson(json.toString().toUtf8()).object());
}

std::shared_ptr<const ApiError> errorOfRow(const QVariant &json)
{
    std::optional<ApiError> error = errorOf(json);
    if (!error)
        return {};
    if (auto *answer = std::get_if<HttpFailure>(&*error))
        answer->rawBody.truncate(rowBodyBytes);
    else if (auto *malformed = std::get_if<MalformedReply>(&*error))
        malformed->rawBody.truncate(rowBodyBytes);
    return std::make_shared<const ApiError>(*std::move(error));
}

HistoryItem itemIn(const QSqlQuery &query)
{
    HistoryItem item;
    int column = 0;
    const auto next = [&query, &column] { return query.value(column++); };
    item.number = next().toLongLong();
    item.run = next().toLongLong();
    item.correlationId = next().toString();
    item.id.text = next().toString();
    item.name = next().toString();
    item.stage = stageFromCode(next().toString()).value_or(ItemStage::Confirmed);
    item.outcome = outcomeFromCode(next().toString());
    item.confirmedAt = timeOf(next());
    item.intendedAt = timeOf(next());
    item.finishedAt = timeOf(next());
    item.isTrial = next().toBool();
    item.error = errorOfRow(next());
    item.createdAs.text = next().toString();
    return item;
}

int *countOf(RunSummary *summary, const QString &outcome)
{
    const std::optional<Outcome> known = outcomeFromCode(outcome);
    if (!known)
        return &summary->left;
    switch (*known) {
    case Outcome::Deleted:
        return &summary->deleted;
    case Outcome::AlreadyGone:
        return &summary->alreadyGone;
    case Outcome::Refused:
        return &summary->refused;
    case Outcome::Failed:
        return &summary->failed;
    case Outcome::Unknown:
        return &summary->unknown;
    case Outcome::Cancelled:
        return &summary->cancelled;
    }
    return &summary->left;
}

} // namespace

HistoryQueries::HistoryQueries(QString fileName)
    : m_fileName(std::move(fileName)),
      m_connectionName(u"history reader "_s % QUuid::createUuid().toString())
{ }

HistoryQueries::~HistoryQueries()
{
    close();
}

HistoryResult<bool> HistoryQueries::open()
{
    // One of no bytes is just being made.
    const bool isThere = QFileInfo(m_fileName).size() > 0;
    if (m_hasFailed || !isThere)
        close();
    if (!isThere || m_database.isOpen())
        return isThere;
    if (const auto obstacle = obstacleToOpening(m_fileName, historyVersion))
        return tl::unexpected(*obstacle);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    m_database.setDatabaseName(m_fileName);
    m_database.setConnectOptions(u"QSQLITE_OPEN_READONLY"_s);
    if (!m_database.open())
        return tl::unexpected(failureAfter(m_database.lastError()));
    const auto version = number(u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    if (*version == historyVersion)
        return true;
    m_hasFailed = true;
    using Kind = HistoryFailure::Kind;
    const Kind kind = *version > historyVersion ? Kind::NewerVersion : Kind::NotOpen;
    return tl::unexpected(HistoryFailure{kind, m_fileName, {}});
}

void HistoryQueries::close()
{
    m_hasFailed = false;
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

HistoryResult<QSqlQuery> HistoryQueries::ask(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return tl::unexpected(failureAfter(query.lastError()));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return tl::unexpected(failureAfter(query.lastError()));
    return query;
}

HistoryResult<qint64> HistoryQueries::number(const QString &sql, const QVariantList &values)
{
    auto query = ask(sql, values);
    if (!query)
        return tl::unexpected(query.error());
    if (!query->next() && query->lastError().isValid())
        return tl::unexpected(failureAfter(query->lastError()));
    return query->isValid() ? query->value(0).toLongLong() : 0;
}

HistoryResult<QList<HistoryRun>> HistoryQueries::runs()
{
    const auto isThere = open();
    if (!isThere || !*isThere)
        return isThere ? HistoryResult<QList<HistoryRun>>() : tl::unexpected(isThere.error());
    auto query = ask(u"SELECT r.number, r.id, r.origin, r.account, r.is_trial, r.confirmed_at,"
                     " i.outcome, count(i.number) FROM run r LEFT JOIN item i ON i.run = r.number"
                     " GROUP BY r.number, i.outcome ORDER BY r.number DESC"_s,
                     {});
    if (!query)
        return tl::unexpected(query.error());
    QList<HistoryRun> runs;
    while (query->next()) {
        const qint64 number = query->value(0).toLongLong();
        if (runs.isEmpty() || runs.last().number != number) {
            runs.append({.number = number,
                         .id = query->value(1).toString(),
                         .origin = query->value(2).toString(),
                         .account = query->value(3).toString(),
                         .isTrial = query->value(4).toBool(),
                         .confirmedAt = timeOf(query->value(5)),
                         .summary = {}});
        }
        *countOf(&runs.last().summary, query->value(6).toString()) += query->value(7).toInt();
    }
    if (query->lastError().isValid())
        return tl::unexpected(failureAfter(query->lastError()));
    return runs;
}

HistoryQueries::Selection HistoryQueries::selectionFor(const HistoryFilter &filter)
{
    Selection selection{u" WHERE i.number > ? AND i.number < ?"_s, {}};
    const auto add = [&selection](const QString &condition, const QVariantList &values) {
        selection.sql += u" AND "_s % condition;
        selection.values += values;
    };
    if (filter.run)
        add(u"i.run = ?"_s, {*filter.run});
    if (filter.isUnfinishedOnly)
        add(u"i.outcome IS NULL"_s, {});
    else if (filter.outcome)
        add(u"i.outcome = ?"_s, {codeOf(*filter.outcome)});
    const QString when = u"coalesce(i.finished_at, i.intended_at, r.confirmed_at)"_s;
    if (filter.from.isValid())
        add(when % u" >= ?"_s, {filter.from.toMSecsSinceEpoch()});
    if (filter.to.isValid())
        add(when % u" < ?"_s, {filter.to.toMSecsSinceEpoch()});
    if (!filter.text.isEmpty()) {
        const auto [matches, pattern] = searchFor(filter.text);
        add(u"(i.name"_s % matches % u" OR i.job_id"_s % matches
                % u" OR EXISTS (SELECT 1 FROM answer a WHERE a.item = i.number"
                  " AND a.error IS NOT NULL AND (a.code"_s
                % matches % u" OR a.message"_s % matches % u")))"_s,
            {pattern, pattern, pattern, pattern});
    }
    return selection;
}

HistoryResult<HistoryPage> HistoryQueries::page(const HistoryFilter &filter,
                                                std::optional<qint64> before,
                                                const IsStale &isStale)
{
    HistoryPage page;
    const auto isThere = open();
    if (!isThere || !*isThere)
        return isThere ? HistoryResult<HistoryPage>(page) : tl::unexpected(isThere.error());
    const auto newest = number(u"SELECT max(number) FROM item"_s);
    if (!newest)
        return tl::unexpected(newest.error());
    const Selection selection = selectionFor(filter);
    const QString sql
        = itemColumns % itemTables % selection.sql % u" ORDER BY i.number DESC LIMIT ?"_s;
    qint64 upper = before.value_or(*newest + 1);
    while (upper > 1 && page.items.size() < pageSize && !isStale()) {
        const qint64 lower = std::max<qint64>(0, upper - itemsInOneGo - 1);
        const auto room = pageSize - page.items.size();
        auto query = ask(sql, QVariantList{lower, upper} + selection.values + QVariantList{room});
        if (!query)
            return tl::unexpected(query.error());
        while (query->next())
            page.items.append(itemIn(*query));
        if (query->lastError().isValid())
            return tl::unexpected(failureAfter(query->lastError()));
        upper = lower + 1;
    }
    page.isLast = page.items.size() < pageSize;
    return page;
}

HistoryResult<qint64> HistoryQueries::count(const HistoryFilter &filter, const IsStale &isStale)
{
    const auto isThere = open();
    if (!isThere || !*isThere)
        return isThere ? HistoryResult<qint64>(0) : tl::unexpected(isThere.error());
    auto newest = number(u"SELECT max(number) FROM item"_s);
    if (!newest)
        return newest;
    const Selection selection = selectionFor(filter);
    const QString sql = u"SELECT count(*)"_s % itemTables % selection.sql;
    qint64 sum = 0;
    for (qint64 lower = 0; lower < *newest && !isStale(); lower += itemsInOneGo) {
        const QVariantList range{lower, lower + itemsInOneGo + 1};
        auto part = number(sql, range + selection.values);
        if (!part)
            return part;
        sum += *part;
    }
    return sum;
}

HistoryResult<QList<HistoryItemDetails>> HistoryQueries::details(const QList<qint64> &numbers,
                                                                 const IsStale &isStale)
{
    QList<HistoryItemDetails> all;
    const auto isThere = open();
    if (!isThere || !*isThere)
        return isThere ? HistoryResult<QList<HistoryItemDetails>>(all)
                       : tl::unexpected(isThere.error());
    for (const qint64 number : numbers) {
        if (isStale())
            break;
        const auto details = detailsOf(number);
        if (!details)
            return tl::unexpected(details.error());
        if (*details)
            all.append(**details);
    }
    return all;
}

HistoryResult<std::optional<HistoryItemDetails>> HistoryQueries::detailsOf(qint64 number)
{
    auto query = ask(itemColumns % u", r.origin, r.account, i.definition"_s % itemTables
                         % u" WHERE i.number = ?"_s,
                     {number});
    if (!query)
        return tl::unexpected(query.error());
    if (!query->next()) {
        if (query->lastError().isValid())
            return tl::unexpected(failureAfter(query->lastError()));
        return std::nullopt;
    }
    HistoryItemDetails details;
    details.item = itemIn(*query);
    details.origin = query->value(columnsOfItem).toString();
    details.account = query->value(columnsOfItem + 1).toString();
    details.definition = query->value(columnsOfItem + 2).toByteArray();
    auto answers = answersOf(details.item);
    if (!answers)
        return tl::unexpected(answers.error());
    details.answers = *std::move(answers);
    auto creations = creationsOf(number);
    if (!creations)
        return tl::unexpected(creations.error());
    details.creations = *std::move(creations);
    return details;
}

HistoryResult<QList<AnswerRecord>> HistoryQueries::answersOf(const HistoryItem &item)
{
    auto query = ask(u"SELECT verb, ended_at, duration, sends, status, service_correlation_id,"
                     " error FROM answer WHERE item = ? AND correlation_id = ? ORDER BY number"_s,
                     {item.number, item.correlationId});
    if (!query)
        return tl::unexpected(query.error());
    QList<AnswerRecord> answers;
    while (query->next()) {
        AnswerRecord answer;
        answer.status = query->value(4).toInt();
        answer.error = errorOf(query->value(6));
        answer.exchange.verb = verbFromCode(query->value(0).toString()).value_or(Verb::Get);
        if (answer.error)
            answer.exchange.target = exchangeOf(*answer.error).target;
        answer.exchange.correlationId = item.correlationId;
        answer.exchange.serviceCorrelationId = query->value(5).toString();
        answer.exchange.endedAt = timeOf(query->value(1));
        answer.exchange.duration = std::chrono::milliseconds(query->value(2).toLongLong());
        answer.exchange.sends = query->value(3).toInt();
        answers.append(answer);
    }
    if (query->lastError().isValid())
        return tl::unexpected(failureAfter(query->lastError()));
    return answers;
}

HistoryResult<QList<HistoryCreation>> HistoryQueries::creationsOf(qint64 item)
{
    auto query = ask(u"SELECT correlation_id, intended_at, finished_at, outcome, new_job_id"
                     " FROM creation WHERE item = ? ORDER BY number"_s,
                     {item});
    if (!query)
        return tl::unexpected(query.error());
    QList<HistoryCreation> creations;
    while (query->next()) {
        creations.append({.correlationId = query->value(0).toString(),
                          .intendedAt = timeOf(query->value(1)),
                          .finishedAt = timeOf(query->value(2)),
                          .outcome = creationOutcomeFromCode(query->value(3).toString()),
                          .newId = {query->value(4).toString()}});
    }
    if (query->lastError().isValid())
        return tl::unexpected(failureAfter(query->lastError()));
    return creations;
}

HistoryFailure HistoryQueries::failureAfter(const QSqlError &error)
{
    m_hasFailed = true;
    return failureFrom(error, m_fileName);
}

} // namespace Jobsweep
