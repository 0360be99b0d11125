// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/troublecounter.h"

namespace Jobsweep {

TroubleCounter::Advice TroubleCounter::take(Trouble trouble)
{
    switch (trouble) {
    case Trouble::None:
        reset();
        return Advice::GoOn;
    case Trouble::NotReached:
        return probe();
    case Trouble::Doubtful:
        return ++m_doubtfulInARow >= doubtfulBeforeProbe ? probe() : Advice::GoOn;
    case Trouble::Forbidden:
        return ++m_forbiddenInARow >= forbiddenBeforePause ? Advice::Pause : Advice::GoOn;
    }
    Q_UNREACHABLE();
}

TroubleCounter::Advice TroubleCounter::probe()
{
    m_isProbing = true;
    if (m_probes >= maximumProbes)
        return Advice::Pause;
    ++m_probes;
    return Advice::Probe;
}

} // namespace Jobsweep
