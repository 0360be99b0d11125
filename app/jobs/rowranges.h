// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace Jobsweep {

struct RowRange
{
    int first = 0;
    int last = 0;
};

/// The fewest ranges that cover these rows, which are in ascending order and differ.
[[nodiscard]] inline std::vector<RowRange> rangesOf(const std::vector<int> &rows)
{
    std::vector<RowRange> ranges;
    for (const int row : rows) {
        if (ranges.empty() || row != ranges.back().last + 1)
            ranges.push_back({row, row});
        else
            ranges.back().last = row;
    }
    return ranges;
}

/// The same elements with those at `rows` (ascending, different) at the end; all in their order.
[[nodiscard]] inline std::vector<int> movedToTheEnd(const std::vector<int> &elements,
                                                    const std::vector<int> &rows)
{
    std::vector<int> moved;
    std::vector<int> last;
    moved.reserve(elements.size());
    last.reserve(rows.size());
    auto next = rows.cbegin();
    for (std::size_t row = 0; row < elements.size(); ++row) {
        const bool goes = next != rows.cend() && static_cast<std::size_t>(*next) == row;
        (goes ? last : moved).push_back(elements[row]);
        next += goes ? 1 : 0;
    }
    moved.insert(moved.end(), last.cbegin(), last.cend());
    return moved;
}

} // namespace Jobsweep
