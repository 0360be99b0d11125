// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testwindow.h"
#include "ui/jobs/barlist.h"
#include "ui/jobs/summarydock.h"
#include "ui/jobs/summarypanel.h"

#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

using Column = JobModel::Column;

class TestSummary final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void isClosedUntilOpened();
    void countsWhatIsLoaded();
    void namesITwins();
    void saysSoFarWhileMoreMayCome();
    void emptyStateHasASentence();
    void followsDeletions();
    void clickAsksForAFilter();
    void keysWorkTheBars();
    void manyGroupsBecomeOthers();
    void foreignTextIsMadeHarmless();

private:
    [[nodiscard]] SummaryDock *dock() const { return test->window.findChild<SummaryDock *>(); }
    void open();
    /// The bars that are seen beneath this title, as they are read aloud.
    [[nodiscard]] QStringList bars(const QString &title) const;
    [[nodiscard]] BarButton *bar(const QString &title, int number) const;
    [[nodiscard]] QString countText() const
    {
        return test->named<QLabel>(u"Number of drafts"_s)->text();
    }

    std::unique_ptr<TestWindow> test;
};

void TestSummary::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    qRegisterMetaType<SummaryFilter>();
}

void TestSummary::init()
{
    test = std::make_unique<TestWindow>();
    test->window.show();
}

void TestSummary::cleanup()
{
    test.reset();
}

void TestSummary::open()
{
    dock()->toggleViewAction()->trigger();
    QVERIFY(dock()->isVisible());
}

BarButton *TestSummary::bar(const QString &title, int number) const
{
    const auto all = test->named<BarList>(title)->findChildren<BarButton *>();
    int seen = 0;
    for (BarButton *button : all) {
        if (button->isVisible() && seen++ == number)
            return button;
    }
    return nullptr;
}

QStringList TestSummary::bars(const QString &title) const
{
    QStringList sentences;
    for (int number = 0; const BarButton *button = bar(title, number); ++number)
        sentences.append(button->accessibleName());
    return sentences;
}

void TestSummary::isClosedUntilOpened()
{
    test->load(12);
    QVERIFY(!dock()->isVisible());
    QTest::keyClick(&test->window, Qt::Key_F8);
    QVERIFY(dock()->isVisible());
    QTRY_COMPARE(countText(), u"4 drafts"_s);
    QTest::keyClick(&test->window, Qt::Key_F8);
    QVERIFY(!dock()->isVisible());
}

void TestSummary::countsWhatIsLoaded()
{
    test->service.jobs = {someJob(0), someJob(3), someJob(6), someJob(12)};
    const QDateTime now = test->clock.utc();
    test->service.jobs[0].created = now.addDays(-3);
    test->service.jobs[1].created = now.addDays(-20);
    test->service.jobs[2].created = now.addDays(-20);
    test->service.jobs[3].created = now.addDays(-1000);
    test->open();
    open();
    QTRY_COMPARE(countText(), u"4 drafts"_s);
    QTRY_COMPARE(bars(u"Age"_s),
                 (QStringList{u"Last 7 days: 1 draft. No estimate of the cost."_s,
                              u"7 to 30 days: 2 drafts. Estimated cost 2.25."_s,
                              u"30 to 90 days: 0 drafts."_s, u"90 days to a year: 0 drafts."_s,
                              u"Older than a year: 1 draft. Estimated cost 3.00."_s}));
    QCOMPARE(bars(u"Created by"_s),
             (QStringList{u"ana.silva@example.com: 4 drafts. Estimated cost 5.25; 1 draft has no "
                          "estimate."_s}));
    QVERIFY(bars(u"Type"_s).size() > 1);
}

void TestSummary::namesITwins()
{
    test->service.jobs = {someJob(3)};
    test->service.iTwins
        = {QJsonObject{{u"id"_s, someJob(3).iTwinId}, {u"displayName"_s, u"River Bridge"_s}}};
    test->open();
    open();
    QTRY_COMPARE(bars(u"iTwin"_s), (QStringList{u"River Bridge: 1 draft. Estimated cost 0.75."_s}));
    QCOMPARE(bar(u"iTwin"_s, 0)->bar().filter.values, (QStringList{someJob(3).iTwinId}));
}

void TestSummary::saysSoFarWhileMoreMayCome()
{
    open();
    test->core.jobs.beginListing();
    test->core.jobs.append(someJobs(12));
    QTRY_COMPARE(countText(), u"4 drafts so far"_s);
    test->core.jobs.clear();
    test->load(12);
    QTRY_COMPARE(countText(), u"4 drafts"_s);
}

void TestSummary::emptyStateHasASentence()
{
    open();
    auto *panel = test->named<SummaryPanel>(u"Summary"_s);
    QVERIFY(panel);
    QCOMPARE(dynamic_cast<QLabel *>(panel->currentWidget())->text(), u"No drafts so far."_s);
    test->open();
    QTRY_COMPARE(test->core.lister.state(), JobLister::State::Complete);
    QCOMPARE(dynamic_cast<QLabel *>(panel->currentWidget())->text(),
             u"There are no drafts among the jobs that were loaded."_s);
}

void TestSummary::followsDeletions()
{
    test->load(12);
    open();
    QTRY_COMPARE(countText(), u"4 drafts"_s);
    test->core.queue.start({someJob(0).id, someJob(3).id});
    QTRY_COMPARE(test->deletions().size(), 2);
    QTRY_COMPARE(countText(), u"2 drafts"_s);
    QTRY_COMPARE(bars(u"Created by"_s).size(), 1);
}

void TestSummary::clickAsksForAFilter()
{
    test->load(12);
    open();
    QTRY_COMPARE(countText(), u"4 drafts"_s);
    QSignalSpy filters(dock(), &SummaryDock::filterRequested);
    QTest::mouseClick(bar(u"Created by"_s, 0), Qt::LeftButton);
    QTest::mouseClick(bar(u"Age"_s, 1), Qt::LeftButton);
    QCOMPARE(filters.size(), 2);
    QCOMPARE(filters.at(0).at(0).value<SummaryFilter>(),
             (SummaryFilter{.column = Column::CreatedBy, .values = {u"ana.silva@example.com"_s}}));
    QCOMPARE(filters.at(1).at(0).value<SummaryFilter>(),
             (SummaryFilter{.column = Column::Created,
                            .createdFrom = test->clock.utc().addDays(-30),
                            .createdBefore = test->clock.utc().addDays(-7)}));
}

void TestSummary::keysWorkTheBars()
{
    test->load(24);
    open();
    QTRY_COMPARE(countText(), u"8 drafts"_s);
    QSignalSpy filters(dock(), &SummaryDock::filterRequested);
    bar(u"iTwin"_s, 0)->setFocus();
    QTest::keyClick(bar(u"iTwin"_s, 0), Qt::Key_Down);
    QTRY_VERIFY(bar(u"iTwin"_s, 1)->hasFocus());
    QTest::keyClick(bar(u"iTwin"_s, 1), Qt::Key_Return);
    QTest::keyClick(bar(u"iTwin"_s, 1), Qt::Key_Space);
    QCOMPARE(filters.size(), 2);
    QCOMPARE(filters.at(0).at(0).value<SummaryFilter>(), bar(u"iTwin"_s, 1)->bar().filter);
    QCOMPARE(filters.at(0), filters.at(1));
    QTest::keyClick(bar(u"iTwin"_s, 1), Qt::Key_End);
    QVERIFY(bar(u"iTwin"_s, 3)->hasFocus());
    QTest::keyClick(bar(u"iTwin"_s, 3), Qt::Key_Down);
    QVERIFY(bar(u"iTwin"_s, 3)->hasFocus());
    // Tab leaves for the next list, and comes back to the same bar.
    QTest::keyClick(bar(u"iTwin"_s, 3), Qt::Key_Tab);
    QVERIFY(bar(u"Created by"_s, 0)->hasFocus());
    QTest::keyClick(bar(u"Created by"_s, 0), Qt::Key_Backtab);
    QVERIFY(bar(u"iTwin"_s, 3)->hasFocus());
}

void TestSummary::manyGroupsBecomeOthers()
{
    QList<Job> jobs;
    for (int number = 0; number < 30; ++number) {
        Job job = someJob(u"id-%1"_s.arg(number), u"name"_s);
        job.iTwinId = u"iTwin %1"_s.arg(number % 10);
        job.email = u"person %1"_s.arg(number % 9);
        jobs.append(job);
    }
    test->service.jobs = jobs;
    test->open();
    open();
    QTRY_COMPARE(countText(), u"30 drafts"_s);
    QCOMPARE(bars(u"iTwin"_s).size(), SummaryPanel::shownGroups + 1);
    QVERIFY(bars(u"iTwin"_s).constLast().startsWith(u"Others (2): 6 drafts"_s));
    QCOMPARE(bar(u"iTwin"_s, SummaryPanel::shownGroups)->bar().filter.values,
             (QStringList{u"iTwin 8"_s, u"iTwin 9"_s}));
    QCOMPARE(bars(u"Created by"_s).size(), 9);
    QVERIFY(bars(u"Created by"_s).constLast().startsWith(u"person"_s));
    QCOMPARE(bars(u"Type"_s).size(), 1);
    QVERIFY(bars(u"Type"_s).constFirst().startsWith(u"No type"_s));
}

void TestSummary::foreignTextIsMadeHarmless()
{
    Job job = someJob(u"id-1"_s, u"name"_s);
    job.email = u"<b>bad</b>\u202e"_s;
    test->service.jobs = {job};
    test->open();
    open();
    QTRY_COMPARE(countText(), u"1 draft"_s);
    QCOMPARE(bar(u"Created by"_s, 0)->bar().title, u"<b>bad</b>\\u{202E}"_s);
    QVERIFY(bar(u"Created by"_s, 0)->toolTip().contains(u"&lt;b&gt;"_s));
}

QTEST_MAIN(TestSummary)
#include "tst_summary.moc"
