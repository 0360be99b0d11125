// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobquery.h"
#include "tests/support/randomjobs.h"

#include <QTest>
#include <QUrl>

#include <functional>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QDateTime now()
{
    return {QDate(2026, 3, 1), QTime(12, 0, 0, 500), Qt::UTC};
}

QDateTime at(int secondsFromNow)
{
    return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC).addSecs(secondsFromNow);
}

Job draft()
{
    Job job;
    job.id = {u"9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s};
    job.name = u"Bridge scan, north"_s;
    job.state = JobState::Unsubmitted;
    job.type = u"Full"_s;
    job.created = at(-3600);
    job.iTwinId = u"dc720f05-e5f7-448b-ae06-765de46f0af1"_s;
    job.email = u"john.smith@example.com"_s;
    return job;
}

using Change = std::function<void(JobQuery &)>;

JobQuery with(const Change &change, JobQuery query = {})
{
    change(query);
    return query;
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// What a query asks, what it leaves, and when one answer serves another query.
class JobQueryTest final : public QObject
{
    Q_OBJECT

private slots:
    void matches_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("isMatch");
        const auto row = [](const char *name, bool isMatch, const Change &change) {
            QTest::newRow(name) << change << isMatch;
        };
        row("drafts", true, [](JobQuery &) {});
        row("other state", false, [](JobQuery &q) { q.state = JobState::Failed; });
        row("any state", true, [](JobQuery &q) { q.state.reset(); });
        row("one of the iTwins", true, [](JobQuery &q) {
            q.iTwinIds = {u"x"_s, u"DC720F05-e5f7-448b-ae06-765de46f0af1"_s};
        });
        row("other iTwins", false, [](JobQuery &q) { q.iTwinIds = {u"x"_s}; });
        row("one of the types", true, [](JobQuery &q) { q.types = {u"Calibration"_s, u"full"_s}; });
        row("other types", false, [](JobQuery &q) { q.types = {u"Calibration"_s}; });
        row("part of the name", true, [](JobQuery &q) { q.name = u"SCAN, n"_s; });
        row("not in the name", false, [](JobQuery &q) { q.name = u"harbour"_s; });
        row("whole creator", true, [](JobQuery &q) { q.createdBy = u"John.Smith@example.com"_s; });
        row("creator's tail", false, [](JobQuery &q) { q.createdBy = u"smith@example.com"_s; });
        row("part of the creator", true, [](JobQuery &q) { q.createdBy = u"Smith"_s; });
        row("other creator", false, [](JobQuery &q) { q.createdBy = u"jane"_s; });
        row("pasted", true, [](JobQuery &q) {
            q.ids = {{u"x"_s}, {u"9E2D27CF-b695-47e9-b7f0-0d47dc3b88ad"_s}};
        });
        row("not pasted", false, [](JobQuery &q) { q.ids = {{u"x"_s}}; });
        row("after is in", true, [](JobQuery &q) { q.created.after = at(-3600); });
        row("a fraction is cut off", true,
            [](JobQuery &q) { q.created.after = at(-3600).addMSecs(999); });
        row("before after", false, [](JobQuery &q) { q.created.after = at(-3599); });
        row("before is not in", false, [](JobQuery &q) { q.created.before = at(-3600); });
        row("before before", true, [](JobQuery &q) { q.created.before = at(-3599); });
        row("young", false, [](JobQuery &q) { q.created.olderThanDays = 1; });
        row("old enough", true, [](JobQuery &q) { q.created.olderThanDays = 0; });
    }
    void matches()
    {
        QFETCH(Change, change);
        QTEST(JobMatcher(with(change), now()).matches(draft()), "isMatch");
    }

    void daysAreCountedFromTheMomentOfFiltering()
    {
        const JobQuery query = with([](JobQuery &q) { q.created.olderThanDays = 90; });
        QVERIFY(!JobMatcher(query, at(-3600).addDays(90)).matches(draft()));
        QVERIFY(JobMatcher(query, at(-3600).addDays(90).addSecs(1)).matches(draft()));
    }

    void aJobWithoutCreationTimeIsInNoBoundedSpan()
    {
        Job job = draft();
        job.created = {};
        QVERIFY(JobMatcher({}, now()).matches(job));
        const JobQuery old = with([](JobQuery &q) { q.created.olderThanDays = 0; });
        QVERIFY(!JobMatcher(old, now()).matches(job));
        const JobQuery young = with([](JobQuery &q) { q.created.after = at(-9999); });
        QVERIFY(!JobMatcher(young, now()).matches(job));
    }

    void theEarlierEndHolds()
    {
        CreatedRange range{.olderThanDays = 1, .before = at(-3600)};
        QCOMPARE(range.end(now()), at(-24 * 3600));
        range.before = at(-48 * 3600);
        QCOMPARE(range.end(now()), range.before);
        QVERIFY(!CreatedRange().end(now()).isValid());
        QVERIFY(!CreatedRange().isBounded());
        QVERIFY(range.isBounded());
    }

    void covers_data()
    {
        QTest::addColumn<Change>("wide");
        QTest::addColumn<Change>("narrow");
        const auto row = [](const char *name, const Change &wide, const Change &narrow) {
            QTest::newRow(name) << wide << narrow;
        };
        const Change nothing = [](JobQuery &) {};
        row(
            "state", [](JobQuery &q) { q.state.reset(); }, nothing);
        row(
            "iTwins",
            [](JobQuery &q) {
                q.iTwinIds = {u"a"_s, u"b"_s};
            },
            [](JobQuery &q) { q.iTwinIds = {u"B"_s}; });
        row(
            "types",
            [](JobQuery &q) {
                q.types = {u"Full"_s, u"Calibration"_s};
            },
            [](JobQuery &q) { q.types = {u"full"_s}; });
        row("any type", nothing, [](JobQuery &q) { q.types = {u"Full"_s}; });
        row("creator", nothing, [](JobQuery &q) { q.createdBy = u"a@b.org"_s; });
        row(
            "after", [](JobQuery &q) { q.created.after = at(0); },
            [](JobQuery &q) { q.created.after = at(1); });
        row(
            "before", [](JobQuery &q) { q.created.before = at(1); },
            [](JobQuery &q) { q.created.before = at(0); });
        row("any time", nothing, [](JobQuery &q) { q.created.after = at(0); });
        row(
            "older", [](JobQuery &q) { q.created.olderThanDays = 30; },
            [](JobQuery &q) { q.created.olderThanDays = 90; });
    }
    void covers()
    {
        QFETCH(Change, wide);
        QFETCH(Change, narrow);
        QVERIFY(with(wide).covers(with(narrow)));
        QVERIFY(!with(narrow).covers(with(wide)));
        QVERIFY(with(wide).covers(with(wide)));
        QVERIFY(with(wide) != with(narrow));
    }

    void whatIsFilteredHereAloneNeedsNoOtherAnswer()
    {
        const JobQuery name = with([](JobQuery &q) { q.name = u"a"_s; });
        const JobQuery part = with([](JobQuery &q) { q.createdBy = u"john"_s; });
        QVERIFY(name.covers(part) && part.covers(name));
        QVERIFY(name != part);
    }

    void otherListsAreNotCovered()
    {
        const JobQuery ofITwin = with([](JobQuery &q) { q.iTwinIds = {u"a"_s}; });
        const JobQuery pasted = with([](JobQuery &q) { q.ids = {{u"a"_s}}; });
        QVERIFY(!JobQuery().covers(ofITwin) && !ofITwin.covers({}));
        QVERIFY(!JobQuery().covers(pasted) && !pasted.covers({}));
    }

    void tellsAWholeAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isWhole");
        for (const char *text : {"john.smith@example.com", "a@b.c"})
            QTest::newRow(text) << QString::fromUtf8(text) << true;
        for (const char *text : {"", "john", "@example.com", "john@", "john@example", "a@b.",
                                 "a@.b", "a@b@c.d", "a b@c.d", "o'brien@example.com", "a@b.c\n"})
            QTest::newRow(text) << QString::fromUtf8(text) << false;
    }
    void tellsAWholeAddress()
    {
        QFETCH(QString, text);
        QTEST(isAddress(text), "isWhole");
    }

    void whatCannotBeWrittenIsLeftOut()
    {
        const JobQuery query{.iTwinIds = {u"a' or id ne 'x"_s, u"510cd1a3"_s},
                             .state = JobState::Unknown,
                             .types = {u"it's"_s, u"Full"_s}};
        QCOMPARE(filterExpressions(query, FilterForm::Full, now()),
                 QStringList({QString(), u"iTwinId eq 510cd1a3"_s}));
    }

    void idsAreAskedInPiecesOfBoundedLength()
    {
        JobQuery query;
        for (int number = 0; number < 81; ++number)
            query.ids.append({u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'))});
        const QStringList pieces = filterExpressions(query, FilterForm::Full, now());
        QCOMPARE(pieces.size(), 3);
        QCOMPARE(pieces.constLast(), u"id in ('00000000-0000-4000-8000-000000000080')"_s);
        for (const QString &piece : pieces)
            QVERIFY(QUrl::toPercentEncoding(piece).size() < 2048);
    }

    void theServiceIsNeverAskedForLess();

    void expressions()
    {
        QCOMPARE(
            filterExpressions({}, FilterForm::Full, now()),
            QStringList(u"createdDateTime gt 2000-01-01T00:00:00Z and state eq unsubmitted"_s));
        QCOMPARE(filterExpressions({}, FilterForm::WithoutState, now()),
                 QStringList(u"createdDateTime gt 2000-01-01T00:00:00Z"_s));
        const JobQuery two{.iTwinIds = {u"510cd1a3"_s, u"dc720f05"_s}, .state = {}};
        QCOMPARE(filterExpressions(two, FilterForm::Full, now()),
                 QStringList({u"iTwinId eq 510cd1a3"_s, u"iTwinId eq dc720f05"_s}));
        JobQuery all{.types = {u"Full"_s, u"Calibration"_s},
                     .created = {.olderThanDays = 90, .after = at(-9)},
                     .name = u"bridge"_s,
                     .createdBy = u"john.smith@example.com"_s};
        const QString common = u"createdDateTime ge 2026-03-01T11:59:51Z and createdDateTime lt "
                               "2025-12-01T12:00:00Z"_s;
        const QString rest
            = u" and type in ('Full', 'Calibration') and email in ('john.smith@example.com')"_s;
        QCOMPARE(filterExpressions(all, FilterForm::Full, now()),
                 QStringList(common + u" and state eq unsubmitted"_s + rest));
        QCOMPARE(filterExpressions(all, FilterForm::WithoutState, now()),
                 QStringList(common + rest));
        QCOMPARE(filterExpressions(all, FilterForm::AsPublished, now()),
                 QStringList(u"createdDateTime gt 2026-03-01T11:59:50Z"_s));
        all.iTwinIds = {u"510cd1a3"_s};
        QCOMPARE(filterExpressions(all, FilterForm::AsPublished, now()),
                 QStringList(u"iTwinId eq 510cd1a3 and createdDateTime gt 2026-03-01T11:59:50Z"_s));
        QCOMPARE(filterOwnJobs(), u"createdDateTime gt 2000-01-01T00:00:00Z"_s);
    }
};

void JobQueryTest::theServiceIsNeverAskedForLess()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    int matches = 0;
    for (int pair = 0; pair < 10'000; ++pair) {
        JobQuery query;
        if (random.bounded(2) == 0)
            query.state = jobStateFromText(randomState(&random));
        else
            query.state.reset();
        if (random.bounded(2) == 0)
            query.iTwinIds = {randomId(&random), randomId(&random)};
        if (random.bounded(3) == 0)
            query.types = {randomType(&random)};
        if (random.bounded(3) == 0)
            query.created.after = randomTime(&random);
        if (random.bounded(3) == 0)
            query.created.before = randomTime(&random);
        if (random.bounded(3) == 0)
            query.createdBy = randomEmail(&random);
        const DemoJob job = randomJob(&random);
        const bool isMatch = JobMatcher(query, now()).matches(asListed(job));
        matches += isMatch ? 1 : 0;
        for (const FilterForm form :
             {FilterForm::Full, FilterForm::WithoutState, FilterForm::AsPublished}) {
            bool isAsked = false;
            const QStringList lists = filterExpressions(query, form, now());
            for (const QString &list : lists) {
                const auto demo = DemoFilter::parse(list);
                QVERIFY2(demo, aboutPair(seed, list, job).constData());
                isAsked = isAsked || demo->matches(job.facts);
            }
            QVERIFY2(isAsked || !isMatch, aboutPair(seed, lists.join(u" | "_s), job).constData());
            // All of this query can be asked, but for a state that has no word.
            const bool isWhole = form == FilterForm::Full && query.state != JobState::Unknown;
            QVERIFY2(!isWhole || isAsked == isMatch,
                     aboutPair(seed, lists.join(u" | "_s), job).constData());
        }
    }
    QVERIFY(matches > 500);
}

QTEST_GUILESS_MAIN(JobQueryTest)
#include "tst_jobquery.moc"
