// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace Jobsweep {

/// So many requests were put on the wire at this time; for what has to outlive the process.
struct RequestCount
{
    /// UTC.
    QDateTime at;
    int requests = 0;

    friend bool operator==(const RequestCount &, const RequestCount &) = default;
};

} // namespace Jobsweep
