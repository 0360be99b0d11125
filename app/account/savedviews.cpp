// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/savedviews.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;
using Kind = ValueFilter::Kind;

constexpr auto allStates = "all"_L1;

/// By name, because the numbers of columns change.
QString nameOf(Column column)
{
    return QLatin1StringView(QMetaEnum::fromType<Column>().valueToKey(static_cast<int>(column)));
}

std::optional<Column> columnOf(const QJsonValue &value)
{
    bool isKnown = false;
    const int column = QMetaEnum::fromType<Column>().keyToValue(
        value.toString().toLatin1().constData(), &isKnown);
    return isKnown ? std::optional(static_cast<Column>(column)) : std::nullopt;
}

QString textOf(const QDateTime &utc)
{
    return utc.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const auto &text : array)
        texts.append(text.toString());
    texts.removeAll(QString());
    return texts;
}

QJsonObject toJson(const JobQuery &query)
{
    QJsonObject json{{u"iTwins"_s, QJsonArray::fromStringList(query.iTwinIds)},
                     {u"state"_s, query.state ? textOf(*query.state) : QString(allStates)},
                     {u"types"_s, QJsonArray::fromStringList(query.types)},
                     {u"createdAfter"_s, textOf(query.created.after)},
                     {u"createdBefore"_s, textOf(query.created.before)},
                     {u"name"_s, query.name},
                     {u"createdBy"_s, query.createdBy}};
    if (query.created.olderThanDays)
        json.insert(u"olderThanDays"_s, *query.created.olderThanDays);
    return json;
}

JobQuery queryOf(const QJsonObject &json)
{
    JobQuery query;
    query.iTwinIds = textsOf(json["iTwins"_L1]);
    const QString state = json["state"_L1].toString();
    if (state == allStates)
        query.state.reset();
    else if (const JobState known = jobStateFromText(state); known != JobState::Unknown)
        query.state = known;
    query.types = textsOf(json["types"_L1]);
    if (const int days = json["olderThanDays"_L1].toInt(-1); days >= 0)
        query.created.olderThanDays = days;
    query.created.after = timeOf(json["createdAfter"_L1]);
    query.created.before = timeOf(json["createdBefore"_L1]);
    query.name = json["name"_L1].toString();
    query.createdBy = json["createdBy"_L1].toString();
    return query;
}

QJsonArray toJson(const QList<ValueFilter> &filters)
{
    QJsonArray array;
    for (const ValueFilter &filter : filters) {
        array.append(QJsonObject{{u"column"_s, nameOf(filter.column)},
                                 {u"not"_s, filter.kind == Kind::Not},
                                 {u"value"_s, filter.value}});
    }
    return array;
}

QList<ValueFilter> filtersOf(const QJsonArray &array)
{
    QList<ValueFilter> filters;
    for (const auto &json : array) {
        if (const auto column = columnOf(json["column"_L1])) {
            filters.append({*column, json["not"_L1].toBool() ? Kind::Not : Kind::Only,
                            json["value"_L1].toString()});
        }
    }
    return filters;
}

QJsonObject toJson(const TableColumns &columns)
{
    QJsonArray shown;
    for (const Column column : columns.shown)
        shown.append(nameOf(column));
    return {{u"shown"_s, shown},
            {u"sorted"_s, nameOf(columns.sorted)},
            {u"descending"_s, columns.order == Qt::DescendingOrder}};
}

std::optional<TableColumns> columnsOf(const QJsonObject &json)
{
    TableColumns columns;
    const QJsonArray shown = json["shown"_L1].toArray();
    for (const auto &name : shown) {
        if (const auto column = columnOf(name); column && !columns.shown.contains(*column))
            columns.shown.append(*column);
    }
    if (columns.shown.isEmpty())
        return {};
    columns.sorted = columnOf(json["sorted"_L1]).value_or(Column::Name);
    columns.order = json["descending"_L1].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder;
    return columns;
}

} // namespace

bool SavedView::showsTheSame(const SavedView &other) const
{
    SavedView renamed = other;
    renamed.name = name;
    return renamed == *this;
}

QByteArray toJson(const QList<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views) {
        QJsonObject json{{u"name"_s, view.name},
                         {u"query"_s, toJson(view.query)},
                         {u"values"_s, toJson(view.values)},
                         {u"search"_s, view.search}};
        if (view.columns)
            json.insert(u"columns"_s, toJson(*view.columns));
        array.append(json);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<SavedView> savedViewsFromJson(const QByteArray &json)
{
    QList<SavedView> views;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const auto &value : array) {
        const SavedView view{.name = value["name"_L1].toString(),
                             .query = queryOf(value["query"_L1].toObject()),
                             .values = filtersOf(value["values"_L1].toArray()),
                             .search = value["search"_L1].toString(),
                             .columns = columnsOf(value["columns"_L1].toObject())};
        const bool isTaken = std::ranges::any_of(
            views, [&view](const SavedView &other) { return other.name == view.name; });
        if (!view.name.isEmpty() && !isTaken)
            views.append(view);
    }
    return views;
}

} // namespace Jobsweep
