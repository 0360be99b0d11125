// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyfile.h"
#include "tests/support/historyfiles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto origin = u"https://api.bentley.com"_s;

AnswerRecord success()
{
    AnswerRecord answer{.status = 204, .error = {}, .exchange = {}};
    answer.exchange.verb = Verb::Delete;
    answer.exchange.endedAt = someTime(2);
    answer.exchange.duration = std::chrono::milliseconds(61);
    answer.exchange.sends = 1;
    return answer;
}

AnswerRecord refusal()
{
    HttpFailure failure;
    failure.status = 422;
    failure.code = u"InvalidRequest"_s;
    failure.message = u"Cannot delete '; DROP TABLE item; --"_s;
    failure.details = {{u"JobAlreadySubmitted"_s, u"It was submitted."_s, u"id"_s}};
    failure.exchange = success().exchange;
    failure.exchange.serviceCorrelationId = u"service-1"_s;
    return {.status = 422, .error = failure, .exchange = failure.exchange};
}

} // namespace

class TestSqliteHistory final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"new/history.sqlite"_s);
    }
    void cleanup() { m_history.reset(); }

    void isNotOpenAtFirst()
    {
        SqliteHistory history;
        QVERIFY(history.failure().has_value());
        QCOMPARE(history.failure()->kind, HistoryFailure::Kind::NotOpen);
        const Recorded begun = valueOf(history.begin(someRun(u"r"_s), {}));
        QVERIFY(!begun.has_value());
        QCOMPARE(begun.error().kind, HistoryFailure::Kind::NotOpen);
    }

    void keepsFolderAndFileForTheirOwner()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1))));
        constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner
            | QFileDevice::ReadUser | QFileDevice::WriteUser;
        const QDir folder = QFileInfo(m_file).dir();
        QCOMPARE(QFileInfo(folder.path()).permissions(),
                 owner | QFileDevice::ExeOwner | QFileDevice::ExeUser);
        const QFileInfoList files = folder.entryInfoList(QDir::Files);
        QVERIFY(files.size() >= 2);
        for (const QFileInfo &file : files)
            QCOMPARE(file.permissions(), owner);
    }

    void recordsARun()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 2))));
        QVERIFY(isDone(m_history->addItems(u"r"_s, someItems(u"j"_s, 1))));
        QVERIFY(isDone(m_history->intend({u"i-0"_s, u"i-1"_s}, someTime(1))));
        QVERIFY(isDone(m_history->answered(u"i-0"_s, success())));
        QVERIFY(isDone(m_history->finish(u"i-0"_s, Outcome::Deleted, someTime(3))));
        QVERIFY(isDone(m_history->answered(u"i-1"_s, refusal())));
        m_history.reset();

        QCOMPARE(rows(u"SELECT id, origin, account, is_trial, confirmed_at FROM run"_s),
                 QStringList(u"r|https://api.bentley.com|a@example.com|0|%1"_s.arg(
                     someTime().toMSecsSinceEpoch())));
        const QString intended = QString::number(someTime(1).toMSecsSinceEpoch());
        const QString finished = QString::number(someTime(3).toMSecsSinceEpoch());
        QCOMPARE(rows(u"SELECT correlation_id, job_id, stage, outcome, intended_at, finished_at"
                      " FROM item ORDER BY number"_s),
                 QStringList({u"i-0|job-i-0|finished|deleted|%1|%2"_s.arg(intended, finished),
                              u"i-1|job-i-1|intended||%1|"_s.arg(intended),
                              u"j-0|job-j-0|confirmed|||"_s}));
        QCOMPARE(
            rows(u"SELECT name, definition FROM item LIMIT 1"_s),
            QStringList(someItem({}).name % u'|' % QString::fromUtf8(someItem({}).definition)));
        QCOMPARE(
            rows(u"SELECT correlation_id, verb, duration, sends, status, code, message, causes,"
                 " service_correlation_id, error IS NULL FROM answer ORDER BY number"_s),
            QStringList({u"i-0|DELETE|61|1|204|||[]||1"_s,
                         u"i-1|DELETE|61|1|422|InvalidRequest|Cannot delete '; DROP TABLE item; --|"
                         "[{\"code\":\"JobAlreadySubmitted\",\"message\":\"It was submitted.\","
                         "\"target\":\"id\"}]|service-1|0"_s}));
    }

    void intendsOnlyWhatIsDurable()
    {
        open();
        m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1));
        QVERIFY(isDone(m_history->intend({u"i-0"_s}, someTime())));
        // Somebody else sees it, although the history has not been closed.
        QCOMPARE(rows(u"SELECT stage FROM item"_s), QStringList(u"intended"_s));
    }

    void waitsForTheDiskAtEveryCommit()
    {
        HistoryFile file;
        QVERIFY(file.open(m_file).has_value());
        // FULL, and the log that makes one wait a commit of it.
        QCOMPARE(file.statements().value(u"PRAGMA synchronous"_s)->toInt(), 2);
        QCOMPARE(file.statements().value(u"PRAGMA journal_mode"_s)->toString(), u"wal"_s);
    }

    void answersThroughTheEventLoop()
    {
        open();
        const auto future = m_history->begin(someRun(u"r"_s), {});
        QElapsedTimer clock;
        clock.start();
        while (!QFile::exists(m_file % "-wal"_L1) && clock.elapsed() < 1000) { }
        QVERIFY(!future.isFinished());
        QVERIFY(isDone(future));
    }

    void findsWhatEarlierSessionsLeft()
    {
        open();
        NewRun elsewhere = someRun(u"other"_s);
        elsewhere.origin = u"https://qa-api.bentley.com"_s;
        m_history->begin(elsewhere, someItems(u"o"_s, 1));
        m_history->begin(someRun(u"r"_s, someTime(9)), someItems(u"i"_s, 4));
        m_history->intend({u"i-1"_s, u"i-2"_s, u"i-3"_s}, someTime());
        m_history->finish(u"i-2"_s, Outcome::Unknown, someTime());
        m_history->reopen({u"i-3"_s});
        QCOMPARE(valueOf(m_history->unfinished(origin)).size(), 0);

        open();
        const auto left = valueOf(m_history->unfinished(origin));
        QCOMPARE(left.size(), 4);
        QCOMPARE(left.at(0).item.correlationId, u"i-0"_s);
        QCOMPARE(left.at(0).item.id, JobId{u"job-i-0"_s});
        QCOMPARE(left.at(0).item.name, someItem({}).name);
        QCOMPARE(left.at(0).item.definition, someItem({}).definition);
        QCOMPARE(left.at(0).run, u"r"_s);
        QCOMPARE(left.at(0).confirmedAt, someTime(9));
        QCOMPARE(left.at(0).stage, ItemStage::Confirmed);
        QVERIFY(!left.at(0).wasIntended);
        QCOMPARE(left.at(1).item.correlationId, u"i-1"_s);
        QCOMPARE(left.at(1).stage, ItemStage::Intended);
        QVERIFY(left.at(1).wasIntended);
        // Nobody answered what became of it, so that is asked again.
        QCOMPARE(left.at(2).item.correlationId, u"i-2"_s);
        QCOMPARE(left.at(2).stage, ItemStage::Intended);
        QCOMPARE(left.at(2).account, someRun({}).account);
        // Taken back, yet a DELETE may have been sent.
        QCOMPARE(left.at(3).item.correlationId, u"i-3"_s);
        QCOMPARE(left.at(3).stage, ItemStage::Confirmed);
        QVERIFY(left.at(3).wasIntended);
        QCOMPARE(valueOf(m_history->unfinished(elsewhere.origin)).size(), 1);
    }

    void reopensWhatHadAnOutcome()
    {
        open();
        m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1));
        m_history->finish(u"i-0"_s, Outcome::Failed, someTime());
        QVERIFY(isDone(m_history->reopen({u"i-0"_s})));
        QCOMPARE(rows(u"SELECT stage, outcome, finished_at FROM item"_s),
                 QStringList(u"confirmed||"_s));
    }

    void refusesWhatContradictsTheRecord()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 2))));
        const auto unknown = m_history->intend({u"i-0"_s, u"nobody"_s}, someTime());
        const auto twice
            = m_history->begin(someRun(u"s"_s), someItems(u"k"_s, 1) + someItems(u"i"_s, 1));
        const auto lost = m_history->addItems(u"no run"_s, someItems(u"l"_s, 1));
        const auto good = m_history->intend({u"i-1"_s}, someTime());
        QVERIFY(!isDone(unknown));
        QVERIFY(!isDone(twice));
        QVERIFY(!isDone(lost));
        QVERIFY(isDone(good));
        QVERIFY(!m_history->failure().has_value());
        // Nothing of them is there, not even their beginning.
        QCOMPARE(rows(u"SELECT correlation_id, stage FROM item ORDER BY number"_s),
                 QStringList({u"i-0|confirmed"_s, u"i-1|intended"_s}));
        QCOMPARE(rows(u"SELECT id FROM run"_s), QStringList(u"r"_s));
    }

    void writesManyTogether()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1000))));
        const int before = m_history->transactions();
        QFuture<Recorded> last;
        for (int i = 0; i < 1000; ++i)
            last = m_history->intend({u"i-%1"_s.arg(i)}, someTime());
        QVERIFY(isDone(last));
        QVERIFY2(m_history->transactions() - before < 100,
                 qPrintable(QString::number(m_history->transactions() - before)));
        QCOMPARE(rows(u"SELECT count(*) FROM item WHERE stage = 'intended'"_s),
                 QStringList(u"1000"_s));
    }

    void writesWhatWaitsBeforeItEnds()
    {
        open();
        m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 100));
        for (int i = 0; i < 100; ++i)
            m_history->finish(u"i-%1"_s.arg(i), Outcome::Deleted, someTime());
        m_history->countRequests(origin, {someTime(), 3});
        m_history.reset();
        QCOMPARE(rows(u"SELECT count(*) FROM item WHERE outcome = 'deleted'"_s),
                 QStringList(u"100"_s));
        QCOMPARE(rows(u"SELECT requests FROM request"_s), QStringList(u"3"_s));
    }

    void cancelsWhatHasNotEndedWhenItGoes()
    {
        open();
        const auto future = m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1));
        m_history.reset();
        QVERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
        QCOMPARE(rows(u"SELECT id FROM run"_s), QStringList(u"r"_s));
    }

    void saysThatItChanged()
    {
        open();
        QSignalSpy changed(m_history.get(), &History::changed);
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 50))));
        for (int i = 0; i < 50; ++i)
            QVERIFY(isDone(m_history->intend({u"i-%1"_s.arg(i)}, someTime())));
        QTRY_COMPARE(changed.size(), 2);
    }

    void remembersCreations()
    {
        open();
        m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 2));
        m_history->finish(u"i-0"_s, Outcome::Deleted, someTime());
        QVERIFY(isDone(m_history->intendCreation(u"i-0"_s, u"c-0"_s, someTime(1))));
        QVERIFY(isDone(m_history->intendCreation(u"i-0"_s, u"c-1"_s, someTime(2))));
        QVERIFY(isDone(m_history->intendCreation(u"i-0"_s, u"c-2"_s, someTime(3))));
        QVERIFY(!isDone(m_history->intendCreation(u"nobody"_s, u"c-3"_s, someTime(3))));
        AnswerRecord created = success();
        created.status = 201;
        created.exchange.verb = Verb::Post;
        QVERIFY(isDone(m_history->answered(u"c-0"_s, created)));
        m_history->finishCreation(u"c-0"_s, CreationOutcome::Created, {u"new"_s}, someTime(4));
        m_history->finishCreation(u"c-1"_s, CreationOutcome::Unknown, {}, someTime(5));

        open();
        const auto left = valueOf(m_history->unfinishedCreations(u"i-0"_s));
        QCOMPARE(left.size(), 2);
        QCOMPARE(left.at(0).correlationId, u"c-1"_s);
        QCOMPARE(left.at(0).intendedAt, someTime(2));
        QCOMPARE(left.at(1).correlationId, u"c-2"_s);
        QCOMPARE(valueOf(m_history->unfinishedCreations(u"i-1"_s)).size(), 0);
        QCOMPARE(rows(u"SELECT new_job_id, outcome FROM creation WHERE outcome = 'created'"_s),
                 QStringList(u"new|created"_s));
        QCOMPARE(rows(u"SELECT item.correlation_id, answer.correlation_id, verb, status FROM answer"
                      " JOIN item ON item.number = answer.item"_s),
                 QStringList(u"i-0|c-0|POST|201"_s));
    }

    void forgetsTrialRunsAtTheNextStart()
    {
        open();
        NewRun trial = someRun(u"trial"_s);
        trial.isTrial = true;
        m_history->begin(trial, someItems(u"t"_s, 2));
        m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 1));
        QVERIFY(isDone(m_history->answered(u"t-0"_s, success())));
        QCOMPARE(rows(u"SELECT count(*) FROM run"_s), QStringList(u"2"_s));
        open();
        QCOMPARE(rows(u"SELECT id FROM run"_s), QStringList(u"r"_s));
        QCOMPARE(rows(u"SELECT correlation_id FROM item"_s), QStringList(u"i-0"_s));
        QCOMPARE(rows(u"SELECT count(*) FROM answer"_s), QStringList(u"0"_s));
    }

    void countsRequestsBySecond()
    {
        open();
        const QDateTime now
            = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch() - 100, Qt::UTC);
        m_history->countRequests(origin, {now.addMSecs(100), 2});
        m_history->countRequests(origin, {now.addMSecs(900), 3});
        m_history->countRequests(origin, {now.addSecs(10), 4});
        m_history->countRequests(origin, {now.addSecs(-2 * 3600), 9});
        m_history->countRequests(u"https://qa-api.bentley.com"_s, {now, 7});
        const QList<RequestCount> expected{{now.addMSecs(999), 5}, {now.addMSecs(10'999), 4}};
        QCOMPARE(valueOf(m_history->requestsSince(origin, now)), expected);
        m_history->countRequests(origin, {now.addMSecs(500), 1});
        QCOMPARE(valueOf(m_history->requestsSince(origin, now)).at(0).requests, 6);

        open();
        QCOMPARE(valueOf(m_history->requestsSince(origin, now.addSecs(1))),
                 QList<RequestCount>{expected.at(1)});
        // Older than any limit.
        QCOMPARE(valueOf(m_history->requestsSince(origin, now.addDays(-1))).size(), 2);
    }

    void forgetsOldRuns()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        open();
        m_history->begin(someRun(u"old"_s, now.addDays(-11)), someItems(u"o"_s, 2));
        m_history->begin(someRun(u"open"_s, now.addDays(-11)), someItems(u"u"_s, 2));
        m_history->begin(someRun(u"young"_s, now.addDays(-9)), someItems(u"y"_s, 1));
        for (const auto &id : {u"o-0"_s, u"o-1"_s, u"u-0"_s, u"y-0"_s})
            QVERIFY(isDone(m_history->finish(id, Outcome::Deleted, now)));
        m_history->setRetention(10, 0);
        QTRY_COMPARE(rows(u"SELECT id FROM run ORDER BY number"_s),
                     QStringList({u"open"_s, u"young"_s}));
        QCOMPARE(rows(u"SELECT count(*) FROM item"_s), QStringList(u"3"_s));
    }

    void forgetsTheOldestAboveTheSize()
    {
        open();
        const int runs = 6;
        for (int i = 0; i < runs; ++i) {
            const QString id = QString::number(i);
            QList<NewItem> items = someItems(id, 100);
            for (NewItem &item : items)
                item.definition = QByteArray(10'000, 'x');
            m_history->begin(someRun(id), items);
            for (int j = 0; j < 100; ++j)
                m_history->finish(items.at(j).correlationId, Outcome::Deleted, someTime());
        }
        // The second is not done.
        QVERIFY(isDone(m_history->reopen({u"1-0"_s})));
        const qint64 limit = 3'500'000;
        m_history->setRetention(0, limit);
        QTRY_COMPARE(rows(u"SELECT id FROM run ORDER BY number"_s),
                     QStringList({u"1"_s, u"4"_s, u"5"_s}));
        m_history.reset();
        QVERIFY(QFileInfo(m_file).size() <= limit);
    }

    void clearsWhatIsDone()
    {
        open();
        QList<NewItem> items = someItems(u"i"_s, 100);
        for (NewItem &item : items)
            item.definition = "secret sauce " + QByteArray(5'000, 'x');
        m_history->begin(someRun(u"done"_s), items);
        for (const NewItem &item : std::as_const(items))
            m_history->finish(item.correlationId, Outcome::Deleted, someTime());
        m_history->begin(someRun(u"open"_s), someItems(u"o"_s, 2));
        m_history->finish(u"o-0"_s, Outcome::Deleted, someTime());
        m_history->begin(someRun(u"creating"_s), someItems(u"c"_s, 1));
        m_history->finish(u"c-0"_s, Outcome::Deleted, someTime());
        QVERIFY(isDone(m_history->intendCreation(u"c-0"_s, u"creation"_s, someTime())));
        QVERIFY(isDone(m_history->clear()));
        QCOMPARE(rows(u"SELECT id FROM run ORDER BY number"_s),
                 QStringList({u"open"_s, u"creating"_s}));
        // Really gone, also from the log, while it is still open.
        const QFileInfoList files = QFileInfo(m_file).dir().entryInfoList(QDir::Files);
        qint64 size = 0;
        for (const QFileInfo &info : files) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            if (!info.fileName().endsWith("-shm"_L1))
                size += content.size();
            QVERIFY(!content.contains("secret sauce"));
        }
        QVERIFY(size < 200'000);
    }

    void copiesAnOlderFileBeforeItChanges()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 3))));
        m_history.reset();
        const HistorySchema newer{2, [](int version) {
                                      return version == 2
                                          ? QStringList(u"ALTER TABLE run ADD COLUMN note TEXT"_s)
                                          : historyMigrationTo(version);
                                  }};
        m_history = std::make_unique<SqliteHistory>(newer);
        QVERIFY(openAndWait(m_history.get(), m_file));
        QVERIFY(isDone(m_history->intend({u"i-0"_s}, someTime())));
        QCOMPARE(rows(u"SELECT id, note IS NULL FROM run"_s), QStringList(u"r|1"_s));
        QCOMPARE(rows(u"PRAGMA user_version"_s), QStringList(u"2"_s));
        const QString backup = HistoryFile::backupName(m_file, 1);
        QCOMPARE(rowsIn(backup, u"PRAGMA user_version"_s), QStringList(u"1"_s));
        QCOMPARE(rowsIn(backup, u"SELECT count(*) FROM item WHERE stage = 'confirmed'"_s),
                 QStringList(u"3"_s));
        QCOMPARE(QFileInfo(backup).permissions() & QFileDevice::ReadGroup, 0);
        // It is a copy of what is to be forgotten.
        QVERIFY(isDone(m_history->clear()));
        QVERIFY(!QFile::exists(backup));
    }

    void changesNothingWithoutACopy()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 3))));
        m_history.reset();
        // A folder with something in it cannot be replaced by the copy.
        QVERIFY(QDir().mkpath(HistoryFile::backupName(m_file, 1) % "/full"_L1));
        const HistorySchema newer{2, [](int) { return QStringList(u"DROP TABLE item"_s); }};
        m_history = std::make_unique<SqliteHistory>(newer);
        QVERIFY(!openAndWait(m_history.get(), m_file));
        QCOMPARE(m_history->failure()->kind, HistoryFailure::Kind::NotWritable);
        QCOMPARE(rows(u"SELECT count(*) FROM item"_s), QStringList(u"3"_s));
    }

    void rollsAFailedMigrationBack()
    {
        open();
        QVERIFY(isDone(m_history->begin(someRun(u"r"_s), someItems(u"i"_s, 3))));
        m_history.reset();
        const HistorySchema newer{
            2, [](int) {
                return QStringList({u"DROP TABLE answer"_s, u"no statement"_s});
            }};
        m_history = std::make_unique<SqliteHistory>(newer);
        QVERIFY(!openAndWait(m_history.get(), m_file));
        open();
        QVERIFY(isDone(m_history->answered(u"i-0"_s, success())));
    }

private:
    void open()
    {
        m_history.reset();
        m_history = std::make_unique<SqliteHistory>();
        QVERIFY(openAndWait(m_history.get(), m_file));
    }
    QStringList rows(const QString &statement) { return rowsIn(m_file, statement); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<SqliteHistory> m_history;
};

QTEST_GUILESS_MAIN(TestSqliteHistory)
#include "tst_sqlitehistory.moc"
