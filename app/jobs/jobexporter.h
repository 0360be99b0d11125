// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes jobs to a file that a person keeps. Does not wait: it works on a thread of its own, over
// values that nobody changes any more.

#include "jobs/jobexport.h"

#include <QFuture>

#include <stop_token>

namespace Jobsweep {

struct JobExportOrder
{
    /// In the order in which they are written.
    QList<Job> jobs;
    /// Those whose names are known.
    QList<ITwin> iTwins;
    /// None for all fields; see JobRecords.
    QList<JobModel::Column> columns;
    ExportFormat format = ExportFormat::Csv;
    QString targetFile;
};

using JobExportResult = tl::expected<ExportEnd, TargetFailure>;

/// The future tells its progress in jobs and always gets a result: also after `stop`, because that
/// may come too late.
[[nodiscard]] QFuture<JobExportResult> exportJobs(const JobExportOrder &order,
                                                  std::stop_token stop);

} // namespace Jobsweep
