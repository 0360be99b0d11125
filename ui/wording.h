// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Codes and values to words: the only place where the program's sentences about jobs, deletions and
// the connection are made. Errors of the service have theirs in errorwording.h.

#include "account/connection.h"
#include "deletion/deletionqueue.h"
#include "deletion/outcome.h"
#include "http/accesstoken.h"
#include "http/serviceaddress.h"
#include "http/tier.h"
#include "jobs/jobmodel.h"

#include <QString>

#include <chrono>
#include <optional>

namespace Jobsweep::Wording {

[[nodiscard]] QString stateName(JobState state);
/// The state's name, or the service's own word for one we do not know.
[[nodiscard]] QString stateOf(const Job &job);
[[nodiscard]] QString columnTitle(JobModel::Column column);
/// Empty for None.
[[nodiscard]] QString mark(DeletionMark mark);
[[nodiscard]] QString outcome(Outcome outcome);
/// "This job was already submitted, so it can no longer be deleted." and the like.
[[nodiscard]] QString obstacle(Obstacle obstacle);
/// "12 deleted, 1 already gone, 2 refused, 0 failed, 5 left"; unknown and cancelled follow
/// when they are not zero.
[[nodiscard]] QString summary(const RunSummary &summary);
/// "1,204 jobs: 1,180 deleted, 24 refused": what a run came to, without what did not occur.
[[nodiscard]] QString runResult(const RunSummary &summary);
/// Why the queue stands still or stopped, as a whole sentence; empty for None.
[[nodiscard]] QString queueReason(QueueReason reason);
/// Where a deletion stands and what happens next, as whole sentences; empty when it simply runs or
/// has nothing to say. `wait` is what is left of a pause.
[[nodiscard]] QString queueStatus(DeletionQueue::Phase phase, QueueReason reason,
                                  std::optional<std::chrono::milliseconds> wait);
/// "It is not known yet whether 3 jobs are deleted; …"; empty for 0.
[[nodiscard]] QString inDoubt(int count);
/// Why an item has its outcome, for one without an error; empty for Deleted.
[[nodiscard]] QString outcomeReason(Outcome outcome);
/// "3 selected jobs are left out: already submitted."
[[nodiscard]] QString leftOut(Obstacle obstacle, int count);
[[nodiscard]] QString leftOutAsQueued(int count);
/// "Community" and the like; "Detect automatically" for Detect.
[[nodiscard]] QString tierName(Tier tier);
/// "500 a minute, 5,000 an hour": the requests that the tier permits; empty for Detect.
[[nodiscard]] QString tierLimits(Tier tier);
[[nodiscard]] QString tokenProblem(AccessToken::Problem problem);
[[nodiscard]] QString addressProblem(ServiceAddress::Problem problem);
/// What asking the keychain came to, as a whole sentence; empty for Done.
[[nodiscard]] QString keychainResult(KeychainResult result);
/// What it means for the token that the keychain did not do its task; empty when it did.
[[nodiscard]] QString keychainFailure(Connection::KeychainTask task, KeychainResult result);
/// Local time by the system's locale; empty for an invalid one.
[[nodiscard]] QString dateTime(const QDateTime &utc);
/// The same with seconds and time zone, for reports.
[[nodiscard]] QString exactTime(const QDateTime &utc);
/// "3 months ago", "yesterday", "just now", by the local calendar from a day on; empty for an
/// invalid time and for one that is still to come.
[[nodiscard]] QString timeAgo(const QDateTime &utc, const QDateTime &now);
/// "2 h 5 min", "1 min 12 s", "8 s"; rounded up, never negative; whole days from two on.
[[nodiscard]] QString duration(std::chrono::milliseconds duration);
[[nodiscard]] QString cost(double cost);

} // namespace Jobsweep::Wording
