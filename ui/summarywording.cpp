// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarywording.h"

#include "ui/wording.h"

#include <QCoreApplication>

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Summary)
};

} // namespace

QString ageClass(AgeClass age)
{
    switch (age) {
    case AgeClass::Days7:
        return Words::tr("Last 7 days");
    case AgeClass::Days30:
        return Words::tr("7 to 30 days");
    case AgeClass::Days90:
        return Words::tr("30 to 90 days");
    case AgeClass::Year:
        return Words::tr("90 days to a year");
    case AgeClass::Older:
        return Words::tr("Older than a year");
    case AgeClass::Unknown:
        return Words::tr("Unknown", "age of jobs");
    }
    Q_UNREACHABLE();
}

QString withoutValue(JobModel::Column column)
{
    if (column == JobModel::Column::ITwin)
        return Words::tr("No iTwin");
    if (column == JobModel::Column::CreatedBy)
        return Words::tr("Creator unknown");
    return Words::tr("No type");
}

QString drafts(int count)
{
    return count == 1 ? Words::tr("1 draft") : Words::tr("%Ln drafts", nullptr, count);
}

QString draftsSoFar(int count, bool isComplete)
{
    return isComplete ? drafts(count) : Words::tr("%1 so far", "4,000 drafts").arg(drafts(count));
}

QString estimatedCost(const DraftTotals &totals)
{
    if (totals.withoutCost == totals.drafts)
        return totals.drafts == 1 ? Words::tr("No estimate of the cost")
                                  : Words::tr("No estimates of the cost");
    QString sum = Words::tr("Estimated cost %1").arg(cost(totals.cost));
    if (totals.withoutCost == 0)
        return sum;
    const QString gap = totals.withoutCost == 1
        ? Words::tr("1 draft has no estimate")
        : Words::tr("%Ln drafts have no estimate", nullptr, totals.withoutCost);
    return Words::tr("%1; %2", "estimated cost; drafts without").arg(sum, gap);
}

QString groupSentence(const QString &title, const DraftTotals &totals)
{
    if (totals.drafts == 0)
        return Words::tr("%1: %2.", "group; count of drafts").arg(title, drafts(0));
    return Words::tr("%1: %2. %3.", "group; count of drafts; estimated cost")
        .arg(title, drafts(totals.drafts), estimatedCost(totals));
}

} // namespace Jobsweep::Wording
