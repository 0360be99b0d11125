// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/inlinenote.h"

#include "ui/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace Jobsweep {

namespace {

QIcon iconOf(InlineNote::Kind kind, const QStyle &style)
{
    switch (kind) {
    case InlineNote::Kind::Plain:
        return {};
    case InlineNote::Kind::Good:
        return style.standardIcon(QStyle::SP_DialogApplyButton);
    case InlineNote::Kind::Warning:
        return style.standardIcon(QStyle::SP_MessageBoxWarning);
    case InlineNote::Kind::Problem:
        return style.standardIcon(QStyle::SP_MessageBoxCritical);
    }
    return {};
}

} // namespace

InlineNote::InlineNote(QWidget *parent)
    : QWidget(parent), m_icon(makePlainLabel()), m_text(makePlainLabel())
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    hide();
}

void InlineNote::say(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    updateIcon();
    setVisible(!text.isEmpty());
}

QString InlineNote::text() const
{
    return m_text->text();
}

void InlineNote::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        updateIcon();
    }
    QWidget::changeEvent(event);
}

void InlineNote::updateIcon()
{
    const QIcon icon = iconOf(m_kind, *style());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(icon.pixmap(QSize(side, side), devicePixelRatioF()));
    m_icon->setVisible(!icon.isNull());
}

} // namespace Jobsweep
