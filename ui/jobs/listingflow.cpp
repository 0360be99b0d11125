// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/listingflow.h"

#include "ui/jobs/jobtableproxy.h"

namespace Jobsweep {

ListingFlow::ListingFlow(Connection &connection, JobLister &lister, ITwins &iTwins,
                         JobTableProxy &proxy, const Clock &clock, QObject *parent)
    : QObject(parent), m_connection(connection), m_lister(lister), m_iTwins(iTwins), m_proxy(proxy),
      m_clock(clock)
{
    connect(&connection, &Connection::tokenArrived, this, &ListingFlow::refresh);
    connect(&connection, &Connection::addressChanged, this, &ListingFlow::forgetEverything);
}

void ListingFlow::listWhatIsMissing()
{
    using State = JobLister::State;
    const State state = m_lister.state();
    const JobQuery &wanted = m_proxy.query();
    const bool covers = state != State::NotLoaded && m_lister.query().covers(wanted);
    // Of a listing that ended early the same is asked for again only when the person says so.
    const bool isPart = state == State::Stopped || state == State::Failed;
    if (!covers || (isPart && !wanted.covers(m_lister.query())))
        start(wanted);
}

void ListingFlow::refresh()
{
    // "Older than" is counted from now on.
    m_proxy.setQuery(m_proxy.query(), m_clock.utc());
    // The wider query again keeps the rows and the selection in their places.
    const bool keepsQuery = m_lister.state() != JobLister::State::NotLoaded
        && m_lister.query().covers(m_proxy.query());
    start(keepsQuery ? m_lister.query() : m_proxy.query());
    if (m_connection.hasToken())
        m_iTwins.load();
}

void ListingFlow::start(const JobQuery &query)
{
    if (m_connection.hasToken())
        m_lister.start(query);
}

void ListingFlow::forgetEverything()
{
    m_lister.reset();
    m_iTwins.clear();
}

} // namespace Jobsweep
