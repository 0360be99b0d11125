// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the fuzz targets promise of every input, and the input as Qt's types.

#include <QByteArray>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace Jobsweep {

/// Ends the program where a promise does not hold, so that libFuzzer keeps the input.
inline void must(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken promise: %s\n", promise);
    std::abort();
}

/// Of its own memory, so that AddressSanitizer sees a read beyond its end.
inline QByteArray inputOf(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

} // namespace Jobsweep
