// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything beneath the window, built in order and connected; main.cpp, the walkthrough, the
// benchmarks and the window's tests put different things around it.

#include "account/connection.h"
#include "deletion/historyreader.h"
#include "deletion/recovery.h"
#include "deletion/requestmemory.h"
#include "jobs/itwins.h"
#include "jobs/joblister.h"
#include "jobs/workspaces.h"

namespace Jobsweep {

struct Core
{
    /// Real in the program, partly fakes in tests; all of it must outlive the core.
    struct Outside
    {
        QNetworkAccessManager &network;
        Clock &clock;
        TokenStore &tokens;
        Settings &settings;
        History &history;
        /// Where `history` is kept, for those who read it.
        QString historyFile = {};
        Randomness random = systemRandomness();
        TierLimits limits = publishedLimits();
        std::chrono::milliseconds keychainPatience = Connection::defaultKeychainPatience;
    };

    explicit Core(const Outside &outside)
        : clock(outside.clock), settings(outside.settings), history(outside.history),
          historyReader(outside.historyFile), limiter(outside.limits),
          client(outside.network, limiter, clock, outside.random),
          lister(api, jobs, clock, outside.random),
          queue(api, jobs, history, clock, outside.random),
          connection(
              client, outside.tokens, settings,
              [outside] {
                  return RestClient::withOwnLimiter(outside.network, outside.clock, outside.random);
              },
              Patience{clock, outside.random}, outside.keychainPatience)
    {
        QObject::connect(&connection, &Connection::accountSettled, &queue,
                         &DeletionQueue::goOnWithToken);
        QObject::connect(&connection, &Connection::accountSettled, &recovery, &Recovery::lookFor);
    }
    Q_DISABLE_COPY_MOVE(Core)

    Clock &clock;
    Settings &settings;
    History &history;
    HistoryReader historyReader;
    RateLimiter limiter;
    RestClient client;
    JobsApi api{client};
    JobModel jobs;
    JobLister lister;
    ITwins iTwins{client};
    Workspaces workspaces{client};
    DeletionQueue queue;
    Recovery recovery{history, queue, client, clock};
    RequestMemory requestMemory{history, client, clock};
    Connection connection;
};

} // namespace Jobsweep
