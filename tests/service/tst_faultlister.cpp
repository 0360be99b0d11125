// SPDX-License-Identifier: GPL-3.0-or-later

// Listings in which one page meets a fault, over real sockets: everything comes in the end, nothing
// that was there gets lost, and an end that is none says so.

#include "jobs/joblister.h"
#include "tests/support/clientonwire.h"
#include "tests/support/faultruns.h"
#include "tests/support/passingtime.h"

#include <QUrlQuery>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using State = JobLister::State;

namespace {

constexpr int pages = 3;
constexpr int jobsPerPage = 2;
constexpr auto firstToken = "first-secret-token"_L1;
constexpr auto secondToken = "second-secret-token"_L1;

/// Which requests meet the fault.
enum class Where {
    FirstPage,
    LaterPage,
    /// A later page, however often it is asked for.
    LaterPageForLong,
};

const char *nameOf(Where where)
{
    switch (where) {
    case Where::FirstPage:
        return "first page";
    case Where::LaterPage:
        return "later page";
    case Where::LaterPageForLong:
        return "later page, for long";
    }
    Q_UNREACHABLE();
}

/// A service with three pages.
class PagedService
{
public:
    PagedService()
    {
        server.answerWith = [this](const ReceivedRequest &request) { return answer(request); };
    }
    void deal(const Injection &injection, int page, int times)
    {
        m_injection = injection;
        m_page = page;
        m_times = times;
    }
    /// From now on it is healthy.
    void heal()
    {
        m_times = 0;
        withheld.reset();
    }

    ScriptedServer server;
    /// How the last answer ends, when it does not end by itself.
    std::optional<Injection::End> withheld;
    int dealt = 0;
    /// Everything that is not a GET of the list.
    int strangeRequests = 0;

private:
    WireAction answer(const ReceivedRequest &request)
    {
        const QUrlQuery query(QUrl(QString::fromLatin1(request.target())));
        const int page = query.queryItemValue(u"continuationToken"_s).toInt();
        if (request.verb() != "GET"_ba || !request.target().startsWith("/contextcapture/jobs?"))
            ++strangeRequests;
        withheld.reset();
        if (page != m_page || m_times <= 0)
            return decentPage(page);
        --m_times;
        ++dealt;
        if (m_injection.end != Injection::End::ByItself)
            withheld = m_injection.end;
        return m_injection.action;
    }
    static WireAction decentPage(int page)
    {
        QStringList jobs;
        for (int i = page * jobsPerPage; i < (page + 1) * jobsPerPage; ++i)
            jobs.append(u"{\"id\":\"job-%1\",\"state\":\"unsubmitted\"}"_s.arg(i));
        const QString href = page + 1 < pages
            ? u"\"https://elsewhere.example/?continuationToken=%1\""_s.arg(page + 1)
            : u"null"_s;
        const QString body
            = u"{\"jobs\":[%1],\"_links\":{\"next\":{\"href\":%2}}}"_s.arg(jobs.join(u','), href);
        return WireAction::withStatus(200, body.toLatin1());
    }

    Injection m_injection;
    int m_page = -1;
    int m_times = 0;
};

/// Everything that lists, put together as the program does it.
struct Listing
{
    explicit Listing(Heartbeat *heartbeatOfTest) : heartbeat(heartbeatOfTest)
    {
        sends.watch(&client);
        client.setAddress(ServiceAddress::parse(service.server.address()).value());
        client.setToken(tokenOf(firstToken));
    }
    /// Lists, or lists again, until there is an end.
    [[nodiscard]] bool list()
    {
        lister.start({});
        return comesTrue(heartbeat, [this] {
            if (service.withheld
                && time.passDeadline(*service.withheld, service.server.received.size()))
                service.withheld.reset();
            time.goOn();
            return lister.state() != State::Loading;
        });
    }
    [[nodiscard]] int missing() const
    {
        int missing = 0;
        for (int i = 0; i < pages * jobsPerPage; ++i)
            missing += model.rowOf({u"job-%1"_s.arg(i)}) < 0 ? 1 : 0;
        return missing;
    }

    PagedService service;
    FakeClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    WireSends sends{network};
    RestClient client{network, limiter, clock, [] { return 1.0; }};
    PassingTime time{clock, client, limiter, sends};
    JobsApi api{client};
    JobModel model;
    JobLister lister{api, model, clock, [] { return 1.0; }};
    Heartbeat *heartbeat;
};

/// Whether the list goes on by itself after an answer that is found to be this, if it comes once.
bool isGotOver(const Finding &finding, Where where)
{
    if (const auto *kind = std::get_if<NetworkFailure::Kind>(&finding))
        return *kind == NetworkFailure::Kind::ConnectionLost
            || *kind == NetworkFailure::Kind::TimedOut;
    const auto *refusal = std::get_if<Refusal>(&finding);
    if (!refusal)
        return std::holds_alternative<Success>(finding);
    const int status = refusal->status;
    // A filter that is refused is asked for in another form.
    return status == 408 || status == 429 || status >= 500
        || (status == 422 && where == Where::FirstPage);
}

} // namespace

class FaultListerTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_faults = faults(); }
    void everythingComesInTheEnd_data();
    void everythingComesInTheEnd();
    void cleanupTestCase();

private:
    void run(const Fault &fault, Where where, quint32 seed);
    static void checkEnd(const Listing &listing, const Injection &injection, Where where);

    QList<Fault> m_faults;
    FaultFigures m_figures;
    Heartbeat m_heartbeat;
};

void FaultListerTest::everythingComesInTheEnd_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<Where>("where");
    for (int i = 0; i < m_faults.size(); ++i) {
        for (const Where where : {Where::FirstPage, Where::LaterPage, Where::LaterPageForLong}) {
            // A wait of a hundred years, again and again: beyond the end of the clock.
            if (where == Where::LaterPageForLong
                && m_faults.at(i).name.contains(u"beyond all numbers"_s))
                continue;
            QTest::addRow("%s: %s", nameOf(where), qUtf8Printable(m_faults.at(i).name))
                << i << where;
        }
    }
}

void FaultListerTest::everythingComesInTheEnd()
{
    QFETCH(const int, fault);
    QFETCH(const Where, where);
    ++m_figures.rows;
    withEachSeed([&](quint32 seed) { run(m_faults.at(fault), where, seed); });
}

void FaultListerTest::run(const Fault &fault, Where where, quint32 seed)
{
    const ScriptedServer other;
    FaultPlace place{Moment::Listing, QRandomGenerator(seed), other.address().toLatin1()};
    const Injection injection = fault.inject(place);
    Listing listing(&m_heartbeat);
    const bool isRefresh = seed % 2 == 0;
    if (isRefresh)
        QVERIFY(listing.list());
    const bool isLoss
        = std::holds_alternative<NetworkFailure::Kind>(injection.findings.constFirst());
    const int page = where == Where::FirstPage ? 0 : place.random.bounded(1, pages);
    const bool isForLong = where == Where::LaterPageForLong;
    listing.service.deal(injection, page,
                         isForLong    ? 1000
                             : isLoss ? place.random.bounded(1, 4)
                                      : 1);

    QVERIFY(listing.list());
    ++m_figures.injected;
    QCOMPARE_GE(listing.service.dealt, 1);
    checkEnd(listing, injection, where);
    if (listing.lister.state() == State::Failed) {
        const int atLeast = isRefresh ? pages * jobsPerPage : page * jobsPerPage;
        QCOMPARE(listing.model.rowCount(), atLeast);
    }

    listing.service.heal();
    listing.client.setToken(tokenOf(secondToken));
    QVERIFY(listing.list());
    QCOMPARE(listing.lister.state(), State::Complete);
    m_figures.lost += listing.missing();
    m_figures.earlySends += listing.time.earlySends();
    m_figures.wrongDeletes += listing.service.strangeRequests;
    QCOMPARE(listing.missing(), 0);
    QCOMPARE(listing.model.rowCount(), pages * jobsPerPage);
    QCOMPARE(listing.time.earlySends(), 0);
    QCOMPARE(listing.service.strangeRequests, 0);
    QCOMPARE(other.connectionCount(), 0);
}

/// Whether it ended as what the page met is found to be.
void FaultListerTest::checkEnd(const Listing &listing, const Injection &injection, Where where)
{
    const std::optional<ApiError> &error = listing.lister.error();
    const QString found = textOf(findingOf(error));
    QCOMPARE(listing.lister.state(), error ? State::Failed : State::Complete);
    QStringList right;
    for (const Finding &finding : injection.findings) {
        const bool goesOn = where != Where::LaterPageForLong && isGotOver(finding, where);
        right.append(textOf(goesOn ? Finding(Success()) : finding));
    }
    QVERIFY2(right.contains(found), qUtf8Printable(u"%1, not %2"_s.arg(found, right.join(u'|'))));
    if (where == Where::LaterPageForLong)
        QCOMPARE_LE(listing.service.dealt,
                    JobLister::maximumAttempts * mostSends(injection, Moment::Listing));
}

void FaultListerTest::cleanupTestCase()
{
    m_figures.print(m_heartbeat);
    QCOMPARE(m_figures.violations(), 0);
    QCOMPARE_LT(m_heartbeat.worst(), Heartbeat::longestAllowed);
}

QTEST_GUILESS_MAIN(FaultListerTest)
#include "tst_faultlister.moc"
