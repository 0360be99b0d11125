// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/faults.h"

namespace Jobsweep::Testing {

/// The sentence with which a person is told of a fault that was found to be this: written down here
/// once more, so that no change of the program's words or of its choice among them goes unnoticed.
/// Empty for a success.
[[nodiscard]] QString sentenceFor(const Fault &fault, const Finding &finding, Moment moment);

} // namespace Jobsweep::Testing
