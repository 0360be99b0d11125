// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/apierror.h"

#include <tl/expected.hpp>

namespace Jobsweep {

/// What every call that can fail gives back.
template<typename T>
using Result = tl::expected<T, ApiError>;

} // namespace Jobsweep
