// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/valuefilter.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {

namespace {

using Column = JobModel::Column;
using Kind = ValueFilter::Kind;

QString dayOf(const QDateTime &utc)
{
    return utc.isValid() ? utc.toLocalTime().date().toString(Qt::ISODate) : QString();
}

/// So many are no longer compared with each job one after the other.
constexpr size_t manyValues = 8;

/// What is the same for values that are.
QString keyOf(const QString &value, Column column)
{
    return column == Column::Name ? value : value.toCaseFolded();
}

bool isTime(Column column)
{
    return column == Column::Created || column == Column::Modified;
}

} // namespace

QString filterValue(const Job &job, Column column)
{
    switch (column) {
    case Column::Delete:
        return {};
    case Column::Name:
        return job.name;
    case Column::State:
        return job.state == JobState::Unknown ? job.stateText : textOf(job.state);
    case Column::Type:
        return job.type;
    case Column::Created:
        return dayOf(job.created);
    case Column::Modified:
        return dayOf(job.modified);
    case Column::ITwin:
        return job.iTwinId;
    case Column::CreatedBy:
        return job.email;
    case Column::Location:
        return job.location;
    case Column::EstimatedCost:
        return job.estimatedCost ? QString::number(*job.estimatedCost, 'f', 2) : QString();
    case Column::Id:
        return job.id.text;
    }
    return {};
}

QList<ValueFilter> withValueFilter(QList<ValueFilter> filters, const ValueFilter &added)
{
    const auto count = std::count_if(filters.cbegin(), filters.cend(), [&](const ValueFilter &one) {
        return one.column == added.column && one.kind == Kind::Only;
    });
    const bool narrowsSeveral = added.kind == Kind::Only && count > 1 && filters.contains(added);
    filters.removeIf([&](const ValueFilter &one) {
        return one.column == added.column
            && (one.value == added.value || (narrowsSeveral && one.kind == Kind::Only));
    });
    filters.append(added);
    return filters;
}

ValueMatcher::ValueMatcher(const QList<ValueFilter> &filters)
{
    for (const ValueFilter &filter : filters) {
        Value value{.text = filter.value};
        if (isTime(filter.column) && !filter.value.isEmpty()) {
            const QDate day = QDate::fromString(filter.value, Qt::ISODate);
            value.from = day.startOfDay().toMSecsSinceEpoch();
            value.before = day.addDays(1).startOfDay().toMSecsSinceEpoch();
        }
        OfColumn &entry = entryOf(filter.column);
        (filter.kind == Kind::Only ? entry.only : entry.no).push_back(std::move(value));
    }
    for (OfColumn &entry : m_columns) {
        if (entry.only.size() < manyValues || isTime(entry.column))
            continue;
        for (const Value &value : std::exchange(entry.only, {}))
            entry.onlyKeys.insert(keyOf(value.text, entry.column));
    }
}

ValueMatcher::OfColumn &ValueMatcher::entryOf(Column column)
{
    for (OfColumn &entry : m_columns) {
        if (entry.column == column)
            return entry;
    }
    return m_columns.emplace_back(OfColumn{column, {}, {}, {}});
}

bool ValueMatcher::matches(const Job &job, StateFilter state) const
{
    return std::all_of(m_columns.cbegin(), m_columns.cend(), [&](const OfColumn &entry) {
        if (state == StateFilter::Passed && entry.column == Column::State)
            return true;
        const auto has = [&](const Value &value) { return hasValue(job, entry.column, value); };
        if (!entry.onlyKeys.isEmpty()
            && !entry.onlyKeys.contains(keyOf(filterValue(job, entry.column), entry.column)))
            return false;
        return (entry.only.empty() || std::any_of(entry.only.cbegin(), entry.only.cend(), has))
            && std::none_of(entry.no.cbegin(), entry.no.cend(), has);
    });
}

bool ValueMatcher::hasValue(const Job &job, Column column, const Value &value)
{
    const auto isOn = [&value](const QDateTime &utc) {
        if (value.text.isEmpty() || !utc.isValid())
            return value.text.isEmpty() && !utc.isValid();
        const qint64 time = utc.toMSecsSinceEpoch();
        return value.from <= time && time < value.before;
    };
    const auto is = [&value](const QString &text) {
        return text.compare(value.text, Qt::CaseInsensitive) == 0;
    };
    switch (column) {
    case Column::Created:
        return isOn(job.created);
    case Column::Modified:
        return isOn(job.modified);
    case Column::Name:
        return job.name == value.text;
    case Column::ITwin:
        return is(job.iTwinId);
    case Column::CreatedBy:
        return is(job.email);
    case Column::Type:
        return is(job.type);
    case Column::Location:
        return is(job.location);
    case Column::Delete:
    case Column::State:
    case Column::EstimatedCost:
    case Column::Id:
        break;
    }
    return is(filterValue(job, column));
}

} // namespace Jobsweep
