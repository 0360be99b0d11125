// SPDX-License-Identifier: GPL-3.0-or-later

// Codes and values as people read them.

#include "ui/wording.h"

#include <QSet>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class WordingTest final : public QObject
{
    Q_OBJECT

private slots:
    void summaryNamesTheUsualCounts();
    void summaryNamesTheRareCountsWhenThereAreAny();
    void durationIsRoundedUp_data();
    void durationIsRoundedUp();
    void unknownStateKeepsItsWord();
    void everyQueueReasonReadsDifferently();
    void statusSaysWhatHappensNext();
    void leftOutJobsAreCounted();
    void invalidTimeIsEmpty();
    void timeAgoIsRounded_data();
    void timeAgoIsRounded();
    void tiersSayWhatTheyPermit();
};

void WordingTest::tiersSayWhatTheyPermit()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(Wording::tierLimits(Tier::Community), u"500 a minute, 5,000 an hour"_s);
    QCOMPARE(Wording::tierLimits(Tier::Custom), u"5,000 a minute"_s);
    QCOMPARE(Wording::tierLimits(Tier::Detect), QString());
    QLocale::setDefault(before);
    QSet<QString> names;
    for (const Tier tier :
         {Tier::Detect, Tier::Community, Tier::Standard, Tier::Premium, Tier::Custom})
        names.insert(Wording::tierName(tier));
    QCOMPARE(names.size(), 5);
}

void WordingTest::summaryNamesTheUsualCounts()
{
    RunSummary summary;
    summary.deleted = 12;
    summary.alreadyGone = 1;
    summary.refused = 2;
    summary.left = 5;
    QCOMPARE(Wording::summary(summary),
             u"12 deleted, 1 already gone, 2 refused, 0 failed, 5 left"_s);
}

void WordingTest::summaryNamesTheRareCountsWhenThereAreAny()
{
    RunSummary summary;
    summary.unknown = 3;
    summary.cancelled = 1204;
    QCOMPARE(
        Wording::summary(summary),
        u"0 deleted, 0 already gone, 0 refused, 0 failed, 0 left, 3 unknown, 1204 cancelled"_s);
}

void WordingTest::durationIsRoundedUp_data()
{
    using namespace std::chrono;
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, std::chrono::milliseconds length, const QString &text) {
        QTest::newRow(name) << qint64(length.count()) << text;
    };
    row("negative", milliseconds(-5), u"0 s"_s);
    row("nothing", milliseconds(0), u"0 s"_s);
    row("a moment", milliseconds(1), u"1 s"_s);
    row("seconds", milliseconds(7001), u"8 s"_s);
    row("nearly a minute", milliseconds(59'001), u"1 min 0 s"_s);
    row("minutes", seconds(72), u"1 min 12 s"_s);
    row("an hour", hours(1), u"1 h 0 min"_s);
    row("hours", seconds(7201), u"2 h 1 min"_s);
    row("days", hours(49), u"3 d"_s);
}

void WordingTest::durationIsRoundedUp()
{
    QFETCH(qint64, milliseconds);
    QFETCH(QString, expected);
    QCOMPARE(Wording::duration(std::chrono::milliseconds(milliseconds)), expected);
}

void WordingTest::unknownStateKeepsItsWord()
{
    Job job;
    job.stateText = u"paused\u202E"_s;
    QCOMPARE(Wording::stateOf(job), u"paused\\u{202E}"_s);
    job.state = JobState::Active;
    QCOMPARE(Wording::stateOf(job), u"Active"_s);
}

void WordingTest::everyQueueReasonReadsDifferently()
{
    QSet<QString> sentences;
    for (int i = 0; i <= static_cast<int>(QueueReason::Redirected); ++i)
        sentences.insert(Wording::queueReason(static_cast<QueueReason>(i)));
    QCOMPARE(sentences.size(), static_cast<int>(QueueReason::Redirected) + 1);
}

void WordingTest::statusSaysWhatHappensNext()
{
    using Phase = DeletionQueue::Phase;
    const std::chrono::milliseconds wait(72'000);
    QCOMPARE(Wording::queueStatus(Phase::Running, QueueReason::None, {}), QString());
    QCOMPARE(Wording::queueStatus(Phase::PausedByService, QueueReason::Throttled, wait),
             u"The service's request limit is used up. It goes on by itself in 1 min 12 s."_s);
    QVERIFY(Wording::queueStatus(Phase::Paused, QueueReason::Forbidden, {})
                .endsWith(u"Resume tries again."_s));
    QVERIFY(
        Wording::queueStatus(Phase::Paused, QueueReason::LongWait, wait).contains(u"1 min 12 s"_s));
}

void WordingTest::leftOutJobsAreCounted()
{
    QCOMPARE(Wording::leftOut(Obstacle::AlreadySubmitted, 1),
             u"1 selected job is left out: already submitted."_s);
    QCOMPARE(Wording::leftOutAsQueued(3),
             u"3 selected jobs are left out: already being deleted."_s);
}

void WordingTest::invalidTimeIsEmpty()
{
    QCOMPARE(Wording::dateTime({}), QString());
    QCOMPARE(Wording::exactTime({}), QString());
}

void WordingTest::timeAgoIsRounded_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("expected");
    // Seen from 2024-03-31T12:00:00Z.
    QTest::newRow("invalid") << QString() << QString();
    QTest::newRow("tomorrow") << u"2024-04-01T12:00:00Z"_s << QString();
    QTest::newRow("a clock that is ahead") << u"2024-03-31T12:01:30Z"_s << u"just now"_s;
    QTest::newRow("seconds") << u"2024-03-31T11:59:01Z"_s << u"just now"_s;
    QTest::newRow("a minute") << u"2024-03-31T11:59:00Z"_s << u"1 minute ago"_s;
    QTest::newRow("minutes") << u"2024-03-31T11:00:01Z"_s << u"59 minutes ago"_s;
    QTest::newRow("an hour") << u"2024-03-31T11:00:00Z"_s << u"1 hour ago"_s;
    QTest::newRow("the day before, less than a day ago")
        << u"2024-03-30T12:00:01Z"_s << u"23 hours ago"_s;
    QTest::newRow("yesterday") << u"2024-03-30T00:00:00Z"_s << u"yesterday"_s;
    QTest::newRow("two days") << u"2024-03-29T23:59:59Z"_s << u"2 days ago"_s;
    QTest::newRow("the same day of a shorter month")
        << u"2024-02-29T12:00:00Z"_s << u"1 month ago"_s;
    QTest::newRow("almost a month") << u"2024-03-02T00:00:00Z"_s << u"29 days ago"_s;
    QTest::newRow("months") << u"2023-12-31T00:00:00Z"_s << u"3 months ago"_s;
    QTest::newRow("almost a year") << u"2023-04-01T00:00:00Z"_s << u"11 months ago"_s;
    QTest::newRow("a year") << u"2023-03-31T00:00:00Z"_s << u"1 year ago"_s;
    QTest::newRow("years") << u"2020-09-14T14:29:55Z"_s << u"3 years ago"_s;
}

void WordingTest::timeAgoIsRounded()
{
    QFETCH(const QString, time);
    QFETCH(const QString, expected);
    const QDateTime now(QDate(2024, 3, 31), QTime(12, 0), Qt::UTC);
    QCOMPARE(Wording::timeAgo(QDateTime::fromString(time, Qt::ISODate), now), expected);
}

QTEST_GUILESS_MAIN(WordingTest)
#include "tst_wording.moc"
