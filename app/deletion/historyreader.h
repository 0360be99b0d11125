// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"

#include <QFuture>
#include <QObject>
#include <QThread>

#include <array>
#include <atomic>
#include <functional>
#include <memory>

namespace Jobsweep {

class HistoryQueries;

/// Reads the history for a window, on a thread and a connection of its own, so that nobody waits
/// for the disk and the writer is not disturbed. Of several calls of one kind only the last is
/// answered: the futures of the others are cancelled, and their reading stops soon. Futures end
/// through the event loop. A history that is not there yet is an empty one.
class HistoryReader final : public QObject
{
    Q_OBJECT

public:
    explicit HistoryReader(const QString &fileName, QObject *parent = nullptr);
    /// Cancels what is not answered yet.
    ~HistoryReader() override;
    Q_DISABLE_COPY_MOVE(HistoryReader)

    [[nodiscard]] QString fileName() const { return m_fileName; }

    /// Newest first.
    [[nodiscard]] QFuture<HistoryResult<QList<HistoryRun>>> runs();
    /// Up to 1 000 items, newest first: those with a smaller number than `before`, or the newest.
    [[nodiscard]] QFuture<HistoryResult<HistoryPage>> page(const HistoryFilter &filter,
                                                           std::optional<qint64> before = {});
    [[nodiscard]] QFuture<HistoryResult<qint64>> count(const HistoryFilter &filter);
    /// Empty when there is no such item any more.
    [[nodiscard]] QFuture<HistoryResult<QList<HistoryItemDetails>>> details(qint64 number);
    /// What a creator needs to create the jobs of these items again.
    [[nodiscard]] QFuture<HistoryResult<QList<DeletedDraft>>> drafts(const QList<qint64> &numbers);

private:
    enum class Kind { Runs, Page, Count, Details, Drafts };
    static constexpr size_t kinds = 5;
    /// How many calls of each kind there were; a call is stale once there was a later one.
    using Calls = std::array<std::atomic<quint64>, kinds>;

    template<typename Answer, typename Reading>
    QFuture<Answer> ask(Kind kind, Reading read);

    QString m_fileName;
    std::shared_ptr<Calls> m_calls = std::make_shared<Calls>();
    /// Made, used and destroyed on the thread.
    std::shared_ptr<std::unique_ptr<HistoryQueries>> m_queries;
    QThread m_thread;
    /// Lives on the thread.
    QObject *m_worker;
};

} // namespace Jobsweep
