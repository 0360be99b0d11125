// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyitemwords.h"

#include "ui/historywording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

namespace Jobsweep {

namespace {

using Column = HistoryModel::Column;

QString text(const HistoryItem &item, Column column)
{
    switch (column) {
    case Column::Job:
        return visibleText(item.name.isEmpty() ? item.id.text : item.name);
    case Column::Outcome:
        return Wording::itemOutcome(item);
    case Column::When:
        return Wording::dateTime(item.when());
    case Column::Run:
        return Wording::runTitle(item.confirmedAt, item.isTrial);
    case Column::Reason:
        return Wording::itemReason(item);
    case Column::CreatedAs:
        return visibleText(item.createdAs.text);
    }
    return {};
}

QVariant alignment(Column column)
{
    const bool isTime = column == Column::When || column == Column::Run;
    return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter)
                               | (isTime ? Qt::AlignRight : Qt::AlignLeft));
}

QString title(Column column)
{
    switch (column) {
    case Column::Job:
        return HistoryItemWords::tr("Job", "column title");
    case Column::Outcome:
        return HistoryItemWords::tr("Outcome", "column title");
    case Column::When:
        return HistoryItemWords::tr("When", "column title");
    case Column::Run:
        return HistoryItemWords::tr("Run", "column title");
    case Column::Reason:
        return HistoryItemWords::tr("Reason", "column title");
    case Column::CreatedAs:
        return HistoryItemWords::tr("Created again as", "column title");
    }
    return {};
}

} // namespace

HistoryItemWords::HistoryItemWords(HistoryModel &items, QObject *parent)
    : QIdentityProxyModel(parent), m_items(items)
{
    setSourceModel(&items);
}

QVariant HistoryItemWords::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HistoryItem &item = m_items.itemAt(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(item, column);
    case Qt::ToolTipRole:
        // The whole of it for a text that the cell cuts off.
        return column == Column::When ? Wording::exactTime(item.when())
                                      : escapedForRichText(text(item, column));
    case Qt::TextAlignmentRole:
        return alignment(column);
    default:
        return {};
    }
}

QVariant HistoryItemWords::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= HistoryModel::columns)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    return role == Qt::DisplayRole ? QVariant(title(column)) : QVariant();
}

} // namespace Jobsweep
