// SPDX-License-Identifier: GPL-3.0-or-later

// How long the service asks to wait.

#include "http/retryafter.h"
#include "tests/fuzz/invariant.h"

using namespace Jobsweep;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray value = inputOf(data, size);
    const QDateTime now(QDate(2019, 6, 3), QTime(11, 0), Qt::UTC);
    const auto wait = parseRetryAfter(value, now);
    constexpr std::chrono::seconds longest = std::chrono::hours(24) * 36525;
    must(!wait || (wait->count() >= 0 && *wait <= longest), "a wait is within its bounds");
    const auto later = parseRetryAfter(value, now.addSecs(3600));
    must(wait.has_value() == later.has_value() && wait >= later, "no wait grows with time");
    // Qt joins repeated headers so.
    const auto joined = parseRetryAfter("7200, " + value, now);
    must(!joined || joined->count() >= 7200, "of two headers the longer wait counts");
    const QDateTime date = parseHttpDate(value);
    must(!date.isValid() || date.timeSpec() == Qt::UTC, "a date is in UTC");
    return 0;
}
