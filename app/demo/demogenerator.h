// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes up plausible reality-modeling jobs, and some with names that tables, files and dialogs get
// wrong easily.

#include "demo/demodata.h"

#include <QRandomGenerator>

namespace Jobsweep {

class DemoGenerator final
{
public:
    DemoGenerator(quint32 seed, const QDateTime &now);

    [[nodiscard]] std::vector<DemoPerson> people();
    [[nodiscard]] std::vector<DemoITwin> iTwins();
    /// Several for each iTwin and a few without one.
    [[nodiscard]] std::vector<DemoWorkspace> workspaces(const std::vector<DemoITwin> &iTwins);
    /// About half of them drafts; most belong to the first person, and all of those whose workspace
    /// has no iTwin.
    [[nodiscard]] DemoJob job(const std::vector<DemoPerson> &people,
                              const std::vector<DemoWorkspace> &workspaces);

private:
    [[nodiscard]] QString guid();
    [[nodiscard]] int below(size_t bound);
    [[nodiscard]] qint64 before(qint64 moment, qint64 span);
    [[nodiscard]] QString jobName();
    void addHistory(DemoJob &job);

    QRandomGenerator m_random;
    qint64 m_now;
};

} // namespace Jobsweep
