// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The history's SQL: prepared statements over an open file. Knows nothing of transactions, threads
// or times of its own.

#include "deletion/historywrites.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace Jobsweep {

/// Why a write was not carried out.
struct WriteFault
{
    HistoryFailure failure;
    /// The write contradicts what is recorded, such as an item that does not exist; nothing of it
    /// was carried out, the transaction is whole, and the file is fine.
    bool isContradiction = false;
};

using WriteDone = tl::expected<void, WriteFault>;

class HistoryStatements
{
public:
    HistoryStatements(const QSqlDatabase &database, const QString &fileName);
    ~HistoryStatements() = default;
    Q_DISABLE_COPY_MOVE(HistoryStatements)

    /// To be called first. Fails when the tables are not those of historyschema.h.
    Recorded prepare();

    WriteDone carryOut(const HistoryWrite &write);

    /// Items without an outcome, oldest first.
    QList<UnfinishedItem> unfinished(const QString &origin);
    QList<UnfinishedCreation> unfinishedCreations(const QString &item);
    /// A second's requests are said to be from its end: no limit is left too early.
    QList<RequestCount> requestsSince(const QString &origin, const QDateTime &since);

    Recorded forgetTrialRuns();
    Recorded forgetRequestsBefore(const QDateTime &time);
    // Runs in which nothing is left to be done: all items have their outcome, and so has every
    // attempt to create one of their jobs again.
    Recorded forgetDoneRuns();
    Recorded forgetDoneRunsBefore(const QDateTime &time);
    /// Oldest first, until what is recorded takes at most `bytes`.
    Recorded forgetDoneRunsAbove(qint64 bytes);

    /// Writes something without changing anything, which tells whether writing works.
    Recorded touch();
    /// One statement without values.
    Recorded execute(const QString &statement);
    /// The first value of its first row.
    tl::expected<QVariant, HistoryFailure> value(const QString &statement);

private:
    WriteDone carryOutParts(const HistoryWrite &write);
    WriteDone write(const WriteRun &write);
    WriteDone write(const WriteItems &write);
    WriteDone write(const WriteIntent &intent);
    WriteDone write(const WriteAnswer &write);
    WriteDone write(const WriteOutcome &write);
    WriteDone write(const WriteReopening &write);
    WriteDone write(const WriteCreationIntent &write);
    WriteDone write(const WriteCreationOutcome &write);
    WriteDone write(const WriteRequests &write);

    WriteDone run(QSqlQuery &query, const QVariantList &values);
    /// For a statement that is about something recorded: it has to be there.
    WriteDone runOn(const QString &key, QSqlQuery &query, const QVariantList &values);
    [[nodiscard]] WriteFault faultFrom(const QSqlError &error) const;

    QSqlDatabase m_database;
    QString m_fileName;
    QSqlQuery m_addRun;
    QSqlQuery m_addItem;
    QSqlQuery m_intend;
    QSqlQuery m_addAnswer;
    QSqlQuery m_finish;
    QSqlQuery m_reopen;
    QSqlQuery m_intendCreation;
    QSqlQuery m_finishCreation;
    QSqlQuery m_addRequests;
    QSqlQuery m_forgetRequests;
    QSqlQuery m_forgetOldRuns;
    QSqlQuery m_unfinished;
    QSqlQuery m_unfinishedCreations;
    QSqlQuery m_requestsSince;
};

} // namespace Jobsweep
