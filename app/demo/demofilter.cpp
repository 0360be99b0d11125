// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demofilter.h"

#include <algorithm>
#include <array>
#include <compare>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

enum class TokenKind { Bare, Quoted, Open, Close, Comma };

struct Token
{
    TokenKind kind = TokenKind::Bare;
    QString text;
};

/// The end of a quoted literal that begins at `start`, and its text with '' undone.
std::optional<std::pair<qsizetype, QString>> quotedLiteral(const QString &text, qsizetype start)
{
    QString literal;
    for (qsizetype at = start + 1; at < text.size(); ++at) {
        if (text[at] != u'\'') {
            literal.append(text[at]);
        } else if (at + 1 < text.size() && text[at + 1] == u'\'') {
            literal.append(u'\'');
            ++at;
        } else {
            return std::pair(at + 1, literal);
        }
    }
    return std::nullopt;
}

bool endsBareWord(QChar character)
{
    return character.isSpace() || character == u'\'' || character == u'(' || character == u')'
        || character == u',';
}

std::optional<std::vector<Token>> tokens(const QString &text)
{
    std::vector<Token> found;
    qsizetype at = 0;
    while (at < text.size()) {
        const QChar character = text[at];
        if (character.isSpace()) {
            ++at;
        } else if (character == u'(' || character == u')' || character == u',') {
            found.push_back({character == u'('       ? TokenKind::Open
                                 : character == u')' ? TokenKind::Close
                                                     : TokenKind::Comma,
                             QString(character)});
            ++at;
        } else if (character == u'\'') {
            const auto literal = quotedLiteral(text, at);
            if (!literal || (literal->first < text.size() && !endsBareWord(text[literal->first]))) {
                return std::nullopt;
            }
            found.push_back({TokenKind::Quoted, literal->second});
            at = literal->first;
        } else {
            const qsizetype start = at;
            while (at < text.size() && !endsBareWord(text[at])) {
                ++at;
            }
            found.push_back({TokenKind::Bare, text.sliced(start, at - start)});
        }
    }
    return found;
}

template<typename Value, size_t size>
std::optional<Value> named(const std::array<std::pair<QLatin1StringView, Value>, size> &names,
                           const Token &token)
{
    const auto *const found = std::ranges::find_if(names, [&token](const auto &entry) {
        return token.kind == TokenKind::Bare && entry.first == token.text;
    });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

constexpr std::array properties{
    std::pair("id"_L1, DemoProperty::Id),
    std::pair("iTwinId"_L1, DemoProperty::ITwinId),
    std::pair("name"_L1, DemoProperty::Name),
    std::pair("email"_L1, DemoProperty::Email),
    std::pair("type"_L1, DemoProperty::Type),
    std::pair("state"_L1, DemoProperty::State),
    std::pair("createdDateTime"_L1, DemoProperty::CreatedDateTime),
    std::pair("inputId"_L1, DemoProperty::InputId),
    std::pair("outputId"_L1, DemoProperty::OutputId),
};

constexpr std::array operators{
    std::pair("eq"_L1, DemoOperator::Eq), std::pair("ne"_L1, DemoOperator::Ne),
    std::pair("lt"_L1, DemoOperator::Lt), std::pair("le"_L1, DemoOperator::Le),
    std::pair("gt"_L1, DemoOperator::Gt), std::pair("ge"_L1, DemoOperator::Ge),
    std::pair("in"_L1, DemoOperator::In),
};

/// Takes tokens from the front; every take fails at the end.
class Reader final
{
public:
    explicit Reader(std::vector<Token> tokens) : m_tokens(std::move(tokens)) { }

    [[nodiscard]] bool atEnd() const { return m_at == m_tokens.size(); }

    std::optional<Token> take() { return atEnd() ? std::nullopt : std::optional(m_tokens[m_at++]); }

    std::optional<QString> takeLiteral()
    {
        const auto token = take();
        const bool isLiteral = token
            && (token->kind == TokenKind::Quoted
                || (token->kind == TokenKind::Bare && token->text != "and"_L1
                    && token->text != "or"_L1 && !named(operators, *token)));
        return isLiteral ? std::optional(token->text) : std::nullopt;
    }

    /// ( literal , literal … )
    std::optional<QStringList> takeList()
    {
        QStringList literals;
        auto token = take();
        if (!token || token->kind != TokenKind::Open) {
            return std::nullopt;
        }
        do {
            const auto literal = takeLiteral();
            if (!literal) {
                return std::nullopt;
            }
            literals.append(*literal);
            token = take();
        } while (token && token->kind == TokenKind::Comma);
        return token && token->kind == TokenKind::Close ? std::optional(literals) : std::nullopt;
    }

private:
    std::vector<Token> m_tokens;
    size_t m_at = 0;
};

std::optional<std::vector<qint64>> timesOf(const QStringList &literals)
{
    std::vector<qint64> times;
    for (const QString &literal : literals) {
        const auto time = QDateTime::fromString(literal, Qt::ISODateWithMs);
        if (!time.isValid() || !literal.contains(u'T')) {
            return std::nullopt;
        }
        times.push_back(time.toMSecsSinceEpoch());
    }
    return times;
}

std::optional<DemoFilterTerm> readTerm(Reader &reader)
{
    const auto propertyToken = reader.take();
    const auto operatorToken = reader.take();
    if (!propertyToken || !operatorToken) {
        return std::nullopt;
    }
    const auto property = named(properties, *propertyToken);
    const auto comparison = named(operators, *operatorToken);
    if (!property || !comparison) {
        return std::nullopt;
    }
    DemoFilterTerm term{*property, *comparison, {}, {}};
    if (*comparison == DemoOperator::In) {
        auto literals = reader.takeList();
        if (!literals) {
            return std::nullopt;
        }
        term.literals = std::move(*literals);
    } else {
        const auto literal = reader.takeLiteral();
        if (!literal) {
            return std::nullopt;
        }
        term.literals = {*literal};
    }
    if (*property == DemoProperty::CreatedDateTime) {
        auto times = timesOf(term.literals);
        if (!times) {
            return std::nullopt;
        }
        term.times = std::move(*times);
    }
    return term;
}

bool holds(DemoOperator comparison, std::strong_ordering order)
{
    switch (comparison) {
    case DemoOperator::Eq:
    case DemoOperator::In:
        return std::is_eq(order);
    case DemoOperator::Ne:
        return std::is_neq(order);
    case DemoOperator::Lt:
        return std::is_lt(order);
    case DemoOperator::Le:
        return std::is_lteq(order);
    case DemoOperator::Gt:
        return std::is_gt(order);
    case DemoOperator::Ge:
        return std::is_gteq(order);
    }
    Q_UNREACHABLE();
}

/// Names differ by case; ids, addresses and the service's own words do not. As in OData, what is
/// missing is neither less nor greater than anything.
bool textMatches(const DemoFilterTerm &term, const QString &value)
{
    const bool isMissing = value.isEmpty();
    if (isMissing && term.comparison != DemoOperator::Eq && term.comparison != DemoOperator::Ne
        && term.comparison != DemoOperator::In) {
        return false;
    }
    const auto sensitivity
        = term.property == DemoProperty::Name ? Qt::CaseSensitive : Qt::CaseInsensitive;
    return std::ranges::any_of(term.literals, [&](const QString &literal) {
        return holds(term.comparison, value.compare(literal, sensitivity) <=> 0);
    });
}

/// Several values match when one does; `ne` asks that none is equal.
bool anyMatches(const DemoFilterTerm &term, const QStringList &values)
{
    if (term.comparison == DemoOperator::Ne) {
        return std::ranges::all_of(values, [&](const QString &v) { return textMatches(term, v); });
    }
    return std::ranges::any_of(values, [&](const QString &v) { return textMatches(term, v); });
}

} // namespace

bool DemoFilterTerm::matches(const DemoFilterSubject &job) const
{
    switch (property) {
    case DemoProperty::Id:
        return textMatches(*this, job.id);
    case DemoProperty::ITwinId:
        return textMatches(*this, job.iTwinId);
    case DemoProperty::Name:
        return textMatches(*this, job.name);
    case DemoProperty::Email:
        return textMatches(*this, job.email);
    case DemoProperty::Type:
        return textMatches(*this, job.type);
    case DemoProperty::State:
        return textMatches(*this, job.state);
    case DemoProperty::InputId:
        return anyMatches(*this, job.inputIds);
    case DemoProperty::OutputId:
        return anyMatches(*this, job.outputIds);
    case DemoProperty::CreatedDateTime:
        return std::ranges::any_of(times, [&](qint64 time) {
            return holds(comparison, job.createdMilliseconds <=> time);
        });
    }
    Q_UNREACHABLE();
}

std::optional<DemoFilter> DemoFilter::parse(const QString &text)
{
    auto found = tokens(text);
    if (!found) {
        return std::nullopt;
    }
    Reader reader(std::move(*found));
    DemoFilter filter;
    filter.m_alternatives.emplace_back();
    while (true) {
        auto term = readTerm(reader);
        if (!term) {
            return std::nullopt;
        }
        filter.m_alternatives.back().push_back(std::move(*term));
        if (reader.atEnd()) {
            return filter;
        }
        const auto joint = reader.take();
        if (joint->kind != TokenKind::Bare || (joint->text != "and"_L1 && joint->text != "or"_L1)) {
            return std::nullopt;
        }
        if (joint->text == "or"_L1) {
            filter.m_alternatives.emplace_back();
        }
    }
}

bool DemoFilter::matches(const DemoFilterSubject &job) const
{
    return std::ranges::any_of(m_alternatives, [&job](const auto &terms) {
        return std::ranges::all_of(
            terms, [&job](const DemoFilterTerm &term) { return term.matches(job); });
    });
}

QStringList DemoFilter::namedITwins() const
{
    QStringList ids;
    for (const auto &terms : m_alternatives) {
        for (const DemoFilterTerm &term : terms) {
            if (term.property == DemoProperty::ITwinId
                && (term.comparison == DemoOperator::Eq || term.comparison == DemoOperator::In)) {
                ids += term.literals;
            }
        }
    }
    return ids;
}

} // namespace Jobsweep
