// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace Jobsweep {

/// Reads a Retry-After value (RFC 9110 §10.2.3): seconds or any of the three HTTP-date forms.
/// `now` is the answer's own Date where it has one, else the local clock, in UTC. A date in the
/// past is 0 s; two values joined by a comma count as the later one; a number too large to hold is
/// a hundred years, so that no wait is ever shortened. Nothing for what is neither.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value,
                                                                  const QDateTime &now);

/// An HTTP-date (RFC 9110 §5.6.7) in UTC; invalid for anything else.
[[nodiscard]] QDateTime parseHttpDate(const QByteArray &value);

} // namespace Jobsweep
