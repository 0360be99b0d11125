// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyschema.h"
#include "deletion/historystatements.h"

#include <functional>
#include <memory>
#include <utility>

namespace Jobsweep {

/// The history's file. Every call waits for the disk, and all have to come from the thread that
/// made the first one. A failed open() never changes or removes what is there.
class HistoryFile
{
public:
    explicit HistoryFile(HistorySchema schema = {});
    ~HistoryFile();
    Q_DISABLE_COPY_MOVE(HistoryFile)

    /// Makes the folder and the file, for their owner alone, when they are not there. An older file
    /// is copied to backupName() before its tables are changed; without the copy they are not.
    Recorded open(const QString &fileName);
    void close();
    [[nodiscard]] bool isOpen() const { return m_statements != nullptr; }
    /// Only while it is open.
    [[nodiscard]] HistoryStatements &statements() { return *m_statements; }

    /// Carries `work` out in one transaction, which is durable when this ends well and has not
    /// happened otherwise.
    Recorded inTransaction(const std::function<Recorded(HistoryStatements &)> &work);
    /// Puts everything into the file itself and leaves nothing in the log beside it, where what was
    /// forgotten can still be read. Only then the file gets smaller. False when somebody reads the
    /// file; then it is to be tried again later.
    bool emptyLog();

    /// Where open() has put a file of this older version.
    [[nodiscard]] static QString backupName(const QString &fileName, int version);
    /// Copies that are older than this.
    void removeBackupsBefore(const QDateTime &time) const;

private:
    Recorded create();
    Recorded connectTo(const QString &fileName);
    Recorded prepareOpened();
    Recorded checkPages();
    Recorded migrateFrom(int version);
    Recorded backUp(int version);
    [[nodiscard]] bool isStillInPlace() const;
    [[nodiscard]] HistoryFailure failure(HistoryFailure::Kind kind, const QString &text) const;

    HistorySchema m_schema;
    QString m_connection;
    QString m_fileName;
    std::unique_ptr<HistoryStatements> m_statements;
    /// Device and number of the file, to notice that it was moved or removed.
    std::pair<quint64, quint64> m_identity;
};

} // namespace Jobsweep
