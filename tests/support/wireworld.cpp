// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/wireworld.h"

#include "tests/support/comestrue.h"
#include "tests/support/somejobs.h"

#include <QThreadPool>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

WireWorld::WireWorld(const DraftService &draftService, FakeClock &fakeClock,
                     const QString &historyFile, const TierLimits &limits,
                     const Randomness &randomness)
    : service(draftService), clock(fakeClock), random(randomness), limiter(limits)
{
    history.open(historyFile);
    client.setAddress(ServiceAddress::parse(service.address()).value());
}

void WireWorld::list(const QList<JobId> &ids)
{
    QList<Job> jobs;
    for (const JobId &id : ids) {
        if (service.fateOf(id) == JobFate::Draft)
            jobs.append(someJob(id.text, u"Name of "_s + id.text));
    }
    model.beginListing();
    model.append(jobs);
    model.endListing(JobModel::ListingEnd::Complete);
}

int WireWorld::stalled() const
{
    const auto waits = [this](const StalledRequest &request) {
        const RunItem *item = queue.item(request.id);
        // A refused job is read again, for the list, and that may outlast its run.
        const bool isReadAgain = !request.isDeletion && (!item || item->outcome);
        return isReadAgain || (item && item->isUnderWay);
    };
    return static_cast<int>(std::ranges::count_if(service.stalled(), waits));
}

bool WireWorld::settle()
{
    const auto onlyWaits = [this] { return limiter.underWay() <= stalled(); };
    for (int quiet = 0; quiet < 3;) {
        if (!comesTrue(onlyWaits))
            return false;
        const auto arrived = service.arrivals().size();
        // Tasks of the history are carried out in their order: what was asked before is answered.
        const auto barrier = history.requestsSince(u"nowhere"_s, clock.utc());
        if (!comesTrue([&barrier] { return barrier.isFinished(); }))
            return false;
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        quiet = onlyWaits() && arrived == service.arrivals().size() ? quiet + 1 : 0;
    }
    return true;
}

} // namespace Jobsweep::Testing
