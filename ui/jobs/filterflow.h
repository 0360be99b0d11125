// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/savedviews.h"
#include "core.h"
#include "jobs/jobsummary.h"

#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QMenu;

namespace Jobsweep {

class FilterBar;
class FilterChips;
class JobTable;
class JobTableProxy;
class ListingFlow;
class MoreFilters;

/// Everything that narrows the list, in one place: takes it from the filter bar and the filters
/// beneath it, the chips and the table's context menu, applies it, shows it and remembers the
/// query. Jobs that it hides leave the selection, and it says so.
class FilterFlow final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Core &core;
        JobTableProxy &proxy;
        JobTable &table;
        FilterBar &bar;
        MoreFilters &more;
        /// Shows and hides `more`; remembered.
        QAction &showMore;
        FilterChips &chips;
        ListingFlow &listing;
    };

    /// Everything in `parts` must outlive this object.
    explicit FilterFlow(const Parts &parts, QObject *parent = nullptr);

    /// Shows it in the bar, filters by it and asks the service where that needs it.
    void setQuery(const JobQuery &query);
    /// The same, but asks nobody and is not remembered; for a window that is not open yet.
    void restoreQuery(const JobQuery &query);
    void setValueFilters(const QList<ValueFilter> &filters);
    /// Only the drafts that a part of the summary stands for, in place of other filters by the same
    /// column.
    void showDrafts(const Jobsweep::SummaryFilter &filter);
    /// Asks for iTwins by name and shows their jobs.
    void chooseITwins();
    /// No search, no value filters, all states, the person's own jobs.
    void clearAll();

    /// What is in force, without a name and without the table's columns …
    [[nodiscard]] SavedView view() const;
    /// … and the way back to it.
    void show(const SavedView &view);

    /// Whether the search or a value filter is in force.
    [[nodiscard]] bool isNarrowed() const;
    /// To be called when the number of jobs that are loaded or shown changed.
    void updateMatches();

signals:
    /// A sentence for the status bar.
    void message(const QString &sentence);
    /// Other jobs may be shown now.
    void changed();

private:
    struct Chip
    {
        QString text;
        std::function<void()> remove;
    };

    void setSearch(const QString &text);
    void take(const JobQuery &query, const QList<ValueFilter> &values);
    void forgetForeignValues();
    void showQuery(const JobQuery &query);
    void clearChips();
    void addToMenu(QMenu *menu, const QModelIndex &cell);
    [[nodiscard]] std::vector<Chip> chips();
    void addQueryChips(std::vector<Chip> *chips);
    /// One for each value, or for all of a column that are let in where there are many.
    void addValueChips(std::vector<Chip> *chips);
    void updateChips();
    void sayHidden(int selectedBefore);
    [[nodiscard]] int selected() const;

    Parts m_parts;
    QString m_search;
    std::vector<Chip> m_chips;
};

} // namespace Jobsweep
