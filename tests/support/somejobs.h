// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Plausible jobs for tests.

#include "jobs/job.h"

#include <QStringList>

namespace Jobsweep::Testing {

[[nodiscard]] inline Job someJob(const QString &id, const QString &name,
                                 JobState state = JobState::Unsubmitted)
{
    Job job;
    job.id = {id};
    job.name = name;
    job.state = state;
    job.stateText = textOf(state);
    return job;
}

/// Different in every column, the same for the same number; every third can be deleted.
[[nodiscard]] inline Job someJob(int number)
{
    using namespace Qt::Literals::StringLiterals;
    static const QStringList places{u"River bridge"_s,    u"Old town, north"_s, u"Quarry"_s,
                                    u"Substation 14"_s,   u"Harbour wall"_s,    u"Dam"_s,
                                    u"Railway cutting"_s, u"Water tower"_s};
    static const QStringList people{u"ana.silva@example.com"_s, u"jo.berg@example.com"_s,
                                    u"li.wei@example.com"_s};
    static const QStringList types{u"Full"_s, u"Calibration"_s, u"Reconstruction"_s};
    static const QList states{JobState::Unsubmitted, JobState::Active, JobState::Success,
                              JobState::Unsubmitted, JobState::Failed, JobState::Cancelled};
    Job job = someJob(u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0')),
                      u"%1, flight %2"_s.arg(places.at(number % places.size())).arg(number),
                      states.at(number % states.size()));
    job.type = types.at(number / 2 % types.size());
    job.created = QDateTime::fromSecsSinceEpoch(1'700'000'000 + number * 7919LL, Qt::UTC);
    job.modified = job.created.addSecs(number % 5 * 3600);
    if (job.state != JobState::Unsubmitted)
        job.submitted = job.modified;
    job.iTwinId = u"11111111-0000-4000-8000-%1"_s.arg(number % 4, 12, 10, QChar(u'0'));
    job.email = people.at(number % people.size());
    job.location = number % 2 == 0 ? u"East US"_s : u"West Europe"_s;
    if (number % 7 != 0)
        job.estimatedCost = number % 90 * 0.25;
    return job;
}

/// The jobs with the numbers from `first` on.
[[nodiscard]] inline QList<Job> someJobs(int count, int first = 0)
{
    QList<Job> jobs;
    jobs.reserve(count);
    for (int number = first; number < first + count; ++number)
        jobs.append(someJob(number));
    return jobs;
}

} // namespace Jobsweep::Testing
