// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words that stand for the values of an enum where they are stored, and the way back.

#include <QString>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace Jobsweep {

template<typename Value, size_t size>
using CodeTable = std::array<std::pair<Value, QLatin1StringView>, size>;

/// `table` names every value of the enum.
template<typename Value, size_t size>
[[nodiscard]] QString codeIn(const CodeTable<Value, size> &table, Value value)
{
    return std::ranges::find(table, value, [](const auto &entry) { return entry.first; })->second;
}

/// Nothing for a word that is not in the table.
template<typename Value, size_t size>
[[nodiscard]] std::optional<Value> valueIn(const CodeTable<Value, size> &table, const QString &code)
{
    const auto found
        = std::ranges::find_if(table, [&code](const auto &entry) { return code == entry.second; });
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

} // namespace Jobsweep
