// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "Only this" and "Not this": narrows what was loaded by exact values of columns, without the
// service.

#include "jobs/jobmodel.h"
#include "jobs/jobquery.h"

#include <QList>
#include <QSet>
#include <QString>

#include <vector>

namespace Jobsweep {

struct ValueFilter
{
    enum class Kind { Only, Not };

    JobModel::Column column = JobModel::Column::Name;
    Kind kind = Kind::Only;
    /// As filterValue() gives it; empty for jobs that have none.
    QString value;

    friend bool operator==(const ValueFilter &, const ValueFilter &) = default;
};

/// What filters compare of a job, independent of language: texts and ids as they came, a known
/// state by the service's word, a time by its day here (ISO), a cost with two decimals.
[[nodiscard]] QString filterValue(const Job &job, JobModel::Column column);

/// Adds a filter: it takes the place of its own contrary, and of other values of the column when it
/// is one of several that were let in.
[[nodiscard]] QList<ValueFilter> withValueFilter(QList<ValueFilter> filters,
                                                 const ValueFilter &added);

/// The filters made ready for 100 000 jobs. A job matches when every column has one of its `Only`
/// values, if there are any, and none of its `Not` values. Names are compared exactly, everything
/// else in any case.
class ValueMatcher
{
public:
    ValueMatcher() = default;
    explicit ValueMatcher(const QList<ValueFilter> &filters);

    /// `Passed` ignores the filters by state.
    [[nodiscard]] bool matches(const Job &job, StateFilter state = StateFilter::Looked) const;

private:
    struct Value
    {
        QString text;
        /// Of a day, in milliseconds since 1970.
        qint64 from = 0;
        qint64 before = 0;
    };
    struct OfColumn
    {
        JobModel::Column column;
        std::vector<Value> only;
        /// In place of `only`, where there are many.
        QSet<QString> onlyKeys;
        std::vector<Value> no;
    };

    [[nodiscard]] OfColumn &entryOf(JobModel::Column column);
    [[nodiscard]] static bool hasValue(const Job &job, JobModel::Column column, const Value &value);

    std::vector<OfColumn> m_columns;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::ValueFilter)
