// SPDX-License-Identifier: GPL-3.0-or-later

// The answer about one job, and a job object as the history holds it.

#include "tests/fuzz/jobpromises.h"

using namespace Jobsweep;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = inputOf(data, size);
    for (const auto &read : {parseJobReply(text), parseJob(text)}) {
        if (read)
            mustBeWellRead(*read);
        else
            mustKeepItsBeginning(read.error(), text);
    }
    return 0;
}
