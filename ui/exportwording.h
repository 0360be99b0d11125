// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why an export failed, in words.

#include "jobs/exportfile.h"

namespace Jobsweep::Wording {

/// What happened and what to do, as whole sentences.
[[nodiscard]] QString targetFailure(const TargetFailure &failure);

/// With the system's own words after them; `reason` is foreign and may be empty.
[[nodiscard]] QString withReason(const QString &sentences, const QString &reason);

} // namespace Jobsweep::Wording
