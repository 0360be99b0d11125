// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes down what really reached the demo service, one JSON line a request, so that a test can
// compare it with what a client says it did. Never holds the token.

#include <QByteArray>
#include <QDateTime>
#include <QFile>
#include <QString>

namespace Jobsweep {

/// What a request did to the service's data.
enum class DemoChange { None, Deleted, Created, Submitted };

struct DemoLedgerEntry
{
    QDateTime time;
    QString method;
    /// With its query, as it came.
    QString path;
    int status = 0;
    /// The job that the request named or created; empty for none.
    QString jobId;
    DemoChange change = DemoChange::None;
};

/// One line with its line feed. Absent ids and changes are null.
[[nodiscard]] QByteArray ledgerLine(const DemoLedgerEntry &entry);

class DemoLedger final
{
public:
    /// Appends to the file. An empty name keeps no ledger and always succeeds.
    [[nodiscard]] bool open(const QString &fileName);
    /// On the disk's side of our buffers when it returns.
    void add(const DemoLedgerEntry &entry);

private:
    QFile m_file;
};

} // namespace Jobsweep
