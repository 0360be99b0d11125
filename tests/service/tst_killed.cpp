// SPDX-License-Identifier: GPL-3.0-or-later

// The program is killed at random moments of a run and started again, until the run is over. In the
// end its history and the service's own record must agree on every job.

#include "deletion/codes.h"
#include "demo/demoservice.h"
#include "tests/support/serviceledger.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class KilledTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyJobHasOneOutcomeAfterTwoHundredKills();

private:
    struct Recorded
    {
        QString stage;
        QString outcome;
    };

    void startService();
    /// One life: until it ends by itself, or until it is killed so long after it was ready.
    bool live(std::optional<int> killAfter);
    void readHistory();
    [[nodiscard]] QSet<QString> recordedAs(Outcome outcome) const;

    static constexpr int kills = 200;
    static constexpr int confirmedJobs = 1600;
    static constexpr int longest = 120'000;

    QTemporaryDir m_folder;
    std::unique_ptr<DemoService> m_service;
    QUrl m_address;
    QByteArray m_token;
    QSet<QString> m_confirmed;
    bool m_isRecorded = false;
    QMultiHash<QString, Recorded> m_history;
};

void KilledTest::startService()
{
    DemoOptions options;
    options.jobs = 16000;
    options.latencyMilliseconds = 15;
    options.submittedOneIn = 9;
    options.ledgerFile = m_folder.filePath(u"ledger.jsonl"_s);
    m_service = std::make_unique<DemoService>(options);
    QSignalSpy started(m_service.get(), &DemoService::started);
    m_service->start();
    QVERIFY(started.wait(longest));
    m_address = started.first().at(0).toUrl();
    m_token = started.first().at(1).toByteArray();
}

bool KilledTest::live(std::optional<int> killAfter)
{
    QProcess survivor;
    survivor.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    survivor.start(QStringLiteral(JOBSWEEP_SURVIVOR),
                   {m_address.toString(), QString::fromLatin1(m_token),
                    m_folder.filePath(u"history/history.sqlite"_s),
                    QString::number(confirmedJobs)});
    bool isReady = false;
    bool isDone = false;
    const auto read = [&] {
        while (survivor.canReadLine()) {
            const QList<QByteArray> words = survivor.readLine().trimmed().split(' ');
            isReady |= words.first() == "ready";
            isDone |= words.first() == "done";
            m_isRecorded |= words.first() == "recorded";
            if (words.first() == "confirmed")
                m_confirmed.insert(QString::fromLatin1(words.last()));
        }
    };
    connect(&survivor, &QProcess::readyReadStandardOutput, this, read);
    // The first life is not ended before there is something to take up in the next.
    const bool isBegun = QTest::qWaitFor([&] { return isReady && m_isRecorded; }, longest);
    if (!isBegun)
        return false;
    QSignalSpy finished(&survivor, &QProcess::finished);
    if (!killAfter || !finished.wait(*killAfter)) {
        if (!killAfter)
            finished.wait(longest);
        survivor.kill();
        survivor.waitForFinished(longest);
    }
    read();
    return isDone;
}

void KilledTest::readHistory()
{
    const QString name = u"killed"_s;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        file.setDatabaseName(m_folder.filePath(u"history/history.sqlite"_s));
        QVERIFY(file.open());
        QSqlQuery items(u"SELECT job_id, stage, outcome FROM item"_s, file);
        while (items.next()) {
            m_history.insert(items.value(0).toString(),
                             {items.value(1).toString(), items.value(2).toString()});
        }
    }
    QSqlDatabase::removeDatabase(name);
}

QSet<QString> KilledTest::recordedAs(Outcome outcome) const
{
    QSet<QString> ids;
    for (auto item = m_history.cbegin(); item != m_history.cend(); ++item) {
        if (item->outcome == codeOf(outcome))
            ids.insert(item.key());
    }
    return ids;
}

void KilledTest::everyJobHasOneOutcomeAfterTwoHundredKills()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    startService();
    int killed = 0;
    bool isDone = false;
    while (killed < kills && !isDone) {
        // Lives long enough for some dozens of answers, and some that see none.
        isDone = live(random.bounded(90));
        killed += isDone ? 0 : 1;
    }
    while (!isDone)
        isDone = live({});
    readHistory();
    const ServiceLedger ledger = ServiceLedger::read(m_folder.filePath(u"ledger.jsonl"_s));
    qInfo("seed %u: killed %d times, %lld jobs confirmed, %lld deleted, %lld refused, %lld DELETEs",
          seed, killed, static_cast<long long>(m_confirmed.size()),
          static_cast<long long>(recordedAs(Outcome::Deleted).size()),
          static_cast<long long>(recordedAs(Outcome::Refused).size()),
          static_cast<long long>(ledger.deletionCount()));

    QCOMPARE(m_confirmed.size(), confirmedJobs);
    QCOMPARE(m_history.size(), confirmedJobs);
    QCOMPARE(QSet<QString>(m_history.keyBegin(), m_history.keyEnd()), m_confirmed);
    for (const Recorded &item : std::as_const(m_history))
        QCOMPARE(item.stage, codeOf(ItemStage::Finished));
    QVERIFY((ledger.askedToDelete() - m_confirmed).isEmpty());
    QCOMPARE(recordedAs(Outcome::Deleted), ledger.deleted());
    QCOMPARE(recordedAs(Outcome::Deleted) + recordedAs(Outcome::Refused), m_confirmed);
    QCOMPARE(recordedAs(Outcome::Refused), ledger.deletionsAnswered(422));
    // A job is never asked to go again after it went.
    QCOMPARE(ledger.deletionCount(), ledger.askedToDelete().size());
    QCOMPARE(killed, kills);
}

QTEST_GUILESS_MAIN(KilledTest)
#include "tst_killed.moc"
