// SPDX-License-Identifier: GPL-3.0-or-later

// Everything that a definition says, which must be about the same job as its row in the table.

#include "jobs/jobdetails.h"
#include "tests/fuzz/jobpromises.h"

#include <algorithm>

using namespace Jobsweep;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray definition = inputOf(data, size);
    const JobDetails details = readJobDetails(definition);
    must(std::ranges::is_sorted(details.others, {}, &JobDetails::OtherField::path),
         "other fields are in the order of their paths");
    const auto job = parseJob(definition);
    if (!job)
        return 0;
    must(details.id == job->id.text, "the details have the id of the row");
    must(details.name == job->name, "the details have the name of the row");
    must(details.state == job->stateText, "the details have the state of the row");
    must(details.created == job->created, "the details have the time of the row");
    must(details.execution.submitted == job->submitted, "both tell the same of a submission");
    return 0;
}
