// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What drafts can have in common with others, as far as selecting them goes.

#include "jobs/job.h"

namespace Jobsweep {

enum class SharedTrait { Workspace, Creator, ITwin };

/// What the job says of it; empty when it says nothing.
[[nodiscard]] QString traitOf(const Job &job, SharedTrait trait);
/// In any case, as ids and e-mail addresses are; jobs that both say nothing share nothing.
[[nodiscard]] bool hasTrait(const Job &job, SharedTrait trait, const QString &value);

/// Whole days of 24 hours before that time.
[[nodiscard]] QDateTime daysBefore(const QDateTime &utc, int days);
/// False for a job that does not say when it was created: it is not known to be old.
[[nodiscard]] bool wasCreatedBefore(const Job &job, const QDateTime &utc);

} // namespace Jobsweep
