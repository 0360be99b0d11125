// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"
#include "deletion/requestmemory.h"
#include "deletion/sqlitehistory.h"
#include "tests/support/draftservice.h"
#include "tests/support/fakeclock.h"

#include <QNetworkAccessManager>

namespace Jobsweep::Testing {

/// Everything that deletes, put together as the program does it, on real sockets and with its
/// history in a file; only the time is moved by hand. One session: a second one with the same file
/// and clock is the program started again.
struct WireWorld
{
    WireWorld(const DraftService &draftService, FakeClock &fakeClock, const QString &historyFile,
              const TierLimits &limits, const Randomness &randomness);

    /// Puts the drafts among these into the model, as a listing does.
    void list(const QList<JobId> &ids);
    /// Lets everything happen that needs no time to pass. False when something does not end.
    [[nodiscard]] bool settle();
    /// How many requests wait for an answer that does not come.
    [[nodiscard]] int stalled() const;

    const DraftService &service;
    FakeClock &clock;
    Randomness random;
    QNetworkAccessManager network;
    SqliteHistory history;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, random};
    JobsApi api{client};
    JobModel model;
    DeletionQueue queue{api, model, history, clock, random};
    RequestMemory requestMemory{history, client, clock};
};

} // namespace Jobsweep::Testing
