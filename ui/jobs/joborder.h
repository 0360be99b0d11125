// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The order of the jobs by one column. What is compared is made once for each job, as a number
// where that says it all, so that 100 000 rows are sorted in a blink.

#include "jobs/itwins.h"
#include "jobs/jobmodel.h"

#include <QByteArray>
#include <QHash>

#include <vector>

namespace Jobsweep {

[[nodiscard]] bool isEmptyIn(const Job &job, JobModel::Column column);

class JobOrder final
{
public:
    /// The references must outlive the order. Rows are those of `jobs`.
    JobOrder(const JobModel &jobs, const ITwins &iTwins) : m_jobs(jobs), m_iTwins(iTwins) { }

    /// Orders by this column from now on.
    void setColumn(JobModel::Column column, Qt::SortOrder direction);
    /// To be called for rows that came or changed, before anything else.
    void read(int firstRow, int lastRow);

    /// A strict order without equals: empty values last in both directions, equal values by id.
    [[nodiscard]] bool comesBefore(int row, int otherRow) const;
    void sort(std::vector<int> *rows) const;

private:
    struct Key
    {
        /// A number in the order of the values, or the first bytes of `text` …
        quint64 head = 0;
        /// … and those after them.
        quint64 next = 0;
        /// Only of columns that are ordered as text.
        QByteArray text;
        bool isEmpty = false;
    };
    /// What is compared of all rows: a piece of the value, which fits into a number, or the id.
    struct Level
    {
        enum class Of { Value, Id, Rest };
        Of of = Of::Value;
        qsizetype piece = 0;
    };
    struct Place
    {
        quint64 head = 0;
        int row = 0;
    };
    using Places = std::vector<Place>::iterator;

    [[nodiscard]] size_t slotAt(int row) const { return static_cast<size_t>(m_jobs.slotAt(row)); }
    [[nodiscard]] const Key &keyOf(int row) const { return m_keys[slotAt(row)]; }
    [[nodiscard]] Key makeKey(int row);
    [[nodiscard]] const QByteArray &sharedKey(const QString &value);
    [[nodiscard]] bool ascends(int row, int otherRow) const;
    [[nodiscard]] quint64 headAt(int row, Level level) const;
    [[nodiscard]] Level levelAfter(Level level, quint64 head) const;
    void sortAscending(Places first, Places last, Level level) const;

    const JobModel &m_jobs;
    const ITwins &m_iTwins;
    JobModel::Column m_column = JobModel::Column::Id;
    Qt::SortOrder m_direction = Qt::AscendingOrder;
    /// By slot of the model.
    std::vector<Key> m_keys;
    /// The beginnings of the ids, which order equal values of any column. By slot, too.
    std::vector<quint64> m_ids;
    /// Of values that many jobs share.
    QHash<QString, QByteArray> m_sharedKeys;
};

} // namespace Jobsweep
