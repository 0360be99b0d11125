// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/rowpainting.h"

#include <QAbstractItemDelegate>
#include <QPaintEvent>
#include <QPainter>
#include <QTableView>

namespace Jobsweep {

namespace {

QModelIndex indexUnderMouse(const QTableView &table)
{
    if (!table.viewport()->underMouse())
        return {};
    return table.indexAt(table.viewport()->mapFromGlobal(QCursor::pos()));
}

QRect cellRect(const QTableView &table, const QModelIndex &index)
{
    return {table.columnViewportPosition(index.column()), table.rowViewportPosition(index.row()),
            table.columnWidth(index.column()), table.rowHeight(index.row())};
}

void paintCell(QPainter &painter, const QTableView &table, QStyleOptionViewItem option,
               const QModelIndex &index)
{
    const bool hasFocus = table.hasFocus() || table.viewport()->hasFocus();
    option.state.setFlag(QStyle::State_HasFocus, hasFocus && index == table.currentIndex());
    table.style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, &painter, &table);
    table.itemDelegateForIndex(index)->paint(&painter, option, index);
}

} // namespace

void paintRows(const QTableView &table, const QPaintEvent &event,
               const QStyleOptionViewItem &option, const std::function<bool(int)> &isSelected)
{
    const QAbstractItemModel &model = *table.model();
    const int top = table.rowAt(event.rect().top());
    if (top < 0)
        return;
    const int lastInView = table.rowAt(event.rect().bottom());
    const int bottom = lastInView < 0 ? model.rowCount() - 1 : lastInView;
    const QModelIndex hovered = indexUnderMouse(table);
    QPainter painter(table.viewport());
    for (int row = top; row <= bottom; ++row) {
        QStyleOptionViewItem cell = option;
        cell.state.setFlag(QStyle::State_Selected, isSelected(row));
        cell.features.setFlag(QStyleOptionViewItem::Alternate,
                              table.alternatingRowColors() && row % 2 == 1);
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            cell.rect = cellRect(table, index);
            if (table.isColumnHidden(column) || !event.region().intersects(cell.rect))
                continue;
            cell.state.setFlag(QStyle::State_MouseOver, index == hovered);
            paintCell(painter, table, cell, index);
        }
    }
}

} // namespace Jobsweep
