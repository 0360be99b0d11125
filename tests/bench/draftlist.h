// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/servers.h"

#include "jobs/joblister.h"

#include <QList>

namespace Jobsweep::Bench {

/// Jobs that a demo service needs so that this many drafts are its user's.
[[nodiscard]] constexpr int jobsFor(int drafts)
{
    return 200 + drafts * 4;
}

/// Whether the listing ended well before the benchmark gave up on it.
[[nodiscard]] bool waitForListing(const JobLister &lister);

/// The first drafts that can be deleted; fewer where the model has fewer.
[[nodiscard]] QList<JobId> draftsIn(const JobModel &model, int count);

/// Lists the drafts of a service with a client of its own; the service that is measured has the
/// same jobs and does not count this.
[[nodiscard]] bool listInto(JobModel &model, const DemoProcess &service);

} // namespace Jobsweep::Bench
