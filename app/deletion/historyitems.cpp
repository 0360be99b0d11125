// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyitems.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace Jobsweep {
namespace {

auto plainFields(const HistoryItem &item)
{
    return std::tie(item.number, item.run, item.correlationId, item.id, item.name, item.stage,
                    item.outcome, item.confirmedAt, item.intendedAt, item.finishedAt, item.isTrial,
                    item.createdAs);
}

bool sameError(const HistoryItem &one, const HistoryItem &other)
{
    return one.error == other.error || (one.error && other.error && *one.error == *other.error);
}

} // namespace

QDateTime HistoryItem::when() const
{
    if (finishedAt.isValid())
        return finishedAt;
    return intendedAt.isValid() ? intendedAt : confirmedAt;
}

bool operator==(const HistoryItem &one, const HistoryItem &other)
{
    return plainFields(one) == plainFields(other) && sameError(one, other);
}

const ApiError *errorBehind(const HistoryItem &item)
{
    const bool needsNone
        = item.outcome && (isGone(*item.outcome) || item.outcome == Outcome::Cancelled);
    return needsNone ? nullptr : item.error.get();
}

int HistoryItemDetails::sends() const
{
    return std::accumulate(answers.cbegin(), answers.cend(), 0, [](int sum, const AnswerRecord &a) {
        return a.exchange.verb == Verb::Delete ? sum + a.exchange.sends : sum;
    });
}

const ApiError *HistoryItemDetails::error() const
{
    if (errorBehind(item) == nullptr)
        return nullptr;
    const auto last = std::find_if(answers.crbegin(), answers.crend(),
                                   [](const AnswerRecord &a) { return a.error.has_value(); });
    return last == answers.crend() ? nullptr : &*last->error;
}

} // namespace Jobsweep
