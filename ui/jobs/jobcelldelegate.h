// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Jobsweep {

/// A cell with room at both sides of its text, so that a right-aligned date does not touch the
/// text of the next column; or all around, so that entries of several lines do not run together.
class JobCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum class Room { Sides, AllAround };

    explicit JobCellDelegate(QObject *parent = nullptr);
    explicit JobCellDelegate(Room room, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    /// At the left and right side, and above and below.
    [[nodiscard]] QSize roomIn(const QStyleOptionViewItem &option) const;

    Room m_room = Room::Sides;
};

} // namespace Jobsweep
