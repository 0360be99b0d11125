// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/backoff.h"
#include "http/clock.h"
#include "http/result.h"
#include "http/whendone.h"

#include <functional>

namespace Jobsweep {

/// How often, and after which waits, something that only reads is asked for again. The clock must
/// outlive whoever holds it.
struct Patience
{
    Clock &clock;
    Randomness random;
    int attempts = 5;
};

/// Asks until an answer comes that waiting does not change, then hands it to `done`; neither
/// happens once `context` is gone.
template<typename T>
void askPatiently(const Patience &patience, QObject *context,
                  const std::function<QFuture<Result<T>>()> &ask,
                  const std::function<void(const Result<T> &)> &done, int attempt = 1)
{
    whenDone(ask(), context, [=](const Result<T> &answer) {
        if (answer || !mayPass(answer.error()) || attempt >= patience.attempts) {
            done(answer);
            return;
        }
        // After a 429 the client itself holds the request back for as long as the service asked.
        const auto wait = statusOf(answer.error()) == 429 ? std::chrono::milliseconds{}
                                                          : backoff(attempt, patience.random());
        patience.clock.callAt(patience.clock.now() + wait, context,
                              [=] { askPatiently<T>(patience, context, ask, done, attempt + 1); });
    });
}

} // namespace Jobsweep
