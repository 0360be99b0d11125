// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionrules.h"

namespace Jobsweep {

/// Decides from the answers of a whole run whether the service itself is in trouble: after five
/// doubtful answers in a row, or one request that did not reach it, single requests try whether it
/// is back; after three 403 in a row a person has to look. Pure.
class TroubleCounter
{
public:
    static constexpr int forbiddenBeforePause = 3;
    static constexpr int doubtfulBeforeProbe = 5;
    /// Single requests, with back-off between them, before a person has to look.
    static constexpr int maximumProbes = 5;

    enum class Advice {
        GoOn,
        /// Hold the run and try with one request after a back-off.
        Probe,
        Pause,
    };

    Advice take(Trouble trouble);
    void reset() { *this = {}; }

    /// Whether only one request at a time may be under way.
    [[nodiscard]] bool isProbing() const { return m_isProbing; }
    /// Probes so far, for the back-off.
    [[nodiscard]] int probes() const { return m_probes; }

private:
    Advice probe();

    int m_doubtfulInARow = 0;
    int m_forbiddenInARow = 0;
    int m_probes = 0;
    bool m_isProbing = false;
};

} // namespace Jobsweep
