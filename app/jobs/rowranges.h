// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace Jobsweep
