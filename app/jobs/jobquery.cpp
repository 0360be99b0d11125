// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobquery.h"

#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

bool JobQuery::covers(const JobQuery &other) const
{
    return iTwinId == other.iTwinId && (!state || state == other.state);
}

bool JobQuery::matches(const Job &job) const
{
    return (iTwinId.isEmpty() || job.iTwinId.compare(iTwinId, Qt::CaseInsensitive) == 0)
        && (!state || job.state == *state);
}

QString filterExpression(const JobQuery &query, StateTerm stateTerm)
{
    QStringList terms;
    if (!query.iTwinId.isEmpty())
        terms.append("iTwinId eq "_L1 + query.iTwinId);
    else // the service wants a filter; every job was created after this
        terms.append(filterCreatedAfter(QDate(2000, 1, 1).startOfDay(Qt::UTC)));
    if (query.state && stateTerm == StateTerm::Included)
        terms.append("state eq "_L1 + textOf(*query.state));
    return terms.join(" and "_L1);
}

QString filterCreatedAfter(const QDateTime &utc)
{
    return "createdDateTime gt "_L1 + utc.toUTC().toString(Qt::ISODate);
}

} // namespace Jobsweep
