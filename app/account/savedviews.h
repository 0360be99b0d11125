// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Views of the list that a person saved under a name: what to ask for, how to narrow it, and how
// the table shows it. Pasted ids are not part of one.

#include "jobs/jobquery.h"
#include "jobs/valuefilter.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace Jobsweep {

/// What the table shows, in the order in which it shows it, and how it is sorted.
struct TableColumns
{
    QList<JobModel::Column> shown;
    JobModel::Column sorted = JobModel::Column::Name;
    Qt::SortOrder order = Qt::AscendingOrder;

    friend bool operator==(const TableColumns &, const TableColumns &) = default;
};

struct SavedView
{
    // Each has a value, so that a view is written with the few that matter by their names.

    QString name = {};
    JobQuery query = {};
    QList<ValueFilter> values = {};
    QString search = {};
    /// Nothing leaves the table as it is.
    std::optional<TableColumns> columns = {};

    /// Whether it shows the same, whatever the names.
    [[nodiscard]] bool showsTheSame(const SavedView &other) const;
    friend bool operator==(const SavedView &, const SavedView &) = default;
};

/// JSON, for the settings.
[[nodiscard]] QByteArray toJson(const QList<SavedView> &views);
/// Reads what toJson() wrote, also in other versions: what it does not know is left out, as are
/// views without a name and later ones of the same name.
[[nodiscard]] QList<SavedView> savedViewsFromJson(const QByteArray &json);

} // namespace Jobsweep
