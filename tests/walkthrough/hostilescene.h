// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Jobsweep::Testing {

class Stage;

/// Pictures of the window where jobs, iTwins and answers have hostile texts, for a person to look
/// at: whether it is in order is checked by the tests. Throws CheckFailed.
void showHostileTexts(Stage &stage);

} // namespace Jobsweep::Testing
