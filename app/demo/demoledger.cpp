// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoledger.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QJsonValue textOf(DemoChange change)
{
    switch (change) {
    case DemoChange::None:
        return QJsonValue::Null;
    case DemoChange::Deleted:
        return u"deleted"_s;
    case DemoChange::Created:
        return u"created"_s;
    case DemoChange::Submitted:
        return u"submitted"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray ledgerLine(const DemoLedgerEntry &entry)
{
    const QJsonObject line{
        {u"time"_s, entry.time.toUTC().toString(Qt::ISODateWithMs)},
        {u"method"_s, entry.method},
        {u"path"_s, entry.path},
        {u"status"_s, entry.status},
        {u"jobId"_s, entry.jobId.isEmpty() ? QJsonValue() : QJsonValue(entry.jobId)},
        {u"change"_s, textOf(entry.change)},
    };
    return QJsonDocument(line).toJson(QJsonDocument::Compact).append('\n');
}

bool DemoLedger::open(const QString &fileName)
{
    if (fileName.isEmpty()) {
        return true;
    }
    m_file.setFileName(fileName);
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append);
}

void DemoLedger::add(const DemoLedgerEntry &entry)
{
    if (m_file.isOpen()) {
        m_file.write(ledgerLine(entry));
        m_file.flush();
    }
}

} // namespace Jobsweep
