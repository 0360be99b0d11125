// SPDX-License-Identifier: GPL-3.0-or-later

// The history's lock on its file. Locks belong to the process (POSIX): whoever opens the file a
// second time and closes it takes away those of SQLite, and the next program that reads the file
// then removes the log under the running one.

#include "deletion/historyreader.h"
#include "tests/support/historyfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Whether another process sees a lock on the bytes that SQLite locks while a file is in use
/// (sqlite.org/lockingv3.html, SHARED_FIRST).
bool isLocked(const QString &fileName)
{
    const QByteArray name = fileName.toLocal8Bit();
    const pid_t child = fork();
    if (child == 0) {
        const int file = open(name.constData(), O_RDWR);
        struct flock lock = {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002;
        lock.l_len = 510;
        const bool isFree = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
        _exit(isFree ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

} // namespace

class HistoryLockTest final : public QObject
{
    Q_OBJECT

private slots:
    void readingLeavesTheLockAlone();
};

void HistoryLockTest::readingLeavesTheLockAlone()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"history.sqlite"_s);
    SqliteHistory history;
    QVERIFY(Testing::openAndWait(&history, name));
    QVERIFY(Testing::isDone(history.begin(Testing::someRun(u"r"_s), {Testing::someItem(u"c"_s)})));
    QVERIFY(isLocked(name));
    {
        HistoryReader reader(name);
        const auto runs = reader.runs();
        QTRY_VERIFY(runs.isFinished());
        QCOMPARE(runs.result()->size(), 1);
    }
    QVERIFY(isLocked(name));
}

QTEST_GUILESS_MAIN(HistoryLockTest)
#include "tst_historylock.moc"
