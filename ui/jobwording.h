// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One job in words: what its definition says, in groups that people can read.

#include "jobs/jobdetails.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace Jobsweep {

/// One named value. The name is also the accessible name of the widget that shows it.
struct JobFact
{
    QString name;
    /// Made visible, see plaintext.h; may have several lines, and has no words that are too long
    /// for a narrow column.
    QString value;

    friend bool operator==(const JobFact &, const JobFact &) = default;
};

struct JobFactGroup
{
    QString title;
    QList<JobFact> facts;

    friend bool operator==(const JobFactGroup &, const JobFactGroup &) = default;
};

/// What the ids in a job are called; empty as long as that is not known.
struct JobNames
{
    QString iTwin;
    QString workspace;
};

/// The job's name, for the top of what is shown about it; a stand-in when it has none.
[[nodiscard]] QString jobTitle(const JobDetails &job);

/// Everything else that the job says, without the groups and values that it does not have. `now` is
/// what "3 months ago" is counted from.
[[nodiscard]] QList<JobFactGroup> jobFacts(const JobDetails &job, const JobNames &names,
                                           const QDateTime &now);

} // namespace Jobsweep
