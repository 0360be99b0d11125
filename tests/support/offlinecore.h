// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The objects beneath the job table, for tests in which nothing is sent.

#include "http/restclient.h"
#include "jobs/itwins.h"
#include "jobs/jobmodel.h"

#include <QNetworkAccessManager>

namespace Jobsweep::Testing {

struct OfflineCore
{
    QNetworkAccessManager network;
    RateLimiter limiter;
    SystemClock clock;
    RestClient client{network, limiter, clock, [] { return 0.0; }};
    ITwins iTwins{client};
    JobModel jobs;
};

} // namespace Jobsweep::Testing
