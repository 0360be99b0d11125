// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobfilter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QLatin1StringView nameOf(FilterProperty property)
{
    switch (property) {
    case FilterProperty::Id:
        return "id"_L1;
    case FilterProperty::ITwinId:
        return "iTwinId"_L1;
    case FilterProperty::Name:
        return "name"_L1;
    case FilterProperty::Email:
        return "email"_L1;
    case FilterProperty::Type:
        return "type"_L1;
    case FilterProperty::State:
        return "state"_L1;
    case FilterProperty::CreatedDateTime:
        return "createdDateTime"_L1;
    case FilterProperty::InputId:
        return "inputId"_L1;
    case FilterProperty::OutputId:
        return "outputId"_L1;
    }
    Q_UNREACHABLE();
}

QLatin1StringView nameOf(FilterOperator comparison)
{
    switch (comparison) {
    case FilterOperator::Eq:
        return "eq"_L1;
    case FilterOperator::Ne:
        return "ne"_L1;
    case FilterOperator::Lt:
        return "lt"_L1;
    case FilterOperator::Le:
        return "le"_L1;
    case FilterOperator::Gt:
        return "gt"_L1;
    case FilterOperator::Ge:
        return "ge"_L1;
    case FilterOperator::In:
        return "in"_L1;
    }
    Q_UNREACHABLE();
}

/// Ids and times are published bare; of a state nothing is published, and it is a word like them.
bool isWrittenBare(FilterProperty property)
{
    switch (property) {
    case FilterProperty::Id:
    case FilterProperty::ITwinId:
    case FilterProperty::State:
    case FilterProperty::CreatedDateTime:
    case FilterProperty::InputId:
    case FilterProperty::OutputId:
        return true;
    case FilterProperty::Name:
    case FilterProperty::Email:
    case FilterProperty::Type:
        return false;
    }
    Q_UNREACHABLE();
}

/// Nothing that could end the literal, and no word of the language.
bool isBareLiteral(const QString &text)
{
    constexpr std::array words{"and"_L1, "or"_L1, "not"_L1, "eq"_L1, "ne"_L1,
                               "lt"_L1,  "le"_L1, "gt"_L1,  "ge"_L1, "in"_L1};
    const bool isWord = std::ranges::find(words, text) != words.end();
    return !isWord && !text.isEmpty() && std::ranges::all_of(text, [](QChar character) {
        return (character < u'\u0080' && character.isLetterOrNumber()) || character == u'-'
            || character == u'_' || character == u':';
    });
}

bool isQuotable(const QString &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar character) {
        return character.isPrint() && character != u'\'';
    });
}

QString quoted(const QString &text)
{
    return u'\'' % text % u'\'';
}

bool holds(FilterOperator comparison, int order)
{
    switch (comparison) {
    case FilterOperator::Eq:
    case FilterOperator::In:
        return order == 0;
    case FilterOperator::Ne:
        return order != 0;
    case FilterOperator::Lt:
        return order < 0;
    case FilterOperator::Le:
        return order <= 0;
    case FilterOperator::Gt:
        return order > 0;
    case FilterOperator::Ge:
        return order >= 0;
    }
    Q_UNREACHABLE();
}

bool asksForOrder(FilterOperator comparison)
{
    switch (comparison) {
    case FilterOperator::Lt:
    case FilterOperator::Le:
    case FilterOperator::Gt:
    case FilterOperator::Ge:
        return true;
    case FilterOperator::Eq:
    case FilterOperator::Ne:
    case FilterOperator::In:
        return false;
    }
    Q_UNREACHABLE();
}

QStringList idsOf(const QJsonValue &objects)
{
    QStringList ids;
    const QJsonArray array = objects.toArray();
    for (const auto &object : array) {
        const QString id = object.toObject().value("id"_L1).toString();
        if (!id.isEmpty())
            ids.append(id);
    }
    return ids;
}

QJsonObject definitionOf(const Job &job)
{
    return QJsonDocument::fromJson(job.definition).object();
}

} // namespace

FilterTerm::FilterTerm(FilterProperty property, FilterOperator comparison,
                       const QStringList &values, const QList<QDateTime> &times)
    : m_property(property), m_comparison(comparison), m_values(values), m_times(times)
{ }

FilterTerm FilterTerm::text(FilterProperty property, FilterOperator comparison,
                            const QStringList &values)
{
    return {property, comparison, values, {}};
}

FilterTerm FilterTerm::created(FilterOperator comparison, const QList<QDateTime> &times)
{
    QStringList values;
    QList<QDateTime> seconds;
    for (const QDateTime &time : times) {
        seconds.append(QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), Qt::UTC));
        values.append(seconds.constLast().toString(Qt::ISODate));
    }
    return {FilterProperty::CreatedDateTime, comparison, values, seconds};
}

QString FilterTerm::expression() const
{
    const QString start = nameOf(m_property) % u' ' % nameOf(m_comparison) % u' ';
    const bool isBare = m_comparison != FilterOperator::In && isWrittenBare(m_property);
    const bool isWritable
        = !m_values.isEmpty() && std::ranges::all_of(m_values, isBare ? isBareLiteral : isQuotable);
    if (!isWritable)
        return {};
    if (isBare)
        return start % m_values.constFirst();
    if (m_comparison != FilterOperator::In)
        return start % quoted(m_values.constFirst());
    QStringList list;
    for (const QString &value : m_values)
        list.append(quoted(value));
    return start % u'(' % list.join(", "_L1) % u')';
}

bool FilterTerm::matches(const Job &job) const
{
    switch (m_property) {
    case FilterProperty::Id:
        return matchesText(job.id.text);
    case FilterProperty::ITwinId:
        return matchesText(job.iTwinId);
    case FilterProperty::Name:
        return matchesText(job.name);
    case FilterProperty::Email:
        return matchesText(job.email);
    case FilterProperty::Type:
        return matchesText(job.type);
    case FilterProperty::State:
        return matchesText(job.stateText);
    case FilterProperty::CreatedDateTime:
        return matchesTime(job.created);
    case FilterProperty::InputId:
        return matchesAny(idsOf(definitionOf(job)[u"inputs"_s]));
    case FilterProperty::OutputId:
        return matchesAny(idsOf(definitionOf(job)[u"jobSettings"_s][u"outputs"_s]));
    }
    Q_UNREACHABLE();
}

bool FilterTerm::matchesText(const QString &text) const
{
    if (text.isEmpty() && asksForOrder(m_comparison))
        return false;
    const auto sensitivity
        = m_property == FilterProperty::Name ? Qt::CaseSensitive : Qt::CaseInsensitive;
    return std::ranges::any_of(m_values, [&](const QString &value) {
        return holds(m_comparison, text.compare(value, sensitivity));
    });
}

bool FilterTerm::matchesAny(const QStringList &texts) const
{
    const auto isMatch = [this](const QString &text) { return matchesText(text); };
    return m_comparison == FilterOperator::Ne ? std::ranges::all_of(texts, isMatch)
                                              : std::ranges::any_of(texts, isMatch);
}

bool FilterTerm::matchesTime(const QDateTime &time) const
{
    if (!time.isValid())
        return m_comparison == FilterOperator::Ne;
    return std::ranges::any_of(m_times, [&](const QDateTime &other) {
        return holds(m_comparison, time < other ? -1 : time > other ? 1 : 0);
    });
}

QString JobFilter::expression() const
{
    QStringList written;
    for (const std::vector<FilterTerm> &terms : alternatives) {
        QStringList texts;
        for (const FilterTerm &term : terms)
            texts.append(term.expression());
        texts.removeAll(QString());
        // One alternative that takes every job leaves nothing to ask.
        if (texts.isEmpty())
            return {};
        written.append(texts.join(" and "_L1));
    }
    return written.join(" or "_L1);
}

bool JobFilter::matches(const Job &job) const
{
    return std::ranges::any_of(alternatives, [&job](const std::vector<FilterTerm> &terms) {
        return std::ranges::all_of(terms,
                                   [&job](const FilterTerm &term) { return term.matches(job); });
    });
}

} // namespace Jobsweep
