// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsummary.h"
#include "jobs/summarycounter.h"
#include "tests/support/somejobs.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

namespace {

QDateTime utcNow()
{
    return {QDate(2026, 8, 1), QTime(12, 0), Qt::UTC};
}

Job draft(const QString &iTwinId, const QString &email, std::optional<double> cost)
{
    Job job = someJob(u"id"_s, u"name"_s);
    job.iTwinId = iTwinId;
    job.email = email;
    job.type = u"Full"_s;
    job.estimatedCost = cost;
    job.created = utcNow().addDays(-1);
    return job;
}

/// What a summary has of a value; nothing when it has none of it.
DraftTotals totalsOf(const QList<SummaryGroup> &groups, const QString &value)
{
    for (const SummaryGroup &group : groups) {
        if (group.value == value)
            return group.totals;
    }
    return {};
}

/// As slowly and simply as can be, to compare with.
DraftTotals countedByHand(const JobModel &jobs, const QString &email)
{
    DraftTotals totals;
    for (int row = 0; row < jobs.rowCount(); ++row) {
        const Job &job = jobs.jobAt(row);
        if (!jobs.obstacleAt(row) && job.email == email)
            totals.add(job.estimatedCost);
    }
    return totals;
}

} // namespace

class TestJobSummary final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void groupsAreCountedAndTheirCostsSummed()
    {
        SummaryFacts facts;
        facts.set(0, draft(u"bridge"_s, u"ana"_s, 1.5));
        facts.set(1, draft(u"bridge"_s, u"jo"_s, {}));
        facts.set(7, draft(u"quarry"_s, u"ana"_s, 2.25));
        facts.set(8, draft(u"quarry"_s, u"ana"_s, 100));
        facts.forget(8);
        facts.forget(9);
        const JobSummary summary = facts.summary(utcNow());
        QCOMPARE(summary.all, (DraftTotals{.drafts = 3, .cost = 3.75, .withoutCost = 1}));
        const QList<SummaryGroup> iTwins{
            {u"bridge"_s, {.drafts = 2, .cost = 1.5, .withoutCost = 1}},
            {u"quarry"_s, {.drafts = 1, .cost = 2.25, .withoutCost = 0}}};
        QCOMPARE(summary.iTwins, iTwins);
        QCOMPARE(totalsOf(summary.creators, u"ana"_s),
                 (DraftTotals{.drafts = 2, .cost = 3.75, .withoutCost = 0}));
        QCOMPARE(totalsOf(summary.types, u"Full"_s), summary.all);
    }

    void theCaseOfIdsMakesNoGroups()
    {
        SummaryFacts facts;
        facts.set(0, draft(u"ABC-1"_s, u"Ana@example.com"_s, {}));
        facts.set(1, draft(u"abc-1"_s, u"ana@example.com"_s, {}));
        QCOMPARE(facts.summary(utcNow()).iTwins.size(), 1);
        QCOMPARE(facts.summary(utcNow()).iTwins.at(0).value, u"ABC-1"_s);
        QCOMPARE(facts.summary(utcNow()).creators.size(), 1);
    }

    void draftsWithoutAValueAreAGroup()
    {
        SummaryFacts facts;
        facts.set(0, draft({}, {}, {}));
        QCOMPARE(totalsOf(facts.summary(utcNow()).iTwins, {}).drafts, 1);
    }

    void agesHaveExactBounds_data()
    {
        QTest::addColumn<QDateTime>("created");
        QTest::addColumn<int>("age");
        const auto row = [](const char *name, const QDateTime &created, AgeClass age) {
            QTest::newRow(name) << created << static_cast<int>(age);
        };
        row("now", utcNow(), AgeClass::Days7);
        row("in the future", utcNow().addDays(1), AgeClass::Days7);
        row("7 days", utcNow().addDays(-7), AgeClass::Days7);
        row("a moment more", utcNow().addDays(-7).addMSecs(-1), AgeClass::Days30);
        row("30 days", utcNow().addDays(-30), AgeClass::Days30);
        row("more than 30", utcNow().addDays(-30).addMSecs(-1), AgeClass::Days90);
        row("90 days", utcNow().addDays(-90), AgeClass::Days90);
        row("more than 90", utcNow().addDays(-90).addMSecs(-1), AgeClass::Year);
        row("a year", utcNow().addDays(-365), AgeClass::Year);
        row("more than a year", utcNow().addDays(-365).addMSecs(-1), AgeClass::Older);
        row("not known", {}, AgeClass::Unknown);
    }
    /// The class, the count of the summary and the filter that a bar stands for mean the same.
    void agesHaveExactBounds()
    {
        QFETCH(const QDateTime, created);
        QFETCH(const int, age);
        QCOMPARE(static_cast<int>(ageClassOf(created, utcNow())), age);
        Job job = draft({}, {}, 1);
        job.created = created;
        SummaryFacts facts;
        facts.set(0, job);
        for (int number = 0; number < ageClasses; ++number) {
            QCOMPARE(facts.summary(utcNow()).ages[static_cast<size_t>(number)].drafts,
                     number == age ? 1 : 0);
            const SummaryFilter filter = filterForAge(static_cast<AgeClass>(number), utcNow());
            QCOMPARE(filter.column, JobModel::Column::Created);
            const bool hasBound = filter.createdFrom.isValid() || filter.createdBefore.isValid();
            const bool isIn = created.isValid()
                ? hasBound && !(filter.createdFrom.isValid() && created < filter.createdFrom)
                    && !(filter.createdBefore.isValid() && created >= filter.createdBefore)
                : !hasBound;
            QCOMPARE(isIn, number == age);
        }
    }

    void counterFollowsTheModel()
    {
        JobModel jobs;
        SummaryCounter counter(jobs);
        jobs.beginListing();
        jobs.append(someJobs(10'000));
        counter.setActive(true);
        QVERIFY(!counter.isUpToDate());
        QTRY_VERIFY(counter.isUpToDate());
        checkAgainst(jobs, counter);

        // Rows come, leave here and there, and change, all before the event loop turns …
        jobs.append(someJobs(3'000, 10'000));
        for (int number = 0; number < 9'000; number += 6)
            jobs.removeSoon(someJob(number).id);
        Job changed = someJob(9'000);
        changed.email = u"new@example.com"_s;
        jobs.update(changed);
        changed = someJob(9'003);
        changed.state = JobState::Active;
        changed.stateText = u"active"_s;
        jobs.update(changed);
        // … and the refused one is none to count on.
        jobs.setMark(someJob(9'006).id, DeletionMark::Refused);
        QTRY_COMPARE(jobs.rowCount(), 11'500);
        QTRY_VERIFY(counter.isUpToDate());
        QTRY_COMPARE(totalsOf(counter.summary(utcNow()).creators, u"new@example.com"_s).drafts, 1);
        checkAgainst(jobs, counter);

        jobs.clear();
        QTRY_COMPARE(counter.summary(utcNow()).all.drafts, 0);
    }

    void rowsMayLeaveWhileOthersAreStillToBeCounted()
    {
        JobModel jobs;
        SummaryCounter counter(jobs);
        jobs.beginListing();
        jobs.append(someJobs(20'000));
        counter.setActive(true);
        for (int number = 0; number < 300; ++number)
            jobs.removeSoon(someJob(number).id);
        while (jobs.rowCount() == 20'000)
            QCoreApplication::processEvents();
        QVERIFY(!counter.isUpToDate());
        QTRY_VERIFY(counter.isUpToDate());
        checkAgainst(jobs, counter);
    }

    void jobsInADeletionCountUntilTheyAreGone()
    {
        JobModel jobs;
        SummaryCounter counter(jobs);
        counter.setActive(true);
        jobs.beginListing();
        jobs.append({someJob(0), someJob(3)});
        QTRY_COMPARE(counter.summary(utcNow()).all.drafts, 2);
        QSignalSpy changes(&counter, &SummaryCounter::changed);
        jobs.setMark(someJob(0).id, DeletionMark::Deleting);
        QTRY_VERIFY(!changes.isEmpty());
        QCOMPARE(counter.summary(utcNow()).all.drafts, 2);
        jobs.removeSoon(someJob(0).id);
        QTRY_COMPARE(counter.summary(utcNow()).all.drafts, 1);
    }

    void changesAreSaidWithoutHaste()
    {
        JobModel jobs;
        SummaryCounter counter(jobs);
        counter.setActive(true);
        QSignalSpy changes(&counter, &SummaryCounter::changed);
        jobs.beginListing();
        for (int page = 0; page < 50; ++page) {
            jobs.append(someJobs(100, page * 100));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(counter.summary(utcNow()).all.drafts, 5'000 / 6 * 2 + 1);
        QTRY_VERIFY(!changes.isEmpty());
        QVERIFY(changes.size() < 20);
    }

    void inactiveItKnowsNothing()
    {
        JobModel jobs;
        SummaryCounter counter(jobs);
        jobs.beginListing();
        jobs.append(someJobs(12));
        QCoreApplication::processEvents();
        QCOMPARE(counter.summary(utcNow()).all.drafts, 0);
        QVERIFY(!counter.isUpToDate());
        counter.setActive(true);
        QTRY_COMPARE(counter.summary(utcNow()).all.drafts, 4);
        counter.setActive(false);
        QCOMPARE(counter.summary(utcNow()).all.drafts, 0);
    }

private:
    static void checkAgainst(const JobModel &jobs, const SummaryCounter &counter)
    {
        const JobSummary summary = counter.summary(utcNow());
        int drafts = 0;
        for (const SummaryGroup &group : summary.creators) {
            QCOMPARE(group.totals, countedByHand(jobs, group.value));
            drafts += group.totals.drafts;
        }
        QCOMPARE(drafts, summary.all.drafts);
        QVERIFY(drafts > 0);
    }
};

QTEST_GUILESS_MAIN(TestJobSummary)
#include "tst_jobsummary.moc"
