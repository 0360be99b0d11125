// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of the summary: what its groups are called and what they come to.

#include "jobs/jobsummary.h"

#include <QString>

namespace Jobsweep::Wording {

/// "30 to 90 days" and the like.
[[nodiscard]] QString ageClass(AgeClass age);
/// For drafts that have no iTwin, creator or type.
[[nodiscard]] QString withoutValue(JobModel::Column column);
/// "1 draft", "1,204 drafts".
[[nodiscard]] QString drafts(int count);
/// The same, with a note while more may come.
[[nodiscard]] QString draftsSoFar(int count, bool isComplete);
/// "Estimated cost 1,234.50; 12 drafts have no estimate": without what does not occur.
[[nodiscard]] QString estimatedCost(const DraftTotals &totals);
/// "River Bridge: 1,204 drafts. Estimated cost …": a bar for those who cannot see it.
[[nodiscard]] QString groupSentence(const QString &title, const DraftTotals &totals);

} // namespace Jobsweep::Wording
