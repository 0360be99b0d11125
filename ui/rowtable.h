// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a table of whole rows looks and behaves here; the jobs and the history have it in common.

class QTableView;

namespace Jobsweep {

/// Rows are chosen as a whole, any number of them, and are not edited; no grid, no row headers.
void setUpRowTable(QTableView &table);

} // namespace Jobsweep
