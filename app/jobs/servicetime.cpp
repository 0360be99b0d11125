// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/servicetime.h"

namespace Jobsweep {

QDateTime timeFromService(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

} // namespace Jobsweep
