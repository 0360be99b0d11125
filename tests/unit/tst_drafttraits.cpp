// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/drafttraits.h"
#include "tests/support/somejobs.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

class TestDraftTraits final : public QObject
{
    Q_OBJECT

private slots:
    void traitsAreWhatTheJobSays()
    {
        Job job = someJob(1);
        job.workspaceId = u"workspace"_s;
        QCOMPARE(traitOf(job, SharedTrait::Workspace), u"workspace"_s);
        QCOMPARE(traitOf(job, SharedTrait::Creator), job.email);
        QCOMPARE(traitOf(job, SharedTrait::ITwin), job.iTwinId);
    }

    void theirCaseDoesNotMatter()
    {
        Job job = someJob(1);
        job.email = u"Ana.Silva@example.com"_s;
        QVERIFY(hasTrait(job, SharedTrait::Creator, u"ana.silva@EXAMPLE.com"_s));
        QVERIFY(!hasTrait(job, SharedTrait::Creator, u"ana.silva@example.co"_s));
    }

    void jobsThatSayNothingShareNothing()
    {
        Job job = someJob(1);
        job.workspaceId.clear();
        QVERIFY(!hasTrait(job, SharedTrait::Workspace, QString()));
        QVERIFY(!hasTrait(job, SharedTrait::Workspace, u"workspace"_s));
    }

    void onlyWhatIsKnownToBeOldIsOld()
    {
        const QDateTime now(QDate(2026, 8, 1), QTime(12, 0), Qt::UTC);
        const QDateTime bound = daysBefore(now, 90);
        QCOMPARE(bound.secsTo(now), 90 * 24 * 3600);
        Job job = someJob(1);
        job.created = bound;
        QVERIFY(!wasCreatedBefore(job, bound));
        job.created = bound.addMSecs(-1);
        QVERIFY(wasCreatedBefore(job, bound));
        job.created = {};
        QVERIFY(!wasCreatedBefore(job, bound));
    }
};

QTEST_GUILESS_MAIN(TestDraftTraits)
#include "tst_drafttraits.moc"
