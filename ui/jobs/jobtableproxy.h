// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/itwins.h"
#include "jobs/jobmodel.h"
#include "jobs/jobquery.h"
#include "jobs/valuefilter.h"
#include "ui/jobs/joborder.h"
#include "ui/jobs/quicksearch.h"
#include "ui/jobs/rowproxy.h"

namespace Jobsweep {

/// The jobs as people see them: values turned into words, ordered, and filtered by the quick
/// search, the query and exact values. Compares and searches the jobs themselves, not QVariants.
class JobTableProxy final : public RowProxy
{
    Q_OBJECT

public:
    enum Role {
        /// Whether the row's Delete button works; bool.
        DeletableRole = Qt::UserRole,
    };

    /// The references must outlive the proxy.
    JobTableProxy(JobModel &jobs, const ITwins &iTwins, QObject *parent = nullptr);

    /// Shows rows in which every word of `text` occurs in some column, in any case.
    void setSearch(const QString &text);
    [[nodiscard]] bool isSearching() const { return !m_search.isEmpty(); }
    /// Shows rows that match at that time; rows in a deletion stay whatever became of their state.
    void setQuery(const JobQuery &query, const QDateTime &now = QDateTime::currentDateTimeUtc());
    /// All three at once: the rows are filtered once.
    void setFilters(const JobQuery &query, const QDateTime &now, const QList<ValueFilter> &values,
                    const QString &search);
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    /// Narrows further; rows in a deletion ignore those by state.
    void setValueFilters(const QList<ValueFilter> &filters);
    [[nodiscard]] const QList<ValueFilter> &valueFilters() const { return m_valueFilters; }

    [[nodiscard]] const Job &jobAt(int row) const;
    [[nodiscard]] bool isDeletableAt(int row) const;
    [[nodiscard]] bool isInDeletionAt(int row) const;
    /// -1 when it is not shown.
    [[nodiscard]] int rowOf(const JobId &id) const;
    [[nodiscard]] JobModel &jobs() const { return m_jobs; }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

protected:
    [[nodiscard]] bool accepts(int sourceRow) const override;
    [[nodiscard]] bool comesBefore(int sourceRow, int otherSourceRow) const override;
    [[nodiscard]] bool decidesPlaces(const QList<int> &roles) const override;
    void sortRows(std::vector<int> *sourceRows) const override;

private:
    /// Whether the filter may let other rows pass now.
    bool takeQuery(const JobQuery &query, const QDateTime &now);
    bool takeValueFilters(const QList<ValueFilter> &filters);
    [[nodiscard]] QString text(int sourceRow, JobModel::Column column) const;
    [[nodiscard]] QString toolTip(int sourceRow, JobModel::Column column) const;
    [[nodiscard]] QString deleteSentence(int sourceRow) const;
    void takeITwinNames();

    JobModel &m_jobs;
    const ITwins &m_iTwins;
    JobOrder m_order;
    QuickSearch m_search;
    JobQuery m_query;
    JobMatcher m_matcher{{}, {}};
    QList<ValueFilter> m_valueFilters;
    ValueMatcher m_values;
};

} // namespace Jobsweep
