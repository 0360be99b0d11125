// SPDX-License-Identifier: GPL-3.0-or-later

// The network is broken from outside the program, beneath Qt, in the middle of a deletion by the
// real window. network.sh gives the process a network of its own to break.

#include "tests/bench/blockwatch.h"
#include "tests/support/findwidgets.h"
#include "tests/support/serviceledger.h"
#include "tests/walkthrough/program.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using Phase = DeletionQueue::Phase;

class NetworkTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void lostPackets();
    void slowLink();
    void blackHole();
    void linkGoesAndComesBack();
    void clientThatSlept();

private:
    void startService(DemoService &service);
    /// Lists, and begins a deletion that is under way when this returns.
    void beginDeletion();
    /// Does what a person does with a deletion that stands still.
    void resumeUntilItEnds();
    void everyJobHasItsOutcome();
    [[nodiscard]] DeletionQueue &queue() { return m_program->core.queue; }
    [[nodiscard]] ServiceLedger ledger() const { return ServiceLedger::read(m_world->ledgerFile); }
    static void shell(const QString &command);
    void filter(const QString &rule) const;

    static constexpr int confirmedJobs = 40;
    /// The access manager's connections to one host.
    static constexpr qsizetype mostAtOnce = 6;
    static constexpr int longest = 200'000;
    /// A wait for the network in the window's thread takes seconds. What is measured is printed.
    static constexpr double longestBlock = 1000;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Program> m_program;
    Bench::BlockWatch m_watch;
    QUrl m_address;
    QByteArray m_token;
    QSet<QString> m_confirmed;
    QHash<QString, QList<Outcome>> m_outcomes;
};

void NetworkTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("JOBSWEEP_PRIVATE_NETWORK"), "run it by network.sh");
}

void NetworkTest::init()
{
    m_confirmed.clear();
    m_outcomes.clear();
    m_world = std::make_unique<World>();
    m_program = std::make_unique<Program>(*m_world);
}

void NetworkTest::cleanup()
{
    m_program.reset();
    m_world.reset();
    shell(u"ip link set lo up; nft flush ruleset; tc qdisc del dev lo root 2>/dev/null; true"_s);
}

void NetworkTest::shell(const QString &command)
{
    // Not QProcess::execute(), which would block the window that is measured.
    QProcess process;
    process.start(u"sh"_s, {u"-c"_s, command});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, longest);
    QCOMPARE(process.exitCode(), 0);
}

/// On what goes to the service and on what comes from it.
void NetworkTest::filter(const QString &rule) const
{
    shell(u"nft add table inet fault && "
          u"nft 'add chain inet fault out { type filter hook output priority 0; }' && "
          u"nft add rule inet fault out tcp dport %1 %2 && "
          u"nft add rule inet fault out tcp sport %1 %2"_s.arg(m_address.port())
              .arg(rule));
}

void NetworkTest::startService(DemoService &service)
{
    QSignalSpy started(&service, &DemoService::started);
    service.start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, longest);
    m_address = started.at(0).at(0).toUrl();
    m_token = started.at(0).at(1).toByteArray();
}

void NetworkTest::beginDeletion()
{
    startService(m_world->service);
    Core &core = m_program->core;
    connect(&queue(), &DeletionQueue::itemFinished, this,
            [this](const JobId &id, Outcome outcome) { m_outcomes[id.text].append(outcome); });
    m_program->window.show();
    core.connection.openForSession(ServiceAddress::parse(m_address.toString()).value(),
                                   AccessToken::fromPasted(QString::fromLatin1(m_token)).value());
    QTRY_COMPARE_WITH_TIMEOUT(core.lister.state(), JobLister::State::Complete, longest);
    QList<JobId> ids;
    for (int row = 0; row < core.jobs.rowCount() && ids.size() < confirmedJobs; ++row) {
        if (core.jobs.isDeletableAt(row))
            ids.append(core.jobs.jobAt(row).id);
    }
    QCOMPARE(ids.size(), confirmedJobs);
    for (const JobId &id : std::as_const(ids))
        m_confirmed.insert(id.text);
    queue().start(ids);
    QTRY_VERIFY_WITH_TIMEOUT(m_outcomes.size() >= 5, longest);
    QCoreApplication::processEvents();
    m_watch.restart();
}

void NetworkTest::resumeUntilItEnds()
{
    QVERIFY(QTest::qWaitFor(
        [this] {
            if (auto *resume = button(m_program->window, u"Resume"_s);
                resume && queue().phase() == Phase::Paused)
                QTest::mouseClick(resume, Qt::LeftButton);
            return !queue().isBusy();
        },
        longest));
}

void NetworkTest::everyJobHasItsOutcome()
{
    const double block = m_watch.quantile(1);
    QSet<QString> deleted;
    for (auto item = m_outcomes.cbegin(); item != m_outcomes.cend(); ++item) {
        QCOMPARE(item->size(), 1);
        QVERIFY(item->constFirst() != Outcome::Unknown);
        if (item->constFirst() == Outcome::Deleted)
            deleted.insert(item.key());
    }
    const ServiceLedger service = ledger();
    qInfo("%lld jobs, %lld deleted, %lld DELETEs; longest block of the window %.0f ms",
          static_cast<long long>(m_outcomes.size()), static_cast<long long>(deleted.size()),
          static_cast<long long>(service.deletionCount()), block);
    QCOMPARE(QSet<QString>(m_outcomes.keyBegin(), m_outcomes.keyEnd()), m_confirmed);
    QCOMPARE(deleted, service.deleted());
    QVERIFY((service.askedToDelete() - m_confirmed).isEmpty());
    QVERIFY(block < longestBlock);
}

void NetworkTest::lostPackets()
{
    beginDeletion();
    filter(u"numgen random mod 100 \\< 30 drop"_s);
    resumeUntilItEnds();
    everyJobHasItsOutcome();
}

void NetworkTest::slowLink()
{
    beginDeletion();
    shell(u"tc qdisc add dev lo root tbf rate 64kbit burst 4kb latency 2s"_s);
    resumeUntilItEnds();
    everyJobHasItsOutcome();
}

/// Longer than a request may stay without an answer. What was on its way is done by the service,
/// which cannot say so.
void NetworkTest::blackHole()
{
    beginDeletion();
    const qsizetype before = ledger().deletionCount();
    filter(u"drop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(queue().phase() == Phase::Paused, longest);
    QVERIFY(ledger().deletionCount() <= before + 2 * mostAtOnce);
    QVERIFY(named<QFrame>(m_program->window, u"Notice"_s));
    shell(u"nft flush ruleset"_s);
    resumeUntilItEnds();
    everyJobHasItsOutcome();
}

void NetworkTest::linkGoesAndComesBack()
{
    beginDeletion();
    shell(u"ip link set lo down"_s);
    QTRY_VERIFY_WITH_TIMEOUT(queue().phase() == Phase::Paused, longest);
    QVERIFY(named<QFrame>(m_program->window, u"Notice"_s));
    shell(u"ip link set lo up"_s);
    resumeUntilItEnds();
    everyJobHasItsOutcome();
}

/// A computer that slept: time went on, the program did not.
void NetworkTest::clientThatSlept()
{
    constexpr int latency = 100;
    constexpr int sleep = 8000;
    DemoOptions options;
    options.latencyMilliseconds = latency;
    options.ledgerFile = m_world->ledgerFile;
    DemoService service(options);
    startService(service);
    QProcess client;
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    client.start(QStringLiteral(JOBSWEEP_SURVIVOR),
                 {m_address.toString(), QString::fromLatin1(m_token),
                  m_world->folder.filePath(u"slept/history.sqlite"_s), u"300"_s});
    QTRY_VERIFY_WITH_TIMEOUT(ledger().deletionCount() > 50, longest);
    const auto process = static_cast<pid_t>(client.processId());
    QCOMPARE(kill(process, SIGSTOP), 0);
    // Not a wait for anything: this is the sleep.
    QTest::qWait(sleep);
    QCOMPARE(kill(process, SIGCONT), 0);
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QProcess::NotRunning, longest);
    QVERIFY(client.readAllStandardOutput().contains("done"));

    const ServiceLedger told = ledger();
    QCOMPARE(told.deletionCount(), 300);
    QCOMPARE(told.deleted().size(), 300);
    QList<QDateTime> times;
    for (const LedgerEntry &entry : told.entries()) {
        if (entry.method == u"DELETE"_s)
            times.append(entry.time);
    }
    std::ranges::sort(times);
    qsizetype most = 0;
    bool hasSlept = false;
    for (qsizetype i = 1; i < times.size(); ++i) {
        if (times.at(i - 1).msecsTo(times.at(i)) < sleep / 2)
            continue;
        hasSlept = true;
        for (qsizetype j = i; j < times.size() && times.at(i).msecsTo(times.at(j)) < latency; ++j)
            most = j - i + 1;
    }
    qInfo("%lld DELETEs within %d ms of waking up", static_cast<long long>(most), latency);
    QVERIFY(hasSlept);
    QVERIFY(most <= mostAtOnce);
}

QTEST_MAIN(NetworkTest)
#include "tst_network.moc"
