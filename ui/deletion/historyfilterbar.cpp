// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyfilterbar.h"

#include "ui/namedcombobox.h"
#include "ui/plaintext.h"
#include "ui/searchfield.h"
#include "ui/wording.h"

#include <QHBoxLayout>
#include <QLabel>

#include <array>

namespace Jobsweep {

namespace {

constexpr std::array offeredOutcomes{
    Outcome::Deleted, Outcome::AlreadyGone, Outcome::Refused,
    Outcome::Failed,  Outcome::Unknown,     Outcome::Cancelled,
};
// Beside the outcomes, which are not negative.
constexpr int anyOutcome = -1;
constexpr int notFinished = -2;
/// In days, today included; 0 is any time.
constexpr int anyTime = 0;
constexpr int today = 1;

} // namespace

HistoryFilterBar::HistoryFilterBar(const Clock &clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_search(new SearchField),
      m_outcome(new NamedComboBox(tr("Outcome"))), m_period(new NamedComboBox(tr("Period")))
{
    m_search->setAccessibleName(tr("Search history"));
    m_search->setPlaceholderText(tr("Search by job, id, code or message…"));
    connect(m_search, &SearchField::searchChanged, this, &HistoryFilterBar::announce);
    setUpOutcomes();
    setUpPeriods();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_search, 1);
    layout->addSpacing(layout->spacing());
    layout->addWidget(makeCaption(tr("Outcome"), m_outcome));
    layout->addWidget(m_outcome);
    layout->addSpacing(layout->spacing());
    layout->addWidget(makeCaption(tr("Period"), m_period));
    layout->addWidget(m_period);
}

void HistoryFilterBar::setUpOutcomes()
{
    m_outcome->addItem(tr("Any", "outcome of a deletion"), anyOutcome);
    for (const Outcome outcome : offeredOutcomes)
        m_outcome->addItem(Wording::outcome(outcome), static_cast<int>(outcome));
    m_outcome->addItem(tr("Not finished", "outcome of a deletion"), notFinished);
    connect(m_outcome, &QComboBox::activated, this, &HistoryFilterBar::announce);
}

void HistoryFilterBar::setUpPeriods()
{
    m_period->addItem(tr("Any time"), anyTime);
    m_period->addItem(tr("Today"), today);
    m_period->addItem(tr("Last 7 days"), 7);
    m_period->addItem(tr("Last 30 days"), 30);
    m_period->addItem(tr("Last year"), 365);
    connect(m_period, &QComboBox::activated, this, &HistoryFilterBar::announce);
}

HistoryFilter HistoryFilterBar::filter() const
{
    HistoryFilter filter;
    filter.text = m_search->text().trimmed();
    const int outcome = m_outcome->currentData().toInt();
    filter.isUnfinishedOnly = outcome == notFinished;
    if (outcome >= 0)
        filter.outcome = static_cast<Outcome>(outcome);
    if (const int days = m_period->currentData().toInt(); days != anyTime) {
        const QDate day = m_clock.utc().toLocalTime().date().addDays(1 - days);
        filter.from = day.startOfDay().toUTC();
    }
    return filter;
}

void HistoryFilterBar::focusSearch()
{
    m_search->takeFocus();
}

void HistoryFilterBar::clearAll()
{
    m_outcome->setCurrentIndex(0);
    m_period->setCurrentIndex(0);
    m_search->clear();
    announce();
}

void HistoryFilterBar::announce()
{
    const HistoryFilter now = filter();
    if (now == m_announced)
        return;
    m_announced = now;
    emit filterChanged();
}

} // namespace Jobsweep
