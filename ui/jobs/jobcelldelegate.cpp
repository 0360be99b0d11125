// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcelldelegate.h"

#include <QApplication>
#include <QStyle>

namespace Jobsweep {

JobCellDelegate::JobCellDelegate(QObject *parent) : QStyledItemDelegate(parent) { }

JobCellDelegate::JobCellDelegate(Room room, QObject *parent)
    : QStyledItemDelegate(parent), m_room(room)
{ }

QSize JobCellDelegate::roomIn(const QStyleOptionViewItem &option) const
{
    const int room = option.fontMetrics.averageCharWidth() / 2;
    return {room, m_room == Room::AllAround ? room : 0};
}

void JobCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, option.widget);
    const QSize room = roomIn(option);
    cell.rect.adjust(room.width(), room.height(), -room.width(), -room.height());
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
}

QSize JobCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize room = roomIn(option);
    QStyleOptionViewItem text = option;
    text.rect.adjust(room.width(), 0, -room.width(), 0);
    return QStyledItemDelegate::sizeHint(text, index) + 2 * room;
}

} // namespace Jobsweep
