// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/valuelabel.h"

namespace Jobsweep {

ValueLabel::ValueLabel(const QString &name, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrap(true);
    setAccessibleName(name);
}

void ValueLabel::setValue(const QString &value)
{
    if (value == text())
        return;
    setText(value);
    setAccessibleDescription(value);
}

} // namespace Jobsweep
