// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the job table shows and how it is sorted, as a value that a saved view can keep. Widths are
// the person's own and stay.

#include "account/savedviews.h"

namespace Jobsweep {

class JobTable;

[[nodiscard]] TableColumns columnsOf(const JobTable &table);
/// The name is shown in any case.
void showColumns(JobTable &table, const TableColumns &columns);

} // namespace Jobsweep
