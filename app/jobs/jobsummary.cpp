// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsummary.h"

#include "jobs/drafttraits.h"

#include <algorithm>

namespace Jobsweep {

namespace {

/// Where each class ends; the last two have no end.
constexpr std::array ageBounds{7, 30, 90, 365};

/// When the youngest of each class but the last two would have left it.
std::array<qint64, ageBounds.size()> boundsBefore(const QDateTime &utcNow)
{
    std::array<qint64, ageBounds.size()> bounds = {};
    for (size_t age = 0; age < ageBounds.size(); ++age)
        bounds[age] = daysBefore(utcNow, ageBounds[age]).toMSecsSinceEpoch();
    return bounds;
}

AgeClass ageClassOf(const std::optional<qint64> &created,
                    const std::array<qint64, ageBounds.size()> &bounds)
{
    if (!created)
        return AgeClass::Unknown;
    const auto *bound = std::find_if(bounds.cbegin(), bounds.cend(),
                                     [&created](qint64 end) { return *created >= end; });
    return static_cast<AgeClass>(bound - bounds.cbegin());
}

std::optional<qint64> millisecondsOf(const QDateTime &time)
{
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

QList<SummaryGroup> groupsOf(const QStringList &texts, const std::vector<DraftTotals> &totals)
{
    QList<SummaryGroup> groups;
    for (qsizetype number = 0; number < texts.size(); ++number) {
        if (const DraftTotals &total = totals[static_cast<size_t>(number)]; total.drafts > 0)
            groups.append({texts.at(number), total});
    }
    std::sort(groups.begin(), groups.end(), [](const SummaryGroup &a, const SummaryGroup &b) {
        return a.totals.drafts != b.totals.drafts ? a.totals.drafts > b.totals.drafts
                                                  : a.value < b.value;
    });
    return groups;
}

} // namespace

AgeClass ageClassOf(const QDateTime &created, const QDateTime &utcNow)
{
    return ageClassOf(millisecondsOf(created), boundsBefore(utcNow));
}

void DraftTotals::add(const std::optional<double> &estimate)
{
    ++drafts;
    cost += estimate.value_or(0);
    withoutCost += estimate ? 0 : 1;
}

void DraftTotals::add(const DraftTotals &others)
{
    drafts += others.drafts;
    cost += others.cost;
    withoutCost += others.withoutCost;
}

SummaryFilter filterForAge(AgeClass age, const QDateTime &utcNow)
{
    SummaryFilter filter{.column = JobModel::Column::Created};
    if (age == AgeClass::Unknown)
        return filter;
    const auto number = static_cast<size_t>(age);
    if (number < ageBounds.size())
        filter.createdFrom = daysBefore(utcNow, ageBounds[number]);
    if (number > 0)
        filter.createdBefore = daysBefore(utcNow, ageBounds[number - 1]);
    return filter;
}

int SummaryFacts::Values::numberOf(const QString &text)
{
    const QString key = text.toCaseFolded();
    if (const auto known = numbers.constFind(key); known != numbers.cend())
        return *known;
    texts.append(text);
    return *numbers.insert(key, static_cast<int>(texts.size()) - 1);
}

bool SummaryFacts::holds(int place) const
{
    const auto index = static_cast<size_t>(place);
    return index < m_facts.size() && m_facts[index].isSet;
}

void SummaryFacts::set(int place, const Job &draft)
{
    const auto index = static_cast<size_t>(place);
    if (index >= m_facts.size())
        m_facts.resize(index + 1);
    m_facts[index] = {.isSet = true,
                      .iTwin = m_iTwins.numberOf(draft.iTwinId),
                      .creator = m_creators.numberOf(draft.email),
                      .type = m_types.numberOf(draft.type),
                      .created = millisecondsOf(draft.created),
                      .cost = draft.estimatedCost};
}

void SummaryFacts::forget(int place)
{
    if (holds(place))
        m_facts[static_cast<size_t>(place)] = {};
}

void SummaryFacts::clear()
{
    *this = {};
}

JobSummary SummaryFacts::summary(const QDateTime &utcNow) const
{
    const auto bounds = boundsBefore(utcNow);
    const auto roomFor = [](const Values &values) {
        return std::vector<DraftTotals>(static_cast<size_t>(values.texts.size()));
    };
    std::vector<DraftTotals> iTwins = roomFor(m_iTwins);
    std::vector<DraftTotals> creators = roomFor(m_creators);
    std::vector<DraftTotals> types = roomFor(m_types);
    JobSummary summary;
    for (const Fact &fact : m_facts) {
        if (!fact.isSet)
            continue;
        summary.all.add(fact.cost);
        iTwins[static_cast<size_t>(fact.iTwin)].add(fact.cost);
        creators[static_cast<size_t>(fact.creator)].add(fact.cost);
        types[static_cast<size_t>(fact.type)].add(fact.cost);
        summary.ages[static_cast<size_t>(ageClassOf(fact.created, bounds))].add(fact.cost);
    }
    summary.iTwins = groupsOf(m_iTwins.texts, iTwins);
    summary.creators = groupsOf(m_creators.texts, creators);
    summary.types = groupsOf(m_types.texts, types);
    return summary;
}

} // namespace Jobsweep
