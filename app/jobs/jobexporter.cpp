// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobexporter.h"

#include <QtConcurrent>

#include <utility>

namespace Jobsweep {
namespace {

using Failed = tl::unexpected<TargetFailure>;

JobExportResult run(QPromise<JobExportResult> *promise, const JobExportOrder &order,
                    const std::stop_token &stop)
{
    promise->setProgressRange(0, static_cast<int>(order.jobs.size()));
    const JobRecords records(order.format, order.columns, order.iTwins);
    ExportFile file(order.targetFile, order.format);
    if (const auto begun = file.begin(records.titles()); !begun)
        return Failed(begun.error());
    for (const Job &job : order.jobs) {
        if (stop.stop_requested())
            return ExportEnd{file.rows(), true};
        if (const auto added = file.add(records.rowOf(job)); !added)
            return Failed(added.error());
        promise->setProgressValue(static_cast<int>(file.rows()));
    }
    if (const auto committed = file.commit(); !committed)
        return Failed(committed.error());
    return ExportEnd{file.rows(), false};
}

} // namespace

QFuture<JobExportResult> exportJobs(const JobExportOrder &order, std::stop_token stop)
{
    return QtConcurrent::run([order, stop = std::move(stop)](QPromise<JobExportResult> &promise) {
        promise.addResult(run(&promise, order, stop));
    });
}

} // namespace Jobsweep
