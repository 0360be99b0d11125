// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "ui/jobs/filterchips.h"
#include "ui/jobs/filterflow.h"
#include "ui/jobs/jobtable.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>
using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;

/// Narrowing the list in the real window, by mouse and keyboard.
class TestFilterWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { test.reset(); }
    void onlyThis();
    void notThis();
    void namesAreShownAndMarkupIsText();
    void withoutAValue();
    void deleteCellsOfferNothing();
    void menuByKeyboard();
    void chipsAreRemovedOneByOne();
    void manyValuesOfAColumnAreOneChip();
    void searchIsAChipWithACount();
    void clearAllLeavesTheQuery();
    void listingThatFailedIsNotAskedForAgainByFiltering();
    void nothingLeftOffersTheWayBack();
    void hiddenRowsLeaveTheSelection();
    void anotherListingLosesTheSelection();
    void anotherAddressForgetsTheFilters();

private:
    [[nodiscard]] int shown() const { return test->table()->model()->rowCount(); }
    void loadAll(int count) const;
    [[nodiscard]] QMenu *menuOf(int row, Column column) const;
    void choose(int row, Column column, const QString &action) const;
    [[nodiscard]] QToolButton *remove(const QString &chip) const
    {
        return Testing::named<QToolButton>(test->window, u"Remove filter “%1”"_s.arg(chip));
    }
    [[nodiscard]] QString message() const { return test->window.statusBar()->currentMessage(); }

    std::unique_ptr<TestWindow> test;
};

void TestFilterWindow::init()
{
    test = std::make_unique<TestWindow>();
    test->service.iTwins
        = {QJsonObject{{u"id"_s, someJob(0).iTwinId}, {u"displayName"_s, u"Rock & <b>Roll</b>"_s}}};
    test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&test->window));
}

void TestFilterWindow::loadAll(int count) const
{
    test->load(count);
    QTest::keyClick(test->named<QComboBox>(u"State"_s), Qt::Key_Up);
    QTRY_COMPARE(shown(), count);
}

QMenu *TestFilterWindow::menuOf(int row, Column column) const
{
    QTableView *table = test->table();
    const QModelIndex cell = table->model()->index(row, static_cast<int>(column));
    table->scrollTo(cell);
    const QPoint place = table->visualRect(cell).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &event);
    const auto menus = table->findChildren<QMenu *>();
    for (QMenu *menu : menus) {
        if (menu->isVisible())
            return menu;
    }
    return nullptr;
}

void TestFilterWindow::choose(int row, Column column, const QString &action) const
{
    QMenu *menu = menuOf(row, column);
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (QAction *one : actions) {
        if (QString(one->text()).replace(u"&&"_s, u"&"_s) == action) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(one).center());
            return;
        }
    }
    QFAIL(qPrintable(u"no action "_s + action));
}

void TestFilterWindow::onlyThis()
{
    loadAll(24);
    QVERIFY(!test->window.findChild<FilterChips *>()->isVisible());
    choose(2, Column::Type, u"Only “%1” in Type"_s.arg(someJob(2).type));
    QCOMPARE(shown(), 8);
    for (int row = 0; row < shown(); ++row) {
        const QModelIndex cell = test->table()->model()->index(row, static_cast<int>(Column::Type));
        QCOMPARE(cell.data().toString(), someJob(2).type);
    }
    QVERIFY(remove(u"Type: "_s + someJob(2).type));
    QVERIFY(shows(test->window, u"8 of 24 match"_s));
}

void TestFilterWindow::notThis()
{
    loadAll(24);
    choose(0, Column::CreatedBy, u"Not “ana.silva@example.com” in Created by"_s);
    QCOMPARE(shown(), 16);
    choose(0, Column::CreatedBy, u"Not “jo.berg@example.com” in Created by"_s);
    QCOMPARE(shown(), 8);
    QVERIFY(remove(u"Created by: not jo.berg@example.com"_s));
}

void TestFilterWindow::namesAreShownAndMarkupIsText()
{
    loadAll(24);
    QTRY_COMPARE(test->core.iTwins.all().size(), 1);
    choose(0, Column::ITwin, u"Only “Rock & <b>Roll</b>” in iTwin"_s);
    QCOMPARE(shown(), 6);
    QVERIFY(remove(u"iTwin: Rock & <b>Roll</b>"_s));
}

void TestFilterWindow::withoutAValue()
{
    loadAll(24);
    // Job 7 has no estimate.
    choose(7, Column::EstimatedCost, u"Only jobs without an estimated cost"_s);
    QCOMPARE(shown(), 4);
    QVERIFY(remove(u"Estimated cost: none"_s));
}

void TestFilterWindow::deleteCellsOfferNothing()
{
    loadAll(12);
    const QMenu *menu = menuOf(0, Column::Delete);
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (const QAction *action : actions)
        QVERIFY2(!action->text().startsWith(u"Only"_s), qPrintable(action->text()));
}

void TestFilterWindow::menuByKeyboard()
{
    loadAll(24);
    test->clickCell(1, Column::Location);
    QTableView *table = test->table();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(table->viewport(), &event);
    auto *menu = table->findChild<QMenu *>();
    QTRY_VERIFY(menu && menu->isVisible());
    const auto isWanted = [menu] {
        const QAction *active = menu->activeAction();
        return active && active->text() == u"Not “West Europe” in Location"_s;
    };
    for (qsizetype pressed = 0; !isWanted() && pressed < menu->actions().size(); ++pressed)
        QTest::keyClick(menu, Qt::Key_Up);
    QVERIFY(isWanted());
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_COMPARE(shown(), 12);
    QVERIFY(remove(u"Location: not West Europe"_s));
}

void TestFilterWindow::chipsAreRemovedOneByOne()
{
    loadAll(24);
    choose(0, Column::Location, u"Only “East US” in Location"_s);
    choose(0, Column::Type, u"Not “Full” in Type"_s);
    const int both = shown();
    QTest::mouseClick(remove(u"Type: not Full"_s), Qt::LeftButton);
    QCOMPARE(shown(), 12);
    QVERIFY(both < 12);
    remove(u"Location: East US"_s)->setFocus();
    QTest::keyClick(remove(u"Location: East US"_s), Qt::Key_Delete);
    QCOMPARE(shown(), 24);
    QVERIFY(!test->window.findChild<FilterChips *>()->isVisible());
    QVERIFY(test->table()->hasFocus());
}

/// As "Others" of the summary filters.
void TestFilterWindow::manyValuesOfAColumnAreOneChip()
{
    loadAll(12);
    QStringList ids;
    for (int number = 0; number < 7; ++number)
        ids.append(someJob(number).id.text);
    auto *const flow = test->window.findChild<FilterFlow *>();
    flow->showDrafts({.column = Column::Id, .values = ids});
    const int drafts = shown();
    QVERIFY(drafts > 0 && drafts < 7);
    QVERIFY(!remove(u"Id: "_s + ids.constFirst()));
    QToolButton *const chip = remove(u"Id: 7 values"_s);
    QVERIFY(chip);
    chip->click();
    QVERIFY(shown() > drafts);
    QVERIFY(!remove(u"Id: 7 values"_s));
}

void TestFilterWindow::searchIsAChipWithACount()
{
    loadAll(24);
    auto *search = test->named<QLineEdit>(u"Search jobs"_s);
    search->setFocus();
    QTest::keyClicks(search, u"old  town"_s);
    QTRY_VERIFY(remove(u"Search: old town"_s));
    QVERIFY(search->hasFocus());
    QTRY_VERIFY(shows(test->window, u"3 of 24 match"_s));
    QTest::mouseClick(remove(u"Search: old town"_s), Qt::LeftButton);
    QCOMPARE(search->text(), QString());
    QTRY_COMPARE(shown(), 24);
}

void TestFilterWindow::listingThatFailedIsNotAskedForAgainByFiltering()
{
    loadAll(24);
    test->service.always = Answer::withStatus(403, "{}");
    QTest::keyClick(&test->window, Qt::Key_F5);
    QTRY_COMPARE(test->core.lister.state(), JobLister::State::Failed);
    const auto requests = test->network.seen.size();
    QTest::mouseClick(test->named<QToolButton>(u"More Filters"_s), Qt::LeftButton);
    auto *name = test->named<QLineEdit>(u"Name"_s);
    name->setFocus();
    QTest::keyClicks(name, u"old town"_s);
    QTRY_COMPARE(shown(), 3);
    QCOMPARE(test->network.seen.size(), requests);
}

void TestFilterWindow::clearAllLeavesTheQuery()
{
    loadAll(24);
    auto *state = test->named<QComboBox>(u"State"_s);
    state->setFocus();
    QTest::keyClick(state, Qt::Key_Down);
    QTRY_COMPARE(shown(), 8);
    choose(0, Column::Location, u"Only “East US” in Location"_s);
    QCOMPARE(shown(), 4);
    QTest::mouseClick(test->button(u"Clear All"_s), Qt::LeftButton);
    QCOMPARE(shown(), 8);
    QCOMPARE(state->currentText(), u"Unsubmitted"_s);
}

void TestFilterWindow::nothingLeftOffersTheWayBack()
{
    loadAll(24);
    choose(0, Column::Location, u"Only “East US” in Location"_s);
    choose(0, Column::Location, u"Not “East US” in Location"_s);
    choose(0, Column::Location, u"Not “West Europe” in Location"_s);
    QCOMPARE(shown(), 0);
    QTRY_VERIFY(test->button(u"Clear Search and Filters"_s));
    QTest::mouseClick(test->button(u"Clear Search and Filters"_s), Qt::LeftButton);
    QTRY_COMPARE(shown(), 24);
    QVERIFY(!test->window.findChild<FilterChips *>()->isVisible());
}

void TestFilterWindow::hiddenRowsLeaveTheSelection()
{
    loadAll(24);
    test->clickCell(0, Column::Name);
    QTest::keyClick(test->table(), Qt::Key_A, Qt::ControlModifier);
    const QSignalSpy announced(test->window.findChild<JobTable *>(),
                               &JobTable::jobSelectionChanged);
    choose(0, Column::Location, u"Only “East US” in Location"_s);
    QTRY_VERIFY(!announced.isEmpty());
    QCOMPARE(message(),
             u"12 selected jobs are hidden by the filter and no longer selected; 12 still are."_s);
    QCOMPARE(test->table()->selectionModel()->selectedRows().size(), 12);
    // What comes back is not selected.
    QTest::mouseClick(test->button(u"Clear All"_s), Qt::LeftButton);
    QCOMPARE(shown(), 24);
    QCOMPARE(test->table()->selectionModel()->selectedRows().size(), 12);
    auto *search = test->named<QLineEdit>(u"Search jobs"_s);
    // The menu had it.
    test->window.activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), &test->window);
    search->setFocus();
    search->setText(someJob(1).name);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown(), 3);
    QCOMPARE(message(),
             u"12 selected jobs are hidden by the filter and no longer selected; none still is."_s);
    // From the search to what it found; what is selected there is counted in place of the message.
    QTest::keyClick(search, Qt::Key_Down);
    QTRY_VERIFY(test->table()->hasFocus());
    QTest::keyClick(test->table(), Qt::Key_Down);
    QTRY_COMPARE(message(), QString());
}

void TestFilterWindow::anotherListingLosesTheSelection()
{
    test->load(24);
    test->clickCell(0, Column::Name);
    auto *iTwin = test->named<QComboBox>(u"iTwin"_s);
    QTRY_VERIFY(iTwin->count() > 1);
    iTwin->setFocus();
    QTest::keyClick(iTwin, Qt::Key_Down);
    QCOMPARE(message(), u"1 job is no longer selected, because the list is loaded anew."_s);
}

void TestFilterWindow::anotherAddressForgetsTheFilters()
{
    loadAll(24);
    choose(0, Column::Location, u"Only “East US” in Location"_s);
    test->core.connection.openForSession(
        ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value(), {});
    QVERIFY(!test->window.findChild<FilterChips *>()->isVisible());
}

QTEST_MAIN(TestFilterWindow)
#include "tst_filterwindow.moc"
