// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyreader.h"

#include "deletion/historyqueries.h"

#include <QPromise>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

DeletedDraft draftOf(const HistoryItemDetails &details)
{
    const auto timesCreated
        = std::ranges::count(details.creations, std::optional(CreationOutcome::Created),
                             [](const HistoryCreation &creation) { return creation.outcome; });
    return {.item = details.item.correlationId,
            .origin = details.origin,
            .id = details.item.id,
            .name = details.item.name,
            .definition = details.definition,
            .timesCreated = static_cast<int>(timesCreated)};
}

} // namespace

HistoryReader::HistoryReader(const QString &fileName, QObject *parent)
    : QObject(parent), m_fileName(fileName), m_worker(new QObject)
{
    m_thread.setObjectName(u"history reader"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    // A database connection belongs to the thread that opened it.
    m_queries = std::make_shared<std::unique_ptr<HistoryQueries>>();
    connect(
        &m_thread, &QThread::finished, m_worker, [queries = m_queries] { queries->reset(); },
        Qt::DirectConnection);
    m_thread.start();
}

HistoryReader::~HistoryReader()
{
    for (auto &calls : *m_calls)
        ++calls;
    m_thread.quit();
    m_thread.wait();
}

template<typename Answer, typename Reading>
QFuture<Answer> HistoryReader::ask(Kind kind, Reading read)
{
    const auto index = static_cast<size_t>(kind);
    const quint64 call = ++(*m_calls)[index];
    const auto isStale = [calls = m_calls, index, call] { return (*calls)[index] != call; };
    // Shared, because a call that is queued must be copyable; gone with the call, so that the
    // future of one that is never carried out is cancelled.
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    QFuture<Answer> future = promise->future();
    QMetaObject::invokeMethod(
        m_worker,
        [promise = std::move(promise), queries = m_queries, fileName = m_fileName, isStale, read] {
            if (isStale())
                return;
            if (!*queries)
                *queries = std::make_unique<HistoryQueries>(fileName);
            Answer answer = read(**queries, isStale);
            if (isStale())
                return;
            promise->addResult(std::move(answer));
            promise->finish();
        },
        Qt::QueuedConnection);
    return future;
}

QFuture<HistoryResult<QList<HistoryRun>>> HistoryReader::runs()
{
    return ask<HistoryResult<QList<HistoryRun>>>(
        Kind::Runs, [](HistoryQueries &queries, const auto &) { return queries.runs(); });
}

QFuture<HistoryResult<HistoryPage>> HistoryReader::page(const HistoryFilter &filter,
                                                        std::optional<qint64> before)
{
    return ask<HistoryResult<HistoryPage>>(
        Kind::Page, [filter, before](HistoryQueries &queries, const auto &isStale) {
            return queries.page(filter, before, isStale);
        });
}

QFuture<HistoryResult<qint64>> HistoryReader::count(const HistoryFilter &filter)
{
    return ask<HistoryResult<qint64>>(Kind::Count,
                                      [filter](HistoryQueries &queries, const auto &isStale) {
                                          return queries.count(filter, isStale);
                                      });
}

QFuture<HistoryResult<QList<HistoryItemDetails>>> HistoryReader::details(qint64 number)
{
    return ask<HistoryResult<QList<HistoryItemDetails>>>(
        Kind::Details, [number](HistoryQueries &queries, const auto &isStale) {
            return queries.details({number}, isStale);
        });
}

QFuture<HistoryResult<QList<DeletedDraft>>> HistoryReader::drafts(const QList<qint64> &numbers)
{
    return ask<HistoryResult<QList<DeletedDraft>>>(
        Kind::Drafts, [numbers](HistoryQueries &queries, const auto &isStale) {
            return queries.details(numbers, isStale).map([](const auto &all) {
                QList<DeletedDraft> drafts;
                for (const HistoryItemDetails &details : all)
                    drafts.append(draftOf(details));
                return drafts;
            });
        });
}

} // namespace Jobsweep
