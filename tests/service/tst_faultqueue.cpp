// SPDX-License-Identifier: GPL-3.0-or-later

// Runs of deletions in which one DELETE meets a fault, with everything that deletes in the program
// and its history in a file: whatever the wire does, each job ends as the service has it.

#include "deletion/deletionqueue.h"
#include "deletion/historyqueries.h"
#include "tests/support/clientonwire.h"
#include "tests/support/faultruns.h"
#include "tests/support/faultyservice.h"
#include "tests/support/historyfiles.h"
#include "tests/support/passingtime.h"
#include "tests/support/somejobs.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Phase = DeletionQueue::Phase;

namespace {

constexpr int jobsPerRun = 5;
constexpr auto firstToken = "first-secret-token"_L1;
constexpr auto secondToken = "second-secret-token"_L1;

const char *nameOf(Course course)
{
    switch (course) {
    case Course::NotCarriedOut:
        return "not carried out";
    case Course::CarriedOut:
        return "carried out";
    case Course::CarriedOutLate:
        return "carried out late";
    case Course::LostBefore:
        return "after a lost one";
    }
    Q_UNREACHABLE();
}

/// What becomes of the job whose DELETE meets the fault.
struct Fate
{
    Outcome first = Outcome::Deleted;
    /// After the person has done what the program offers, with a healthy service.
    Outcome last = Outcome::Deleted;
    /// Why the run did not simply go on.
    QueueReason reason = QueueReason::None;
};

Fate fateOfTurnedAway(const Refusal &refusal, Course course)
{
    // Qt has sent it twice, and only the second one was answered.
    const Outcome outcome = course == Course::LostBefore ? Outcome::Unknown : Outcome::Failed;
    if (refusal.status == 401)
        return {.reason = QueueReason::Token};
    if (refusal.status == 403)
        return {.first = outcome};
    if (refusal.status == 404)
        return {.first = outcome, .reason = QueueReason::WrongAddress};
    if (refusal.status >= 300 && refusal.status < 400)
        return {.first = outcome, .reason = QueueReason::Redirected};
    if (refusal.retryAfter == std::chrono::seconds(0))
        return {};
    const bool isLong = refusal.retryAfter > DeletionQueue::longestOwnWait;
    return {.reason = isLong ? QueueReason::LongWait : QueueReason::Throttled};
}

/// By the table of the design.
Fate fateOf(const Finding &finding, Course course)
{
    const auto *refusal = std::get_if<Refusal>(&finding);
    switch (claimOf(finding)) {
    case Claim::Nothing: {
        const bool isAlarm = refusal && refusal->status >= 200 && refusal->status < 300;
        return isAlarm ? Fate{.first = Outcome::Unknown, .reason = QueueReason::UnexpectedSuccess}
                       : Fate{};
    }
    case Claim::TurnedAway:
        return fateOfTurnedAway(*refusal, course);
    case Claim::IsSubmitted:
        return {.first = Outcome::Refused, .last = Outcome::Refused};
    case Claim::IsGone:
        if (course == Course::NotCarriedOut)
            return {.first = Outcome::AlreadyGone, .last = Outcome::AlreadyGone};
        return {};
    case Claim::IsDeleted:
        return {};
    }
    Q_UNREACHABLE();
}

QString textOf(const Fate &fate)
{
    return u"first %1, last %2, reason %3"_s.arg(static_cast<int>(fate.first))
        .arg(static_cast<int>(fate.last))
        .arg(static_cast<int>(fate.reason));
}

/// Everything that deletes, put together as the program does it, with a person in front of it.
class Sitting
{
public:
    Sitting(FaultFigures *figures, Heartbeat *heartbeat);
    ~Sitting();
    Q_DISABLE_COPY_MOVE(Sitting)

    [[nodiscard]] bool openHistory() const { return openAndWait(history.get(), fileName()); }
    /// Lists that many drafts and confirms their deletion.
    void begin();
    /// Until the run ends; answers what the program asks of a person meanwhile.
    [[nodiscard]] bool runToEnd();
    /// What a person does who wants the rest to go as well. False when there is nothing to do.
    [[nodiscard]] bool tryTheRest();
    /// Waits for what is still to be written.
    void closeHistory();

    [[nodiscard]] QString fileName() const { return m_folder.filePath(u"history.sqlite"_s); }
    /// The file as another program reads it.
    [[nodiscard]] QList<HistoryItemDetails> recorded() const;
    [[nodiscard]] bool isTokenIn(const QByteArray &bytes) const;
    [[nodiscard]] QByteArray bytesOnDisk() const;

    FaultyService service;
    FakeClock clock;
    RateLimiter limiter;
    QNetworkAccessManager network;
    WireSends sends{network};
    RestClient client{network, limiter, clock, [] { return 1.0; }};
    PassingTime time{clock, client, limiter, sends};
    JobsApi api{client};
    JobModel model;
    std::unique_ptr<SqliteHistory> history = std::make_unique<SqliteHistory>();
    std::unique_ptr<DeletionQueue> queue;
    QList<JobId> ids;
    /// Outcomes as they were announced, until the person asks for more.
    QHash<JobId, Outcome> outcomes;
    int outcomesTwice = 0;
    /// Why the run did not simply go on, at first.
    QueueReason reason = QueueReason::None;

private:
    void takeOutcome(const JobId &id, Outcome outcome);
    void act();
    void waitForService();

    QTemporaryDir m_folder{templateOfFolderInMemory()};
    FaultFigures *m_figures;
    Heartbeat *m_heartbeat;
};

Sitting::Sitting(FaultFigures *figures, Heartbeat *heartbeat)
    : m_figures(figures), m_heartbeat(heartbeat)
{
    sends.watch(&client);
    client.setAddress(ServiceAddress::parse(service.server().address()).value());
    client.setToken(tokenOf(firstToken));
    queue = std::make_unique<DeletionQueue>(api, model, *history, clock, [] { return 1.0; });
    QObject::connect(queue.get(), &DeletionQueue::itemFinished, queue.get(),
                     [this](const JobId &id, Outcome outcome) { takeOutcome(id, outcome); });
    QObject::connect(queue.get(), &DeletionQueue::phaseChanged, queue.get(), [this] {
        if (reason == QueueReason::None)
            reason = queue->reason();
    });
}

Sitting::~Sitting()
{
    queue.reset();
}

void Sitting::begin()
{
    for (int number = 0; number < jobsPerRun; ++number)
        ids.append({u"job-%1"_s.arg(number)});
    QList<Job> jobs;
    // One more than is confirmed.
    for (int number = 0; number <= jobsPerRun; ++number) {
        jobs.append(someJob(u"job-%1"_s.arg(number), u"Bridge scan"_s));
        service.add(jobs.constLast().id);
    }
    model.beginListing();
    model.append(jobs);
    QCOMPARE(queue->start(ids), jobsPerRun);
}

void Sitting::takeOutcome(const JobId &id, Outcome outcome)
{
    outcomesTwice += outcomes.contains(id) ? 1 : 0;
    outcomes.insert(id, outcome);
    m_figures->falseDeleted += isGone(outcome) && service.has(id) ? 1 : 0;
    const bool isCalledThere = !isGone(outcome) && outcome != Outcome::Unknown;
    m_figures->falseFailed += isCalledThere && service.hasDeleted(id) ? 1 : 0;
}

bool Sitting::runToEnd()
{
    return comesTrue(m_heartbeat, [this] {
        act();
        return !queue->isBusy();
    });
}

void Sitting::act()
{
    switch (queue->phase()) {
    case Phase::Idle:
        return;
    case Phase::Paused:
        queue->resume();
        return;
    case Phase::WaitingForToken:
        client.setToken(tokenOf(secondToken));
        queue->goOnWithToken({});
        return;
    case Phase::PausedByService:
        waitForService();
        return;
    case Phase::Holding:
    case Phase::Running:
    case Phase::Stopping:
        break;
    }
    const auto withheld = service.withheld();
    if (withheld && time.passDeadline(*withheld, service.server().received.size()))
        service.setEnded();
    time.goOn();
}

void Sitting::waitForService()
{
    const auto until = queue->pausedUntil();
    if (until && limiter.underWay() == 0)
        time.goTo(*until);
}

bool Sitting::tryTheRest()
{
    QList<JobId> cancelled;
    for (const JobId &id : std::as_const(ids)) {
        if (outcomes.value(id) == Outcome::Cancelled)
            cancelled.append(id);
    }
    const bool canRetry = queue->canRetry();
    outcomes.removeIf([](const auto &entry) {
        return entry.value() == Outcome::Cancelled || entry.value() == Outcome::Failed
            || entry.value() == Outcome::Unknown;
    });
    if (canRetry)
        queue->retryFailed();
    if (!cancelled.isEmpty())
        queue->start(cancelled);
    return canRetry || !cancelled.isEmpty();
}

void Sitting::closeHistory()
{
    queue.reset();
    history.reset();
}

QList<HistoryItemDetails> Sitting::recorded() const
{
    const auto isNeverStale = [] { return false; };
    HistoryQueries queries(fileName());
    const auto page = queries.page({}, {}, isNeverStale);
    QList<qint64> numbers;
    if (page) {
        for (const HistoryItem &item : page->items)
            numbers.append(item.number);
    }
    return queries.details(numbers, isNeverStale).value_or(QList<HistoryItemDetails>());
}

bool Sitting::isTokenIn(const QByteArray &bytes) const
{
    return bytes.contains(QByteArray(firstToken.data())) || bytes.contains(secondToken.data());
}

QByteArray Sitting::bytesOnDisk() const
{
    QByteArray bytes;
    const QFileInfoList files = QDir(m_folder.path()).entryInfoList(QDir::Files);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

} // namespace

class FaultQueueTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_faults = faults(); }
    void endsAsTheServiceHasIt_data();
    void endsAsTheServiceHasIt();
    void cleanupTestCase();

private:
    void run(const Fault &fault, Course course, quint32 seed);
    void checkWire(const Sitting &sitting, const JobId &victim, int mostDeletions);
    static void checkRecord(const Sitting &sitting);

    QList<Fault> m_faults;
    FaultFigures m_figures;
    Heartbeat m_heartbeat;
};

void FaultQueueTest::endsAsTheServiceHasIt_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<Course>("course");
    for (int i = 0; i < m_faults.size(); ++i) {
        FaultPlace place{Moment::Deletion, QRandomGenerator(1), {}};
        const Injection injection = m_faults.at(i).inject(place);
        const QList<Course> courses = coursesFor(injection);
        for (const Course course : courses) {
            QTest::addRow("%s, %s", qUtf8Printable(m_faults.at(i).name), nameOf(course))
                << i << course;
        }
    }
}

void FaultQueueTest::endsAsTheServiceHasIt()
{
    QFETCH(const int, fault);
    QFETCH(const Course, course);
    ++m_figures.rows;
    withEachSeed([&](quint32 seed) { run(m_faults.at(fault), course, seed); });
}

void FaultQueueTest::run(const Fault &fault, Course course, quint32 seed)
{
    const ScriptedServer other;
    FaultPlace place{Moment::Deletion, QRandomGenerator(seed), other.address().toLatin1()};
    const Injection injection = fault.inject(place);
    Sitting sitting(&m_figures, &m_heartbeat);
    QVERIFY(sitting.openHistory());
    const JobId victim{u"job-%1"_s.arg(place.random.bounded(jobsPerRun))};
    // Qt may send it again by itself, up to four times in all; each of them may meet the fault.
    const bool isRepeated
        = std::holds_alternative<NetworkFailure::Kind>(injection.findings.constFirst())
        && mostSends(injection, Moment::Deletion) > 1;
    const int times = isRepeated ? place.random.bounded(1, 5) : 1;
    sitting.service.deal({victim, injection, course, times});

    const int violationsBefore = m_figures.violations();
    sitting.begin();
    QVERIFY(sitting.runToEnd());
    ++m_figures.injected;
    QCOMPARE_GE(sitting.service.dealt(), 1);
    QCOMPARE(sitting.outcomes.size(), jobsPerRun);
    Fate fate{.first = sitting.outcomes.value(victim)};
    if (sitting.tryTheRest())
        QVERIFY(sitting.runToEnd());

    fate.last = sitting.outcomes.value(victim);
    fate.reason = sitting.reason;
    QStringList right;
    for (const Finding &finding : injection.findings)
        right.append(textOf(fateOf(finding, course)));
    QVERIFY2(right.contains(textOf(fate)),
             qUtf8Printable(u"%1, instead of %2"_s.arg(textOf(fate), right.join(u" or "_s))));
    for (const JobId &id : std::as_const(sitting.ids)) {
        if (id != victim)
            QCOMPARE(sitting.outcomes.value(id), Outcome::Deleted);
    }
    m_figures.lost += jobsPerRun - static_cast<int>(sitting.outcomes.size());
    m_figures.earlySends += sitting.time.earlySends();
    m_figures.unknownAtEnd += sitting.queue->summary().unknown;
    checkWire(sitting, victim, times + (course == Course::LostBefore ? 3 : 2));
    QCOMPARE(sitting.outcomesTwice, 0);
    QCOMPARE(other.connectionCount(), 0);
    QCOMPARE(m_figures.violations(), violationsBefore);
    sitting.closeHistory();
    checkRecord(sitting);
}

void FaultQueueTest::checkWire(const Sitting &sitting, const JobId &victim, int mostDeletions)
{
    const FaultyService &service = sitting.service;
    int confirmed = 0;
    for (const JobId &id : sitting.ids) {
        confirmed += service.deletions(id);
        if (id == victim)
            QCOMPARE_LE(service.deletions(id), mostDeletions);
        else
            QCOMPARE(service.deletions(id), 1);
    }
    m_figures.wrongDeletes += service.deletions() - confirmed;
    QVERIFY(service.has({u"job-%1"_s.arg(jobsPerRun)}));
    for (const ReceivedRequest &request : service.server().received) {
        const QByteArray sent = request.header("Authorization");
        QVERIFY(sent == "Bearer " + QByteArray(firstToken.data())
                || sent == "Bearer " + QByteArray(secondToken.data()));
    }
}

/// What the person is told now must also be what the history tells later.
void FaultQueueTest::checkRecord(const Sitting &sitting)
{
    const QList<HistoryItemDetails> recorded = sitting.recorded();
    QCOMPARE(recorded.size(), jobsPerRun);
    for (const HistoryItemDetails &details : recorded) {
        const JobId &id = details.item.id;
        QVERIFY(sitting.outcomes.contains(id));
        QCOMPARE(details.item.outcome, sitting.outcomes.value(id));
        QCOMPARE(details.sends(), sitting.service.deletions(id));
    }
    QVERIFY(!sitting.isTokenIn(sitting.bytesOnDisk()));
}

void FaultQueueTest::cleanupTestCase()
{
    m_figures.print(m_heartbeat);
    QCOMPARE(m_figures.violations(), 0);
    QCOMPARE_LT(m_heartbeat.worst(), Heartbeat::longestAllowed);
}

QTEST_GUILESS_MAIN(FaultQueueTest)
#include "tst_faultqueue.moc"
