// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

namespace Jobsweep {

/// What was found in a text that a person pasted or dropped.
struct IdList
{
    /// In lower case, in the order of the text, each once.
    QList<JobId> ids;
    /// How often an id came again.
    int duplicates = 0;
    /// Words that begin like an id and are none, and lines of plain text without any.
    int notUnderstood = 0;

    friend bool operator==(const IdList &, const IdList &) = default;
};

/// Finds the ids of jobs, which are GUIDs (service documentation), in any text: a column, prose,
/// addresses, braces. Of a table whose header names a column `id` or `job id`, and of JSON objects,
/// a list of them or `{"jobs": […]}`, only the jobs' own ids are taken, not those of their iTwins
/// and inputs.
[[nodiscard]] IdList idsIn(const QString &text);

} // namespace Jobsweep
