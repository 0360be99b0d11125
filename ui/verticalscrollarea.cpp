// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verticalscrollarea.h"

#include "ui/accessibility.h"

#include <QEvent>
#include <QScrollBar>

namespace Jobsweep {

VerticalScrollArea::VerticalScrollArea(QWidget *content, QWidget *parent) : QScrollArea(parent)
{
    // Arrows scroll it, so the focus comes to it.
    nameGroup(this, tr("Contents"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
}

QSize VerticalScrollArea::minimumSizeHint() const
{
    const int content = widget()->minimumSizeHint().width();
    // With the bar, even while there is none: it would come and take the width away.
    return {content + verticalScrollBar()->sizeHint().width(),
            QScrollArea::minimumSizeHint().height()};
}

bool VerticalScrollArea::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::event(event);
}

} // namespace Jobsweep
