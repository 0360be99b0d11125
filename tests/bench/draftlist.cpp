// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/draftlist.h"

#include "tests/bench/waiting.h"

#include <QNetworkAccessManager>

namespace Jobsweep::Bench {

bool waitForListing(const JobLister &lister)
{
    using State = JobLister::State;
    const auto isOver = [&lister] {
        return lister.state() != State::Loading && lister.state() != State::NotLoaded;
    };
    return waitUntil(lister, &JobLister::stateChanged, isOver) && lister.state() == State::Complete;
}

QList<JobId> draftsIn(const JobModel &model, int count)
{
    QList<JobId> ids;
    for (int row = 0; row < model.rowCount() && ids.size() < count; ++row) {
        if (model.isDeletableAt(row))
            ids.append(model.jobAt(row).id);
    }
    return ids;
}

bool listInto(JobModel &model, const DemoProcess &service)
{
    SystemClock clock;
    QNetworkAccessManager network;
    const auto client = RestClient::withOwnLimiter(network, clock, systemRandomness());
    client->setAddress(ServiceAddress::parse(service.address()).value());
    client->setToken(AccessToken::fromPasted(service.token()).value());
    JobsApi api(*client);
    JobLister lister(api, model, clock, systemRandomness());
    lister.start({});
    return waitForListing(lister);
}

} // namespace Jobsweep::Bench
