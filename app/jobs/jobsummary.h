// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the drafts come from: counts and estimated costs by iTwin, creator, age and type. Pure
// values; SummaryCounter keeps them in step with a model.

#include "jobs/jobmodel.h"

#include <QHash>
#include <QStringList>

#include <array>
#include <vector>

namespace Jobsweep {

/// How long ago a job was created, in days of 24 hours: each class goes up to its own number and
/// begins where the one before ends.
enum class AgeClass { Days7, Days30, Days90, Year, Older, Unknown };
inline constexpr int ageClasses = static_cast<int>(AgeClass::Unknown) + 1;

[[nodiscard]] AgeClass ageClassOf(const QDateTime &created, const QDateTime &utcNow);

struct DraftTotals
{
    int drafts = 0;
    /// The sum of the service's estimates.
    double cost = 0;
    /// How many of the drafts have no estimate.
    int withoutCost = 0;

    /// Nothing for a draft without an estimate.
    void add(const std::optional<double> &estimate);
    void add(const DraftTotals &others);
    friend bool operator==(const DraftTotals &, const DraftTotals &) = default;
};

/// The drafts that have a value in common.
struct SummaryGroup
{
    /// As the first of them has it; empty for drafts that have none.
    QString value;
    DraftTotals totals;

    friend bool operator==(const SummaryGroup &, const SummaryGroup &) = default;
};

struct JobSummary
{
    DraftTotals all;
    /// The one with the most drafts first, equals by value.
    QList<SummaryGroup> iTwins;
    QList<SummaryGroup> creators;
    QList<SummaryGroup> types;
    /// By AgeClass.
    std::array<DraftTotals, ageClasses> ages = {};
};

/// The jobs that a part of the summary stands for: what to show of the table. Says nothing about
/// their state.
struct SummaryFilter
{
    /// ITwin, CreatedBy or Type, for which `values` counts; or Created, for which the times do.
    JobModel::Column column = JobModel::Column::ITwin;
    /// The job's raw value is one of these, in any case; an empty one stands for jobs that have
    /// none.
    QStringList values = {};
    /// UTC, from the first (inclusive) to before the second; an invalid one is no bound, and two of
    /// them stand for jobs that do not say when they were created.
    QDateTime createdFrom = {};
    QDateTime createdBefore = {};

    friend bool operator==(const SummaryFilter &, const SummaryFilter &) = default;
};

[[nodiscard]] SummaryFilter filterForAge(AgeClass age, const QDateTime &utcNow);

/// A few small values of every draft, from which a summary of 100 000 takes about a millisecond.
/// Each is kept in a place of its own, a small number such as JobModel::slotAt().
class SummaryFacts
{
public:
    [[nodiscard]] bool holds(int place) const;
    void set(int place, const Job &draft);
    void forget(int place);
    void clear();

    [[nodiscard]] JobSummary summary(const QDateTime &utcNow) const;

private:
    /// Numbers for the few values that many jobs share.
    struct Values
    {
        QHash<QString, int> numbers;
        QStringList texts;

        [[nodiscard]] int numberOf(const QString &text);
    };
    struct Fact
    {
        bool isSet = false;
        int iTwin = 0;
        int creator = 0;
        int type = 0;
        /// Milliseconds since 1970.
        std::optional<qint64> created;
        std::optional<double> cost;
    };

    std::vector<Fact> m_facts;
    Values m_iTwins;
    Values m_creators;
    Values m_types;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::SummaryFilter)
