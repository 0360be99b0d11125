// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestlogging.h"

#include "http/request.h"

#include <QLoggingCategory>

namespace Jobsweep {
namespace {

Q_LOGGING_CATEGORY(lcHttp, "jobsweep.http", QtInfoMsg)

QDebug operator<<(QDebug stream, const Exchange &exchange)
{
    return stream.noquote() << exchange.correlationId << verbName(exchange.verb)
                            << exchange.target.section(u'?', 0, 0);
}

} // namespace

void logRequest(const Exchange &exchange, int status)
{
    const bool isSuccess = status >= 200 && status < 300;
    const auto milliseconds = exchange.duration.count();
    if (isSuccess)
        qCDebug(lcHttp) << exchange << status << milliseconds << "ms" << exchange.sends << "sends";
    else
        qCInfo(lcHttp) << exchange << status << milliseconds << "ms" << exchange.sends << "sends";
}

} // namespace Jobsweep
