// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/backoff.h"
#include "http/retryafter.h"

#include <QTest>

#include <ctime>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

/// Reading Retry-After: every form of RFC 9110 and much that is none.
class RetryAfterTest final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("seconds"); // -1: unreadable
        constexpr qint64 unreadable = -1;
        QTest::newRow("zero") << "0"_ba << qint64(0);
        QTest::newRow("seconds") << "1000"_ba << qint64(1000);
        QTest::newRow("white space") << "\t42 "_ba << qint64(42);
        QTest::newRow("negative") << "-1"_ba << unreadable;
        QTest::newRow("plus") << "+1"_ba << unreadable;
        QTest::newRow("fraction") << "1.0"_ba << unreadable;
        QTest::newRow("exponent") << "1e3"_ba << unreadable;
        QTest::newRow("hexadecimal") << "0x10"_ba << unreadable;
        QTest::newRow("superscript") << "\xc2\xb2"_ba << unreadable;
        QTest::newRow("empty") << ""_ba << unreadable;
        QTest::newRow("IMF-fixdate") << "Mon, 03 Jun 2019 11:30:12 GMT"_ba << qint64(1812);
        QTest::newRow("RFC 850") << "Monday, 03-Jun-19 11:30:12 GMT"_ba << qint64(1812);
        QTest::newRow("asctime") << "Mon Jun  3 11:30:12 2019"_ba << qint64(1812);
        QTest::newRow("UTC, one digit") << "Mon, 3 Jun 2019 12:00:00 UTC"_ba << qint64(3600);
        QTest::newRow("past") << "Mon, 03 Jun 2019 10:00:00 GMT"_ba << qint64(0);
        QTest::newRow("no such day") << "Fri, 32 Dec 2019 10:00:00 GMT"_ba << unreadable;
        QTest::newRow("noise") << "badbadbad"_ba << unreadable;
        QTest::newRow("two values") << "2, 3"_ba << qint64(3);
        QTest::newRow("two values, larger first") << "30, 3"_ba << qint64(30);
        QTest::newRow("value and date") << "5, Mon, 03 Jun 2019 11:30:12 GMT"_ba << qint64(1812);
        QTest::newRow("two dates")
            << "Mon, 03 Jun 2019 11:30:12 GMT, Mon, 03 Jun 2019 11:00:12 GMT"_ba << qint64(1812);
        QTest::newRow("value and date without weekday")
            << "7200, 3 Jun 2019 11:30:12 GMT"_ba << unreadable;
        QTest::newRow("value and noise") << "5, soon"_ba << unreadable;
        QTest::newRow("over six hours") << "21601"_ba << qint64(21601);
        QTest::newRow("too large to hold")
            << "99999999999999999999"_ba << qint64(36525) * 24 * 3600;
    }
    void reads()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, seconds);
        const QDateTime now(QDate(2019, 6, 3), QTime(11, 0), Qt::UTC);
        const auto read = parseRetryAfter(value, now);
        QCOMPARE(read ? qint64(read->count()) : -1, seconds);
    }

    void aWaitIsNeverRoundedDown()
    {
        const QDateTime now(QDate(2019, 6, 3), QTime(11, 0, 0, 1), Qt::UTC);
        QCOMPARE(parseRetryAfter("Mon, 03 Jun 2019 11:00:02 GMT"_ba, now)->count(), 2);
    }

    void aFarYearStaysFar()
    {
        const QDateTime now(QDate(2019, 6, 3), QTime(11, 0), Qt::UTC);
        const auto read = parseRetryAfter("Tue, 19 Jan 2138 03:14:07 GMT"_ba, now);
        QVERIFY(read && *read > std::chrono::hours(24) * 365 * 99);
    }

    /// This hour of the service's does not exist here.
    void theHourThatDaylightSavingSkipsIsRead()
    {
        const QByteArray zone = qgetenv("TZ");
        qputenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3");
        tzset();
        const QDateTime now(QDate(2026, 3, 29), QTime(2, 0), Qt::UTC);
        const auto read = parseRetryAfter("Sun, 29 Mar 2026 02:30:00 GMT"_ba, now);
        qputenv("TZ", zone);
        tzset();
        QVERIFY(read);
        QCOMPARE(read->count(), 1800);
    }

    void backoffDoublesUpToItsCap()
    {
        using std::chrono::milliseconds;
        QCOMPARE(backoff(0, 1.0), milliseconds(1000));
        QCOMPARE(backoff(1, 1.0), milliseconds(2000));
        QCOMPARE(backoff(3, 1.0), milliseconds(8000));
        QCOMPARE(backoff(6, 1.0), milliseconds(60'000));
        QCOMPARE(backoff(1000, 1.0), milliseconds(60'000));
        QCOMPARE(backoff(4, 0.0), milliseconds(0));
        QCOMPARE(backoff(2, 0.5), milliseconds(2000));
    }
};

QTEST_GUILESS_MAIN(RetryAfterTest)
#include "tst_retryafter.moc"
