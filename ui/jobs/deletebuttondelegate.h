// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace Jobsweep {

/// Paints the Delete button of a row and works it by mouse and Space. Rows whose
/// JobTableProxy::DeletableRole is false have none. No widget per row.
class DeleteButtonDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit DeleteButtonDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

signals:
    /// The button of this row was pressed.
    void clicked(const QModelIndex &index);

private:
    QPersistentModelIndex m_pressed;
};

} // namespace Jobsweep
