// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Jobsweep::Bench {

struct CurlRun
{
    double seconds = 0;
    double processorSeconds = 0;
    int exitCode = 0;
};

/// Deletes the jobs by `curl --parallel --parallel-max 6 --retry`, which waits as Retry-After says.
/// `certificateFile` is what it trusts; empty for plain HTTP.
[[nodiscard]] CurlRun deleteByCurl(const QList<JobId> &ids, const QString &address,
                                   const QString &token, const QString &certificateFile = {},
                                   int connections = 6);

/// Fetches the addresses one after another over one connection that is kept alive.
[[nodiscard]] CurlRun fetchByCurl(const QStringList &addresses, const QString &token);

} // namespace Jobsweep::Bench
