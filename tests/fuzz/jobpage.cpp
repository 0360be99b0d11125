// SPDX-License-Identifier: GPL-3.0-or-later

// A page of the list, read and each of its jobs read again from what is kept of it.

#include "tests/fuzz/jobpromises.h"

using namespace Jobsweep;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = inputOf(data, size);
    const auto page = parseJobPage(body);
    if (!page) {
        mustKeepItsBeginning(page.error(), body);
        return 0;
    }
    for (const Job &job : page->jobs)
        mustBeWellRead(job);
    return 0;
}
