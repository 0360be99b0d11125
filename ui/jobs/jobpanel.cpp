// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobpanel.h"

#include "ui/accessibility.h"
#include "ui/factgrid.h"
#include "ui/jsonbox.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/verticalscrollarea.h"

#include <QLabel>
#include <QScrollBar>
#include <QStackedLayout>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Jobsweep {

namespace {

constexpr int rawLinesShown = 16;

} // namespace

JobPanel::JobPanel(Redaction redact, QWidget *parent)
    : QWidget(parent), m_pages(new QStackedLayout(this)), m_hint(makeHintLabel())
{
    nameGroup(this, tr("Job details"));
    m_hint->setMargin(style()->pixelMetric(QStyle::PM_LayoutLeftMargin));
    m_pages->addWidget(m_hint);
    m_pages->addWidget(makeJobPage(std::move(redact)));
}

QWidget *JobPanel::makeJobPage(Redaction redact)
{
    m_note = makePlainLabel();
    m_note->hide();
    m_title = new ValueLabel(tr("Name"));
    QFont headline = font();
    headline.setBold(true);
    headline.setPointSizeF(headline.pointSizeF() * 1.15);
    m_title->setFont(headline);
    m_facts = new FactGrid;

    m_rawToggle = new QToolButton;
    m_rawToggle->setText(tr("Raw JSON"));
    m_rawToggle->setCheckable(true);
    m_rawToggle->setAutoRaise(true);
    m_rawToggle->setFocusPolicy(Qt::StrongFocus);
    m_rawToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_rawToggle, &QToolButton::toggled, this, &JobPanel::setRawShown);
    m_raw = new JsonBox(tr("Raw JSON"), std::move(redact));
    m_raw->setMinimumHeight(rawLinesShown * fontMetrics().lineSpacing());

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_note);
    layout->addWidget(m_title);
    layout->addSpacing(layout->spacing());
    layout->addWidget(m_facts);
    layout->addWidget(m_rawToggle);
    layout->addWidget(m_raw, 1);
    layout->addStretch();
    m_scroll = new VerticalScrollArea(content);
    setRawShown(false);
    return m_scroll;
}

void JobPanel::setJob(const QByteArray &definition, const JobNames &names, const QDateTime &now)
{
    const QString before = m_details.id;
    if (definition != m_definition) {
        m_definition = definition;
        m_details = readJobDetails(definition);
    }
    m_note->hide();
    m_title->setValue(jobTitle(m_details));
    showFacts(jobFacts(m_details, names, now));
    m_raw->setJson(definition);
    m_pages->setCurrentWidget(m_scroll);
    if (m_details.id != before)
        m_scroll->verticalScrollBar()->setValue(0);
}

void JobPanel::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->show();
}

void JobPanel::setHint(const QString &sentence)
{
    m_hint->setText(sentence);
    m_pages->setCurrentWidget(m_hint);
}

void JobPanel::showFacts(const QList<JobFactGroup> &groups)
{
    if (groups == m_groups)
        return;
    const bool needsNewLabels = !hasSameNames(groups);
    m_groups = groups;
    if (needsNewLabels) {
        // Half of the facts beside half of the old ones must not be seen.
        m_facts->setUpdatesEnabled(false);
        m_facts->clear();
        m_values.clear();
    }
    qsizetype next = 0;
    for (const JobFactGroup &group : groups) {
        if (needsNewLabels)
            m_facts->addHeading(group.title);
        for (const JobFact &fact : group.facts) {
            if (needsNewLabels)
                m_values.append(m_facts->add(fact.name, fact.value));
            else
                m_values.at(next++)->setValue(fact.value);
        }
    }
    m_facts->setUpdatesEnabled(true);
}

bool JobPanel::hasSameNames(const QList<JobFactGroup> &groups) const
{
    const auto sameFact = [](const JobFact &a, const JobFact &b) { return a.name == b.name; };
    return std::equal(groups.cbegin(), groups.cend(), m_groups.cbegin(), m_groups.cend(),
                      [sameFact](const JobFactGroup &a, const JobFactGroup &b) {
                          return a.title == b.title
                              && std::equal(a.facts.cbegin(), a.facts.cend(), b.facts.cbegin(),
                                            b.facts.cend(), sameFact);
                      });
}

void JobPanel::setRawShown(bool isShown)
{
    m_rawToggle->setArrowType(isShown ? Qt::DownArrow : Qt::RightArrow);
    m_raw->setVisible(isShown);
    // Once it is laid out: beneath the facts nobody would see that it came.
    if (isShown)
        QTimer::singleShot(0, this, [this] { m_scroll->ensureWidgetVisible(m_raw); });
}

} // namespace Jobsweep
