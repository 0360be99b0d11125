// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Jobsweep {

/// A cell with room at both sides of its text, so that a right-aligned date does not touch the
/// text of the next column.
class JobCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit JobCellDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

} // namespace Jobsweep
