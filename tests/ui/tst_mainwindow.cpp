// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixtures.h"
#include "tests/support/testwindow.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

using Column = JobModel::Column;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void firstRunAsksForAToken();
    void listsWhenATokenArrives();
    void accessibleNames();
    void tabGoesThroughEverything();
    void clickConfirmGone();
    void confirmedJobsThatChangedAreLeftOut();
    void cancelSendsNothing();
    void deleteKeyTakesTheSelection();
    void deleteKeyInTheSearchEditsText();
    void rowsThatCannotGoAreExplained();
    void refusalIsExplainedBesideTheTable();
    void chosenProblemIsSelectedAndStays();
    void closedErrorOpensOnlyForAnother();
    void searchNarrowsAndEscapeClears();
    void searchStaysInSightInANarrowWindow();
    void narrowerFilterAsksNobody();
    void widerFilterAsksTheService();
    void iTwinsOfEqualNameAreNotMixedUp();
    void refreshKeepsTheSelection();
    void failedListingCanBeRetried();
    void anotherAddressForgetsTheJobs();
    void countsAndToken();
    void filtersAndLayoutAreRemembered();
    void titleNamesTheHostOrTheDemo();

private:
    template<typename T>
    [[nodiscard]] T *named(const QString &name) const
    {
        return test->named<T>(name);
    }
    [[nodiscard]] QTableView *table() const { return test->table(); }
    [[nodiscard]] QPushButton *button(const QString &text) const { return test->button(text); }
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QStringList deletions() const { return test->deletions(); }
    void clickCell(int row, Column column) const { test->clickCell(row, column); }
    void load(int count) { test->load(count); }
    void askToDeleteAllFour();

    std::unique_ptr<TestWindow> test;
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestMainWindow::init()
{
    test = std::make_unique<TestWindow>();
    test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&test->window));
}

void TestMainWindow::cleanup()
{
    test.reset();
}

void TestMainWindow::askToDeleteAllFour()
{
    clickCell(0, Column::Name);
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(statusText().contains(u"4 selected"_s));
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY(button(u"Delete 4 Jobs"_s));
}

QString TestMainWindow::statusText() const
{
    QStringList texts;
    const auto labels = test->window.statusBar()->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    return texts.join(u" | "_s);
}

void TestMainWindow::firstRunAsksForAToken()
{
    QTRY_VERIFY(button(u"Enter Access Token…"_s));
    QSignalSpy demo(&test->window, &MainWindow::demoRequested);
    button(u"Try the Demo"_s)->click();
    QCOMPARE(demo.count(), 1);
    QVERIFY(test->network.seen.isEmpty());
    button(u"Enter Access Token…"_s)->click();
    QTRY_VERIFY(test->window.findChild<QDialog *>());
    QCOMPARE(test->window.findChild<QDialog *>()->windowTitle(), u"Settings"_s);
}

void TestMainWindow::listsWhenATokenArrives()
{
    load(12);
    QCOMPARE(table()->model()->rowCount(), 4);
    QVERIFY(test->network.lines().filter(u"/itwins/"_s).size() == 1);
}

void TestMainWindow::accessibleNames()
{
    load(12);
    QVERIFY(named<QTableView>(u"Jobs"_s));
    QVERIFY(named<QLineEdit>(u"Search jobs"_s));
    QVERIFY(named<QComboBox>(u"State"_s));
    QVERIFY(named<QComboBox>(u"iTwin"_s));
    for (const QString &name : {u"Refresh"_s, u"Delete…"_s, u"Settings…"_s, u"Stop"_s})
        QVERIFY2(named<QToolButton>(name), qPrintable(name));
}

void TestMainWindow::tabGoesThroughEverything()
{
    load(12);
    table()->setFocus();
    QList<QWidget *> reached;
    for (int step = 0; step < 40 && !reached.contains(QApplication::focusWidget()); ++step) {
        reached.append(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(reached.contains(named<QLineEdit>(u"Search jobs"_s)));
    QVERIFY(reached.contains(named<QComboBox>(u"State"_s)));
    const auto search = reached.indexOf(named<QLineEdit>(u"Search jobs"_s));
    const auto state = reached.indexOf(named<QComboBox>(u"State"_s));
    QCOMPARE(state, search + 1);
    for (const auto &text : {u"Refresh"_s, u"More Filters"_s, u"Settings…"_s}) {
        const bool isReached = std::ranges::any_of(reached, [&text](const QWidget *widget) {
            const auto *tool = qobject_cast<const QToolButton *>(widget);
            return tool && tool->text() == text;
        });
        QVERIFY2(isReached, qPrintable(text));
    }
    // Qt keeps one for docks that are not shown, outside the window.
    QVERIFY(std::ranges::none_of(reached, [](const QWidget *widget) {
        return qobject_cast<const QTabBar *>(widget) != nullptr;
    }));
    QCOMPARE(QApplication::focusWidget(), table());
}

void TestMainWindow::clickConfirmGone()
{
    load(12);
    const JobId gone = someJob(3).id;
    QCOMPARE(test->core.jobs.rowOf(gone) >= 0, true);
    clickCell(1, Column::Delete);
    QTRY_VERIFY(button(u"Delete 1 Job"_s));
    QVERIFY(deletions().isEmpty());
    button(u"Delete 1 Job"_s)->click();
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    QCOMPARE(deletions(), QStringList{u"DELETE /contextcapture/jobs/"_s + gone.text});
    QCOMPARE(test->core.jobs.rowOf(gone), -1);
}

void TestMainWindow::confirmedJobsThatChangedAreLeftOut()
{
    load(12);
    askToDeleteAllFour();
    // No iTwin has a name here; its id tells where the job is.
    const auto *drafts = button(u"Delete 4 Jobs"_s)->window()->findChild<QAbstractItemView *>();
    bool namesITwin = false;
    for (int column = 0; column < drafts->model()->columnCount(); ++column) {
        const QString text = drafts->model()->index(0, column).data().toString();
        namesITwin = namesITwin || text.contains(someJob(0).iTwinId.left(8));
    }
    QVERIFY(namesITwin);
    for (const int number : {3, 6}) {
        Job submitted = someJob(number);
        submitted.state = JobState::Active;
        test->core.jobs.update(submitted);
    }
    button(u"Delete 4 Jobs"_s)->click();
    QCOMPARE(test->window.statusBar()->currentMessage(),
             u"2 of the confirmed jobs can no longer be deleted and were left out."_s);
    QTRY_COMPARE(deletions().size(), 2);
}

void TestMainWindow::cancelSendsNothing()
{
    load(12);
    clickCell(1, Column::Delete);
    QTRY_VERIFY(button(u"Cancel"_s));
    QTest::keyClick(button(u"Cancel"_s)->window(), Qt::Key_Escape);
    QTRY_VERIFY(!button(u"Cancel"_s));
    QVERIFY(deletions().isEmpty());
    QCOMPARE(table()->model()->rowCount(), 4);
}

void TestMainWindow::deleteKeyTakesTheSelection()
{
    load(12);
    askToDeleteAllFour();
    button(u"Delete 4 Jobs"_s)->click();
    QTRY_COMPARE(table()->model()->rowCount(), 0);
    QCOMPARE(deletions().size(), 4);
}

void TestMainWindow::deleteKeyInTheSearchEditsText()
{
    load(12);
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    auto *search = named<QLineEdit>(u"Search jobs"_s);
    QTest::keyClick(&test->window, Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(search->hasFocus());
    search->setText(u"a"_s);
    search->setCursorPosition(0);
    QTest::keyClick(search, Qt::Key_Delete);
    QVERIFY(search->text().isEmpty());
    QVERIFY(!test->window.findChild<QDialog *>());
}

void TestMainWindow::rowsThatCannotGoAreExplained()
{
    test->settings.setQuery({});
    load(12);
    named<QComboBox>(u"State"_s)->setCurrentIndex(0);
    emit named<QComboBox>(u"State"_s)->activated(0);
    QTRY_COMPARE(table()->model()->rowCount(), 12);
    clickCell(1, Column::Name); // active
    QTRY_VERIFY(statusText().contains(u"1 selected: 1 not deletable"_s));
    QTest::keyClick(table(), Qt::Key_Delete);
    QCOMPARE(test->window.statusBar()->currentMessage(),
             u"This job was already submitted, so it can no longer be deleted."_s);
    QVERIFY(!test->window.findChild<QDialog *>());
}

void TestMainWindow::refusalIsExplainedBesideTheTable()
{
    load(12);
    const QString id = someJob(3).id.text;
    test->service.refusals.insert(id, Answer::withStatus(422, fixture(u"422-delete.json"_s)));
    test->service.jobs[3].state = JobState::Active;
    test->service.jobs[3].stateText = u"active"_s;
    test->service.jobs[3].submitted = test->clock.utc();
    auto *dock = test->window.findChild<QDockWidget *>(u"errorDock"_s);
    QVERIFY(!dock->isVisible());
    clickCell(1, Column::Delete);
    QTRY_VERIFY(button(u"Delete 1 Job"_s));
    button(u"Delete 1 Job"_s)->click();
    QTRY_VERIFY(dock->isVisible());
    QVERIFY(named<QWidget>(u"Error details"_s)->isVisible());
    QCOMPARE(table()->model()->rowCount(), 4);
    const auto state = [this] {
        return table()->model()->index(1, static_cast<int>(Column::State)).data().toString();
    };
    QTRY_COMPARE(state(), u"Refused"_s);
    QTRY_COMPARE(test->core.jobs.find({id})->state, JobState::Active);
}

void TestMainWindow::chosenProblemIsSelectedAndStays()
{
    load(12);
    for (const int number : {3, 6})
        test->service.refusals.insert(someJob(number).id.text, Answer::withStatus(403));
    askToDeleteAllFour();
    button(u"Delete 4 Jobs"_s)->click();
    QTRY_VERIFY(!test->core.queue.isBusy());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    auto *problems = named<QTreeView>(u"Problems"_s);
    QTRY_COMPARE(problems->model()->rowCount(), 2);
    const auto problemOf = [problems](int number) {
        const QModelIndexList found
            = problems->model()->match(problems->model()->index(0, 0), Qt::DisplayRole,
                                       someJob(number).name, 1, Qt::MatchExactly);
        return found.value(0);
    };
    const auto explained = [this] {
        const auto *label = named<QLabel>(u"Job"_s);
        return label ? label->text() : QString();
    };
    clickCell(1, Column::Name);
    QTRY_COMPARE(explained(), someJob(6).name);
    problems->setCurrentIndex(problemOf(3));
    QCOMPARE(explained(), someJob(3).name);
    QCOMPARE(table()->selectionModel()->selectedRows().value(0).row(), 0);
    // The selection is announced later; by then another job's error may have arrived.
    const ApiError late = *test->core.jobs.errorOf(someJob(6).id);
    test->core.jobs.setError(someJob(6).id, late);
    QCoreApplication::processEvents();
    QCOMPARE(explained(), someJob(3).name);
    // A job whose row is hidden is explained all the same.
    named<QLineEdit>(u"Search jobs"_s)->setText(someJob(3).name);
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    clickCell(0, Column::Name);
    QTRY_COMPARE(explained(), someJob(3).name);
    problems->setCurrentIndex(problemOf(6));
    test->core.jobs.setError(someJob(3).id, late);
    QCoreApplication::processEvents();
    QCOMPARE(explained(), someJob(6).name);
    QVERIFY(!table()->selectionModel()->hasSelection());
}

void TestMainWindow::closedErrorOpensOnlyForAnother()
{
    load(12);
    test->service.refusals.insert(someJob(0).id.text,
                                  Answer::withStatus(429, {}, {{"Retry-After", "60"}}));
    clickCell(0, Column::Delete);
    QTRY_VERIFY(button(u"Delete 1 Job"_s));
    button(u"Delete 1 Job"_s)->click();
    auto *dock = test->window.findChild<QDockWidget *>(u"errorDock"_s);
    QTRY_VERIFY(dock->isVisible());
    QCOMPARE(test->core.queue.phase(), DeletionQueue::Phase::PausedByService);
    dock->close();
    emit test->core.queue.phaseChanged(); // as when the end of the pause moves
    QVERIFY(!dock->isVisible());
    test->core.queue.stop();
}

void TestMainWindow::searchNarrowsAndEscapeClears()
{
    load(12);
    auto *search = named<QLineEdit>(u"Search jobs"_s);
    QTest::keyClick(&test->window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(search, u"old town"_s);
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QTest::keyClicks(search, u" nowhere"_s);
    QTRY_VERIFY(button(u"Clear Search and Filters"_s));
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_COMPARE(table()->model()->rowCount(), 4);
    QVERIFY(search->text().isEmpty());
}

void TestMainWindow::searchStaysInSightInANarrowWindow()
{
    test->load(3);
    const auto *search = test->named<QLineEdit>(u"Search jobs"_s);
    test->window.resize(1600, 700);
    QTRY_VERIFY(search->isVisible());
    const int besideTheButtons = search->mapTo(&test->window, QPoint()).y();
    test->window.resize(test->window.minimumSizeHint().width(), 500);
    QTRY_VERIFY(search->mapTo(&test->window, QPoint()).y() > besideTheButtons);
    QVERIFY(search->isVisible());
    test->window.resize(1600, 700);
    QTRY_COMPARE(search->mapTo(&test->window, QPoint()).y(), besideTheButtons);
}

void TestMainWindow::narrowerFilterAsksNobody()
{
    test->settings.setQuery({});
    load(12);
    auto *state = named<QComboBox>(u"State"_s);
    state->setCurrentIndex(0);
    emit state->activated(0);
    QTRY_COMPARE(table()->model()->rowCount(), 12);
    QTRY_COMPARE(test->core.lister.state(), JobLister::State::Complete);
    const auto before = test->network.seen.size();
    state->setCurrentIndex(state->findText(u"Failed"_s));
    emit state->activated(state->currentIndex());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(test->network.seen.size(), before);
}

void TestMainWindow::widerFilterAsksTheService()
{
    load(12);
    auto *state = named<QComboBox>(u"State"_s);
    state->setCurrentIndex(state->findText(u"All states"_s));
    emit state->activated(state->currentIndex());
    QTRY_COMPARE(table()->model()->rowCount(), 12);
    QCOMPARE(test->network.lines().filter(u"GET /contextcapture/jobs"_s).size(), 2);
    QCOMPARE(test->settings.query().state, std::optional<JobState>());
}

void TestMainWindow::iTwinsOfEqualNameAreNotMixedUp()
{
    const QJsonObject first{{u"id"_s, someJob(1).iTwinId}, {u"displayName"_s, u"Harbour"_s}};
    const QJsonObject second{{u"id"_s, someJob(3).iTwinId}, {u"displayName"_s, u"Harbour"_s}};
    test->service.iTwins = {first, second};
    test->settings.setQuery({});
    load(12);
    auto *iTwin = named<QComboBox>(u"iTwin"_s);
    QTRY_COMPARE(iTwin->count(), 3);
    for (const int index : {1, 2}) {
        iTwin->lineEdit()->setFocus();
        iTwin->setCurrentIndex(index);
        emit iTwin->activated(index);
        const QString chosen = iTwin->itemData(index).toString();
        QCOMPARE(test->settings.query().iTwinIds.value(0), chosen);
        QVERIFY(iTwin->lineEdit()->hasFocus());
        QTest::keyClick(iTwin->lineEdit(), Qt::Key_Return);
        named<QLineEdit>(u"Search jobs"_s)->setFocus();
        QVERIFY(!iTwin->lineEdit()->hasFocus());
        QCOMPARE(iTwin->currentIndex(), index);
        QCOMPARE(test->settings.query().iTwinIds.value(0), chosen);
    }
}

void TestMainWindow::refreshKeepsTheSelection()
{
    load(12);
    clickCell(2, Column::Name);
    test->service.jobs.removeFirst();
    QTest::keyClick(&test->window, Qt::Key_F5);
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    const auto rows = table()->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().row(), 1);
}

void TestMainWindow::failedListingCanBeRetried()
{
    test->service.jobs = someJobs(12);
    test->service.always = Answer::withStatus(403, fixture(u"403-permissions.json"_s));
    test->open();
    QTRY_VERIFY(button(u"Retry"_s));
    button(u"Show Details"_s)->click();
    QTRY_VERIFY(test->window.findChild<QDockWidget *>(u"errorDock"_s)->isVisible());
    test->service.always.reset();
    button(u"Retry"_s)->click();
    QTRY_VERIFY(table()->isVisible());
    QCOMPARE(table()->model()->rowCount(), 4);
}

void TestMainWindow::anotherAddressForgetsTheJobs()
{
    load(12);
    test->core.connection.openForSession(
        ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value(), {});
    QTRY_COMPARE(table()->model()->rowCount(), 0);
    QCOMPARE(test->core.lister.state(), JobLister::State::NotLoaded);
    QTRY_VERIFY(button(u"Enter Access Token…"_s));
}

void TestMainWindow::countsAndToken()
{
    load(12);
    QTRY_VERIFY(statusText().contains(u"4 jobs"_s));
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(statusText().contains(u"4 jobs; 4 selected: 4 drafts"_s));
    QVERIFY(statusText().contains(u"token: 43 min left"_s));
    QTRY_VERIFY(statusText().contains(u"Ana Silva on api.bentley.com"_s));
}

void TestMainWindow::filtersAndLayoutAreRemembered()
{
    load(12);
    table()->setColumnWidth(static_cast<int>(Column::Name), 321);
    const JobQuery query{.iTwinIds = {someJob(1).iTwinId}, .state = {}};
    test->settings.setQuery(query);
    test->window.close();
    MainWindow again(test->core);
    QCOMPARE(again.findChild<QTableView *>()->columnWidth(static_cast<int>(Column::Name)), 321);
    const auto combos = again.findChildren<QComboBox *>();
    QVERIFY(std::any_of(combos.cbegin(), combos.cend(), [&query](const QComboBox *combo) {
        return combo->currentData().toString() == query.iTwinIds.value(0);
    }));
}

void TestMainWindow::titleNamesTheHostOrTheDemo()
{
    test->open();
    QCOMPARE(test->window.windowTitle(), u"Jobsweep — api.bentley.com"_s);
    const auto demo = ServiceAddress::parse(u"http://127.0.0.1:4711"_s).value();
    test->core.connection.openTrial(demo, {});
    QCOMPARE(test->window.windowTitle(), u"Jobsweep — Demo"_s);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
