// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/factgrid.h"

#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QGridLayout>
#include <QLabel>

namespace Jobsweep {

// Not a form layout: it cuts off values of several lines.
FactGrid::FactGrid(QWidget *parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setColumnStretch(1, 1);
}

ValueLabel *FactGrid::add(const QString &name, const QString &value)
{
    auto *label = new ValueLabel(name);
    label->setValue(value);
    QLabel *caption = makeCaption(tr("%1:", "caption of a value").arg(name), label);
    const int row = m_layout->rowCount();
    m_layout->addWidget(caption, row, 0, Qt::AlignTop);
    m_layout->addWidget(label, row, 1);
    // A layout shows what it is given only later; until then the facts would be squeezed.
    caption->show();
    label->show();
    return label;
}

void FactGrid::clear()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace Jobsweep
