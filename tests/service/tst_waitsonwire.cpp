// SPDX-License-Identifier: GPL-3.0-or-later

// A service that asks to wait gets no request before the time that it named: in every form of
// Retry-After, for deletions and for lists, by a fake clock to the millisecond and by the real one.

#include "jobs/joblister.h"
#include "tests/support/faults.h"
#include "tests/support/fixtures.h"
#include "tests/support/runonwire.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLocale>

#include <memory>
#include <vector>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Phase = DeletionQueue::Phase;

namespace {

WireAction decent(const ReceivedRequest &request)
{
    return decentAnswer(request.verb() == "DELETE"_ba ? Moment::Deletion : Moment::Listing);
}

/// For the first request, then decent answers.
auto afterAskingToWait(int status, const WireAction::Headers &headers)
{
    return [status, headers, asked = false](const ReceivedRequest &request) mutable {
        return std::exchange(asked, true) ? decent(request)
                                          : WireAction::withStatus(status, {}, headers);
    };
}

/// A service and a client by the real clock; notes when what happened.
struct RealStand
{
    explicit RealStand(bool isList) : isListing(isList)
    {
        client.setAddress(ServiceAddress::parse(server.address()).value());
        client.setToken(tokenOf(u"secret-token"_s));
        model.beginListing();
        model.append({someJob(u"job-0"_s, {}), someJob(u"job-1"_s, {})});
    }
    void start(int status, const WireAction::Headers &headers)
    {
        server.answerWith = [this, answer = afterAskingToWait(status, headers)](
                                const ReceivedRequest &request) mutable {
            if (!sinceAsked.isValid())
                sinceAsked.start();
            else if (server.received.size() > underWayWhenAsked)
                gaps.append(sinceAsked.elapsed());
            return answer(request);
        };
        if (isListing)
            lister.start({});
        else
            queue.start({{u"job-0"_s}, {u"job-1"_s}});
    }
    [[nodiscard]] bool hasEnded() const
    {
        return isListing ? lister.state() == JobLister::State::Complete : !queue.isBusy();
    }

    bool isListing;
    ScriptedServer server;
    SystemClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    RestClient client{network, limiter, clock, [] { return 0.0; }};
    JobsApi api{client};
    JobModel model;
    FakeHistory history;
    DeletionQueue queue{api, model, history, clock, [] { return 0.0; }};
    JobLister lister{api, model, clock, [] { return 0.0; }};
    QElapsedTimer sinceAsked;
    /// The deletions begin with two at a time.
    qsizetype underWayWhenAsked = isListing ? 1 : 2;
    /// From the first answer on, of what came later, in ms.
    QList<qint64> gaps;
};

} // namespace

class WaitsOnWireTest final : public QObject
{
    Q_OBJECT

private slots:
    void noWaitIsCutShort_data();
    void noWaitIsCutShort();
    void noWaitIsCutShortByTheRealClock();
    void cleanupTestCase();

private:
    void waitOut(RunOnWire *run, const std::optional<std::chrono::seconds> &time);

    FaultFigures m_figures;
    Heartbeat m_heartbeat;
};

void WaitsOnWireTest::noWaitIsCutShort_data()
{
    QTest::addColumn<int>("wait");
    QTest::addColumn<bool>("isListing");
    QTest::addColumn<int>("status");
    const QList<Wait> all = waits();
    for (int i = 0; i < all.size(); ++i) {
        for (const bool isListing : {false, true}) {
            for (const int status : {429, 503}) {
                if (status == 503 && !all.at(i).time)
                    continue; // without a time it is a failure as any other
                QTest::addRow("%s, %s, %d", all.at(i).name, isListing ? "list" : "deletion", status)
                    << i << isListing << status;
            }
        }
    }
}

void WaitsOnWireTest::noWaitIsCutShort()
{
    QFETCH(const int, wait);
    QFETCH(const bool, isListing);
    QFETCH(const int, status);
    const Wait asked = waits().at(wait);
    ScriptedServer server;
    server.answerWith = afterAskingToWait(
        status, {{"Date", "Mon, 03 Jun 2019 11:00:00 GMT"}, {"Retry-After", asked.value}});
    RunOnWire run(server.address());
    JobLister lister(run.api, run.model, run.clock, [] { return 1.0; });
    ++m_figures.rows;
    ++m_figures.injected;

    if (isListing)
        lister.start({});
    else
        run.start();
    if (asked.time != 0s)
        waitOut(&run, asked.time);

    QVERIFY(comesTrue(&m_heartbeat, [&] {
        run.time.goOn();
        return !run.queue.isBusy() && lister.state() != JobLister::State::Loading;
    }));
    if (isListing)
        QCOMPARE(lister.state(), JobLister::State::Complete);
    else
        QCOMPARE(run.queue.summary().deleted, 2);
    m_figures.earlySends += run.time.earlySends();
    QCOMPARE(m_figures.earlySends, 0);
}

/// Goes through the pause, and has the person try to get something sent in the middle of it.
void WaitsOnWireTest::waitOut(RunOnWire *run, const std::optional<std::chrono::seconds> &time)
{
    QVERIFY(comesTrue(&m_heartbeat,
                      [run] { return run->client.pausedUntil() && run->limiter.underWay() == 0; }));
    const Instant begin = run->clock.now();
    const Instant until = *run->client.pausedUntil();
    if (time) {
        QCOMPARE(until - begin, Instant::duration(*time));
    } else {
        // As long as the program thinks right, but not at once.
        QCOMPARE_GE(until - begin, Instant::duration(1s));
        QCOMPARE_LE(until - begin, Instant::duration(60s));
    }
    // The answer's way to whoever asked.
    const bool isDeletion = run->queue.isBusy();
    if (isDeletion)
        QVERIFY(comesTrue(&m_heartbeat, [run] { return run->queue.phase() != Phase::Running; }));
    const bool isLong = time > DeletionQueue::longestOwnWait;
    if (isDeletion) {
        QCOMPARE(run->queue.phase(), isLong ? Phase::Paused : Phase::PausedByService);
        QCOMPARE(run->queue.reason(), isLong ? QueueReason::LongWait : QueueReason::Throttled);
        QCOMPARE(run->queue.pausedUntil(), until);
    }
    const qsizetype made = run->sends.made();
    const auto tryEverything = [run, made, this] {
        run->queue.pause();
        run->queue.resume();
        JobLister another(run->api, run->model, run->clock, [] { return 1.0; });
        another.start({});
        m_figures.earlySends += static_cast<int>(run->sends.made() - made);
        QCOMPARE(run->sends.made(), made);
    };
    tryEverything();
    run->clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(until - begin) / 2);
    tryEverything();
    run->time.goTo(until);
    QCOMPARE(run->time.earlySends(), 0);
    QCOMPARE_GT(run->sends.made(), made);
}

/// All at once, so that they take no longer than the longest.
void WaitsOnWireTest::noWaitIsCutShortByTheRealClock()
{
    constexpr qint64 measuringError = 50;
    struct Case
    {
        std::unique_ptr<RealStand> stand;
        qint64 least;
    };
    std::vector<Case> cases;
    const auto begin
        = [&cases](bool isListing, int status, const WireAction::Headers &headers, qint64 least) {
              cases.push_back({std::make_unique<RealStand>(isListing), least});
              cases.back().stand->start(status, headers);
          };
    const QByteArray said = "Mon, 03 Jun 2019 11:00:00 GMT";
    for (const bool isListing : {false, true}) {
        for (const int status : {429, 503}) {
            for (const char *value :
                 {"2", "0, 2", "Mon, 03 Jun 2019 11:00:02 GMT", "Monday, 03-Jun-19 11:00:02 GMT"})
                begin(isListing, status, {{"Date", said}, {"Retry-After", value}}, 2000);
            begin(isListing, status, {{"Retry-After", "1"}}, 1000);
        }
        // Without a Date by this machine's clock; a date has no milliseconds.
        const QDateTime end = QDateTime::currentDateTimeUtc().addSecs(2);
        const QString date = QLocale::c().toString(end, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        begin(isListing, 429, {{"Retry-After", date.toLatin1()}}, 2000 - end.time().msec());
    }

    QVERIFY(comesTrue(&m_heartbeat, [&] {
        return std::ranges::all_of(cases, [](const Case &one) { return one.stand->hasEnded(); });
    }));

    qint64 closest = std::numeric_limits<qint64>::max();
    for (const Case &one : cases) {
        ++m_figures.rows;
        ++m_figures.injected;
        QVERIFY(!one.stand->gaps.isEmpty());
        for (const qint64 gap : one.stand->gaps) {
            closest = std::min(closest, gap - one.least);
            m_figures.earlySends += gap < one.least - measuringError ? 1 : 0;
        }
    }
    qInfo("The closest request came %lld ms after the time", static_cast<long long>(closest));
    QCOMPARE(m_figures.earlySends, 0);
}

void WaitsOnWireTest::cleanupTestCase()
{
    m_figures.print(m_heartbeat);
    QCOMPARE(m_figures.violations(), 0);
    QCOMPARE_LT(m_heartbeat.worst(), Heartbeat::longestAllowed);
}

QTEST_GUILESS_MAIN(WaitsOnWireTest)
#include "tst_waitsonwire.moc"
