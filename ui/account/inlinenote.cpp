// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/inlinenote.h"

#include "ui/accessibility.h"
#include "ui/icons.h"
#include "ui/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace Jobsweep {

namespace {

QIcon iconOf(InlineNote::Kind kind)
{
    switch (kind) {
    case InlineNote::Kind::Plain:
        return {};
    case InlineNote::Kind::Good:
        return icon(IconName::StateSuccess);
    case InlineNote::Kind::Warning:
        return icon(IconName::Warning);
    case InlineNote::Kind::Problem:
        return icon(IconName::Danger);
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
    const QString shown = breakable(text);
    const bool saysSomethingNew = shown != m_text->text();
    m_kind = kind;
    m_text->setText(shown);
    updateIcon();
    if (m_isReadOut)
        setAccessibleDescription(text);
    // Coming to be shown is news of itself.
    const bool isShownAlready = isVisible();
    setVisible(!text.isEmpty());
    if (m_isReadOut && saysSomethingNew && isShownAlready && isVisible())
        readOutAgain(this);
}

void InlineNote::setReadOut(const QString &name)
{
    m_isReadOut = true;
    nameNotification(this, name);
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
    const QIcon kindIcon = iconOf(m_kind);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(kindIcon.pixmap(QSize(side, side), devicePixelRatioF()));
    m_icon->setVisible(!kindIcon.isNull());
}

} // namespace Jobsweep
