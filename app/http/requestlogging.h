// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/exchange.h"

namespace Jobsweep {

/// Tells the log (category jobsweep.http) of a request that ended: correlation id, verb, path,
/// status (0 where no answer came), duration, sends. These and nothing else: a query has names and
/// continuation tokens, headers the token, bodies anything. A success is detail.
void logRequest(const Exchange &exchange, int status);

} // namespace Jobsweep
