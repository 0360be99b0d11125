// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcelldelegate.h"

#include <QApplication>
#include <QStyle>

namespace Jobsweep {

namespace {

int room(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.averageCharWidth() / 2;
}

} // namespace

JobCellDelegate::JobCellDelegate(QObject *parent) : QStyledItemDelegate(parent) { }

void JobCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, option.widget);
    cell.rect.adjust(room(option), 0, -room(option), 0);
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
}

QSize JobCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return {hint.width() + 2 * room(option), hint.height()};
}

} // namespace Jobsweep
