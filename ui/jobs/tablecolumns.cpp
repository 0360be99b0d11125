// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/tablecolumns.h"

#include "ui/jobs/jobtable.h"

#include <QAction>
#include <QHeaderView>

namespace Jobsweep {

using Column = JobModel::Column;

TableColumns columnsOf(const JobTable &table)
{
    const QHeaderView &header = *table.horizontalHeader();
    TableColumns columns;
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        if (!header.isSectionHidden(column))
            columns.shown.append(static_cast<Column>(column));
    }
    if (header.sortIndicatorSection() >= 0)
        columns.sorted = static_cast<Column>(header.sortIndicatorSection());
    columns.order = header.sortIndicatorOrder();
    return columns;
}

void showColumns(JobTable &table, const TableColumns &columns)
{
    for (QAction *action : table.columnActions())
        action->setChecked(columns.shown.contains(action->data().value<Column>()));
    QHeaderView &header = *table.horizontalHeader();
    int place = 0;
    for (const Column column : columns.shown)
        header.moveSection(header.visualIndex(static_cast<int>(column)), place++);
    table.sortByColumn(static_cast<int>(columns.sorted), columns.order);
}

} // namespace Jobsweep
