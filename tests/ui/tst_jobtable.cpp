// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/offlinecore.h"
#include "tests/support/somejobs.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

using Column = JobModel::Column;

class TestJobTable final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void selectionSurvivesRemovalOfOthers();
    void selectionDoesNotJumpToTheNeighbour();
    void removalAboveKeepsTheTopRowInPlace();
    void insertionAboveKeepsTheTopRowInPlace();
    void removalOfTheTopRowBringsTheNext();
    void scatteredRowsLeaveWithoutALeap();
    void beginningStaysInViewWhileNobodyLooksCloser();
    void deleteButtonActsOnItsRowOnly();
    void deleteButtonByKeyboard();
    void rowsThatCannotGoHaveNoButton();
    void releaseElsewhereDeletesNothing();
    void layoutIsRemembered();
    void layoutOfAnEmptyTableIsNotKept();
    void foreignLayoutIsIgnored();
    void nameStaysVisible();
    void columnsAreSizedOnce();

private:
    [[nodiscard]] QRect cell(int row, Column column) const;
    [[nodiscard]] QString topId() const { return proxy->jobAt(table->rowAt(0)).id.text; }
    void fill(int count);
    void selectRow(int row);
    void scrollIntoTheMiddle();

    std::unique_ptr<OfflineCore> core;
    std::unique_ptr<JobTableProxy> proxy;
    std::unique_ptr<JobTable> table;
};

void TestJobTable::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    qRegisterMetaType<QList<JobId>>();
}

void TestJobTable::init()
{
    core = std::make_unique<OfflineCore>();
    proxy = std::make_unique<JobTableProxy>(core->jobs, core->iTwins);
    proxy->setQuery({.state = {}});
    table = std::make_unique<JobTable>(*proxy);
    table->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
    table->resize(900, 400);
    table->show();
    QVERIFY(QTest::qWaitForWindowExposed(table.get()));
}

void TestJobTable::cleanup()
{
    table.reset();
    proxy.reset();
    core.reset();
}

QRect TestJobTable::cell(int row, Column column) const
{
    return table->visualRect(proxy->index(row, static_cast<int>(column)));
}

void TestJobTable::fill(int count)
{
    core->jobs.append(someJobs(count, 1000));
}

void TestJobTable::selectRow(int row)
{
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(row, Column::Name).center());
}

void TestJobTable::scrollIntoTheMiddle()
{
    QTRY_VERIFY(table->verticalScrollBar()->maximum() > 3333);
    table->verticalScrollBar()->setValue(3333);
}

void TestJobTable::selectionSurvivesRemovalOfOthers()
{
    fill(20);
    selectRow(5);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      cell(8, Column::Name).center());
    QCOMPARE(table->selectedIds().size(), 4);
    core->jobs.removeSoon(someJob(1000).id);
    core->jobs.removeSoon(someJob(1006).id);
    QTRY_COMPARE(proxy->rowCount(), 18);
    const QList<JobId> expected{someJob(1005).id, someJob(1007).id, someJob(1008).id};
    QCOMPARE(table->selectedIds(), expected);
}

void TestJobTable::selectionDoesNotJumpToTheNeighbour()
{
    fill(20);
    selectRow(5);
    QCOMPARE(table->currentJob(), someJob(1005).id);
    QSignalSpy changes(table.get(), &JobTable::jobSelectionChanged);
    core->jobs.removeSoon(someJob(1005).id);
    QTRY_COMPARE(proxy->rowCount(), 19);
    QTRY_VERIFY(!changes.isEmpty());
    QVERIFY(table->selectedIds().isEmpty());
    QVERIFY(!table->currentJob());
}

void TestJobTable::removalAboveKeepsTheTopRowInPlace()
{
    fill(500);
    scrollIntoTheMiddle();
    const QString top = topId();
    const int place = table->rowViewportPosition(table->rowAt(0));
    for (int number = 1000; number < 1080; number += 2)
        core->jobs.removeSoon(someJob(number).id);
    QTRY_COMPARE(proxy->rowCount(), 460);
    QTRY_COMPARE(topId(), top);
    QCOMPARE(table->rowViewportPosition(table->rowAt(0)), place);
}

void TestJobTable::insertionAboveKeepsTheTopRowInPlace()
{
    fill(500);
    scrollIntoTheMiddle();
    const QString top = topId();
    const int place = table->rowViewportPosition(table->rowAt(0));
    core->jobs.append(someJobs(300));
    QTRY_COMPARE(topId(), top);
    QCOMPARE(proxy->rowCount(), 800);
    QCOMPARE(table->rowViewportPosition(table->rowAt(0)), place);
}

void TestJobTable::removalOfTheTopRowBringsTheNext()
{
    fill(500);
    scrollIntoTheMiddle();
    const int row = table->rowAt(0);
    const JobId next = proxy->jobAt(row + 1).id;
    core->jobs.removeSoon(proxy->jobAt(row).id);
    QTRY_COMPARE(proxy->rowCount(), 499);
    QTRY_COMPARE(topId(), next.text);
}

void TestJobTable::scatteredRowsLeaveWithoutALeap()
{
    fill(500);
    scrollIntoTheMiddle();
    const int top = table->rowAt(0);
    const int current = top + 4;
    table->setCurrentIndex(proxy->index(current, static_cast<int>(Column::State)));
    const JobId nextTop = proxy->jobAt(top + 1).id;
    const JobId nextCurrent = proxy->jobAt(current + 1).id;
    for (int row = top % 2; row < 500; row += 2)
        core->jobs.removeSoon(proxy->jobAt(row).id);
    QTRY_COMPARE(proxy->rowCount(), 250);
    QTRY_COMPARE(topId(), nextTop.text);
    QCOMPARE(proxy->jobAt(table->currentIndex().row()).id, nextCurrent);
    QCOMPARE(table->currentIndex().column(), static_cast<int>(Column::State));
    QVERIFY(table->selectedIds().isEmpty());
}

void TestJobTable::beginningStaysInViewWhileNobodyLooksCloser()
{
    fill(500);
    core->jobs.append(someJobs(300));
    QTRY_COMPARE(topId(), someJob(0).id.text);
}

void TestJobTable::deleteButtonActsOnItsRowOnly()
{
    fill(20);
    selectRow(3);
    const int draft = 2; // 1002 is divisible by three
    QSignalSpy asked(table.get(), &JobTable::deleteRequested);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(draft, Column::Delete).center());
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().value<QList<JobId>>(), QList<JobId>{someJob(1002).id});
    QCOMPARE(table->selectedIds(), QList<JobId>{someJob(1003).id});
}

void TestJobTable::deleteButtonByKeyboard()
{
    fill(20);
    table->setCurrentIndex(proxy->index(2, static_cast<int>(Column::Delete)));
    QSignalSpy asked(table.get(), &JobTable::deleteRequested);
    QTest::keyClick(table.get(), Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().value<QList<JobId>>(), QList<JobId>{someJob(1002).id});
}

void TestJobTable::rowsThatCannotGoHaveNoButton()
{
    fill(20);
    QSignalSpy asked(table.get(), &JobTable::deleteRequested);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(0, Column::Delete).center());
    QCOMPARE(asked.count(), 0);
}

void TestJobTable::releaseElsewhereDeletesNothing()
{
    fill(20);
    QSignalSpy asked(table.get(), &JobTable::deleteRequested);
    QTest::mousePress(table->viewport(), Qt::LeftButton, {}, cell(2, Column::Delete).center());
    QTest::mouseRelease(table->viewport(), Qt::LeftButton, {}, cell(5, Column::Delete).center());
    QCOMPARE(asked.count(), 0);
}

void TestJobTable::layoutIsRemembered()
{
    fill(20);
    const int location = static_cast<int>(Column::Location);
    table->horizontalHeader()->moveSection(table->horizontalHeader()->visualIndex(location), 2);
    table->setColumnWidth(static_cast<int>(Column::Name), 321);
    table->columnActions().last()->setChecked(false);
    table->sortByColumn(static_cast<int>(Column::Created), Qt::DescendingOrder);

    JobTable other(*proxy);
    other.restoreLayout(table->saveLayout());
    QCOMPARE(other.horizontalHeader()->visualIndex(location), 2);
    QCOMPARE(other.columnWidth(static_cast<int>(Column::Name)), 321);
    QVERIFY(other.isColumnHidden(static_cast<int>(Column::Id)));
    QVERIFY(!other.columnActions().last()->isChecked());
    QCOMPARE(other.horizontalHeader()->sortIndicatorSection(), static_cast<int>(Column::Created));
    QCOMPARE(other.horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TestJobTable::layoutOfAnEmptyTableIsNotKept()
{
    QVERIFY(table->saveLayout().isEmpty());
    fill(20);
    QTRY_VERIFY(!table->saveLayout().isEmpty());
}

void TestJobTable::foreignLayoutIsIgnored()
{
    fill(20);
    const QByteArray before = table->saveLayout();
    table->restoreLayout({});
    table->restoreLayout("jobs1:rubbish"_ba);
    table->restoreLayout("jobs0:"_ba + table->horizontalHeader()->saveState());
    QCOMPARE(table->saveLayout(), before);
}

void TestJobTable::nameStaysVisible()
{
    for (const QAction *action : table->columnActions())
        QVERIFY(action->text() != u"Name"_s);
    fill(20);
    table->setColumnHidden(static_cast<int>(Column::Name), true);
    const QByteArray layout = table->saveLayout();
    table->restoreLayout(layout);
    QVERIFY(!table->isColumnHidden(static_cast<int>(Column::Name)));
}

void TestJobTable::columnsAreSizedOnce()
{
    fill(20);
    const int name = static_cast<int>(Column::Name);
    const int before = table->columnWidth(name);
    core->jobs.append({someJob(u"x"_s, QString(150, u'w'))});
    QCOMPARE(table->columnWidth(name), before);
}

QTEST_MAIN(TestJobTable)
#include "tst_jobtable.moc"
