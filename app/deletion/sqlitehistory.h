// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/history.h"
#include "deletion/historyschema.h"

#include <QHash>
#include <QMap>
#include <QThread>
#include <QTimer>

namespace Jobsweep {

class HistoryWorker;
struct HistoryReport;

/// Where a person's history is, if no other place is named.
[[nodiscard]] QString personsHistoryFile();

/// The history in an SQLite file, written by a thread of its own. Until opened() it is NotOpen and
/// every write fails.
///
/// After a failed write, what tells of the past (answers, outcomes) is kept in memory and written
/// later: with every new write and every few seconds it is tried again, also to open the file, and
/// when it works failure() ends. Nothing can be done with an announcement that failed, so those
/// are not kept.
///
/// The destructor waits until everything is written that can be. Futures that have not ended by
/// then are cancelled.
class SqliteHistory final : public History
{
    Q_OBJECT

public:
    explicit SqliteHistory(const HistorySchema &schema = {}, QObject *parent = nullptr);
    ~SqliteHistory() override;
    Q_DISABLE_COPY_MOVE(SqliteHistory)

    /// Ends with opened() or with another failure(). May be called again.
    void open(const QString &fileName);

    /// What is kept of runs in which nothing is left to be done; oldest go first, as whole runs.
    /// Holds at once, at every opening and once a day. 0, as at first, is without limit.
    void setRetention(int days, qint64 bytes);

    /// How many transactions were tried so far: far fewer than writes, when those come fast.
    [[nodiscard]] int transactions() const;

    [[nodiscard]] std::optional<HistoryFailure> failure() const override { return m_failure; }

    QFuture<Recorded> begin(const NewRun &run, const QList<NewItem> &items) override;
    QFuture<Recorded> addItems(const QString &run, const QList<NewItem> &items) override;
    QFuture<Recorded> intend(const QStringList &correlationIds, const QDateTime &at) override;
    QFuture<Recorded> answered(const QString &correlationId, const AnswerRecord &answer) override;
    QFuture<Recorded> finish(const QString &correlationId, Outcome outcome,
                             const QDateTime &at) override;
    QFuture<Recorded> reopen(const QStringList &correlationIds) override;
    [[nodiscard]] QFuture<QList<UnfinishedItem>> unfinished(const QString &origin) override;
    QFuture<Recorded> intendCreation(const QString &item, const QString &correlationId,
                                     const QDateTime &at) override;
    QFuture<Recorded> finishCreation(const QString &correlationId, CreationOutcome outcome,
                                     const JobId &newId, const QDateTime &at) override;
    [[nodiscard]] QFuture<QList<UnfinishedCreation>>
    unfinishedCreations(const QString &item) override;
    QFuture<Recorded> clear() override;
    void countRequests(const QString &origin, const RequestCount &count) override;
    [[nodiscard]] QFuture<QList<RequestCount>> requestsSince(const QString &origin,
                                                             const QDateTime &since) override;

signals:
    /// The file is open. Again when it had to be opened anew after a failure.
    void opened();

private:
    void take(const HistoryReport &report);
    void noteChange();
    void writeRequests();

    QThread m_thread;
    /// Lives in the thread and is destroyed at its end, as the file has to be.
    HistoryWorker *m_worker;
    std::optional<HistoryFailure> m_failure = HistoryFailure{};
    /// By service address and second; not handed to the worker yet.
    QHash<QString, QMap<qint64, int>> m_requests;
    QTimer m_requestTimer;
    QTimer m_changeTimer;
    bool m_hasChanged = false;
};

} // namespace Jobsweep
