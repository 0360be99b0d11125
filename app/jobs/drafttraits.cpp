// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/drafttraits.h"

namespace Jobsweep {

QString traitOf(const Job &job, SharedTrait trait)
{
    switch (trait) {
    case SharedTrait::Workspace:
        return job.workspaceId;
    case SharedTrait::Creator:
        return job.email;
    case SharedTrait::ITwin:
        return job.iTwinId;
    }
    Q_UNREACHABLE();
}

bool hasTrait(const Job &job, SharedTrait trait, const QString &value)
{
    return !value.isEmpty() && traitOf(job, trait).compare(value, Qt::CaseInsensitive) == 0;
}

QDateTime daysBefore(const QDateTime &utc, int days)
{
    return utc.addDays(-days);
}

bool wasCreatedBefore(const Job &job, const QDateTime &utc)
{
    return job.created.isValid() && job.created < utc;
}

} // namespace Jobsweep
