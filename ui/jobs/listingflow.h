// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "jobs/itwins.h"
#include "jobs/joblister.h"

#include <QObject>

namespace Jobsweep {

class JobTableProxy;

/// Lists jobs when there is a reason to: a token arrived, the person refreshed, or asked for jobs
/// that the last listing does not hold.
class ListingFlow final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object.
    ListingFlow(Connection &connection, JobLister &lister, ITwins &iTwins, JobTableProxy &proxy,
                const Clock &clock, QObject *parent = nullptr);

    /// Asks the service when the last listing cannot hold all that the proxy's query wants.
    void listWhatIsMissing();
    /// Asks again; what is shown stays until the answers are there.
    void refresh();

private:
    void start(const JobQuery &query);
    void forgetEverything();

    Connection &m_connection;
    JobLister &m_lister;
    ITwins &m_iTwins;
    JobTableProxy &m_proxy;
    const Clock &m_clock;
};

} // namespace Jobsweep
