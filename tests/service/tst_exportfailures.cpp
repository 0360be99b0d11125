// SPDX-License-Identifier: GPL-3.0-or-later

// Exports to disks that are not as they should be: the faults are real ones.

#include "jobs/jobexporter.h"
#include "tests/support/owndisk.h"
#include "tests/support/somejobs.h"

#include <QDir>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Kind = TargetFailure::Kind;

class TestExportFailures final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void fullDiskLeavesTheOldFile()
    {
        if (!isOnOwnDisk("fullDiskLeavesTheOldFile", u"size=256k"_s))
            return;
        const QString target = makeTarget();
        // More than fits …
        expectFailure(target, 10'000, Kind::DiskFull);
        // … and what would fit into the buffer, but not onto the disk.
        fillUp(ownDisk() % "/filler"_L1);
        expectFailure(target, 1, Kind::DiskFull);
        QCOMPARE(filesBut(target), QStringList{u"filler"_s});
    }

    void readOnlyDiskLeavesTheOldFile()
    {
        if (!isOnOwnDisk("readOnlyDiskLeavesTheOldFile", u"size=1m"_s))
            return;
        const QString target = makeTarget();
        QVERIFY(remountOwnDisk(u"ro"_s));
        expectFailure(target, 10, Kind::NotWritable);
        const auto result = exported(ownDisk() % "/new.csv"_L1, 10);
        QVERIFY(!result && result.error().kind == Kind::NotWritable);
        QCOMPARE(filesBut(target), QStringList());
    }

    void goneFolderIsReported()
    {
        const QTemporaryDir folder;
        const QString target = folder.filePath(u"gone/jobs.csv"_s);
        const auto result = exported(target, 10);
        QVERIFY(!result);
        QVERIFY(result.error().kind == Kind::FolderGone);
        QCOMPARE(result.error().fileName, target);
        QVERIFY(!result.error().technicalText.isEmpty());
    }

    void folderIsNoTarget()
    {
        const QTemporaryDir folder;
        const auto result = exported(folder.path(), 10);
        QVERIFY(!result);
        QVERIFY(result.error().kind == Kind::NotAFile);
    }

private:
    static JobExportResult exported(const QString &target, int count)
    {
        auto future = exportJobs({.jobs = someJobs(count),
                                  .iTwins = {},
                                  .columns = {},
                                  .format = ExportFormat::Csv,
                                  .targetFile = target},
                                 {});
        future.waitForFinished();
        return future.result();
    }

    /// A file "old" on the test's own disk.
    static QString makeTarget()
    {
        QString target = ownDisk() % "/jobs.csv"_L1;
        QFile file(target);
        if (file.open(QIODevice::WriteOnly))
            file.write("old");
        return target;
    }

    static void expectFailure(const QString &target, int count, Kind kind)
    {
        const auto result = exported(target, count);
        QVERIFY(!result);
        QVERIFY2(result.error().kind == kind, qPrintable(result.error().technicalText));
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "old"_ba);
    }

    static QStringList filesBut(const QString &target)
    {
        QStringList files = QDir(ownDisk()).entryList(QDir::Files | QDir::Hidden);
        files.removeOne(QFileInfo(target).fileName());
        return files;
    }
};

QTEST_GUILESS_MAIN(TestExportFailures)
#include "tst_exportfailures.moc"
