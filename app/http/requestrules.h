// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The safety rules about what may be asked of the service at all, as pure functions, and how text
// is written into an address.

#include "http/exchange.h"

#include <QString>

namespace Jobsweep {

inline constexpr auto jobsPath = QLatin1StringView("/contextcapture/jobs");

/// Whether the text may become one segment of a path: 1 to 64 letters, digits, '-' and '_'. Leaves
/// no room for "..", "%2f" or anything else that a URL parser reads in its own way.
[[nodiscard]] bool isSafeSegment(QStringView text);

/// Whether the program may ever send this: a GET without detours ("..", written in whatever way),
/// the POST that creates a job, and the DELETE of one job of version 1. Version 2 of the service
/// cancels running jobs on DELETE, and deleting a workspace destroys caches: neither is within
/// reach.
[[nodiscard]] bool mayBeSent(Verb verb, const QString &path);

/// `text` as the value of a query item, with '+', '&' and '#' safe.
[[nodiscard]] QString percentEncoded(const QString &text);

} // namespace Jobsweep
