// SPDX-License-Identifier: GPL-3.0-or-later

// Seeing one job whole beside the table, and copying jobs, in the real window.

#include "tests/support/testwindow.h"
#include "ui/jobs/jobdock.h"

#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolButton>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;

namespace {

const QString workspacePath = u"/contextcapture/workspaces/"_s;

/// By its text, mnemonic included; nullptr when the menu has none.
QAction *actionIn(const QMenu &menu, const QString &text)
{
    const QList<QAction *> actions = menu.actions();
    const auto found
        = std::find_if(actions.cbegin(), actions.cend(),
                       [&text](const QAction *action) { return action->text() == text; });
    return found == actions.cend() ? nullptr : *found;
}

} // namespace

class JobDockTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_test.reset(); }
    void staysClosedUntilItIsAskedFor();
    void opensByDoubleClick();
    void opensByContextMenu();
    void shortcutOpensAndCloses();
    void followsTheSelection();
    void selectionIsExplainedWhenThereIsNoSingleJob();
    void workspaceIsNamedWhenThePersonStays();
    void closedDockAsksNothing();
    void deletedJobStaysWithWhatBecameOfIt();
    void anotherAddressShowsNothingOfBefore();
    void changedJobIsShownAnew();
    void rowsThatArriveLeaveItAlone();
    void rawJsonCanBeCopied();
    void errorComesToTheFront();
    void selectingDoesNotChangeTheTab();
    void visibilityIsRemembered();
    void rowsAreCopiedByKeyboard();
    void idsAndNamesAreCopiedByMenu();
    void contextMenuCopies();
    void commandsHaveNoToken();
    void hiddenColumnsAreNotCopied();

private:
    /// With four drafts in the table, of which the first has a workspace and inputs.
    void load();
    void select(int row) { m_test->clickCell(row, Column::Name); }
    void selectAll();
    void open();
    /// As the desktop does when a dialog has gone.
    void activateWindow();
    [[nodiscard]] JobDock *dock() const { return m_test->window.findChild<JobDock *>(); }
    [[nodiscard]] QDockWidget *errorDock() const
    {
        return m_test->window.findChild<QDockWidget *>(u"errorDock"_s);
    }
    /// A dock behind another tab lies outside the window.
    [[nodiscard]] bool isInFront(const QDockWidget *one) const
    {
        return one->isVisible() && m_test->window.rect().intersects(one->geometry());
    }
    /// What the panel says in the label with this name, or "hidden".
    [[nodiscard]] QString shown(const QString &name) const;
    /// Whether some label in the panel that can be seen has this text in it.
    [[nodiscard]] bool says(const QString &text) const;
    /// An action of the Edit menu's Copy submenu, brought up to date as if the menu was opened.
    [[nodiscard]] QAction *copyAction(const QString &text) const;
    [[nodiscard]] QMenu *openContextMenu(int row) const;
    [[nodiscard]] static QString clipboard() { return QGuiApplication::clipboard()->text(); }
    [[nodiscard]] int workspaceRequests() const
    {
        return static_cast<int>(m_test->network.lines().filter(workspacePath).size());
    }

    std::unique_ptr<TestWindow> m_test;
};

void JobDockTest::init()
{
    m_test = std::make_unique<TestWindow>();
    m_test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
}

void JobDockTest::load()
{
    m_test->load(12);
    Job job = m_test->service.jobs.constFirst();
    const QJsonObject input{{u"id"_s, u"in-1"_s}, {u"description"_s, u"Photos"_s}};
    job.definition = QJsonDocument(QJsonObject{{u"workspaceId"_s, u"w-1"_s},
                                               {u"inputs"_s, QJsonArray{input}},
                                               {u"extra"_s, true}})
                         .toJson();
    m_test->service.jobs.replace(0, job);
    m_test->service.workspaces.insert(u"w-1"_s, u"North field"_s);
    m_test->service.iTwins = {{{u"id"_s, job.iTwinId}, {u"displayName"_s, u"River Bridge"_s}}};
    QTest::keyClick(&m_test->window, Qt::Key_F5);
    QTRY_COMPARE(m_test->core.iTwins.all().size(), 1);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    QTRY_COMPARE(m_test->core.jobs.find(job.id)->workspaceId, u"w-1"_s);
}

void JobDockTest::selectAll()
{
    m_test->table()->setFocus();
    QTest::keyClick(m_test->table(), Qt::Key_A, Qt::ControlModifier);
}

void JobDockTest::open()
{
    m_test->table()->setFocus();
    QTest::keyClick(m_test->table(), Qt::Key_Return);
    QTRY_VERIFY(dock()->isVisible());
}

void JobDockTest::activateWindow()
{
    m_test->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
}

QString JobDockTest::shown(const QString &name) const
{
    const auto *panel = m_test->named<QWidget>(u"Job details"_s);
    const QList<QLabel *> labels = panel->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->accessibleName() == name && label->isVisible())
            return label->text();
    }
    return u"hidden"_s;
}

bool JobDockTest::says(const QString &text) const
{
    const auto *panel = m_test->named<QWidget>(u"Job details"_s);
    const QList<QLabel *> labels = panel->findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&text](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

QAction *JobDockTest::copyAction(const QString &text) const
{
    const QList<QAction *> menus = m_test->window.menuBar()->actions();
    for (const QAction *edit : menus) {
        const QList<QAction *> entries = edit->menu()->actions();
        for (const QAction *entry : entries) {
            if (entry->text() != u"&Copy"_s)
                continue;
            emit entry->menu()->aboutToShow();
            const QList<QAction *> copies = entry->menu()->actions();
            for (QAction *copy : copies) {
                if (QString(copy->text()).remove(u'&') == text)
                    return copy;
            }
        }
    }
    return nullptr;
}

QMenu *JobDockTest::openContextMenu(int row) const
{
    QTableView *table = m_test->table();
    const QPoint place
        = table->visualRect(table->model()->index(row, static_cast<int>(Column::Name))).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &event);
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

void JobDockTest::staysClosedUntilItIsAskedFor()
{
    load();
    QVERIFY(!dock()->isVisible());
    select(0);
    QCoreApplication::processEvents();
    QVERIFY(!dock()->isVisible());
    open();
    QTRY_COMPARE(shown(u"Name"_s), someJob(0).name);
    QCOMPARE(QApplication::focusWidget(), m_test->table());
}

void JobDockTest::opensByDoubleClick()
{
    load();
    const QModelIndex cell = m_test->table()->model()->index(1, static_cast<int>(Column::Name));
    select(1);
    QTest::mouseDClick(m_test->table()->viewport(), Qt::LeftButton, {},
                       m_test->table()->visualRect(cell).center());
    QTRY_VERIFY(dock()->isVisible());
    QTRY_COMPARE(shown(u"Id"_s), someJob(3).id.text);
}

void JobDockTest::opensByContextMenu()
{
    load();
    select(1);
    QMenu *menu = openContextMenu(1);
    QVERIFY(menu);
    QAction *details = actionIn(*menu, u"Show &Details"_s);
    QVERIFY(details);
    details->trigger();
    menu->close();
    QTRY_COMPARE(shown(u"Id"_s), someJob(3).id.text);
}

void JobDockTest::shortcutOpensAndCloses()
{
    load();
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(dock()->isVisible());
    QTRY_VERIFY(dock()->toggleAction()->isChecked());
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(!dock()->isVisible());
    QVERIFY(!dock()->toggleAction()->isChecked());
}

void JobDockTest::followsTheSelection()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    QCOMPARE(shown(u"Input 1"_s), u"Photos\nin-1"_s);
    QCOMPARE(shown(u"extra"_s), u"true"_s);
    QCOMPARE(shown(u"iTwin"_s), u"River Bridge\n"_s + someJob(0).iTwinId);
    QTest::keyClick(m_test->table(), Qt::Key_Down);
    QTRY_COMPARE(shown(u"Id"_s), someJob(3).id.text);
    QCOMPARE(shown(u"Input 1"_s), u"hidden"_s);
    QCOMPARE(shown(u"iTwin"_s), someJob(3).iTwinId);
    // Faster than anybody reads: the last one counts.
    for (int step = 0; step < 3; ++step) {
        QTest::keyClick(m_test->table(), Qt::Key_Up);
        QTest::keyClick(m_test->table(), Qt::Key_Down);
    }
    QTest::keyClick(m_test->table(), Qt::Key_Down);
    QTRY_COMPARE(shown(u"Id"_s), someJob(6).id.text);
}

void JobDockTest::selectionIsExplainedWhenThereIsNoSingleJob()
{
    load();
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(says(u"Select a job to see everything about it."_s));
    selectAll();
    QTRY_VERIFY(says(u"4 jobs are selected."_s));
    QCOMPARE(shown(u"Name"_s), u"hidden"_s);
    select(0);
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    m_test->table()->clearSelection();
    QTRY_VERIFY(says(u"Select a job to see everything about it."_s));
}

void JobDockTest::workspaceIsNamedWhenThePersonStays()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Workspace"_s), u"w-1"_s);
    QTRY_COMPARE(shown(u"Workspace"_s), u"North field\nw-1"_s);
    QCOMPARE(workspaceRequests(), 1);
    select(1);
    QTRY_COMPARE(shown(u"Id"_s), someJob(3).id.text);
    select(0);
    QTRY_COMPARE(shown(u"Workspace"_s), u"North field\nw-1"_s);
    QCOMPARE(workspaceRequests(), 1);
    QVERIFY(m_test->deletions().isEmpty());
}

void JobDockTest::closedDockAsksNothing()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    dock()->close();
    QTRY_VERIFY(!dock()->toggleAction()->isChecked());
    select(1);
    select(0);
    QTest::keyClick(&m_test->window, Qt::Key_F5);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    QCOMPARE(workspaceRequests(), 0);
}

void JobDockTest::deletedJobStaysWithWhatBecameOfIt()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"Delete 1 Job"_s));
    m_test->button(u"Delete 1 Job"_s)->click();
    QTRY_VERIFY(says(u"This job was deleted."_s));
    QCOMPARE(shown(u"Id"_s), someJob(0).id.text);
    select(1);
    QTRY_COMPARE(shown(u"Id"_s), someJob(6).id.text);
    QVERIFY(!says(u"This job was deleted."_s));
    activateWindow();
    // Gone without our doing.
    m_test->service.jobs.removeIf([](const Job &job) { return job.id == someJob(6).id; });
    QTest::keyClick(&m_test->window, Qt::Key_F5);
    QTRY_VERIFY(says(u"This job is no longer in the list."_s));
}

void JobDockTest::anotherAddressShowsNothingOfBefore()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    m_test->service.jobs.clear();
    m_test->core.connection.save(ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value(),
                                 AccessToken::fromPasted(u"another"_s).value());
    QTRY_VERIFY(says(u"Select a job to see everything about it."_s));
    QCOMPARE(shown(u"Id"_s), u"hidden"_s);
}

void JobDockTest::changedJobIsShownAnew()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"State"_s), u"Unsubmitted"_s);
    Job job = *m_test->core.jobs.find(someJob(0).id);
    job.definition.replace("unsubmitted", "failed");
    m_test->core.jobs.update(job);
    QTRY_COMPARE(shown(u"State"_s), u"Failed"_s);
}

void JobDockTest::rowsThatArriveLeaveItAlone()
{
    load();
    m_test->window.resize(900, 300);
    select(0);
    open();
    QTRY_COMPARE(shown(u"Workspace"_s), u"North field\nw-1"_s);
    const auto *panel = m_test->named<QWidget>(u"Job details"_s);
    auto *scroll = panel->findChild<QScrollArea *>();
    scroll->verticalScrollBar()->setValue(7);
    const int place = scroll->verticalScrollBar()->value();
    QVERIFY(place > 0);
    const QList<QLabel *> labels = panel->findChildren<QLabel *>();
    m_test->core.jobs.append(someJobs(500, 100));
    QTRY_COMPARE(m_test->core.jobs.rowCount(), 504);
    m_test->core.workspaces.want(u"another"_s);
    QTRY_COMPARE(workspaceRequests(), 2);
    QCOMPARE(panel->findChildren<QLabel *>(), labels);
    QCOMPARE(scroll->verticalScrollBar()->value(), place);
    QCOMPARE(shown(u"Id"_s), someJob(0).id.text);
}

void JobDockTest::rawJsonCanBeCopied()
{
    load();
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    const auto *raw = m_test->named<QPlainTextEdit>(u"Raw JSON"_s);
    QVERIFY(!raw->isVisible());
    m_test->named<QToolButton>(u"Raw JSON"_s)->click();
    QVERIFY(raw->isVisible());
    QVERIFY(raw->toPlainText().contains(u"\"extra\": true"_s));
    m_test->named<QPushButton>(u"Copy Raw JSON"_s)->click();
    const QJsonObject copied = QJsonDocument::fromJson(clipboard().toUtf8()).object();
    QCOMPARE(copied.value(u"id"_s).toString(), someJob(0).id.text);
    // It stays open for the next job.
    select(1);
    QTRY_VERIFY(raw->toPlainText().contains(someJob(3).id.text));
}

void JobDockTest::errorComesToTheFront()
{
    load();
    m_test->service.refusals.insert(someJob(0).id.text,
                                    Answer::withStatus(422, R"({"error":{"code":"X"}})"_ba));
    select(0);
    open();
    QTRY_VERIFY(dock()->toggleAction()->isChecked());
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"Delete 1 Job"_s));
    m_test->button(u"Delete 1 Job"_s)->click();
    QTRY_VERIFY(!dock()->toggleAction()->isChecked());
    QTRY_VERIFY(isInFront(errorDock()));
    QVERIFY(!isInFront(dock()));
    activateWindow();
    // The shortcut brings what is behind to the front, and does not close it.
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(dock()->toggleAction()->isChecked());
    QTRY_VERIFY(isInFront(dock()));
}

void JobDockTest::selectingDoesNotChangeTheTab()
{
    load();
    HttpFailure failure;
    failure.status = 403;
    m_test->core.jobs.setError(someJob(3).id, failure);
    select(0);
    open();
    QTRY_COMPARE(shown(u"Id"_s), someJob(0).id.text);
    select(1);
    QTRY_COMPARE(shown(u"Id"_s), someJob(3).id.text);
    QVERIFY(isInFront(dock()));
    QVERIFY(errorDock()->toggleViewAction()->isChecked());
}

void JobDockTest::visibilityIsRemembered()
{
    load();
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(dock()->isVisible());
    m_test->window.close();
    {
        MainWindow next(m_test->core);
        next.show();
        QTRY_VERIFY(next.findChild<JobDock *>()->isVisible());
        next.findChild<JobDock *>()->close();
        next.close();
    }
    MainWindow last(m_test->core);
    last.show();
    QVERIFY(QTest::qWaitForWindowExposed(&last));
    QVERIFY(!last.findChild<JobDock *>()->isVisible());
}

void JobDockTest::rowsAreCopiedByKeyboard()
{
    load();
    QGuiApplication::clipboard()->setText(u"before"_s);
    m_test->table()->setFocus();
    m_test->table()->clearSelection();
    QTest::keyClick(m_test->table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), u"before"_s);
    selectAll();
    QTest::keyClick(m_test->table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = clipboard().split(u'\n');
    QCOMPARE(lines.size(), 4);
    const QStringList cells = lines.constFirst().split(u'\t');
    QCOMPARE(cells.size(), JobModel::columns - 1);
    QCOMPARE(cells.constFirst(), someJob(0).name);
    QCOMPARE(cells.at(1), u"Unsubmitted"_s);
    QCOMPARE(cells.constLast(), someJob(0).id.text);
    QVERIFY(cells.contains(u"River Bridge"_s));
    QTRY_VERIFY(m_test->window.statusBar()->currentMessage().contains(u"4 jobs"_s));
}

void JobDockTest::idsAndNamesAreCopiedByMenu()
{
    load();
    selectAll();
    copyAction(u"Ids"_s)->trigger();
    QCOMPARE(clipboard().split(u'\n'),
             (QStringList{someJob(0).id.text, someJob(3).id.text, someJob(6).id.text,
                          someJob(9).id.text}));
    select(1);
    copyAction(u"Name"_s)->trigger();
    QCOMPARE(clipboard(), someJob(3).name);
    m_test->table()->clearSelection();
    QVERIFY(!copyAction(u"Ids"_s)->isEnabled());
}

void JobDockTest::contextMenuCopies()
{
    load();
    select(1);
    QMenu *menu = openContextMenu(1);
    QVERIFY(menu);
    const QAction *copy = actionIn(*menu, u"&Copy"_s);
    QVERIFY(copy);
    const QList<QAction *> actions = menu->actions();
    // In the submenu, and not beside it, too.
    QVERIFY(std::none_of(actions.cbegin(), actions.cend(), [](const QAction *action) {
        return action->shortcut() == QKeySequence(QKeySequence::Copy);
    }));
    QVERIFY(copy->menu()->actions().contains(copyAction(u"Id"_s)));
    menu->close();
    copyAction(u"Id"_s)->trigger();
    QCOMPARE(clipboard(), someJob(3).id.text);
}

void JobDockTest::commandsHaveNoToken()
{
    load();
    select(0);
    copyAction(u"Request as curl"_s)->trigger();
    QVERIFY(clipboard().startsWith(u"curl "_s));
    QVERIFY(clipboard().contains(u"--request GET"_s));
    QVERIFY(clipboard().contains(u"Bearer $TOKEN"_s));
    QVERIFY(!clipboard().contains(u"eyJ"_s));
    QVERIFY(copyAction(u"Deletion as curl"_s)->isVisible());
    copyAction(u"Deletion as curl"_s)->trigger();
    QVERIFY(clipboard().contains(u"--request DELETE"_s));
    QVERIFY(clipboard().endsWith(u"/contextcapture/jobs/"_s + someJob(0).id.text + u'\''));
    QCOMPARE(clipboard().count(u'\n'), 0);
    selectAll();
    QVERIFY(!copyAction(u"Request as curl"_s)->isEnabled());
    QVERIFY(!copyAction(u"Deletion as curl"_s)->isVisible());
    QVERIFY(m_test->deletions().isEmpty());
}

void JobDockTest::hiddenColumnsAreNotCopied()
{
    load();
    m_test->table()->setColumnHidden(static_cast<int>(Column::State), true);
    m_test->table()->horizontalHeader()->moveSection(static_cast<int>(Column::Id), 1);
    select(0);
    copyAction(u"Row"_s)->trigger();
    const QStringList cells = clipboard().split(u'\t');
    QCOMPARE(cells.constFirst(), someJob(0).id.text);
    QCOMPARE(cells.at(1), someJob(0).name);
    QVERIFY(!cells.contains(u"Unsubmitted"_s));
}

QTEST_MAIN(JobDockTest)
#include "tst_jobdock.moc"
