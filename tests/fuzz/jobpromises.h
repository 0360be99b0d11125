// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What holds of every job that was read from an answer.

#include "jobs/job.h"
#include "tests/fuzz/invariant.h"

#include <QJsonDocument>

namespace Jobsweep {

inline void mustBeWellRead(const Job &job)
{
    must(!job.id.text.isEmpty(), "a job has an id");
    must(!job.stateText.isEmpty(), "a job has a state");
    must(QJsonDocument::fromJson(job.definition).isObject(), "a definition is a JSON object");
    auto again = parseJob(job.definition);
    must(again.has_value(), "a definition can be read");
    // Where Qt had to read it, it may write the same fields in another order each time.
    again->definition = job.definition;
    must(*again == job, "a definition holds the whole job");
    const bool isDraft
        = job.stateText.compare(QStringLiteral("unsubmitted"), Qt::CaseInsensitive) == 0;
    must(obstacleToDeletion(job) || (isDraft && !job.submitted.isValid() && job.id.isSafe()),
         "only a draft with a safe id can be deleted");
}

/// Of an answer in which no job could be read.
inline void mustKeepItsBeginning(const ApiError &error, const QByteArray &body)
{
    const auto *malformed = std::get_if<MalformedReply>(&error);
    must(malformed && malformed->rawBody == body.left(maximumErrorBytes),
         "an unreadable body is kept up to its bound");
}

} // namespace Jobsweep
