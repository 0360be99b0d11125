// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyfile.h"

#include <QMutex>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <vector>

namespace Jobsweep {

/// How long and how much is kept; 0 is without limit.
struct HistoryRetention
{
    int days = 0;
    qint64 bytes = 0;
};

/// What was done, for the thread of those who asked.
struct HistoryReport
{
    std::optional<HistoryFailure> failure;
    bool wasOpened = false;
    bool wasWritten = false;
    /// To be called there, in this order: they end the futures.
    std::vector<std::function<void()>> answers;
};

/// Writes the history on a thread of its own. The functions of the first group may be called from
/// any thread and return at once; what they ask for is carried out in their order, and everything
/// that waits goes into one transaction.
class HistoryWorker final : public QObject
{
    Q_OBJECT

public:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<T>>;

    /// `report` is called on the worker's thread.
    HistoryWorker(const HistorySchema &schema, std::function<void(HistoryReport)> report);

    void open(const QString &fileName);
    void write(const HistoryWrite &write, const Promise<Recorded> &promise);
    void clear(const Promise<Recorded> &promise);
    void setRetention(const HistoryRetention &retention);
    void findUnfinished(const QString &origin, const Promise<QList<UnfinishedItem>> &promise);
    void findUnfinishedCreations(const QString &item,
                                 const Promise<QList<UnfinishedCreation>> &promise);
    void findRequestsSince(const QString &origin, const QDateTime &since,
                           const Promise<QList<RequestCount>> &promise);
    /// How many transactions were tried.
    [[nodiscard]] int transactions() const { return m_transactions; }

    /// Carries out what waits, and tries once more what could not be written. On the worker's
    /// thread.
    void finish();

private:
    struct WaitingWrite
    {
        HistoryWrite write;
        Promise<Recorded> promise;
    };
    /// Something that has to come alone, between what was asked for before and after it.
    using Call = std::function<void()>;
    using Task = std::variant<WaitingWrite, Call>;

    void enqueue(Task task);
    template<typename T>
    void answer(const Promise<T> &promise, const T &value);
    void sendReport();
    void work();

    void openNow(const QString &fileName);
    void startSession();
    void tryAgain();
    void writeGroup(std::vector<WaitingWrite> *group);
    Recorded carryOut(const std::function<Recorded(HistoryStatements &)> &work);
    void keep(const HistoryWrite &write);
    void noteWritten(const HistoryWrite &write);
    Recorded forget(const std::function<Recorded(HistoryStatements &)> &which);
    void emptyLog();
    void applyRetention();

    std::function<void(HistoryReport)> m_sendReport;
    HistoryReport m_report;

    QMutex m_mutex;
    /// Under the mutex.
    std::vector<Task> m_waiting;

    HistoryFile m_file;
    QString m_fileName;
    std::optional<HistoryFailure> m_failure;
    bool m_isStarted = false;
    HistoryRetention m_retention;
    /// Runs of this session: nobody has left them.
    QSet<QString> m_ownRuns;
    /// Of the past, and not written yet because writing failed; oldest first.
    std::vector<HistoryWrite> m_kept;
    QTimer m_attempts;
    QTimer m_emptying;
    QTimer m_days;
    std::atomic<int> m_transactions = 0;
};

} // namespace Jobsweep
