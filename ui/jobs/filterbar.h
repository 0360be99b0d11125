// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/itwins.h"
#include "jobs/jobquery.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace Jobsweep {

class SearchField;

/// The quick search and the State and iTwin filters.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// Shows the query without announcing it.
    void setQuery(const JobQuery &query);
    void setITwins(const QList<ITwin> &iTwins);
    /// Shows the text of a search without announcing it.
    void showSearch(const QString &text);
    void focusSearch();
    /// At once, without the delay.
    void clearSearch();

signals:
    /// A moment after the last key.
    void searchChanged(const QString &text);
    /// The person goes on from the search to what it found.
    void tableWanted();
    void queryChanged(const Jobsweep::JobQuery &query);
    /// The person wants to choose several iTwins.
    void iTwinsWanted();

private:
    void setUpSearch();
    void setUpStates();
    void setUpITwins();
    void takeQuery();
    void showQuery();
    void showITwins();
    [[nodiscard]] int placeOfITwins() const;
    [[nodiscard]] QString iTwinsText() const;
    void takeTypedITwin();

    SearchField *m_search = nullptr;
    QComboBox *m_state = nullptr;
    QComboBox *m_iTwin = nullptr;
    QToolButton *m_severalITwins = nullptr;
    JobQuery m_query;
};

} // namespace Jobsweep
