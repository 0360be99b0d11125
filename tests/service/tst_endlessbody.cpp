// SPDX-License-Identifier: GPL-3.0-or-later

// Answers without an end, and small ones that unpack to huge ones: what they cost this machine.

#include "jobs/jobsapi.h"
#include "tests/support/clientonwire.h"
#include "tests/support/livebytes.h"

#include <QFile>

#include <limits>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
constexpr qint64 unbounded = std::numeric_limits<qint64>::max() / 2;
/// Beside the bytes that are kept: what Qt and the socket's two ends hold of those to come.
constexpr qint64 allowance = 32 * mebibyte;

/// A line of /proc/self/status in bytes.
qint64 memory(const QByteArray &line)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const qsizetype start = all.indexOf(line) + line.size() + 1;
    return all.sliced(start, all.indexOf("kB", start) - start).trimmed().toLongLong() * 1024;
}

/// From now on VmHWM is the most memory since this moment.
bool forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    return file.open(QIODevice::WriteOnly) && file.write("5") == 1;
}

} // namespace

class EndlessBodyTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
#ifdef JOBSWEEP_HAS_ADDRESS_SANITIZER
        QSKIP("AddressSanitizer keeps what was freed: resident memory says nothing here.");
#endif
    }
    void memoryStaysBounded_data();
    void memoryStaysBounded();
};

void EndlessBodyTest::memoryStaysBounded_data()
{
    QTest::addColumn<WireAction>("answer");
    QTest::addColumn<qint64>("most");
    const QByteArray chunk(60'000, ' ');
    const auto endless = [&chunk](const QByteArray &status) {
        return WireAction::endless("HTTP/1.1 " + status + "\r\n\r\n", chunk);
    };
    QTest::newRow("a page") << endless("200 OK") << JobsApi::maximumPageBytes;
    QTest::newRow("an error") << endless("500 Internal Server Error") << maximumErrorBytes;
    QTest::newRow("a refusal") << endless("403 Forbidden") << maximumErrorBytes;
    // Qt keeps the body of a 401 to itself until its end: nobody can look at it or stop it. What
    // ends it is the time without a sign of life.
    QTest::newRow("a refused token") << endless("401 Unauthorized") << unbounded;
    const QByteArray bomb = qCompress(QByteArray(256 * mebibyte, ' '), 9).sliced(4);
    QTest::newRow("256 MiB, compressed")
        << WireAction::withStatus(200, bomb, {{"Content-Encoding", "deflate"}})
        << JobsApi::maximumPageBytes;
}

void EndlessBodyTest::memoryStaysBounded()
{
    QFETCH(WireAction, answer);
    QFETCH(const qint64, most);
    ClientOnWire wire;
    JobsApi api(wire.client);
    wire.server.answerWith = [&answer](const ReceivedRequest &) { return answer; };
    QVERIFY(forgetPeak());
    const qint64 before = memory("VmRSS:");

    const auto page = api.page({}, {});
    QVERIFY(QTest::qWaitFor([&page] { return page.isFinished(); }, 60'000));

    QVERIFY(!page.result().has_value());
    const qint64 grown = memory("VmHWM:") - before;
    qInfo("%lld KiB more at most", grown / 1024);
    QCOMPARE_LE(grown, most + allowance);
}

QTEST_GUILESS_MAIN(EndlessBodyTest)
#include "tst_endlessbody.moc"
