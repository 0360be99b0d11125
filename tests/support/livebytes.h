// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define JOBSWEEP_HAS_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define JOBSWEEP_HAS_ADDRESS_SANITIZER
#endif

#ifdef JOBSWEEP_HAS_ADDRESS_SANITIZER
#include <sanitizer/allocator_interface.h>
#else
#include <malloc.h>
#endif

namespace Jobsweep::Testing {

/// What the program has allocated and not freed. Not the resident memory: that moves by megabytes
/// with what the allocator keeps for later, and hides a leak that fits into it.
[[nodiscard]] inline qint64 liveBytes()
{
#ifdef JOBSWEEP_HAS_ADDRESS_SANITIZER
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    const auto info = mallinfo2();
    return static_cast<qint64>(info.uordblks) + static_cast<qint64>(info.hblkhd);
#endif
}

} // namespace Jobsweep::Testing
