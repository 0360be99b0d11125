// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "ui/jobs/itwinpicker.h"
#include "ui/searchfield.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QMenuBar>
#include <QMessageBox>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolButton>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;

/// The filters of a query and saved views in the real window, by mouse and keyboard.
class TestViewsWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { test.reset(); }
    void moreFiltersAreRemembered();
    void narrowerQueryAsksNobody();
    void queryChipsAreRemoved();
    void severalITwinsAreChosen();
    void starters();
    void draftsOfAnITwin();
    void saveAndComeBack();
    void modifiedIsSeenAndSaved();
    void renameAndDelete();
    void goneITwinIsSaid();
    void viewThatHidesTheSelectionSaysSo();

private:
    [[nodiscard]] int shown() const { return test->table()->model()->rowCount(); }
    [[nodiscard]] QStringList entries() const;
    [[nodiscard]] QAction *entry(const QString &text) const;
    void choose(const QString &text) const;
    void saveAs(const QString &name) const;
    void search(const QString &text) const;
    [[nodiscard]] qsizetype listings() const
    {
        return test->network.lines().filter(u"GET /contextcapture/jobs"_s).size();
    }
    [[nodiscard]] QString message() const { return test->window.statusBar()->currentMessage(); }

    std::unique_ptr<TestWindow> test;
};

void TestViewsWindow::init()
{
    test = std::make_unique<TestWindow>();
    const QStringList names{u"Harbour"_s, u"Quarry"_s, u"River Bridge"_s, u"Tower"_s};
    for (int i = 0; i < names.size(); ++i)
        test->service.iTwins.append(
            {{u"id"_s, someJob(i).iTwinId}, {u"displayName"_s, names.at(i)}});
    test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&test->window));
    test->load(48);
    QTRY_COMPARE(test->core.iTwins.all().size(), names.size());
    QCOMPARE(shown(), 16);
}

QStringList TestViewsWindow::entries() const
{
    QStringList texts;
    const auto menus = test->window.menuBar()->actions();
    for (const QAction *menu : menus) {
        if (menu->text() != u"Saved Vie&ws"_s)
            continue;
        emit menu->menu()->aboutToShow();
        const auto actions = menu->menu()->actions();
        for (const QAction *action : actions)
            texts.append(QString(action->text()).remove(u'&'));
    }
    return texts;
}

QAction *TestViewsWindow::entry(const QString &text) const
{
    const auto menus = test->window.menuBar()->actions();
    for (const QAction *menu : menus) {
        if (menu->text() != u"Saved Vie&ws"_s)
            continue;
        emit menu->menu()->aboutToShow();
        const auto actions = menu->menu()->actions();
        for (QAction *action : actions) {
            if (QString(action->text()).remove(u'&') == text)
                return action;
        }
    }
    return nullptr;
}

void TestViewsWindow::choose(const QString &text) const
{
    QAction *action = entry(text);
    QVERIFY2(action, qPrintable(text));
    QVERIFY2(action->isEnabled(), qPrintable(text));
    action->trigger();
}

void TestViewsWindow::saveAs(const QString &name) const
{
    choose(u"Save View…"_s);
    auto *field = test->named<QLineEdit>(u"Name of the view"_s);
    QVERIFY(field);
    QTRY_VERIFY(QApplication::activeWindow() == field->window());
    QTest::keyClicks(field, name);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!test->named<QLineEdit>(u"Name of the view"_s));
}

void TestViewsWindow::search(const QString &text) const
{
    auto *field = test->named<QLineEdit>(u"Search jobs"_s);
    // Elsewhere Return would be for the table.
    field->setFocus();
    field->setText(text);
    QTest::keyClick(field, Qt::Key_Return);
}

void TestViewsWindow::moreFiltersAreRemembered()
{
    auto *name = test->window.findChild<QCheckBox *>();
    QVERIFY(!name->isVisible());
    QTest::mouseClick(test->named<QToolButton>(u"More Filters"_s), Qt::LeftButton);
    QVERIFY(name->isVisible());
    MainWindow again(test->core);
    again.show();
    QVERIFY(again.findChild<QCheckBox *>()->isVisible());
    QTest::keyClick(&test->window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!name->isVisible());
}

void TestViewsWindow::narrowerQueryAsksNobody()
{
    QTest::mouseClick(test->named<QToolButton>(u"More Filters"_s), Qt::LeftButton);
    const auto before = listings();
    QTest::keyClicks(test->named<SearchField>(u"Name"_s), u"bridge"_s);
    QTRY_COMPARE(shown(), 2);
    QTest::keyClicks(test->named<SearchField>(u"Created by"_s), u"ana.silva@example.com"_s);
    QTRY_COMPARE(test->settings.query().createdBy, u"ana.silva@example.com"_s);
    QCOMPARE(listings(), before);
    QCOMPARE(test->settings.query().name, u"bridge"_s);
}

void TestViewsWindow::queryChipsAreRemoved()
{
    QTest::mouseClick(test->named<QToolButton>(u"More Filters"_s), Qt::LeftButton);
    const auto boxes = test->window.findChildren<QCheckBox *>();
    for (QCheckBox *box : boxes) {
        if (box->text() == u"Calibration"_s)
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(5, box->height() / 2));
    }
    auto *created = test->named<QComboBox>(u"Created"_s);
    QTest::keyClick(created, Qt::Key_Down);
    const auto chip = [this](const QString &text) {
        return Testing::named<QToolButton>(test->window, u"Remove filter “%1”"_s.arg(text));
    };
    QTRY_VERIFY(chip(u"Type: Calibration"_s));
    QVERIFY(chip(u"Created more than 90 days ago"_s));
    const int both = shown();
    QVERIFY(both > 0 && both < 16);
    QTest::mouseClick(chip(u"Type: Calibration"_s), Qt::LeftButton);
    QCOMPARE(shown(), 16);
    for (const QCheckBox *box : boxes)
        QVERIFY(!box->isChecked());
    QTest::mouseClick(test->button(u"Clear All"_s), Qt::LeftButton);
    QCOMPARE(created->currentText(), u"Any time"_s);
    QCOMPARE(test->settings.query(), JobQuery());
}

void TestViewsWindow::severalITwinsAreChosen()
{
    QTest::mouseClick(test->named<QToolButton>(u"Choose iTwins…"_s), Qt::LeftButton);
    auto *picker = test->window.findChild<ITwinPicker *>();
    QTRY_VERIFY(picker && QApplication::activeWindow() == picker);
    auto *list = Testing::named<QAbstractItemView>(*picker, u"iTwins"_s);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Return);
    const QStringList both{someJob(0).iTwinId, someJob(1).iTwinId};
    QCOMPARE(test->settings.query().iTwinIds, both);
    auto *iTwin = test->named<QComboBox>(u"iTwin"_s);
    QCOMPARE(iTwin->currentText(), u"2 iTwins"_s);
    QTRY_COMPARE(shown(), 8);
    // The names arriving anew change nothing; choosing one ends the several.
    emit test->core.iTwins.changed();
    QCOMPARE(iTwin->currentText(), u"2 iTwins"_s);
    iTwin->setFocus();
    QTest::keyClick(iTwin, Qt::Key_Up);
    QTRY_COMPARE(test->settings.query().iTwinIds, QStringList{someJob(3).iTwinId});
    QCOMPARE(iTwin->currentText(), u"Tower"_s);
    QCOMPARE(iTwin->findText(u"2 iTwins"_s), -1);
}

void TestViewsWindow::starters()
{
    QVERIFY(entry(u"My Drafts"_s)->isChecked());
    choose(u"Drafts Older Than 90 Days"_s);
    QCOMPARE(test->settings.query().created.olderThanDays, 90);
    QVERIFY(entry(u"Drafts Older Than 90 Days"_s)->isChecked());
    QVERIFY(!entry(u"My Drafts"_s)->isChecked());
    search(u"bridge"_s);
    QVERIFY(!entry(u"Drafts Older Than 90 Days"_s)->isChecked());
    choose(u"My Drafts"_s);
    QCOMPARE(test->settings.query(), JobQuery());
    QCOMPARE(test->named<QLineEdit>(u"Search jobs"_s)->text(), QString());
    QCOMPARE(shown(), 16);
}

void TestViewsWindow::draftsOfAnITwin()
{
    choose(u"Drafts of an iTwin…"_s);
    auto *picker = test->window.findChild<ITwinPicker *>();
    QTRY_VERIFY(picker && QApplication::activeWindow() == picker);
    auto *field = Testing::named<SearchField>(*picker, u"Search iTwins"_s);
    QTest::keyClicks(field, u"river"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(shown(), 4);
    QCOMPARE(test->named<QComboBox>(u"iTwin"_s)->currentText(), u"River Bridge"_s);
}

void TestViewsWindow::saveAndComeBack()
{
    search(u"harbour wall"_s);
    const int found = shown();
    QVERIFY(found > 0 && found < 16);
    QTableView *table = test->table();
    QHeaderView *header = table->horizontalHeader();
    const int location = static_cast<int>(Column::Location);
    header->moveSection(header->visualIndex(location), 2);
    table->hideColumn(static_cast<int>(Column::Type));
    table->sortByColumn(static_cast<int>(Column::Created), Qt::DescendingOrder);
    saveAs(u"Walls & more"_s);

    choose(u"My Drafts"_s);
    QCOMPARE(shown(), 16);
    header->moveSection(2, 5);
    table->showColumn(static_cast<int>(Column::Type));
    table->sortByColumn(static_cast<int>(Column::Name), Qt::AscendingOrder);

    MainWindow again(test->core); // the views are in the settings
    const auto menus = again.menuBar()->actions();
    const bool isThere = std::any_of(menus.cbegin(), menus.cend(), [](const QAction *menu) {
        const auto actions = menu->menu()->actions();
        return std::any_of(actions.cbegin(), actions.cend(), [](const QAction *action) {
            return action->text() == u"Walls && more"_s;
        });
    });
    QVERIFY(isThere);

    choose(u"Walls  more"_s); // without the ampersands
    QCOMPARE(shown(), found);
    QCOMPARE(test->named<QLineEdit>(u"Search jobs"_s)->text(), u"harbour wall"_s);
    QCOMPARE(header->visualIndex(location), 2);
    QVERIFY(table->isColumnHidden(static_cast<int>(Column::Type)));
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(Column::Created));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    QVERIFY(entry(u"Walls  more"_s)->isChecked());
}

void TestViewsWindow::modifiedIsSeenAndSaved()
{
    saveAs(u"Mine"_s);
    QVERIFY(entry(u"Mine"_s)->isChecked());
    QVERIFY(!entry(u"Save Changes to “Mine”"_s)->isEnabled());
    search(u"bridge"_s);
    QVERIFY(entry(u"Mine (modified)"_s)->isChecked());
    choose(u"Save Changes to “Mine”"_s);
    QVERIFY(entry(u"Mine"_s)->isChecked());
    QCOMPARE(test->settings.savedViews().value(0).search, u"bridge"_s);
    search({});
    choose(u"Mine (modified)"_s);
    QCOMPARE(test->named<QLineEdit>(u"Search jobs"_s)->text(), u"bridge"_s);
}

void TestViewsWindow::renameAndDelete()
{
    saveAs(u"First"_s);
    saveAs(u"Second"_s);
    choose(u"Rename “Second”…"_s);
    auto *field = test->named<QLineEdit>(u"Name of the view"_s);
    QTRY_VERIFY(QApplication::activeWindow() == field->window());
    QTest::keyClicks(field, u"First"_s);
    QVERIFY(shows(test->window, u"There is a view of this name already."_s));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->isVisible());
    field->setText(u"Third"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(entry(u"Third"_s)->isChecked());
    QVERIFY(!entry(u"Second"_s));

    choose(u"Delete “Third”…"_s);
    auto *box = test->window.findChild<QMessageBox *>();
    QVERIFY(box && box->isVisible());
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(entry(u"Third"_s));
    QTRY_VERIFY(!test->window.findChild<QMessageBox *>());
    choose(u"Delete “Third”…"_s);
    QTest::mouseClick(test->button(u"Delete View"_s), Qt::LeftButton);
    QVERIFY(!entry(u"Third"_s));
    QVERIFY(entries().contains(u"First"_s));
    QCOMPARE(test->settings.savedViews().size(), 1);
}

void TestViewsWindow::goneITwinIsSaid()
{
    test->settings.setSavedViews({{.name = u"Old site"_s, .query = {.iTwinIds = {u"gone"_s}}}});
    MainWindow again(test->core);
    again.show();
    QString said;
    connect(again.statusBar(), &QStatusBar::messageChanged, this,
            [&said](const QString &sentence) { said = sentence; });
    const auto menus = again.menuBar()->actions();
    for (const QAction *menu : menus) {
        const auto actions = menu->menu()->actions();
        for (QAction *action : actions) {
            if (action->text() == u"Old site"_s)
                action->trigger();
        }
    }
    QCOMPARE(said,
             u"The view “Old site” is about an iTwin that no longer exists, or that you have no "
             "access to any more."_s);
}

void TestViewsWindow::viewThatHidesTheSelectionSaysSo()
{
    saveAs(u"All drafts"_s);
    search(u"quarry"_s);
    saveAs(u"Quarry"_s);
    choose(u"All drafts"_s);
    test->table()->selectAll();
    choose(u"Quarry"_s);
    QVERIFY(shown() < 16);
    QCOMPARE(message(),
             u"%1 selected jobs are hidden by the filter and no longer selected; %2 still are."_s
                 .arg(16 - shown())
                 .arg(shown()));
}

QTEST_MAIN(TestViewsWindow)
#include "tst_viewswindow.moc"
