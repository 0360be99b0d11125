// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/factgrid.h"

#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

// Not a form layout: it cuts off values of several lines.
FactGrid::FactGrid(QWidget *parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setColumnStretch(1, 1);
}

void FactGrid::addHeading(const QString &title)
{
    QLabel *heading = makePlainLabel(title);
    QFont bold = font();
    bold.setBold(true);
    heading->setFont(bold);
    if (m_rows > 0)
        heading->setContentsMargins(0, style()->pixelMetric(QStyle::PM_LayoutTopMargin), 0, 0);
    m_layout->addWidget(heading, m_rows++, 0, 1, 2);
    heading->show();
}

ValueLabel *FactGrid::add(const QString &name, const QString &value)
{
    auto *label = new ValueLabel(name);
    label->setValue(breakable(value));
    // A caption's ampersand would be taken for a shortcut; the names may be the service's.
    const QString plain = QString(name).replace(u'&', u"&&"_s);
    QLabel *caption = makeCaption(tr("%1:", "caption of a value").arg(plain), label);
    m_layout->addWidget(caption, m_rows, 0, Qt::AlignTop);
    m_layout->addWidget(label, m_rows++, 1);
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
    m_rows = 0;
}

} // namespace Jobsweep
