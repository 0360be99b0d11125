// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/sqlitehistory.h"

#include "deletion/historyworker.h"

#include <QLoggingCategory>
#include <QStandardPaths>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

Q_LOGGING_CATEGORY(lcHistory, "jobsweep.history", QtInfoMsg)

constexpr std::chrono::seconds betweenChanges(1);
constexpr std::chrono::seconds requestsWait(1);

template<typename T>
HistoryWorker::Promise<T> newPromise()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

QFuture<Recorded> handOver(HistoryWorker *worker, const HistoryWrite &write)
{
    const auto promise = newPromise<Recorded>();
    worker->write(write, promise);
    return promise->future();
}

} // namespace

QString personsHistoryFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return folder % u"/jobsweep/history.sqlite"_s;
}

SqliteHistory::SqliteHistory(const HistorySchema &schema, QObject *parent)
    : History(parent),
      m_worker(new HistoryWorker(schema,
                                 [this](HistoryReport report) {
                                     const auto take = [this, report = std::move(report)] {
                                         this->take(report);
                                     };
                                     QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
                                 })),
      m_requestTimer(this), m_changeTimer(this)
{
    m_requestTimer.setSingleShot(true);
    m_requestTimer.setInterval(requestsWait);
    connect(&m_requestTimer, &QTimer::timeout, this, &SqliteHistory::writeRequests);
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(betweenChanges);
    connect(&m_changeTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_hasChanged, false))
            noteChange();
    });
    m_thread.setObjectName(u"history"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

SqliteHistory::~SqliteHistory()
{
    writeRequests();
    QMetaObject::invokeMethod(m_worker, &HistoryWorker::finish, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void SqliteHistory::open(const QString &fileName)
{
    m_worker->open(fileName);
}

void SqliteHistory::setRetention(int days, qint64 bytes)
{
    m_worker->setRetention({days, bytes});
}

int SqliteHistory::transactions() const
{
    return m_worker->transactions();
}

QFuture<Recorded> SqliteHistory::begin(const NewRun &run, const QList<NewItem> &items)
{
    return handOver(m_worker, WriteRun{run, items});
}

QFuture<Recorded> SqliteHistory::addItems(const QString &run, const QList<NewItem> &items)
{
    return handOver(m_worker, WriteItems{run, items});
}

QFuture<Recorded> SqliteHistory::intend(const QStringList &correlationIds, const QDateTime &at)
{
    return handOver(m_worker, WriteIntent{correlationIds, at});
}

QFuture<Recorded> SqliteHistory::answered(const QString &correlationId, const AnswerRecord &answer)
{
    return handOver(m_worker, WriteAnswer{correlationId, answer});
}

QFuture<Recorded> SqliteHistory::finish(const QString &correlationId, Outcome outcome,
                                        const QDateTime &at)
{
    return handOver(m_worker, WriteOutcome{correlationId, outcome, at});
}

QFuture<Recorded> SqliteHistory::reopen(const QStringList &correlationIds)
{
    return handOver(m_worker, WriteReopening{correlationIds});
}

QFuture<QList<UnfinishedItem>> SqliteHistory::unfinished(const QString &origin)
{
    const auto promise = newPromise<QList<UnfinishedItem>>();
    m_worker->findUnfinished(origin, promise);
    return promise->future();
}

QFuture<Recorded> SqliteHistory::intendCreation(const QString &item, const QString &correlationId,
                                                const QDateTime &at)
{
    return handOver(m_worker, WriteCreationIntent{item, correlationId, at});
}

QFuture<Recorded> SqliteHistory::finishCreation(const QString &correlationId,
                                                CreationOutcome outcome, const JobId &newId,
                                                const QDateTime &at)
{
    return handOver(m_worker, WriteCreationOutcome{correlationId, outcome, newId, at});
}

QFuture<QList<UnfinishedCreation>> SqliteHistory::unfinishedCreations(const QString &item)
{
    const auto promise = newPromise<QList<UnfinishedCreation>>();
    m_worker->findUnfinishedCreations(item, promise);
    return promise->future();
}

QFuture<Recorded> SqliteHistory::clear()
{
    const auto promise = newPromise<Recorded>();
    m_worker->clear(promise);
    return promise->future();
}

void SqliteHistory::countRequests(const QString &origin, const RequestCount &count)
{
    m_requests[origin][count.at.toSecsSinceEpoch()] += count.requests;
    if (!m_requestTimer.isActive())
        m_requestTimer.start();
}

QFuture<QList<RequestCount>> SqliteHistory::requestsSince(const QString &origin,
                                                          const QDateTime &since)
{
    writeRequests();
    const auto promise = newPromise<QList<RequestCount>>();
    m_worker->findRequestsSince(origin, since, promise);
    return promise->future();
}

void SqliteHistory::take(const HistoryReport &report)
{
    if (m_failure != report.failure) {
        m_failure = report.failure;
        if (m_failure)
            qCInfo(lcHistory) << "cannot be written:" << m_failure->technicalText;
        else
            qCInfo(lcHistory) << "can be written";
        emit failureChanged();
    }
    if (report.wasOpened)
        emit opened();
    for (const auto &answer : report.answers)
        answer();
    if (report.wasWritten)
        noteChange();
}

void SqliteHistory::noteChange()
{
    if (m_changeTimer.isActive()) {
        m_hasChanged = true;
        return;
    }
    m_changeTimer.start();
    emit changed();
}

void SqliteHistory::writeRequests()
{
    m_requestTimer.stop();
    const auto requests = std::exchange(m_requests, {});
    for (auto origin = requests.begin(); origin != requests.end(); ++origin) {
        QList<RequestCount> counts;
        for (auto second = origin->begin(); second != origin->end(); ++second) {
            counts.append({QDateTime::fromSecsSinceEpoch(second.key(), Qt::UTC), second.value()});
        }
        handOver(m_worker, WriteRequests{origin.key(), counts});
    }
}

} // namespace Jobsweep
