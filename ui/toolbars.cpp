// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/toolbars.h"

#include "ui/jobs/filterbar.h"
#include "ui/mainactions.h"

#include <QEvent>
#include <QMainWindow>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

ToolBars::ToolBars(QMainWindow &window, const MainActions &actions, FilterBar &filters)
    : QObject(&window), m_window(window), m_tools(new QToolBar(tr("Tools"))),
      m_filters(new QToolBar(tr("Filters")))
{
    m_tools->setObjectName(u"toolBar"_s);
    m_tools->addActions({actions.refresh, actions.stop, actions.deleteJobs});
    m_filters->setObjectName(u"filterBar"_s);
    m_filters->addWidget(&filters);
    m_filters->addAction(actions.moreFilters);
    m_filters->addSeparator();
    m_filters->addAction(actions.settings);
    for (QToolBar *bar : {m_tools, m_filters}) {
        bar->setMovable(false);
        bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        window.addToolBar(bar);
        // Qt leaves them to the mouse.
        const QList<QToolButton *> buttons = bar->findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            if (bar->actions().contains(button->defaultAction()))
                button->setFocusPolicy(Qt::TabFocus);
        }
    }
    window.installEventFilter(this);
}

bool ToolBars::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        arrange();
    return QObject::eventFilter(watched, event);
}

void ToolBars::arrange()
{
    const bool isNarrow
        = m_window.width() < m_tools->sizeHint().width() + m_filters->sizeHint().width();
    if (isNarrow == m_window.toolBarBreak(m_filters))
        return;
    // A break that is put in by itself is laid out only with the next change of the tool bars.
    m_window.removeToolBar(m_filters);
    if (isNarrow)
        m_window.addToolBarBreak();
    m_window.addToolBar(m_filters);
    m_filters->show();
}

} // namespace Jobsweep
