// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an answer to the POST that creates a job means. Pure.

#include "deletion/historyrecords.h"
#include "jobs/jobsapi.h"

#include <optional>

namespace Jobsweep {

/// What happens next to the job that is being created.
enum class CreationStep {
    /// It has its outcome.
    Finish,
    /// It may exist, once or more than once: look in the list.
    Search,
    /// Nothing happened: the POST again after a back-off.
    SendAgain,
    /// Nothing happened: the POST again as soon as the connection may send.
    Repeat,
    /// Nothing happened: the POST again with the next token.
    WaitForToken,
};

struct CreationVerdict
{
    CreationStep step = CreationStep::Finish;
    /// With Finish.
    std::optional<CreationOutcome> outcome = {};

    friend bool operator==(const CreationVerdict &, const CreationVerdict &) = default;
};

[[nodiscard]] CreationVerdict judgeCreation(const Result<JobsApi::JobReply> &answer);

} // namespace Jobsweep
