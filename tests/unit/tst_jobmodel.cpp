// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

JobId idOf(int number)
{
    return {"job-"_L1 + QString::number(number)};
}

Job job(int number, JobState state = JobState::Unsubmitted)
{
    Job made;
    made.id = idOf(number);
    made.name = "Name "_L1 + QString::number(number);
    made.state = state;
    made.stateText = textOf(state);
    return made;
}

QList<Job> jobs(int first, int count)
{
    QList<Job> made;
    for (int number = first; number < first + count; ++number)
        made.append(job(number));
    return made;
}

QStringList names(const JobModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.jobAt(row).name);
    return all;
}

} // namespace

/// The model by ids, under Qt's own model tester.
class JobModelTest final : public QObject
{
    Q_OBJECT

    struct Tested
    {
        JobModel model;
        QAbstractItemModelTester tester{&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest};
    };

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void takesInPages()
    {
        Tested t;
        t.model.beginListing();
        QCOMPARE(t.model.append(jobs(0, 3)), 3);
        QCOMPARE(t.model.append(jobs(2, 3)), 2); // one is known already
        QCOMPARE(t.model.rowCount(), 5);
        QCOMPARE(t.model.rowOf(idOf(4)), 4);
        QCOMPARE(t.model.rowOf(idOf(9)), -1);
    }

    void aPageWithTheSameIdTwiceGivesOneRow()
    {
        Tested t;
        t.model.beginListing();
        QCOMPARE(t.model.append({job(1), job(1)}), 1);
        QCOMPARE(t.model.rowCount(), 1);
    }

    void aRefreshUpdatesAddsAndDropsWithoutAReset()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 4));
        t.model.endListing(JobModel::ListingEnd::Complete);
        const QSignalSpy reset(&t.model, &QAbstractItemModel::modelReset);
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        t.model.beginListing();
        QCOMPARE(t.model.append({job(3), job(1, JobState::Active), job(7)}), 3);
        QCOMPARE(t.model.rowCount(), 5);
        t.model.endListing(JobModel::ListingEnd::Complete);
        QCOMPARE(names(t.model), QStringList({u"Name 1"_s, u"Name 3"_s, u"Name 7"_s}));
        QCOMPARE(t.model.jobAt(0).state, JobState::Active);
        QCOMPARE(changed.size(), 1); // unchanged rows are not announced
        QVERIFY(reset.isEmpty());
    }

    void aPartialListingDropsNothing()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 4));
        t.model.beginListing();
        t.model.append(jobs(0, 1));
        t.model.endListing(JobModel::ListingEnd::Partial);
        QCOMPARE(t.model.rowCount(), 4);
    }

    void rowsInADeletionOutliveAListingWithoutThem()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 2));
        t.model.setMark(idOf(0), DeletionMark::Deleting);
        t.model.beginListing();
        t.model.endListing(JobModel::ListingEnd::Complete);
        QCOMPARE(names(t.model), QStringList({u"Name 0"_s}));
    }

    void rowsLeaveTogether()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 10));
        const QPersistentModelIndex six = t.model.index(6, 0);
        const QPersistentModelIndex eight = t.model.index(8, 0);
        const QSignalSpy removed(&t.model, &QAbstractItemModel::rowsRemoved);
        std::vector<int> places;
        connect(&t.model, &JobModel::rowsRearranged, &t.model,
                [&places](const std::vector<int> &newRows) { places = newRows; });
        for (const int number : {8, 2, 3, 4, 9, 0})
            t.model.removeSoon(idOf(number));
        QVERIFY(!t.model.isDeletableAt(t.model.rowOf(idOf(8)))); // it is on its way out
        QTRY_COMPARE(t.model.rowCount(), 4);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(places, (std::vector<int>{4, 0, 5, 6, 7, 1, 2, 3, 8, 9}));
        QCOMPARE(names(t.model), QStringList({u"Name 1"_s, u"Name 5"_s, u"Name 6"_s, u"Name 7"_s}));
        QCOMPARE(t.model.rowOf(idOf(7)), 3);
        QCOMPARE(six.row(), 2);
        QVERIFY(!eight.isValid());
    }

    void neighboursLeaveInTheirPlace()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 5));
        const QSignalSpy moved(&t.model, &QAbstractItemModel::layoutChanged);
        const int slot = t.model.slotAt(4);
        t.model.removeSoon(idOf(1));
        t.model.removeSoon(idOf(2));
        QTRY_COMPARE(t.model.rowCount(), 3);
        QVERIFY(moved.isEmpty());
        QCOMPARE(t.model.rowOf(idOf(4)), 2);
        QCOMPARE(t.model.slotAt(2), slot);
    }

    void manyScatteredChangesAreOneAnnouncement()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 300));
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        for (int number = 10; number < 290; number += 2)
            t.model.setMark(idOf(number), DeletionMark::Queued);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 10);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 288);
    }

    void knowsWhatIsNewToTheListing()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 2));
        QVERIFY(!t.model.hasNew(jobs(0, 2)));
        QVERIFY(t.model.hasNew(jobs(1, 2)));
        t.model.beginListing();
        QVERIFY(t.model.hasNew(jobs(0, 1)));
    }

    void changesAreAnnouncedTogether()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 10));
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        for (const int number : {2, 4, 3, 8, 3})
            t.model.setMark(idOf(number), DeletionMark::Queued);
        t.model.setMark(idOf(3), DeletionMark::Deleting);
        QCOMPARE(t.model.markOf(idOf(3)), DeletionMark::Deleting); // known at once
        QVERIFY(changed.isEmpty());
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 4);
        QCOMPARE(changed.at(0).at(2).value<QList<int>>(), QList<int>{JobModel::markRole});
        QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 8);
    }

    void anotherJobIsMoreThanAnotherMark()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 1));
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        Job renamed = job(0);
        renamed.name = u"Another"_s;
        t.model.update(renamed);
        t.model.setMark(idOf(0), DeletionMark::Queued);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(changed.at(0).at(2).value<QList<int>>().isEmpty());
    }

    void aChangedRowThatLeavesIsNotAnnounced()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 3));
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        t.model.setMark(idOf(0), DeletionMark::Deleting);
        t.model.setMark(idOf(2), DeletionMark::Failed);
        t.model.removeSoon(idOf(0));
        QTRY_COMPARE(t.model.rowCount(), 2);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    }

    void changesAreKnownBeforeRowsArrive()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 2));
        const QSignalSpy changed(&t.model, &QAbstractItemModel::dataChanged);
        connect(&t.model, &QAbstractItemModel::rowsAboutToBeInserted, &t.model,
                [&changed] { QCOMPARE(changed.size(), 1); });
        t.model.append({job(1, JobState::Active), job(5)});
        QCOMPARE(t.model.rowCount(), 3);
    }

    void listingEndsBeforeRowsLeave()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 4));
        t.model.removeSoon(idOf(1));
        t.model.removeSoon(idOf(2));
        t.model.beginListing();
        t.model.append(jobs(0, 1));
        t.model.append(jobs(3, 1));
        t.model.endListing(JobModel::ListingEnd::Complete);
        t.model.removeSoon(idOf(3));
        QTRY_COMPARE(t.model.rowCount(), 1);
        QCOMPARE(names(t.model), QStringList({u"Name 0"_s}));
    }

    void freedPlacesAreUsedAgain()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 3));
        t.model.removeSoon(idOf(1));
        QTRY_COMPARE(t.model.rowCount(), 2);
        t.model.append(jobs(5, 2));
        QCOMPARE(names(t.model), QStringList({u"Name 0"_s, u"Name 2"_s, u"Name 5"_s, u"Name 6"_s}));
        for (const int number : {0, 2, 5, 6})
            QCOMPARE(t.model.find(idOf(number))->id, idOf(number));
        QVERIFY(!t.model.find(idOf(1)));
    }

    void whatIsInADeletionIsNotDeletableAgain()
    {
        Tested t;
        t.model.beginListing();
        t.model.append({job(0), job(1, JobState::Active)});
        QVERIFY(t.model.isDeletableAt(0));
        QVERIFY(!t.model.isDeletableAt(1));
        for (const auto mark : {DeletionMark::Queued, DeletionMark::Deleting, DeletionMark::InDoubt,
                                DeletionMark::Checking}) {
            t.model.setMark(idOf(0), mark);
            QVERIFY(!t.model.isDeletableAt(0));
        }
        for (const auto mark : {DeletionMark::Failed, DeletionMark::Unknown,
                                DeletionMark::Cancelled, DeletionMark::None}) {
            t.model.setMark(idOf(0), mark);
            QVERIFY(t.model.isDeletableAt(0));
        }
    }

    void aRefusedJobIsDeletableAgainWhenAListingCallsItADraft()
    {
        Tested t;
        t.model.beginListing();
        t.model.append({job(0)});
        t.model.setMark(idOf(0), DeletionMark::Refused);
        QCOMPARE(t.model.obstacleAt(0), Obstacle::RefusedByService);
        t.model.beginListing();
        t.model.append({job(0)});
        QVERIFY(t.model.isDeletableAt(0));
    }

    void errorsStayWithTheirJob()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 2));
        const QSignalSpy announced(&t.model, &JobModel::errorChanged);
        HttpFailure failure;
        failure.status = 422;
        t.model.setError(idOf(1), failure);
        t.model.setError(idOf(9), failure); // no such row
        QCOMPARE(announced.size(), 1);
        QVERIFY(!t.model.errorOf(idOf(0)));
        QVERIFY(t.model.errorOf(idOf(1)) && statusOf(*t.model.errorOf(idOf(1))) == 422);
    }

    void clearing()
    {
        Tested t;
        t.model.beginListing();
        t.model.append(jobs(0, 2));
        t.model.removeSoon(idOf(1));
        t.model.clear();
        QCOMPARE(t.model.rowCount(), 0);
        QVERIFY(!t.model.find(idOf(0)));
    }
};

QTEST_GUILESS_MAIN(JobModelTest)
#include "tst_jobmodel.moc"
