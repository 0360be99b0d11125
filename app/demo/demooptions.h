// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a demo service is like: how much data, how slow, how strict.

#include <QString>
#include <QtGlobal>

namespace Jobsweep {

struct DemoOptions
{
    /// 0 takes a free one.
    quint16 port = 0;
    int jobs = 2000;
    quint32 seed = 1;
    /// At most limitRequests in any limitSeconds; no limit where 0.
    int limitRequests = 0;
    int limitSeconds = 0;
    int hourlyLimit = 0;
    /// From a request's arrival to its answer. What a request does is done at its arrival.
    int latencyMilliseconds = 0;
    /// The name that a 429 gives.
    QString tier = QStringLiteral("Community");
    /// Empty keeps none.
    QString ledgerFile = {};
    /// One draft in so many, one of the user's three newest among them, turns out to have been
    /// submitted when its deletion is asked for; none where 0.
    int submittedOneIn = 0;
    /// The deletion of one draft in so many, one of the user's five newest among them, is forbidden
    /// when it is asked for the first time; from then on the user has the permission. None where 0.
    int forbiddenOneIn = 0;

    /// A page of jobs that was asked for once is given again as it was, ready made, whatever became
    /// of its jobs: for measuring clients and not the making of pages.
    bool keepsPages = false;

    /// For a person who wants to see everything the service can answer within a minute.
    [[nodiscard]] static DemoOptions forTryingOut()
    {
        return {.limitRequests = 100,
                .limitSeconds = 20,
                .latencyMilliseconds = 60,
                .submittedOneIn = 12,
                .forbiddenOneIn = 15};
    }
};

} // namespace Jobsweep
