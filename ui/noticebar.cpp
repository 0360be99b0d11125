// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/noticebar.h"

#include "ui/accessibility.h"
#include "ui/colors.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include <utility>

namespace Jobsweep {

namespace {

constexpr std::chrono::milliseconds tickInterval{250};

IconName iconOf(Notice::Severity severity)
{
    switch (severity) {
    case Notice::Severity::Information:
        return IconName::Information;
    case Notice::Severity::Warning:
        return IconName::Warning;
    case Notice::Severity::Danger:
        return IconName::Danger;
    }
    return IconName::Information;
}

} // namespace

NoticeBar::NoticeBar(Clock &clock, QWidget *parent)
    : QFrame(parent), m_clock(clock), m_icon(makePlainLabel()), m_text(makePlainLabel()),
      m_layout(new QHBoxLayout(this)), m_actions(new QHBoxLayout)
{
    nameNotification(this, tr("Notice"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_icon->setTextInteractionFlags(Qt::NoTextInteraction);
    m_layout->addWidget(m_icon);
    m_layout->addWidget(m_text, 1);
    m_layout->addLayout(m_actions);
    applyMargins();
    m_tick.setInterval(tickInterval);
    m_tick.callOnTimeout(this, &NoticeBar::updateCountdown);
    setVisible(false);
}

void NoticeBar::setNotice(const std::optional<Notice> &notice)
{
    if (notice == m_notice)
        return;
    const bool saysSomethingNew = notice && (!m_notice || notice->text != m_notice->text);
    const bool hasOtherActions = notice && (!m_notice || notice->actions != m_notice->actions);
    m_notice = notice;
    if (hasOtherActions)
        rebuildActions();
    updateIcon();
    updateCountdown();
    if (!m_notice && isAncestorOf(QApplication::focusWidget()))
        emit focusLeft();
    // Coming to be shown is news of itself.
    const bool isShownAlready = isVisible();
    setVisible(m_notice.has_value());
    update();
    if (saysSomethingNew && isShownAlready)
        readOutAgain(this);
}

void NoticeBar::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    if (!m_notice)
        return;
    QRect edge(0, 0, edgeWidth(), height());
    if (isRightToLeft())
        edge.moveRight(width() - 1);
    QPainter(this).fillRect(edge, edgeColor());
}

void NoticeBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    const bool isLook = event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LayoutDirectionChange;
    if (isLook) {
        applyMargins();
        updateIcon();
    }
}

QString NoticeBar::labelOf(NoticeAction action)
{
    switch (action) {
    case NoticeAction::EnterToken:
        return tr("Enter Access Token…");
    case NoticeAction::Pause:
        return tr("Pause");
    case NoticeAction::Resume:
        return tr("Resume");
    case NoticeAction::Undo:
        return tr("Undo");
    case NoticeAction::GoOnWithoutRecord:
        return tr("Go On Without a Record");
    case NoticeAction::Review:
        return tr("Review…");
    case NoticeAction::Retry:
        return tr("Retry");
    case NoticeAction::Refresh:
        return tr("Refresh");
    case NoticeAction::AskKeychain:
        return tr("Try Again");
    case NoticeAction::ShowProblems:
        return tr("Show");
    case NoticeAction::Dismiss:
        return tr("Dismiss");
    }
    return {};
}

int NoticeBar::edgeWidth() const
{
    return fontMetrics().height() / 4;
}

QColor NoticeBar::edgeColor() const
{
    switch (m_notice->severity) {
    case Notice::Severity::Information:
        return palette().color(QPalette::Highlight);
    case Notice::Severity::Warning:
        return warningAccent(palette());
    case Notice::Severity::Danger:
        return dangerAccent(palette());
    }
    return {};
}

void NoticeBar::applyMargins()
{
    const int side = style()->pixelMetric(QStyle::PM_LayoutLeftMargin, nullptr, this);
    const int above = fontMetrics().height() / 4;
    const int edge = edgeWidth();
    m_layout->setContentsMargins(isRightToLeft() ? side : side + edge, above,
                                 isRightToLeft() ? side + edge : side, above);
}

void NoticeBar::updateIcon()
{
    if (!m_notice)
        return;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(
        icon(iconOf(m_notice->severity)).pixmap(QSize(size, size), devicePixelRatio()));
}

void NoticeBar::rebuildActions()
{
    // Who pressed one by the keyboard goes on here, and does not land somewhere in the window.
    bool hadFocus = false;
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        hadFocus = hadFocus || item->widget()->hasFocus();
        // Later: the button that was pressed may be the reason for the change.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const NoticeAction action : std::as_const(m_notice->actions)) {
        auto *button = new QPushButton(labelOf(action));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, action] { emit triggered(action); });
        m_actions->addWidget(button);
        // Shown by the layout only later, and what is hidden takes no focus.
        button->show();
        if (std::exchange(hadFocus, false))
            button->setFocus();
    }
    if (hadFocus)
        emit focusLeft();
}

void NoticeBar::updateCountdown()
{
    if (!m_notice) {
        m_tick.stop();
        return;
    }
    QString text = m_notice->text;
    const Instant now = m_clock.now();
    const bool counts = m_notice->until && *m_notice->until > now;
    if (counts) {
        const auto left
            = std::chrono::duration_cast<std::chrono::milliseconds>(*m_notice->until - now);
        text.append(u' ').append(m_notice->countdown.arg(Wording::duration(left)));
    }
    if (text != m_text->text()) {
        m_text->setText(text);
        setAccessibleDescription(text);
    }
    if (!counts)
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start();
}

} // namespace Jobsweep
