// SPDX-License-Identifier: GPL-3.0-or-later

// Thousands of deletions over real sockets, in which one request in twenty meets a fault of any
// kind, with a person who does what the program asks for. In the end the program, its history and
// the service agree on every job.

#include "deletion/codes.h"
#include "tests/support/comestrue.h"
#include "tests/support/deletionworld.h"
#include "tests/support/faults.h"
#include "tests/support/historyfiles.h"
#include "tests/support/wireworld.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using Phase = DeletionQueue::Phase;

namespace {

constexpr int faultsInHundred = 5;
/// Drafts that are listed and that nobody confirms.
constexpr int bystanders = 200;
/// At once, after an alarm has ended the run of all.
constexpr int mostConfirmedAgain = 500;

/// Whether a service may have done what it was asked for when the client finds this: no answer, or
/// one that says nothing about it.
bool leavesDoubt(const Finding &finding)
{
    if (std::holds_alternative<NetworkFailure::Kind>(finding))
        return true;
    const auto *refusal = std::get_if<Refusal>(&finding);
    return refusal && !asksToWait(refusal->status, refusal->retryAfter.has_value())
        && (refusal->status == 408 || refusal->status >= 500);
}

/// What goes wrong, and what the service does to the job all the same.
class Troublemaker
{
public:
    explicit Troublemaker(quint32 seed)
        : m_random(seed), m_place{Moment::Check, QRandomGenerator(seed + 1), "http://127.0.0.1:1"}
    { }

    std::optional<Interference> operator()(const Asked &asked)
    {
        if (m_random.bounded(100) >= faultsInHundred)
            return {};
        const auto number = m_random.bounded(static_cast<int>(m_faults.size()));
        m_place.moment = asked.isDeletion ? Moment::Deletion : Moment::Check;
        const Injection injection = m_faults.at(number).inject(m_place);
        // Whether a job that is read again still waits for such an answer nobody can see.
        if (injection.end == Injection::End::AtDeadlineAtLatest && asked.fate == JobFate::Submitted)
            return {};
        const Finding &finding = injection.findings.constFirst();
        const auto *refusal = std::get_if<Refusal>(&finding);
        const bool saysSubmitted = asked.isDeletion && refusal && refusal->status == 422;
        // The status line is the verdict, also when not much else arrives.
        const bool saysDeleted
            = asked.isDeletion && injection.action.bytes.startsWith("HTTP/1.1 204 Scripted\r\n");
        // A service is slow, broken or out of reach here; it does not lie.
        if ((saysSubmitted && asked.isGone())
            || ((injection.saysGone || saysDeleted) && asked.fate == JobFate::Submitted))
            return {};
        Interference interference{injection.action, {}, injection.end != Injection::End::ByItself};
        if (asked.fate == JobFate::Draft) {
            if (saysSubmitted)
                interference.newFate = JobFate::Submitted;
            else if (injection.saysGone || saysDeleted)
                interference.newFate = refusal ? JobFate::DeletedByOthers : JobFate::Deleted;
            else if (asked.isDeletion && leavesDoubt(finding) && m_random.bounded(2) == 0)
                interference.newFate = JobFate::Deleted;
        }
        ++m_dealt;
        m_kinds.insert(m_faults.at(number).name);
        // The clock of a program does not reach far enough for this one to come often.
        if (refusal && refusal->retryAfter > std::chrono::hours(24 * 365))
            m_faults.removeAt(number);
        return interference;
    }

    [[nodiscard]] int dealt() const { return m_dealt; }
    [[nodiscard]] qsizetype kinds() const { return m_kinds.size(); }

private:
    QList<Fault> m_faults = faults();
    QRandomGenerator m_random;
    FaultPlace m_place;
    int m_dealt = 0;
    QSet<QString> m_kinds;
};

/// What must not be. Each is looked for at the moment in which an outcome is told.
struct Wrongs
{
    int falselyGone = 0;
    int falselyThere = 0;
    int falselyRefused = 0;
    /// "Already gone" for a job that nobody but the program deleted.
    int notByOthers = 0;
    /// Without having been asked for since the outcome before.
    int outcomesTooMany = 0;
    int deletionsAfterEnd = 0;
};

} // namespace

class LongRunTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyJobHasItsRightOutcome();

private:
    void take(const JobId &id, Outcome outcome);
    /// Starts what can be started; false when nothing is left to do.
    bool goOnFromIdle();
    bool actAsPerson();
    void open(const QList<JobId> &ids) { m_open += QSet<JobId>(ids.cbegin(), ids.cend()); }
    [[nodiscard]] QList<JobId> endedAs(Outcome outcome) const;
    void compareWithHistory();
    void report(const Troublemaker &trouble, std::chrono::seconds simulated) const;

    QTemporaryDir m_folder;
    QString m_historyFile = m_folder.filePath(u"history.sqlite"_s);
    FakeClock m_clock;
    DraftService m_service{[this] { return m_clock.now(); }};
    std::unique_ptr<WireWorld> m_world;
    QList<JobId> m_confirmed;
    QSet<JobId> m_open;
    QHash<JobId, Outcome> m_outcomes;
    QHash<JobId, int> m_deletionsAtEnd;
    Wrongs m_wrongs;
    int m_runs = 0;
    int m_tokens = 0;
    int m_resumed = 0;
    int m_checkedAgain = 0;
};

void LongRunTest::take(const JobId &id, Outcome outcome)
{
    const bool isAtService = !m_service.isGone(id);
    if (!m_open.remove(id))
        ++m_wrongs.outcomesTooMany;
    m_outcomes.insert(id, outcome);
    m_deletionsAtEnd.insert(id, m_service.deletionsOf(id));
    switch (outcome) {
    case Outcome::AlreadyGone:
        m_wrongs.notByOthers += m_service.fateOf(id) == JobFate::Deleted ? 1 : 0;
        [[fallthrough]];
    case Outcome::Deleted:
        m_wrongs.falselyGone += isAtService ? 1 : 0;
        break;
    case Outcome::Refused:
        m_wrongs.falselyRefused += m_service.fateOf(id) == JobFate::Submitted ? 0 : 1;
        [[fallthrough]];
    case Outcome::Failed:
    case Outcome::Cancelled:
        m_wrongs.falselyThere += isAtService ? 0 : 1;
        break;
    case Outcome::Unknown:
        break;
    }
}

QList<JobId> LongRunTest::endedAs(Outcome outcome) const
{
    QList<JobId> ids;
    for (const JobId &id : m_confirmed) {
        if (m_outcomes.value(id) == outcome)
            ids.append(id);
    }
    return ids;
}

bool LongRunTest::goOnFromIdle()
{
    DeletionQueue &queue = m_world->queue;
    if (queue.summary().unknown > 0) {
        ++m_checkedAgain;
        for (const JobId &id : queue.problems()) {
            const Outcome outcome = *queue.item(id)->outcome;
            if (outcome == Outcome::Unknown || outcome == Outcome::Failed)
                m_open.insert(id);
        }
        queue.retryFailed();
        return true;
    }
    // An alarm has stopped the run: what it left is confirmed again.
    const QList<JobId> left
        = m_runs == 0 ? m_confirmed : endedAs(Outcome::Cancelled).mid(0, mostConfirmedAgain);
    if (left.isEmpty())
        return false;
    ++m_runs;
    open(left);
    return queue.start(left) == left.size();
}

bool LongRunTest::actAsPerson()
{
    switch (m_world->queue.phase()) {
    case Phase::Idle:
        return goOnFromIdle();
    case Phase::Paused:
        ++m_resumed;
        m_world->queue.resume();
        return true;
    case Phase::WaitingForToken:
        m_world->client.setToken(AccessToken::fromPasted(u"token-%1"_s.arg(++m_tokens)).value());
        m_world->queue.goOnWithToken({});
        return true;
    case Phase::Holding:
    case Phase::Running:
    case Phase::PausedByService:
    case Phase::Stopping:
        return false;
    }
    Q_UNREACHABLE();
}

void LongRunTest::compareWithHistory()
{
    QHash<QString, QString> recorded;
    const QStringList rows = rowsIn(
        m_historyFile, u"SELECT job_id, stage, coalesce(outcome, '') FROM item ORDER BY number"_s);
    for (const QString &row : rows) {
        QCOMPARE(row.section(u'|', 1, 1), u"finished"_s);
        recorded.insert(row.section(u'|', 0, 0), row.section(u'|', 2, 2));
    }
    QCOMPARE(recorded.size(), m_confirmed.size());
    for (const JobId &id : std::as_const(m_confirmed))
        QCOMPARE(recorded.value(id.text), codeOf(m_outcomes.value(id)));
}

void LongRunTest::report(const Troublemaker &trouble, std::chrono::seconds simulated) const
{
    qInfo(
        "%lld jobs: %lld deleted, %lld gone before, %lld refused, %lld failed; %zu requests, %d "
        "faults of %lld kinds; %d runs, %d resumed, %d new tokens, %d times checked again; %lld s "
        "simulated",
        static_cast<long long>(m_confirmed.size()),
        static_cast<long long>(endedAs(Outcome::Deleted).size()),
        static_cast<long long>(endedAs(Outcome::AlreadyGone).size()),
        static_cast<long long>(endedAs(Outcome::Refused).size()),
        static_cast<long long>(endedAs(Outcome::Failed).size()), m_service.arrivals().size(),
        trouble.dealt(), static_cast<long long>(trouble.kinds()), m_runs, m_resumed, m_tokens,
        m_checkedAgain, static_cast<long long>(simulated.count()));
}

void LongRunTest::everyJobHasItsRightOutcome()
{
    const quint32 seed = qEnvironmentVariableIsSet("JOBSWEEP_SEED")
        ? qEnvironmentVariable("JOBSWEEP_SEED").toUInt()
        : QRandomGenerator::global()->generate();
    qInfo("JOBSWEEP_SEED=%u", seed);
    // Fewer where everything takes longer.
    const int jobs = qEnvironmentVariableIntValue("JOBSWEEP_LONG_RUN");
    m_confirmed = m_service.addDrafts(jobs > 0 ? jobs : 10'000);
    const QList<JobId> untouched
        = m_service.addDrafts(bystanders, static_cast<int>(m_confirmed.size()));
    Troublemaker trouble(seed);
    m_service.interfere = std::ref(trouble);

    QRandomGenerator jitter(seed);
    m_world = std::make_unique<WireWorld>(m_service, m_clock, m_historyFile, publishedLimits(),
                                          [&jitter] { return jitter.generateDouble(); });
    m_world->client.setToken(testToken());
    m_world->client.setTier(Tier::Community);
    m_world->list(m_confirmed + untouched);
    connect(&m_world->queue, &DeletionQueue::itemFinished, this, &LongRunTest::take);
    const Instant begun = m_clock.now();
    for (;;) {
        QVERIFY(m_world->settle());
        if (actAsPerson())
            continue;
        if (!m_world->queue.isBusy())
            break;
        // Nothing is due only while something of the history is still on its way.
        QVERIFY(comesTrue([this] { return m_clock.nextDue() || !m_world->queue.isBusy(); }));
        const auto due = m_clock.nextDue();
        if (!due)
            continue;
        m_clock.advance(std::chrono::ceil<std::chrono::milliseconds>(*due - m_clock.now()));
    }
    const auto simulated = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now() - begun);
    m_world.reset();

    report(trouble, simulated);
    QCOMPARE(m_service.strangers(), QStringList());
    for (const JobId &id : std::as_const(m_confirmed)) {
        if (isGone(m_outcomes.value(id)))
            m_wrongs.deletionsAfterEnd += m_service.deletionsOf(id) - m_deletionsAtEnd.value(id);
    }
    QCOMPARE(m_wrongs.falselyGone, 0);
    QCOMPARE(m_wrongs.falselyThere, 0);
    QCOMPARE(m_wrongs.falselyRefused, 0);
    QCOMPARE(m_wrongs.notByOthers, 0);
    QCOMPARE(m_wrongs.outcomesTooMany, 0);
    QCOMPARE(m_wrongs.deletionsAfterEnd, 0);
    QCOMPARE(m_open.size(), 0);
    QCOMPARE(m_outcomes.size(), m_confirmed.size());
    QCOMPARE(endedAs(Outcome::Unknown).size(), 0);
    for (const JobId &id : untouched)
        QCOMPARE(m_service.deletionsOf(id), 0);
    compareWithHistory();
}

QTEST_GUILESS_MAIN(LongRunTest)
#include "tst_longrun.moc"
