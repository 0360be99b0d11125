// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/itwins.h"
#include "jobs/jobmodel.h"
#include "jobs/jobquery.h"
#include "jobs/valuefilter.h"
#include "ui/jobs/rowproxy.h"

#include <QStringList>

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
    [[nodiscard]] bool isSearching() const { return !m_words.isEmpty(); }
    /// Shows rows that match at that time; rows in a deletion stay whatever became of their state.
    void setQuery(const JobQuery &query, const QDateTime &now = QDateTime::currentDateTimeUtc());
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    /// Narrows further; rows in a deletion ignore those by state.
    void setValueFilters(const QList<ValueFilter> &filters);
    [[nodiscard]] const QList<ValueFilter> &valueFilters() const { return m_valueFilters; }

    [[nodiscard]] const Job &jobAt(int row) const;
    [[nodiscard]] bool isDeletableAt(int row) const;
    /// -1 when it is not shown.
    [[nodiscard]] int rowOf(const JobId &id) const;
    [[nodiscard]] JobModel &jobs() const { return m_jobs; }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

protected:
    [[nodiscard]] bool accepts(int sourceRow) const override;
    [[nodiscard]] bool comesBefore(int sourceRow, int otherSourceRow) const override;
    [[nodiscard]] bool decidesPlaces(const QList<int> &roles) const override;
    void beginSorting() override;
    void endSorting() override;

private:
    [[nodiscard]] QString text(int sourceRow, JobModel::Column column) const;
    [[nodiscard]] QString toolTip(int sourceRow, JobModel::Column column) const;
    [[nodiscard]] QString deleteSentence(int sourceRow) const;
    [[nodiscard]] QString iTwinText(const Job &job) const;
    [[nodiscard]] const QString &searchText(int sourceRow) const;
    [[nodiscard]] QString sortKey(int sourceRow, JobModel::Column column) const;
    [[nodiscard]] int orderOfTexts(int sourceRow, int otherSourceRow,
                                   JobModel::Column column) const;
    void takeITwinNames();
    void forgetSearchTexts(int firstSourceRow, int lastSourceRow);

    JobModel &m_jobs;
    const ITwins &m_iTwins;
    QStringList m_words;
    JobQuery m_query;
    JobMatcher m_matcher{{}, {}};
    QList<ValueFilter> m_valueFilters;
    ValueMatcher m_values;
    mutable QHash<JobId, QString> m_searchTexts;
    /// By source row; only while all rows are sorted.
    std::vector<QString> m_sortKeys;
};

} // namespace Jobsweep
