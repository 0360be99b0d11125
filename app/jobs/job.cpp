// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job.h"

#include "http/requestrules.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::array stateWords{
    std::pair{JobState::Unsubmitted, "unsubmitted"_L1}, std::pair{JobState::Active, "active"_L1},
    std::pair{JobState::Success, "success"_L1},         std::pair{JobState::Failed, "failed"_L1},
    std::pair{JobState::Cancelled, "cancelled"_L1},
};

} // namespace

bool JobId::isSafe() const
{
    return isSafeSegment(text);
}

JobState jobStateFromText(const QString &text)
{
    const auto found = std::ranges::find_if(stateWords, [&text](const auto &entry) {
        return text.compare(entry.second, Qt::CaseInsensitive) == 0;
    });
    return found == stateWords.end() ? JobState::Unknown : found->first;
}

QString textOf(JobState state)
{
    const auto found = std::ranges::find(stateWords, state, [](const auto &e) { return e.first; });
    return found == stateWords.end() ? QString() : QString(found->second);
}

std::optional<Obstacle> obstacleToDeletion(const Job &job)
{
    if (job.isMissing)
        return Obstacle::NotFound;
    if (job.state == JobState::Unknown)
        return Obstacle::UnknownState;
    if (job.state != JobState::Unsubmitted)
        return Obstacle::AlreadySubmitted;
    if (job.submitted.isValid() || job.hasUnreadableSubmission)
        return Obstacle::HasSubmissionTime;
    if (!job.id.isSafe())
        return Obstacle::UnsafeId;
    return {};
}

} // namespace Jobsweep
