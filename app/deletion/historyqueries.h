// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>

namespace Jobsweep {

/// Reads the history's file, and never writes it. Waits for the disk; to be made, used and
/// destroyed on one thread, which is not the GUI's. Opens the file when it is first needed, and
/// again after a failure. A file that is not there yet is an empty history.
class HistoryQueries final
{
public:
    /// Whether nobody waits for the answer any more; asked now and then. The answer is then any.
    using IsStale = std::function<bool()>;

    explicit HistoryQueries(QString fileName);
    ~HistoryQueries();
    Q_DISABLE_COPY_MOVE(HistoryQueries)

    static constexpr int pageSize = 1000;

    /// Newest first.
    [[nodiscard]] HistoryResult<QList<HistoryRun>> runs();
    /// The newest items that were recorded before the item with the number `before`, or at all.
    [[nodiscard]] HistoryResult<HistoryPage>
    page(const HistoryFilter &filter, std::optional<qint64> before, const IsStale &isStale);
    [[nodiscard]] HistoryResult<qint64> count(const HistoryFilter &filter, const IsStale &isStale);
    /// In the order of the numbers; an item that is there no more is left out.
    [[nodiscard]] HistoryResult<QList<HistoryItemDetails>> details(const QList<qint64> &numbers,
                                                                   const IsStale &isStale);

private:
    struct Selection
    {
        QString sql;
        QVariantList values;
    };

    [[nodiscard]] static Selection selectionFor(const HistoryFilter &filter);
    /// False when there is nothing to read yet.
    [[nodiscard]] HistoryResult<bool> open();
    void close();
    [[nodiscard]] HistoryResult<QSqlQuery> ask(const QString &sql, const QVariantList &values);
    [[nodiscard]] HistoryResult<qint64> number(const QString &sql, const QVariantList &values = {});
    [[nodiscard]] HistoryFailure failureAfter(const QSqlError &error);
    [[nodiscard]] HistoryResult<std::optional<HistoryItemDetails>> detailsOf(qint64 number);
    [[nodiscard]] HistoryResult<QList<AnswerRecord>> answersOf(const HistoryItem &item);
    [[nodiscard]] HistoryResult<QList<HistoryCreation>> creationsOf(qint64 item);

    QString m_fileName;
    QString m_connectionName;
    QSqlDatabase m_database;
    /// Then the next call opens the file anew.
    bool m_hasFailed = false;
};

} // namespace Jobsweep
