// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searchfield.h"

#include "ui/icons.h"

#include <QKeyEvent>

namespace Jobsweep {

SearchField::SearchField(QWidget *parent) : QLineEdit(parent)
{
    // Its name is for assistive programs, which find a button there.
    addAction(icon(IconName::Search), QLineEdit::LeadingPosition)->setText(tr("Search"));
    setMinimumWidth(18 * fontMetrics().averageCharWidth());
    m_timer.setSingleShot(true);
    m_timer.setInterval(searchDelay);
    connect(&m_timer, &QTimer::timeout, this, &SearchField::announce);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        // Its picture comes from the icon theme, which takes long to be read: not at the start.
        if (!text.isEmpty() && !isClearButtonEnabled())
            setClearButtonEnabled(true);
        // Nobody who empties the field wants to wait for it.
        if (text.isEmpty())
            announce();
        else
            m_timer.start();
    });
    connect(this, &QLineEdit::returnPressed, this, &SearchField::announce);
}

void SearchField::takeFocus()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void SearchField::showText(const QString &text)
{
    m_announced = text;
    setText(text);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier) {
        announce();
        emit leftDownwards();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void SearchField::announce()
{
    m_timer.stop();
    if (text() == m_announced)
        return;
    m_announced = text();
    emit searchChanged(m_announced);
}

} // namespace Jobsweep
