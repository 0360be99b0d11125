// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/itwins.h"
#include "jobs/jobquery.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace Jobsweep {

/// The quick search and the State and iTwin filters.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    /// Between the last key and searchChanged().
    static constexpr std::chrono::milliseconds searchDelay{150};

    explicit FilterBar(QWidget *parent = nullptr);

    /// Shows the query without announcing it.
    void setQuery(const JobQuery &query);
    void setITwins(const QList<ITwin> &iTwins);
    void focusSearch();
    /// At once, without the delay.
    void clearSearch();
    /// No search, all states, the person's own jobs.
    void clearAll();

signals:
    void searchChanged(const QString &text);
    void queryChanged(const Jobsweep::JobQuery &query);

private:
    void setUpSearch();
    void setUpStates();
    void setUpITwins();
    void takeQuery();
    void showQuery();
    void takeTypedITwin();
    void announceSearch();

    QLineEdit *m_search = nullptr;
    QComboBox *m_state = nullptr;
    QComboBox *m_iTwin = nullptr;
    QTimer m_searchTimer;
    QString m_announcedSearch;
    JobQuery m_query;
};

} // namespace Jobsweep
