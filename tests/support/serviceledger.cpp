// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serviceledger.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

template<typename Condition>
QSet<QString> idsWhere(const QList<LedgerEntry> &entries, Condition holds)
{
    QSet<QString> ids;
    for (const LedgerEntry &entry : entries) {
        if (holds(entry))
            ids.insert(entry.jobId);
    }
    return ids;
}

} // namespace

ServiceLedger ServiceLedger::read(const QString &fileName)
{
    ServiceLedger ledger;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return ledger;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (entry.isEmpty())
            continue;
        ledger.m_entries.append(
            {.time = QDateTime::fromString(entry.value("time"_L1).toString(), Qt::ISODateWithMs),
             .method = entry.value("method"_L1).toString(),
             .path = entry.value("path"_L1).toString(),
             .status = entry.value("status"_L1).toInt(),
             .jobId = entry.value("jobId"_L1).toString(),
             .deleted = entry.value("change"_L1).toString() == "deleted"_L1});
    }
    return ledger;
}

LedgerEntry ServiceLedger::firstWithStatus(int status) const
{
    const auto found
        = std::find_if(m_entries.cbegin(), m_entries.cend(),
                       [status](const LedgerEntry &entry) { return entry.status == status; });
    return found == m_entries.cend() ? LedgerEntry() : *found;
}

qsizetype ServiceLedger::deletionCount() const
{
    return std::count_if(m_entries.cbegin(), m_entries.cend(),
                         [](const LedgerEntry &entry) { return entry.method == "DELETE"_L1; });
}

QSet<QString> ServiceLedger::askedToDelete() const
{
    return idsWhere(m_entries,
                    [](const LedgerEntry &entry) { return entry.method == "DELETE"_L1; });
}

QSet<QString> ServiceLedger::deleted() const
{
    return idsWhere(m_entries, [](const LedgerEntry &entry) { return entry.deleted; });
}

QSet<QString> ServiceLedger::deletionsAnswered(int status) const
{
    return idsWhere(m_entries, [status](const LedgerEntry &entry) {
        return entry.method == "DELETE"_L1 && entry.status == status;
    });
}

} // namespace Jobsweep::Testing
