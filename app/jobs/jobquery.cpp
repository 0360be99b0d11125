// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobquery.h"

#include "jobs/jobfilter.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

bool holdsAll(const QStringList &wider, const QStringList &narrower)
{
    return std::ranges::all_of(narrower, [&wider](const QString &text) {
        return wider.contains(text, Qt::CaseInsensitive);
    });
}

QDateTime wholeSeconds(const QDateTime &time)
{
    return time.isValid() ? QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), Qt::UTC)
                          : QDateTime();
}

/// An invalid time is no bound.
bool isNoEarlier(const QDateTime &time, const QDateTime &bound)
{
    return !bound.isValid() || (time.isValid() && time >= bound);
}

/// As many ids as a query of 2 KiB holds, percent-encoded: the least that servers are known to
/// take.
constexpr qsizetype idsInOnePiece = 40;

QStringList piecesOf(const QList<JobId> &ids)
{
    QStringList pieces;
    for (qsizetype first = 0; first < ids.size(); first += idsInOnePiece) {
        QStringList texts;
        for (const JobId &id : ids.mid(first, idsInOnePiece)) {
            if (id.isSafe())
                texts.append(id.text);
        }
        pieces.append(FilterTerm::text(FilterProperty::Id, FilterOperator::In, texts).expression());
    }
    return pieces;
}

/// What the service is asked for beside whose jobs; the spans first.
std::vector<FilterTerm> termsOf(const JobQuery &query, FilterForm form, const QDateTime &now)
{
    std::vector<FilterTerm> terms;
    const QDateTime after = wholeSeconds(query.created.after);
    const QDateTime end = query.created.end(now);
    if (form == FilterForm::AsPublished) {
        if (after.isValid())
            terms.push_back(FilterTerm::created(FilterOperator::Gt, {after.addSecs(-1)}));
        return terms;
    }
    if (after.isValid())
        terms.push_back(FilterTerm::created(FilterOperator::Ge, {after}));
    if (end.isValid())
        terms.push_back(FilterTerm::created(FilterOperator::Lt, {end}));
    if (query.state && form == FilterForm::Full) {
        terms.push_back(
            FilterTerm::text(FilterProperty::State, FilterOperator::Eq, {textOf(*query.state)}));
    }
    if (!query.types.isEmpty())
        terms.push_back(FilterTerm::text(FilterProperty::Type, FilterOperator::In, query.types));
    if (isAddress(query.createdBy)) {
        terms.push_back(
            FilterTerm::text(FilterProperty::Email, FilterOperator::In, {query.createdBy}));
    }
    return terms;
}

} // namespace

bool CreatedRange::isBounded() const
{
    return olderThanDays || after.isValid() || before.isValid();
}

QDateTime CreatedRange::end(const QDateTime &now) const
{
    if (!olderThanDays)
        return wholeSeconds(before);
    const QDateTime old = wholeSeconds(now.toUTC().addDays(-*olderThanDays));
    return before.isValid() ? std::min(old, wholeSeconds(before)) : old;
}

bool CreatedRange::covers(const CreatedRange &other) const
{
    const bool endsLater = !before.isValid() || (other.before.isValid() && other.before <= before);
    const bool isYounger
        = !olderThanDays || (other.olderThanDays && *other.olderThanDays >= *olderThanDays);
    return isNoEarlier(other.after, after) && endsLater && isYounger;
}

bool JobQuery::covers(const JobQuery &other) const
{
    if (!ids.isEmpty() || !other.ids.isEmpty())
        return ids == other.ids;
    const bool sameOwner = iTwinIds.isEmpty() == other.iTwinIds.isEmpty();
    const bool sameCreator
        = !isAddress(createdBy) || createdBy.compare(other.createdBy, Qt::CaseInsensitive) == 0;
    const bool allTypes
        = types.isEmpty() || (!other.types.isEmpty() && holdsAll(types, other.types));
    return sameOwner && holdsAll(iTwinIds, other.iTwinIds) && (!state || state == other.state)
        && allTypes && created.covers(other.created) && sameCreator;
}

JobMatcher::JobMatcher(const JobQuery &query, const QDateTime &now)
    : m_query(query), m_end(query.created.end(now)), m_isCreatorWhole(isAddress(query.createdBy))
{
    m_query.created.after = wholeSeconds(query.created.after);
    m_ids.reserve(query.ids.size());
    for (const JobId &id : query.ids)
        m_ids.insert(id.text.toLower());
}

bool JobMatcher::matches(const Job &job, StateFilter state) const
{
    if (state == StateFilter::Looked && m_query.state && job.state != *m_query.state)
        return false;
    if (!m_ids.isEmpty() && !m_ids.contains(job.id.text.toLower()))
        return false;
    if (!m_query.iTwinIds.isEmpty() && !m_query.iTwinIds.contains(job.iTwinId, Qt::CaseInsensitive))
        return false;
    if (!m_query.types.isEmpty() && !m_query.types.contains(job.type, Qt::CaseInsensitive))
        return false;
    if (m_end.isValid() && (!job.created.isValid() || job.created >= m_end))
        return false;
    if (!isNoEarlier(job.created, m_query.created.after))
        return false;
    const bool fitsCreator = m_isCreatorWhole
        ? job.email.compare(m_query.createdBy, Qt::CaseInsensitive) == 0
        : job.email.contains(m_query.createdBy, Qt::CaseInsensitive);
    return fitsCreator && job.name.contains(m_query.name, Qt::CaseInsensitive);
}

bool isAddress(const QString &text)
{
    const qsizetype at = text.indexOf(u'@');
    const qsizetype dot = text.lastIndexOf(u'.');
    const bool hasParts
        = at > 0 && at == text.lastIndexOf(u'@') && dot > at + 1 && dot < text.size() - 1;
    return hasParts && std::ranges::none_of(text, [](QChar character) {
               return character.isSpace() || !character.isPrint() || character == u'\'';
           });
}

QStringList filterExpressions(const JobQuery &query, FilterForm form, const QDateTime &now)
{
    if (!query.ids.isEmpty())
        return piecesOf(query.ids);
    const std::vector<FilterTerm> terms = termsOf(query, form, now);
    QStringList lists;
    for (const QString &iTwinId : query.iTwinIds) {
        const auto ofITwin
            = FilterTerm::text(FilterProperty::ITwinId, FilterOperator::Eq, {iTwinId});
        JobFilter filter{{{ofITwin}}};
        filter.alternatives.front().insert(filter.alternatives.front().end(), terms.begin(),
                                           terms.end());
        // Without the iTwin it would be the question for another list.
        lists.append(ofITwin.expression().isEmpty() ? QString() : filter.expression());
    }
    if (query.iTwinIds.isEmpty()) {
        const QString own = JobFilter{{terms}}.expression();
        if (own.isEmpty())
            lists.append(filterOwnJobs());
        else if (own.startsWith("createdDateTime"_L1))
            lists.append(own);
        else
            lists.append(filterOwnJobs() % " and "_L1 % own);
    }
    return lists;
}

QString filterCreatedAfter(const QDateTime &utc)
{
    return "createdDateTime gt "_L1 + utc.toUTC().toString(Qt::ISODate);
}

QString filterOwnJobs()
{
    // The service wants a filter; every job was created after this.
    return filterCreatedAfter(QDate(2000, 1, 1).startOfDay(Qt::UTC));
}

} // namespace Jobsweep
