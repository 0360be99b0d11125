// SPDX-License-Identifier: GPL-3.0-or-later

// Eight hours in which somebody deletes draft after draft under the limits of a tier: tokens end
// every hour, the service asks for pauses, the machine sleeps, its clock is set, and the program is
// started again. The service has its own time, and sees that nothing comes too early or too often.

#include "deletion/codes.h"
#include "tests/support/deletionworld.h"
#include "tests/support/historyfiles.h"
#include "tests/support/wireworld.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Phase = DeletionQueue::Phase;

namespace {

// A tenth of what Community has, so that hours take seconds.
constexpr RateWindow perMinute{50, 1min};
constexpr RateWindow perHour{500, 1h};
constexpr int draftsOfARun = 180;

/// The most requests that any stretch of that length saw.
int mostWithin(const std::vector<Instant> &arrivals, Instant::duration length)
{
    std::ptrdiff_t most = 0;
    for (auto last = arrivals.cbegin(); last != arrivals.cend(); ++last) {
        const auto first = std::upper_bound(arrivals.cbegin(), last, *last - length);
        most = std::max(most, last - first + 1);
    }
    return static_cast<int>(most);
}

} // namespace

class EightHoursTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsEarlyAndNothingIsLost();

private:
    /// What the machine goes through at a time of the service's clock.
    struct Happening
    {
        std::chrono::minutes at;
        std::function<void()> happen;
    };

    [[nodiscard]] QList<Happening> happenings();
    [[nodiscard]] Instant serviceTime() const { return m_clock.now() + m_slept; }
    [[nodiscard]] QByteArray serviceDate() const;
    std::optional<Interference> interfere(const Asked &asked);
    /// The service will turn the next request away and is not to be asked for so long.
    void askForPause(std::chrono::seconds length, bool asDate);
    /// The wall clock goes on and the monotonic one does not, as on Linux …
    void sleep(std::chrono::minutes length);
    /// … or both go on, as elsewhere.
    void sleepWithClock(std::chrono::minutes length) { m_clock.jump(length); }
    void setClock(std::chrono::hours change);
    void startProgram();
    void actAsPerson();
    void watchAllowance();
    void compareWithHistory();

    QTemporaryDir m_folder;
    QString m_historyFile = m_folder.filePath(u"history.sqlite"_s);
    FakeClock m_clock;
    /// How far the service's time is ahead of the monotonic clock.
    Instant::duration m_slept{};
    DraftService m_service{[this] { return serviceTime(); }};
    std::unique_ptr<WireWorld> m_world;
    QByteArray m_validToken;
    Instant m_tokenEnds{};
    int m_tokens = 0;
    struct Pause
    {
        std::chrono::seconds length;
        bool asDate = false;
    };
    std::optional<Pause> m_askedPause;
    Instant m_closedFrom{};
    Instant m_closedUntil{};
    int m_pauses = 0;
    int m_early = 0;
    int m_negative = 0;
    int m_runs = 0;
    int m_starts = 0;
    int m_drafts = 0;
};

QByteArray EightHoursTest::serviceDate() const
{
    const auto seconds
        = std::chrono::duration_cast<std::chrono::seconds>(serviceTime().time_since_epoch());
    const QDateTime time = QDateTime::fromSecsSinceEpoch(1'800'000'000 + seconds.count(), Qt::UTC);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

std::optional<Interference> EightHoursTest::interfere(const Asked &asked)
{
    // What was under way together with the request that was turned away could not know.
    if (serviceTime() > m_closedFrom && serviceTime() < m_closedUntil)
        ++m_early;
    const bool isValid = serviceTime() < m_tokenEnds
        && asked.request.header("Authorization") == "Bearer " + m_validToken;
    if (!isValid)
        return Interference{WireAction::withStatus(401, R"({"error":{"code":"Unauthorized"}})")};
    if (!m_askedPause)
        return {};
    const Pause pause = *std::exchange(m_askedPause, std::nullopt);
    const QByteArray now = serviceDate();
    m_closedFrom = serviceTime();
    m_closedUntil = m_closedFrom + pause.length;
    ++m_pauses;
    QByteArray retryAfter = QByteArray::number(qint64(pause.length.count()));
    if (pause.asDate) {
        m_slept += pause.length;
        retryAfter = serviceDate();
        m_slept -= pause.length;
    }
    return Interference{WireAction::withStatus(429, R"({"error":{"code":"RateLimitExceeded"}})",
                                               {{"Date", now}, {"Retry-After", retryAfter}})};
}

void EightHoursTest::askForPause(std::chrono::seconds length, bool asDate)
{
    m_askedPause = Pause{length, asDate};
}

void EightHoursTest::sleep(std::chrono::minutes length)
{
    m_slept += length;
    m_clock.setUtc(m_clock.utc().addSecs(std::chrono::seconds(length).count()));
}

void EightHoursTest::setClock(std::chrono::hours change)
{
    m_clock.setUtc(m_clock.utc().addSecs(std::chrono::seconds(change).count()));
}

QList<EightHoursTest::Happening> EightHoursTest::happenings()
{
    return {
        {20min, [this] { askForPause(10min, false); }},
        // In the middle of that pause.
        {25min, [this] { setClock(-24h); }},
        {50min, [this] { setClock(24h); }},
        {70min, [this] { sleep(90min); }},
        {175min, [this] { askForPause(8min, true); }},
        {178min, [this] { setClock(24h); }},
        {190min, [this] { setClock(-24h); }},
        {200min, [this] { startProgram(); }},
        {215min, [this] { sleepWithClock(40min); }},
        {270min, [this] { askForPause(15min, false); }},
        // In the middle of that pause, too.
        {272min, [this] { startProgram(); }},
        {275min, [this] { sleep(5min); }},
        {310min, [this] { setClock(-24h); }},
        {315min, [this] { startProgram(); }},
        {320min, [this] { setClock(24h); }},
        {350min, [this] { askForPause(5min, true); }},
        {352min, [this] { sleepWithClock(30min); }},
        {420min, [this] { startProgram(); }},
    };
}

void EightHoursTest::startProgram()
{
    ++m_starts;
    // As the settings keep it.
    const auto pause = m_world ? m_world->client.askedPause() : std::nullopt;
    m_world.reset();
    m_world = std::make_unique<WireWorld>(m_service, m_clock, m_historyFile,
                                          TierLimits{{Tier::Community, {perMinute, perHour}}},
                                          [] { return 0.5; });
    m_world->client.setTier(Tier::Community);
    connect(&m_world->client, &RestClient::allowanceChanged, this, &EightHoursTest::watchAllowance);
    QVERIFY(m_world->settle()); // what the history knows of the last hour
    if (pause)
        m_world->client.rememberPause(*pause);
    m_world->client.setToken(testToken(QString::fromLatin1(m_validToken)));
}

void EightHoursTest::watchAllowance()
{
    const Allowance allowance = m_world->client.allowance();
    const auto isPossible = [](const std::optional<int> &left, int most) {
        return left && *left >= 0 && *left <= most;
    };
    if (!isPossible(allowance.minute, perMinute.requests)
        || !isPossible(allowance.hour, perHour.requests))
        ++m_negative;
}

void EightHoursTest::actAsPerson()
{
    DeletionQueue &queue = m_world->queue;
    if (queue.phase() == Phase::WaitingForToken) {
        m_validToken = "token-" + QByteArray::number(++m_tokens);
        m_tokenEnds = serviceTime() + 1h;
        m_world->client.setToken(testToken(QString::fromLatin1(m_validToken)));
        queue.goOnWithToken({});
    } else if (queue.phase() == Phase::Paused) {
        queue.resume();
    } else if (queue.phase() == Phase::Idle) {
        ++m_runs;
        const QList<JobId> drafts = m_service.addDrafts(draftsOfARun, m_drafts);
        m_drafts += draftsOfARun;
        m_world->list(drafts);
        queue.start(drafts);
    }
}

/// Every draft is in it once, and is at the service what the record says.
void EightHoursTest::compareWithHistory()
{
    const QStringList rows
        = rowsIn(m_historyFile, u"SELECT job_id, stage, coalesce(outcome, '') FROM item"_s);
    QCOMPARE(rows.size(), m_drafts);
    int leftToReview = 0;
    for (const QString &row : rows) {
        const bool isGone = m_service.isGone({row.section(u'|', 0, 0)});
        const QString stage = row.section(u'|', 1, 1);
        const QString outcome = row.section(u'|', 2, 2);
        leftToReview += stage == u"finished"_s ? 0 : 1;
        // Of what was about to be sent when the program ended nobody knows before it is checked.
        if (stage != u"intended"_s)
            QCOMPARE(outcome == codeOf(Outcome::Deleted), isGone);
        QVERIFY(stage != u"finished"_s || outcome == codeOf(Outcome::Deleted)
                || outcome == codeOf(Outcome::Cancelled));
    }
    QCOMPARE_LE(leftToReview, m_starts * draftsOfARun);
}

void EightHoursTest::nothingIsEarlyAndNothingIsLost()
{
    // The history goes by the real clock, too: none of the times here may be long ago for it.
    m_clock.setUtc(QDateTime::currentDateTimeUtc().addDays(3));
    m_service.interfere = [this](const Asked &asked) { return interfere(asked); };
    m_validToken = "token-0";
    m_tokenEnds = serviceTime() + 1h;
    startProgram();

    const Instant begun = serviceTime();
    QList<Happening> coming = happenings();
    while (serviceTime() < begun + 8h) {
        QVERIFY(m_world->settle());
        actAsPerson();
        QVERIFY(m_world->settle());
        if (!coming.isEmpty() && serviceTime() >= begun + coming.constFirst().at) {
            coming.takeFirst().happen();
            continue;
        }
        m_clock.advance(1s);
    }
    QVERIFY(coming.isEmpty());
    m_world->queue.stop();
    QVERIFY(m_world->settle());
    m_world.reset();

    const int inMinute = mostWithin(m_service.arrivals(), perMinute.length);
    const int inHour = mostWithin(m_service.arrivals(), perHour.length);
    qInfo("%d runs, %zu requests, %d in a minute and %d in an hour at most, %d pauses, %d new "
          "tokens",
          m_runs, m_service.arrivals().size(), inMinute, inHour, m_pauses, m_tokens);
    QCOMPARE(m_early, 0);
    QCOMPARE(m_negative, 0);
    QCOMPARE_LE(inMinute, perMinute.requests);
    QCOMPARE_LE(inHour, perHour.requests);
    QCOMPARE_GE(m_pauses, 3); // the others found nobody asking
    QVERIFY(m_service.strangers().isEmpty());
    compareWithHistory();
}

QTEST_GUILESS_MAIN(EightHoursTest)
#include "tst_eighthours.moc"
