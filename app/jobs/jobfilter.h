// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QStringList>

#include <vector>

namespace Jobsweep {

// The properties and operators that the service's documentation of "list jobs" names for `$filter`.
enum class FilterProperty {
    Id,
    ITwinId,
    Name,
    Email,
    Type,
    State,
    CreatedDateTime,
    InputId,
    OutputId
};
enum class FilterOperator { Eq, Ne, Lt, Le, Gt, Ge, In };

/// `property operator value`, as a value: it can be written for the service, and it can be asked of
/// a Job here, in the same sense:
/// - Names differ by case; ids, addresses, types and states do not.
/// - A missing value is not equal to any other and comes neither before nor after one, as in OData.
/// - Of several inputs or outputs one has to match; for `ne` none may be equal.
/// - Times in a term are whole seconds, those of jobs are compared to the millisecond.
class FilterTerm final
{
public:
    /// Several values only with In. Not for CreatedDateTime.
    [[nodiscard]] static FilterTerm text(FilterProperty property, FilterOperator comparison,
                                         const QStringList &values);
    /// CreatedDateTime; a fraction of a second is cut off. Several times only with In.
    [[nodiscard]] static FilterTerm created(FilterOperator comparison,
                                            const QList<QDateTime> &times);

    /// Empty when a value has a character that no documented form can carry; such a term can only
    /// be asked here.
    [[nodiscard]] QString expression() const;
    [[nodiscard]] bool matches(const Job &job) const;

private:
    FilterTerm(FilterProperty property, FilterOperator comparison, const QStringList &values,
               const QList<QDateTime> &times);

    [[nodiscard]] bool matchesText(const QString &text) const;
    [[nodiscard]] bool matchesAny(const QStringList &texts) const;
    [[nodiscard]] bool matchesTime(const QDateTime &time) const;

    FilterProperty m_property;
    FilterOperator m_comparison;
    /// Times as they are written.
    QStringList m_values;
    QList<QDateTime> m_times;
};

/// Alternatives, joined by `or`, of terms that are joined by `and`: all that can be written without
/// parentheses, which the service does not document. An alternative without terms takes every job,
/// a filter without alternatives none.
struct JobFilter
{
    std::vector<std::vector<FilterTerm>> alternatives;

    /// The `$filter` text. What cannot be written is left out, so that it never asks for less than
    /// the filter takes; empty when nothing is left to ask.
    [[nodiscard]] QString expression() const;
    [[nodiscard]] bool matches(const Job &job) const;
};

} // namespace Jobsweep
