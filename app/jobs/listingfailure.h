// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/apierror.h"
#include "jobs/job.h"

namespace Jobsweep {

/// What a listing could not get, and why: the list of an iTwin; one id of a list of ids; or, when
/// both are empty, the person's own jobs or all that was still to come.
struct ListingFailure
{
    QString iTwinId;
    JobId id;
    ApiError error;
};

/// Whether the error would be the answer to any other request as well: no token, a token that is
/// not accepted, another address.
[[nodiscard]] inline bool concernsEverything(const ApiError &error)
{
    using Kind = NetworkFailure::Kind;
    const auto *network = std::get_if<NetworkFailure>(&error);
    return statusOf(error) == 401
        || (network && (network->kind == Kind::NoToken || network->kind == Kind::Abandoned));
}

} // namespace Jobsweep
