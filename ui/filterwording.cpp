// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filterwording.h"

#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QLocale>

namespace Jobsweep::Wording {

namespace {

using Column = JobModel::Column;
using Kind = ValueFilter::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FilterWording)
};

QString onlyWithout(Column column)
{
    switch (column) {
    case Column::Name:
        return Words::tr("Only jobs without a name");
    case Column::Type:
        return Words::tr("Only jobs without a type");
    case Column::Created:
        return Words::tr("Only jobs without a creation time");
    case Column::Modified:
        return Words::tr("Only jobs without a modification time");
    case Column::ITwin:
        return Words::tr("Only jobs without an iTwin");
    case Column::CreatedBy:
        return Words::tr("Only jobs without a creator");
    case Column::Location:
        return Words::tr("Only jobs without a location");
    case Column::EstimatedCost:
        return Words::tr("Only jobs without an estimated cost");
    case Column::Delete:
    case Column::State:
    case Column::Id:
        break; // every job has one
    }
    return {};
}

QString onlyWith(Column column)
{
    switch (column) {
    case Column::Name:
        return Words::tr("Only jobs with a name");
    case Column::Type:
        return Words::tr("Only jobs with a type");
    case Column::Created:
        return Words::tr("Only jobs with a creation time");
    case Column::Modified:
        return Words::tr("Only jobs with a modification time");
    case Column::ITwin:
        return Words::tr("Only jobs with an iTwin");
    case Column::CreatedBy:
        return Words::tr("Only jobs with a creator");
    case Column::Location:
        return Words::tr("Only jobs with a location");
    case Column::EstimatedCost:
        return Words::tr("Only jobs with an estimated cost");
    case Column::Delete:
    case Column::State:
    case Column::Id:
        break;
    }
    return {};
}

} // namespace

QString filterValueText(const ValueFilter &filter, const ITwins &iTwins)
{
    QString text = filter.value;
    switch (filter.column) {
    case Column::State:
        if (const JobState state = jobStateFromText(text); state != JobState::Unknown)
            text = stateName(state);
        break;
    case Column::Created:
    case Column::Modified:
        if (const QDate day = QDate::fromString(text, Qt::ISODate); day.isValid())
            text = QLocale().toString(day, QLocale::ShortFormat);
        break;
    case Column::ITwin:
        if (const QString name = iTwins.nameOf(text); !name.isEmpty())
            text = name;
        break;
    case Column::EstimatedCost:
        if (!text.isEmpty())
            text = cost(text.toDouble());
        break;
    case Column::Delete:
    case Column::Name:
    case Column::Type:
    case Column::CreatedBy:
    case Column::Location:
    case Column::Id:
        break;
    }
    return visibleText(text, maximumFilterValue);
}

QString filterChip(const ValueFilter &filter, const ITwins &iTwins)
{
    const bool isOnly = filter.kind == Kind::Only;
    const QString title = columnTitle(filter.column);
    if (filter.value.isEmpty()) {
        return isOnly ? Words::tr("%1: none", "title of a column").arg(title)
                      : Words::tr("%1: any", "title of a column").arg(title);
    }
    const QString value = filterValueText(filter, iTwins);
    return isOnly ? Words::tr("%1: %2", "title of a column, value").arg(title, value)
                  : Words::tr("%1: not %2", "title of a column, value").arg(title, value);
}

QString valuesChip(JobModel::Column column, int values)
{
    return Words::tr("%1: %Ln values", "title of a column", values).arg(columnTitle(column));
}

QString filterAction(const ValueFilter &filter, const ITwins &iTwins)
{
    const bool isOnly = filter.kind == Kind::Only;
    if (filter.value.isEmpty())
        return isOnly ? onlyWithout(filter.column) : onlyWith(filter.column);
    const QString sentence = isOnly ? Words::tr("Only “%1” in %2", "value, title of a column")
                                    : Words::tr("Not “%1” in %2", "value, title of a column");
    return sentence.arg(filterValueText(filter, iTwins), columnTitle(filter.column));
}

QString typesChip(const JobQuery &query)
{
    if (query.types.isEmpty())
        return {};
    const QString types = query.types.join(Words::tr(", ", "between types of jobs"));
    return Words::tr("Type: %1", "chip").arg(visibleText(types, maximumFilterValue));
}

QString createdChip(const CreatedRange &created)
{
    const auto day = [](const QDateTime &utc) {
        return QLocale().toString(utc.toLocalTime().date(), QLocale::ShortFormat);
    };
    if (created.olderThanDays) {
        return *created.olderThanDays == 1
            ? Words::tr("Created more than 1 day ago")
            : Words::tr("Created more than %Ln days ago", nullptr, *created.olderThanDays);
    }
    const QDateTime lastMoment = created.before.addMSecs(-1);
    if (created.after.isValid() && created.before.isValid())
        return Words::tr("Created from %1 to %2", "days").arg(day(created.after), day(lastMoment));
    if (created.after.isValid())
        return Words::tr("Created on or after %1", "day").arg(day(created.after));
    if (created.before.isValid())
        return Words::tr("Created before %1", "day").arg(day(created.before));
    return {};
}

QString nameChip(const JobQuery &query)
{
    return query.name.isEmpty()
        ? QString()
        : Words::tr("Name contains “%1”").arg(visibleText(query.name, maximumFilterValue));
}

QString createdByChip(const JobQuery &query)
{
    if (query.createdBy.isEmpty())
        return {};
    const QString text = visibleText(query.createdBy, maximumFilterValue);
    return isAddress(query.createdBy) ? Words::tr("Created by %1", "address").arg(text)
                                      : Words::tr("Created by contains “%1”").arg(text);
}

QString searchChip(const QString &text)
{
    return Words::tr("Search: %1").arg(visibleText(text, maximumFilterValue));
}

QString matches(int shown, int loaded, bool isLoading)
{
    const QString sentence = isLoading ? Words::tr("%1 of %2 match so far", nullptr, shown)
                                       : Words::tr("%1 of %2 match", nullptr, shown);
    return sentence.arg(QLocale().toString(shown), QLocale().toString(loaded));
}

QString hiddenSelection(int hidden, int left)
{
    const QString sentence = hidden == 1
        ? Words::tr("1 selected job is hidden by the filter and no longer selected; %1.")
        : Words::tr("%Ln selected jobs are hidden by the filter and no longer selected; %1.",
                    nullptr, hidden);
    return sentence.arg(left == 0       ? Words::tr("none still is")
                            : left == 1 ? Words::tr("1 still is")
                                        : Words::tr("%Ln still are", nullptr, left));
}

QString lostSelection(int count)
{
    return count == 1
        ? Words::tr("1 job is no longer selected, because the list is loaded anew.")
        : Words::tr("%Ln jobs are no longer selected, because the list is loaded anew.", nullptr,
                    count);
}

} // namespace Jobsweep::Wording
