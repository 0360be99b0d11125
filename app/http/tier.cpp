// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tier.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep {

TierLimits publishedLimits()
{
    const std::vector<RateWindow> paid{{5000, 1min}};
    return {{Tier::Community, {{500, 1min}, {5000, 1h}}},
            {Tier::Standard, paid},
            {Tier::Premium, paid},
            {Tier::Custom, paid}};
}

QString textOf(Tier tier)
{
    switch (tier) {
    case Tier::Detect:
        return u"Detect"_s;
    case Tier::Community:
        return u"Community"_s;
    case Tier::Standard:
        return u"Standard"_s;
    case Tier::Premium:
        return u"Premium"_s;
    case Tier::Custom:
        return u"Custom"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Tier> tierFromName(const QString &name)
{
    const QString wanted = name.trimmed();
    const auto is = [&wanted](const QString &known) {
        return wanted.compare(known, Qt::CaseInsensitive) == 0;
    };
    for (const Tier tier : {Tier::Community, Tier::Standard, Tier::Premium, Tier::Custom}) {
        if (is(textOf(tier)))
            return tier;
    }
    if (is(u"Trial"_s))
        return Tier::Community;
    if (is(u"Basic"_s))
        return Tier::Standard;
    return {};
}

} // namespace Jobsweep
