// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/filterchips.h"

#include "ui/accessibility.h"
#include "ui/icons.h"
#include "ui/jobs/flowlayout.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace Jobsweep {

FilterChips::FilterChips(QWidget *parent)
    : QWidget(parent), m_layout(new FlowLayout(this)), m_matches(new ValueLabel(tr("Matches"))),
      m_clear(new QPushButton(tr("Clear All")))
{
    nameGroup(this, tr("Active filters"));
    const int side = style()->pixelMetric(QStyle::PM_LayoutLeftMargin);
    const int above = fontMetrics().height() / 4;
    m_layout->setContentsMargins(side, above, side, above);
    m_layout->setSpacing(fontMetrics().averageCharWidth());
    m_matches->setWordWrap(false);
    m_clear->setAutoDefault(false);
    m_clear->setFlat(true);
    m_clear->setToolTip(tr("Remove the search and these filters"));
    connect(m_clear, &QPushButton::clicked, this, &FilterChips::clearRequested);
    m_layout->addWidget(m_matches);
    m_layout->addWidget(m_clear);
    setVisible(false);
}

void FilterChips::setChips(const QStringList &texts)
{
    if (texts == m_texts)
        return;
    const int focused = focusedChip();
    const bool hadFocus = focused >= 0 || m_clear->hasFocus();
    m_texts = texts;
    removeChips();
    // Behind the chips, and after them in the order of Tab.
    m_layout->removeWidget(m_matches);
    m_layout->removeWidget(m_clear);
    for (const QString &text : texts)
        m_chips.push_back(makeChip(text));
    m_layout->addWidget(m_matches);
    m_layout->addWidget(m_clear);
    QWidget *before = nullptr;
    for (const Chip &chip : m_chips) {
        if (before)
            setTabOrder(before, chip.remove);
        before = chip.remove;
    }
    if (before)
        setTabOrder(before, m_clear);
    setVisible(!texts.isEmpty());
    if (!hadFocus)
        return;
    if (m_chips.empty())
        emit focusLeft();
    else if (focused >= 0)
        m_chips[std::min(static_cast<size_t>(focused), m_chips.size() - 1)].remove->setFocus();
}

void FilterChips::setMatches(const QString &text)
{
    m_matches->setValue(text);
}

bool FilterChips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (const int chip = focusedChip();
            chip >= 0 && (key == Qt::Key_Delete || key == Qt::Key_Backspace)) {
            emit removeRequested(chip);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

FilterChips::Chip FilterChips::makeChip(const QString &text)
{
    auto *frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setBackgroundRole(QPalette::Base);
    frame->setAutoFillBackground(true);
    QLabel *label = makePlainLabel(text);
    label->setWordWrap(false);
    label->setForegroundRole(QPalette::Text);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    auto *remove = new QToolButton;
    remove->setIcon(icon(IconName::Remove));
    remove->setAutoRaise(true);
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setToolTip(tr("Remove this filter"));
    remove->setAccessibleName(tr("Remove filter “%1”").arg(text));
    remove->installEventFilter(this);
    connect(remove, &QToolButton::clicked, this, [this, remove] {
        const auto place
            = std::find_if(m_chips.cbegin(), m_chips.cend(),
                           [remove](const Chip &chip) { return chip.remove == remove; });
        if (place != m_chips.cend())
            emit removeRequested(static_cast<int>(place - m_chips.cbegin()));
    });
    auto *layout = new QHBoxLayout(frame);
    layout->setContentsMargins(fontMetrics().averageCharWidth(), 0, 0, 0);
    layout->setSpacing(fontMetrics().averageCharWidth() / 2);
    layout->addWidget(label, 1);
    layout->addWidget(remove);
    m_layout->addWidget(frame);
    // Shown by the layout only later, and what is hidden takes no focus.
    frame->show();
    return {frame, remove};
}

int FilterChips::focusedChip() const
{
    for (size_t i = 0; i < m_chips.size(); ++i) {
        if (m_chips[i].remove->hasFocus())
            return static_cast<int>(i);
    }
    return -1;
}

void FilterChips::removeChips()
{
    for (const Chip &chip : m_chips) {
        m_layout->removeWidget(chip.frame);
        // Later: the button that was pressed may be the reason for the change.
        chip.frame->hide();
        chip.frame->deleteLater();
    }
    m_chips.clear();
}

} // namespace Jobsweep
