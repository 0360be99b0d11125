// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The quick search: whether every word of a text occurs in some column of a row, in any case.
//
// Made for 100 000 rows between two keys: what many jobs share is looked at once, dates and numbers
// only where a word could be in one, and nothing is written out that need not be.

#include "jobs/jobmodel.h"

#include <QHash>
#include <QStringList>

#include <array>
#include <functional>
#include <optional>

namespace Jobsweep {

class QuickSearch final
{
public:
    /// What a column shows of a row of the model.
    using Text = std::function<QString(int row, JobModel::Column column)>;

    /// The model must outlive the search.
    QuickSearch(const JobModel &jobs, const Text &text) : m_jobs(jobs), m_text(text) { }

    enum class Change {
        None,
        /// Only rows that matched can match now.
        Narrower,
        Other,
    };
    Change setText(const QString &text);
    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty(); }
    [[nodiscard]] bool matches(int row) const;
    /// To be called when the same values have other words now.
    void forgetValues();

private:
    /// One bit for each word.
    using Found = quint64;
    static constexpr qsizetype maximumWords = 64;
    struct Near
    {
        QString value;
        std::optional<Found> found;
    };
    struct SharedValues
    {
        QHash<QString, Found> all;
        std::array<Near, 64> near;
    };
    struct LocalTime
    {
        qint64 day = 0;
        qint64 secondOfDay = 0;
    };

    [[nodiscard]] Found inText(const QString &text) const;
    [[nodiscard]] Found inShared(int row, JobModel::Column column, const QString &value) const;
    [[nodiscard]] Found inState(int row) const;
    [[nodiscard]] Found inTime(const QDateTime &utc) const;
    [[nodiscard]] Found inCost(int row, const Job &job) const;
    [[nodiscard]] LocalTime localTime(const QDateTime &utc) const;
    void findPossible();
    [[nodiscard]] Found possibleIn(const QStringList &examples) const;

    const JobModel &m_jobs;
    Text m_text;
    QStringList m_words;
    Found m_all = 0;
    /// The words that could be in a date, a time of day and a cost.
    Found m_maybeDates = 0;
    Found m_maybeTimes = 0;
    Found m_maybeCosts = 0;
    /// Times of day that differ by less look the same.
    qint64 m_secondsShown = 1;
    mutable std::array<SharedValues, JobModel::columns> m_shared;
    mutable QHash<qint64, Found> m_days;
    mutable QHash<qint64, Found> m_times;
    /// What local time is ahead of UTC, by day; nothing for a day on which that changes.
    mutable QHash<qint64, std::optional<qint64>> m_offsets;
};

} // namespace Jobsweep
