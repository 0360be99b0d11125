// SPDX-License-Identifier: GPL-3.0-or-later

// A disk that takes what is written and then fails to make it durable: EIO from fsync(). This
// program's own fsync() and fdatasync() stand before the system's, for SQLite as well.

#include "tests/support/deletionworld.h"
#include "tests/support/historyfiles.h"
#include "tests/support/somejobs.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>

#include <sys/syscall.h>
#include <unistd.h>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Phase = DeletionQueue::Phase;

namespace {

std::atomic<bool> theDiskFails = false;
std::atomic<int> failedSyncs = 0;

int sync(long call, int file)
{
    if (!theDiskFails)
        return static_cast<int>(syscall(call, file));
    ++failedSyncs;
    errno = EIO;
    return -1;
}

} // namespace

// The system's header gives the parameters names that only it may use.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" int fsync(int file)
{
    return sync(SYS_fsync, file);
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" int fdatasync(int file)
{
    return sync(SYS_fdatasync, file);
}

class SyncFailuresTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsSentThatIsNotDurable()
    {
        const QTemporaryDir folder;
        FakeNetwork network;
        FakeClock clock;
        RateLimiter limiter;
        RestClient client(network, limiter, clock, [] { return 1.0; });
        JobsApi api(client);
        JobModel model;
        SqliteHistory history;
        DeletionQueue queue(api, model, history, clock, [] { return 1.0; });
        network.answerWith = [](const Seen &) { return answerDeleted(); };
        client.setToken(testToken());
        queue.goOnWithToken({});
        QVERIFY(openAndWait(&history, folder.filePath(u"history.sqlite"_s)));
        QList<JobId> ids;
        for (int number = 0; number < 3; ++number) {
            const Job job = someJob(u"job-%1"_s.arg(number), {});
            model.append({job});
            ids.append(job.id);
        }

        theDiskFails = true;
        queue.start(ids);
        QTRY_COMPARE(queue.phase(), Phase::Paused);
        QCOMPARE(queue.reason(), QueueReason::NoRecord);
        QVERIFY(failedSyncs > 0);
        QVERIFY(queue.recordFailure().has_value());
        QCOMPARE(queue.recordFailure()->kind, HistoryFailure::Kind::Broken);
        QVERIFY(network.seen.isEmpty());

        // The person has seen to the disk.
        theDiskFails = false;
        QTRY_VERIFY_WITH_TIMEOUT(!history.failure().has_value(), 30'000);
        queue.resume();
        QTRY_COMPARE(queue.summary(), RunSummary{.deleted = 3});
        QCOMPARE(network.seen.size(), 3);
        const auto finished = [&folder] {
            return rowsIn(folder.filePath(u"history.sqlite"_s),
                          u"SELECT count(*) FROM item WHERE outcome = 'deleted'"_s);
        };
        QTRY_COMPARE(finished(), QStringList(u"3"_s));
    }
};

QTEST_GUILESS_MAIN(SyncFailuresTest)
#include "tst_syncfailures.moc"
