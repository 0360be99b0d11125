// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/summarypanel.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"
#include "ui/summarywording.h"
#include "ui/valuelabel.h"
#include "ui/verticalscrollarea.h"
#include "ui/wording.h"

#include <QLabel>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// In average characters: names and e-mail addresses have room beside their numbers.
constexpr int preferredWidth = 48;

QList<Bar> barsOfAges(const JobSummary &summary, const QDateTime &utcNow)
{
    QList<Bar> bars;
    for (int number = 0; number < ageClasses; ++number) {
        const DraftTotals &totals = summary.ages[static_cast<size_t>(number)];
        const auto age = static_cast<AgeClass>(number);
        // The classes of time are a scale, and stay; that some drafts have none is an exception.
        if (age != AgeClass::Unknown || totals.drafts > 0)
            bars.append({Wording::ageClass(age), totals, filterForAge(age, utcNow)});
    }
    return bars;
}

} // namespace

SummaryPanel::SummaryPanel(ITwinName nameOfITwin, QWidget *parent)
    : QStackedWidget(parent), m_nameOfITwin(std::move(nameOfITwin)), m_nothing(makePlainLabel()),
      m_count(new ValueLabel(tr("Number of drafts"))), m_cost(makePlainLabel()),
      m_note(makePlainLabel(tr("Counts the drafts that are loaded, also those that filters hide. "
                               "Estimates are those of the service."))),
      m_iTwins(new BarList(Wording::columnTitle(Column::ITwin))),
      m_creators(new BarList(Wording::columnTitle(Column::CreatedBy))),
      m_ages(new BarList(tr("Age"))), m_types(new BarList(Wording::columnTitle(Column::Type)))
{
    nameGroup(this, tr("Summary"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(fontMetrics().height());
    QFont bold = m_count->font();
    bold.setBold(true);
    m_count->setFont(bold);
    for (QLabel *label : {m_cost, m_note})
        label->setWordWrap(true);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    for (QLabel *label : {static_cast<QLabel *>(m_count), m_cost, m_note})
        layout->addWidget(label);
    for (BarList *list : {m_iTwins, m_creators, m_ages, m_types}) {
        layout->addSpacing(fontMetrics().height() / 2);
        layout->addWidget(list);
        connect(list, &BarList::activated, this, &SummaryPanel::filterRequested);
    }
    layout->addStretch();
    addWidget(m_nothing);
    addWidget(new VerticalScrollArea(content));
}

void SummaryPanel::setSummary(const JobSummary &summary, Extent extent, const QDateTime &utcNow)
{
    const bool isComplete = extent == Extent::Complete;
    m_nothing->setText(isComplete ? tr("There are no drafts among the jobs that were loaded.")
                                  : tr("No drafts so far."));
    setCurrentIndex(summary.all.drafts > 0 ? 1 : 0);
    if (summary.all.drafts == 0)
        return;
    m_count->setValue(Wording::draftsSoFar(summary.all.drafts, isComplete));
    m_cost->setText(Wording::estimatedCost(summary.all));
    m_iTwins->setBars(barsOf(summary.iTwins, Column::ITwin));
    m_creators->setBars(barsOf(summary.creators, Column::CreatedBy));
    m_types->setBars(barsOf(summary.types, Column::Type));
    m_ages->setBars(barsOfAges(summary, utcNow));
}

QSize SummaryPanel::sizeHint() const
{
    return {preferredWidth * fontMetrics().averageCharWidth(), QStackedWidget::sizeHint().height()};
}

QList<Bar> SummaryPanel::barsOf(const QList<SummaryGroup> &groups, Column column) const
{
    QList<Bar> bars;
    Bar others{{}, {}, {.column = column}};
    // A single one takes no more room under its own name.
    const qsizetype named = groups.size() == shownGroups + 1 ? groups.size() : shownGroups;
    for (const SummaryGroup &group : groups) {
        if (bars.size() < named) {
            bars.append({titleOf(group.value, column),
                         group.totals,
                         {.column = column, .values = {group.value}}});
        } else {
            others.totals.add(group.totals);
            others.filter.values.append(group.value);
        }
    }
    if (others.totals.drafts > 0) {
        others.title = tr("Others (%Ln)", nullptr, static_cast<int>(others.filter.values.size()));
        bars.append(others);
    }
    return bars;
}

QString SummaryPanel::titleOf(const QString &value, Column column) const
{
    if (value.isEmpty())
        return Wording::withoutValue(column);
    const QString name = column == Column::ITwin ? m_nameOfITwin(value) : QString();
    return visibleText(name.isEmpty() ? value : name);
}

} // namespace Jobsweep
