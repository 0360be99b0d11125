// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A run of deletions over a real connection to some address.

#include "deletion/deletionqueue.h"
#include "tests/support/clientonwire.h"
#include "tests/support/fakehistory.h"
#include "tests/support/faultruns.h"
#include "tests/support/passingtime.h"
#include "tests/support/somejobs.h"

namespace Jobsweep::Testing {

struct RunOnWire
{
    explicit RunOnWire(const QString &address)
    {
        sends.watch(&client);
        client.setAddress(ServiceAddress::parse(address).value());
        client.setToken(tokenOf(QStringLiteral("secret-token")));
        model.beginListing();
        model.append({someJob(QStringLiteral("job-0"), {}), someJob(QStringLiteral("job-1"), {})});
    }
    void start() { queue.start({{QStringLiteral("job-0")}, {QStringLiteral("job-1")}}); }
    /// Until it ends or asks for a person, however long that takes.
    [[nodiscard]] bool waitsForPerson()
    {
        using Phase = DeletionQueue::Phase;
        return comesTrue(&heartbeat, [this] {
            if (queue.phase() == Phase::PausedByService && queue.pausedUntil()
                && limiter.underWay() == 0)
                time.goTo(*queue.pausedUntil());
            time.goOn();
            return queue.phase() == Phase::Idle || queue.phase() == Phase::Paused;
        });
    }

    FakeClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    WireSends sends{network};
    RestClient client{network, limiter, clock, [] { return 1.0; }};
    PassingTime time{clock, client, limiter, sends};
    JobsApi api{client};
    JobModel model;
    FakeHistory history;
    DeletionQueue queue{api, model, history, clock, [] { return 1.0; }};
    Heartbeat heartbeat;
};

} // namespace Jobsweep::Testing
