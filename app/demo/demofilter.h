// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demo service's own reading of `$filter`, written apart from the program's so that a mistake
// in one is not hidden by the same mistake in the other.
//
// Grammar (service documentation: list jobs): properties id, iTwinId, name, email, type, state,
// createdDateTime, inputId, outputId; operators eq ne lt le gt ge in and or; `and` binds tighter.
// Literals stand bare or in single quotes, where '' is one quote. There is no grouping.

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Jobsweep {

enum class DemoProperty {
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
enum class DemoOperator { Eq, Ne, Lt, Le, Gt, Ge, In };

/// What a filter can ask about one job.
struct DemoFilterSubject
{
    QString id;
    QString iTwinId;
    QString name;
    QString email;
    QString type;
    QString state;
    qint64 createdMilliseconds = 0;
    QStringList inputIds;
    QStringList outputIds;
};

/// `property operator literal`; more than one literal only with `in`. For createdDateTime the
/// literals are also read as times, one for one.
struct DemoFilterTerm
{
    DemoProperty property = DemoProperty::Id;
    DemoOperator comparison = DemoOperator::Eq;
    QStringList literals;
    std::vector<qint64> times;

    [[nodiscard]] bool matches(const DemoFilterSubject &job) const;
};

class DemoFilter final
{
public:
    /// Nothing when the text is empty or is not of the grammar: the service answers 422.
    [[nodiscard]] static std::optional<DemoFilter> parse(const QString &text);

    [[nodiscard]] bool matches(const DemoFilterSubject &job) const;
    /// The iTwins named with eq or in: the caller must have access to each of them.
    [[nodiscard]] QStringList namedITwins() const;

private:
    /// Joined by `or`; the terms of one alternative are joined by `and`.
    std::vector<std::vector<DemoFilterTerm>> m_alternatives;
};

} // namespace Jobsweep
