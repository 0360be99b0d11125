// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the demo service wrote down about the requests that reached it.

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>

namespace Jobsweep::Testing {

struct LedgerEntry
{
    QDateTime time;
    QString method;
    /// With the query.
    QString path;
    int status = 0;
    QString jobId;
    bool deleted = false;
};

class ServiceLedger final
{
public:
    /// Reads what is there now; an unfinished last line is left out.
    [[nodiscard]] static ServiceLedger read(const QString &fileName);

    [[nodiscard]] const QList<LedgerEntry> &entries() const { return m_entries; }
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }
    /// Invalid time when nothing was answered with this status.
    [[nodiscard]] LedgerEntry firstWithStatus(int status) const;
    /// How many DELETEs arrived.
    [[nodiscard]] qsizetype deletionCount() const;
    /// The jobs whose deletion was asked for.
    [[nodiscard]] QSet<QString> askedToDelete() const;
    /// The jobs that the service deleted.
    [[nodiscard]] QSet<QString> deleted() const;
    /// The jobs whose deletion was answered with this status.
    [[nodiscard]] QSet<QString> deletionsAnswered(int status) const;

private:
    QList<LedgerEntry> m_entries;
};

} // namespace Jobsweep::Testing
