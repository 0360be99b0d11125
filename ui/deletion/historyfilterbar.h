// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"
#include "http/clock.h"

#include <QWidget>

namespace Jobsweep {

class NamedComboBox;
class SearchField;

/// Search, outcome and period of the history window.
class HistoryFilterBar final : public QWidget
{
    Q_OBJECT

public:
    /// `clock` says what today is; it must outlive the bar.
    explicit HistoryFilterBar(const Clock &clock, QWidget *parent = nullptr);

    /// Everything but the run; a period counts back from now.
    [[nodiscard]] HistoryFilter filter() const;
    void focusSearch();
    /// Shows everything; emits filterChanged() when that is news.
    void clearAll();

signals:
    /// For a search, a moment after the last key.
    void filterChanged();

private:
    void setUpOutcomes();
    void setUpPeriods();
    void announce();

    const Clock &m_clock;
    SearchField *m_search;
    NamedComboBox *m_outcome;
    NamedComboBox *m_period;
    HistoryFilter m_announced;
};

} // namespace Jobsweep
