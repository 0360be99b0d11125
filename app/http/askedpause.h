// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace Jobsweep {

/// A pause that the service asked for, by the wall clock; for what has to outlive the process.
struct AskedPause
{
    /// UTC.
    QDateTime from;
    QDateTime until;

    /// What is left of it, at least 0. By a clock that was set back since, all of it: it is never
    /// cut short.
    [[nodiscard]] std::chrono::milliseconds leftAt(const QDateTime &utcNow) const
    {
        const qint64 left = std::max(utcNow, from).msecsTo(until);
        return std::chrono::milliseconds(std::max<qint64>(0, left));
    }

    friend bool operator==(const AskedPause &, const AskedPause &) = default;
};

} // namespace Jobsweep
