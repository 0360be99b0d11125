// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/deletebuttondelegate.h"

#include "ui/icons.h"
#include "ui/jobs/jobtableproxy.h"

#include <QApplication>
#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionToolButton>

namespace Jobsweep {

namespace {

bool isDeletable(const QModelIndex &index)
{
    return index.data(JobTableProxy::DeletableRole).toBool();
}

QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

/// A square in the middle of the cell.
QRect buttonRect(const QStyleOptionViewItem &option)
{
    const int side = qMin(option.rect.width(), option.rect.height());
    QRect rect(0, 0, side, side);
    rect.moveCenter(option.rect.center());
    return rect;
}

} // namespace

DeleteButtonDelegate::DeleteButtonDelegate(QObject *parent) : QStyledItemDelegate(parent) { }

void DeleteButtonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    QStyle *style = styleOf(option);
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
    if (!isDeletable(index))
        return;

    QStyleOptionToolButton button;
    button.initFrom(option.widget);
    button.rect = buttonRect(option);
    button.subControls = QStyle::SC_ToolButton;
    button.toolButtonStyle = Qt::ToolButtonIconOnly;
    button.icon = icon(IconName::Trash);
    const int side = style->pixelMetric(QStyle::PM_SmallIconSize, nullptr, option.widget);
    button.iconSize = {side, side};
    button.state = QStyle::State_Enabled | QStyle::State_AutoRaise;
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (option.state.testFlag(QStyle::State_Selected) && !isHovered) {
        // On the highlight colour, not on a button.
        QRect place({}, button.iconSize);
        place.moveCenter(button.rect.center());
        button.icon.paint(painter, place, Qt::AlignCenter, QIcon::Selected);
        return;
    }
    if (isHovered) {
        button.state |= QStyle::State_MouseOver;
        const bool held = QGuiApplication::mouseButtons().testFlag(Qt::LeftButton);
        button.state |= held && m_pressed == index ? QStyle::State_Sunken : QStyle::State_Raised;
        button.activeSubControls = QStyle::SC_ToolButton;
    }
    style->drawComplexControl(QStyle::CC_ToolButton, &button, painter, option.widget);
}

QSize DeleteButtonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const QStyle *style = styleOf(option);
    const int side = style->pixelMetric(QStyle::PM_SmallIconSize, nullptr, option.widget)
        + 2 * style->pixelMetric(QStyle::PM_ButtonMargin, nullptr, option.widget);
    return {side, side};
}

bool DeleteButtonDelegate::editorEvent(QEvent *event, QAbstractItemModel *,
                                       const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!isDeletable(index))
        return false;
    if (event->type() == QEvent::KeyPress) {
        if (static_cast<QKeyEvent *>(event)->key() != Qt::Key_Space)
            return false;
        emit clicked(index);
        return true;
    }
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const bool inside = buttonRect(option).contains(mouse->position().toPoint());
    if (mouse->button() != Qt::LeftButton)
        return false;
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = inside ? QPersistentModelIndex(index) : QPersistentModelIndex();
        return inside;
    }
    const bool completed = inside && m_pressed == index;
    m_pressed = QPersistentModelIndex();
    if (completed)
        emit clicked(index);
    return completed;
}

} // namespace Jobsweep
