// SPDX-License-Identifier: GPL-3.0-or-later

// The history on disks and files that are not as they should be: the faults are real ones.

#include "deletion/historyfile.h"
#include "tests/support/historyfiles.h"
#include "tests/support/owndisk.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Kind = HistoryFailure::Kind;

namespace {

const auto holdOption = u"--hold"_s;
constexpr int attemptTimeout = 15'000;

/// Everything in the folder: names and bytes, but for SQLite's shared memory and an empty log,
/// which are no content.
QMap<QString, QByteArray> contentOf(const QString &folder)
{
    QMap<QString, QByteArray> content;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        const bool isEmptyLog = info.size() == 0 && info.fileName().endsWith("-wal"_L1);
        if (!isEmptyLog && !info.fileName().endsWith("-shm"_L1) && file.open(QIODevice::ReadOnly))
            content.insert(info.fileName(), file.readAll());
    }
    return content;
}

bool writeFile(const QString &fileName, const QByteArray &content)
{
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TestHistoryFailures final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"history.sqlite"_s);
    }

    void refusesWhatIsNoWholeHistory_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<std::function<bool(const QString &)>>("spoil");
        const auto row = [](const char *name, Kind kind, const auto &spoil) {
            QTest::newRow(name) << kind << std::function<bool(const QString &)>(spoil);
        };
        row("empty", Kind::Damaged, [](const QString &file) { return QFile(file).resize(0); });
        row("cut off in its header", Kind::Damaged,
            [](const QString &file) { return QFile(file).resize(50); });
        row("cut off in its first page", Kind::Damaged,
            [](const QString &file) { return QFile(file).resize(1000); });
        row("cut off between pages", Kind::Damaged,
            [](const QString &file) { return QFile(file).resize(QFileInfo(file).size() - 8192); });
        row("overwritten in the middle", Kind::Damaged, [](const QString &name) {
            QFile file(name);
            return file.open(QIODevice::ReadWrite) && file.seek(8192)
                && file.write(QByteArray(20'000, 'x')) == 20'000;
        });
        row("text", Kind::ForeignFile,
            [](const QString &file) { return writeFile(file, "Dear diary,\n"_ba); });
        row("much text", Kind::ForeignFile,
            [](const QString &file) { return writeFile(file, QByteArray(100'000, 'a')); });
        row("another program's database", Kind::ForeignFile, [](const QString &file) {
            QFile::remove(file);
            return OtherConnection(file).execute(u"CREATE TABLE run (number INTEGER)"_s);
        });
        row("a newer version", Kind::NewerVersion, [](const QString &file) {
            return OtherConnection(file).execute(
                u"PRAGMA user_version = %1"_s.arg(historyVersion + 1));
        });
        row("other tables", Kind::Damaged, [](const QString &file) {
            return OtherConnection(file).execute(u"DROP TABLE answer"_s);
        });
    }
    void refusesWhatIsNoWholeHistory()
    {
        QFETCH(const Kind, kind);
        QFETCH(const std::function<bool(const QString &)>, spoil);
        makeHistory();
        QVERIFY(spoil(m_file));
        const auto before = contentOf(m_folder->path());
        {
            SqliteHistory history;
            QVERIFY(!openAndWait(&history, m_file));
            QCOMPARE(history.failure()->kind, kind);
            QCOMPARE(history.failure()->fileName, m_file);
            QVERIFY(!isDone(history.begin(someRun(u"r"_s), someItems(u"i"_s, 1))));
            QCOMPARE(history.failure()->kind, kind);
            QCOMPARE(contentOf(m_folder->path()), before);

            // The person puts it away.
            QVERIFY(QFile::rename(m_file, m_folder->filePath(u"away"_s)));
            QVERIFY(isDone(history.begin(someRun(u"r"_s), someItems(u"i"_s, 1))));
        }
        QCOMPARE(contentOf(m_folder->path()).value(u"away"_s), before.value(u"history.sqlite"_s));
        QCOMPARE(rowsIn(m_file, u"SELECT id FROM run"_s), QStringList(u"r"_s));
    }

    void refusesAFolderInItsPlace()
    {
        QVERIFY(QDir().mkpath(m_file));
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, m_file));
        QCOMPARE(history.failure()->kind, Kind::ForeignFile);
        QVERIFY(QDir().rmdir(m_file));
        QVERIFY(isDone(history.begin(someRun(u"r"_s), someItems(u"i"_s, 1))));
        QVERIFY(!history.failure().has_value());
    }

    void refusesAFolderThatIsAFile()
    {
        const QString fileName = m_folder->filePath(u"file/history.sqlite"_s);
        QVERIFY(writeFile(m_folder->filePath(u"file"_s), "x"_ba));
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, fileName));
        QCOMPARE(history.failure()->kind, Kind::NotWritable);
    }

    void keepsALogWithoutItsFile()
    {
        makeHistory();
        QVERIFY(QFile::rename(m_file, m_file % "-wal"_L1));
        const auto before = contentOf(m_folder->path());
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, m_file));
        QCOMPARE(history.failure()->kind, Kind::Damaged);
        QCOMPARE(contentOf(m_folder->path()), before);
    }

    void waitsForAnotherProgram()
    {
        makeHistory();
        QProcess other;
        holdLock(&other);
        const auto before = contentOf(m_folder->path());
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, m_file));
        QCOMPARE(history.failure()->kind, Kind::Locked);
        QCOMPARE(contentOf(m_folder->path()), before);
        release(&other);
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), attemptTimeout);
    }

    void writesLaterWhatWasLockedOut()
    {
        makeHistory();
        SqliteHistory history;
        QVERIFY(openAndWait(&history, m_file));
        QSignalSpy changes(&history, &History::failureChanged);
        QProcess other;
        holdLock(&other);
        const Recorded intended = valueOf(history.intend({u"i-1"_s}, someTime()));
        QVERIFY(!intended.has_value());
        QCOMPARE(intended.error().kind, Kind::Locked);
        QCOMPARE(history.failure()->kind, Kind::Locked);
        QVERIFY(!isDone(history.finish(u"i-0"_s, Outcome::Deleted, someTime())));
        release(&other);
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), attemptTimeout);
        QCOMPARE(changes.size(), 2);
        // What has happened is written; what was only announced is not.
        QCOMPARE(rowsIn(m_file, u"SELECT stage FROM item WHERE correlation_id IN ('i-0', 'i-1')"_s),
                 QStringList({u"finished"_s, u"confirmed"_s}));
    }

    void noticesThatTheFileWasMoved()
    {
        makeHistory();
        SqliteHistory history;
        QVERIFY(openAndWait(&history, m_file));
        QVERIFY(QFile::rename(m_file, m_folder->filePath(u"away"_s)));
        QVERIFY(QFile::rename(m_file % "-wal"_L1, m_folder->filePath(u"away-wal"_s)));
        QVERIFY(!isDone(history.intend({u"i-0"_s}, someTime())));
        QVERIFY(isDone(history.begin(someRun(u"s"_s), someItems(u"j"_s, 1))));
        QCOMPARE(rowsIn(m_file, u"SELECT id FROM run"_s), QStringList(u"s"_s));
    }

    void goesOnWhenTheDiskIsFull()
    {
        if (!isOnOwnDisk("goesOnWhenTheDiskIsFull", u"size=1m"_s))
            return;
        const QString folder = ownDisk();
        const QString fileName = folder % "/history.sqlite"_L1;
        SqliteHistory history;
        QVERIFY(openAndWait(&history, fileName));
        QVERIFY(isDone(history.begin(someRun(u"r"_s), someItems(u"i"_s, 500))));
        QVERIFY(isDone(history.intend({u"i-0"_s}, someTime())));
        const QString filler = folder % "/filler"_L1;
        fillUp(filler);

        QFuture<Recorded> intended;
        for (int i = 1; i < 500 && !history.failure(); ++i) {
            intended = history.intend({u"i-%1"_s.arg(i)}, someTime());
            isDone(intended);
        }
        QVERIFY(history.failure().has_value());
        QCOMPARE(history.failure()->kind, Kind::DiskFull);
        QVERIFY(!intended.result().has_value());
        const QString before = rowsIn(fileName, u"SELECT count(*) FROM item"_s).join(u' ');
        QCOMPARE(before, u"500"_s);
        for (int i = 0; i < 500; ++i)
            history.finish(u"i-%1"_s.arg(i), Outcome::Deleted, someTime());
        QVERIFY(!isDone(history.finish(u"i-499"_s, Outcome::Deleted, someTime())));
        QCOMPARE(history.failure()->kind, Kind::DiskFull);

        QVERIFY(QFile::remove(filler));
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), attemptTimeout);
        QCOMPARE(rowsIn(fileName, u"SELECT count(*) FROM item WHERE outcome = 'deleted'"_s),
                 QStringList(u"500"_s));
    }

    void startsOnAFullDisk()
    {
        if (!isOnOwnDisk("startsOnAFullDisk", u"size=256k"_s))
            return;
        const QString folder = ownDisk();
        const QString filler = folder % "/filler"_L1;
        fillUp(filler);
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, folder % "/history.sqlite"_L1));
        QCOMPARE(history.failure()->kind, Kind::DiskFull);
        QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList(u"filler"_s));
        QVERIFY(QFile::remove(filler));
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), attemptTimeout);
    }

    void changesNoTablesWhenTheCopyFindsNoRoom()
    {
        if (!isOnOwnDisk("changesNoTablesWhenTheCopyFindsNoRoom", u"size=1m"_s))
            return;
        const QString folder = ownDisk();
        m_file = folder % "/history.sqlite"_L1;
        makeHistory();
        const QString filler = folder % "/filler"_L1;
        fillUp(filler);
        // Enough to open it, not for a second one.
        QVERIFY(QFileInfo(m_file).size() > 80'000);
        QVERIFY(QFile::resize(filler, QFileInfo(filler).size() - 80'000));
        const auto before = contentOf(folder);
        const HistorySchema newer{2, [](int) { return QStringList(u"DROP TABLE item"_s); }};
        SqliteHistory history(newer);
        QVERIFY(!openAndWait(&history, m_file));
        QCOMPARE(history.failure()->kind, Kind::DiskFull);
        QVERIFY(contentOf(folder) == before);
    }

    void readsOnlyFolder()
    {
        if (!isOnOwnDisk("readsOnlyFolder", u"size=1m"_s))
            return;
        const QString folder = ownDisk();
        m_file = folder % "/history.sqlite"_L1;
        makeHistory();
        const auto before = contentOf(folder);
        QVERIFY(remountOwnDisk(u"ro"_s));
        SqliteHistory history;
        QVERIFY(!openAndWait(&history, m_file));
        QCOMPARE(history.failure()->kind, Kind::NotWritable);
        SqliteHistory another;
        QVERIFY(!openAndWait(&another, folder % "/deeper/history.sqlite"_L1));
        QCOMPARE(another.failure()->kind, Kind::NotWritable);
        QCOMPARE(contentOf(folder), before);
        QVERIFY(remountOwnDisk(u"rw"_s));
        // By themselves.
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), attemptTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(!another.failure().has_value(), attemptTimeout);
    }

private:
    /// A closed history with a run "old" of 300 items.
    void makeHistory()
    {
        SqliteHistory history;
        QVERIFY(openAndWait(&history, m_file));
        QVERIFY(isDone(history.begin(someRun(u"old"_s), someItems(u"i"_s, 300))));
    }

    void holdLock(QProcess *other)
    {
        other->start(QCoreApplication::applicationFilePath(), {holdOption, m_file});
        QTRY_VERIFY(other->peek(100).contains("held"));
    }
    static void release(QProcess *other)
    {
        other->closeWriteChannel();
        QVERIFY(other->waitForFinished());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

// With --hold FILE it is the other program that holds a history, until its input ends.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) != holdOption) {
        TestHistoryFailures test;
        return QTest::qExec(&test, argc, argv);
    }
    OtherConnection connection(arguments.value(2));
    if (!connection.execute(u"BEGIN EXCLUSIVE"_s))
        return 1;
    std::puts("held");
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    return 0;
}

#include "tst_historyfailures.moc"
