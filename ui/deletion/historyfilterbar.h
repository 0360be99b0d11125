// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"
#include "http/clock.h"

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLineEdit;

namespace Jobsweep {

class NamedComboBox;

/// Search, outcome and period of the history window.
class HistoryFilterBar final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds searchDelay{150};

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
    void setUpSearch();
    void setUpOutcomes();
    void setUpPeriods();
    void announce();

    const Clock &m_clock;
    QLineEdit *m_search;
    NamedComboBox *m_outcome;
    NamedComboBox *m_period;
    QTimer m_searchTimer;
    HistoryFilter m_announced;
};

} // namespace Jobsweep
