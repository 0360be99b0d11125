// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What narrows the list, in words: for the chips, the context menu and the status bar.

#include "jobs/itwins.h"
#include "jobs/jobquery.h"
#include "jobs/valuefilter.h"

namespace Jobsweep::Wording {

/// Longest value in a chip or a menu, in characters.
inline constexpr qsizetype maximumFilterValue = 40;

/// The filter's value as the table shows it: an iTwin by its name, a state by ours, a day by the
/// locale. Empty for jobs that have none.
[[nodiscard]] QString filterValueText(const ValueFilter &filter, const ITwins &iTwins);
/// "iTwin: River Bridge", "Type: not Full", "Location: none".
[[nodiscard]] QString filterChip(const ValueFilter &filter, const ITwins &iTwins);
/// "Created by: 34 values"; for many that are let in.
[[nodiscard]] QString valuesChip(JobModel::Column column, int values);
/// "Only “River Bridge” in iTwin", "Only jobs without a location"; no mnemonic in it.
[[nodiscard]] QString filterAction(const ValueFilter &filter, const ITwins &iTwins);
/// What the query asks for beside the state and the iTwins; each empty when it does not.
[[nodiscard]] QString typesChip(const JobQuery &query);
[[nodiscard]] QString createdChip(const CreatedRange &created);
[[nodiscard]] QString nameChip(const JobQuery &query);
[[nodiscard]] QString createdByChip(const JobQuery &query);
[[nodiscard]] QString searchChip(const QString &text);
/// "12 of 1,204 match"; "… so far" while jobs arrive.
[[nodiscard]] QString matches(int shown, int loaded, bool isLoading);
/// "24 selected jobs are hidden by the filter and no longer selected; 12 still are."
[[nodiscard]] QString hiddenSelection(int hidden, int left);
/// The same for jobs that left because others are asked for.
[[nodiscard]] QString lostSelection(int count);

} // namespace Jobsweep::Wording
