// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/drafttraits.h"
#include "tests/support/testwindow.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStatusBar>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

using Column = JobModel::Column;

/// The menu "Select" of the real window.
class TestJobSelection final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void allDraftsShownAndNoOthers();
    void whatTheSearchHidesIsNotSelected();
    void draftsInADeletionAreLeftAlone();
    void olderDraftsAreCountedBeforeTheyAreSelected();
    void ageIsNotAskedForTwice();
    void sharingNeedsAJob();
    void sharingNeedsWhatTheJobDoesNotSay();
    void sharingSelectsTheDraftsAlike_data();
    void sharingSelectsTheDraftsAlike();
    void contextMenuIsAboutItsOwnRow();
    void inverting();
    void nothing();
    void nothingFoundIsSaid();

private:
    [[nodiscard]] QAction *action(const QString &text) const;
    [[nodiscard]] JobTable *table() const { return test->window.findChild<JobTable *>(); }
    [[nodiscard]] QStringList selectedIds() const;
    /// Of the jobs in the service for which `isWanted` says so, sorted.
    template<typename Wanted>
    [[nodiscard]] QStringList idsOf(Wanted isWanted) const
    {
        QStringList ids;
        for (const Job &job : std::as_const(test->service.jobs)) {
            if (isWanted(job))
                ids.append(job.id.text);
        }
        ids.sort();
        return ids;
    }
    [[nodiscard]] static bool isDraft(const Job &job) { return !obstacleToDeletion(job); }
    [[nodiscard]] QString counts() const { return test->named<QLabel>(u"Job counts"_s)->text(); }
    void search(const QString &text);
    void selectRow(int row);

    std::unique_ptr<TestWindow> test;
};

void TestJobSelection::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestJobSelection::init()
{
    test = std::make_unique<TestWindow>();
    test->window.show();
    auto *state = test->named<QComboBox>(u"State"_s);
    state->setCurrentIndex(0);
    emit state->activated(0); // all states
}

void TestJobSelection::cleanup()
{
    test.reset();
}

QAction *TestJobSelection::action(const QString &text) const
{
    const auto menus = test->window.menuBar()->findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        const auto actions = menu->actions();
        for (QAction *one : actions) {
            if (one->text().remove(u'&') == text)
                return one;
        }
    }
    return nullptr;
}

QStringList TestJobSelection::selectedIds() const
{
    QStringList ids;
    const auto selected = table()->selectedIds();
    for (const JobId &id : selected)
        ids.append(id.text);
    ids.sort();
    return ids;
}

void TestJobSelection::search(const QString &text)
{
    test->named<QLineEdit>(u"Search jobs"_s)->setText(text);
    QTRY_VERIFY(table()->model()->rowCount() < test->core.jobs.rowCount());
}

void TestJobSelection::selectRow(int row)
{
    test->clickCell(row, Column::Name);
    QTRY_VERIFY(action(u"Drafts of the Same Creator"_s)->isEnabled());
}

void TestJobSelection::allDraftsShownAndNoOthers()
{
    test->load(40);
    QVERIFY(selectedIds().isEmpty());
    QTest::keyClick(&test->window, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(selectedIds(), idsOf(isDraft));
    QTRY_COMPARE(counts(), u"40 jobs; 14 selected: 14 drafts"_s);
    QVERIFY(table()->hasFocus());
    // A job that cannot go is selected, too, and counted apart.
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table()->visualRect(table()->model()->index(1, 1)).center());
    QTRY_COMPARE(counts(), u"40 jobs; 15 selected: 14 drafts, 1 not deletable"_s);
}

void TestJobSelection::whatTheSearchHidesIsNotSelected()
{
    test->load(40);
    search(u"bridge"_s);
    action(u"All Drafts Shown"_s)->trigger();
    const auto isFound
        = [](const Job &job) { return isDraft(job) && job.name.contains(u"bridge"_s); };
    QCOMPARE(selectedIds(), idsOf(isFound));
    QVERIFY(!selectedIds().isEmpty());
    test->named<QLineEdit>(u"Search jobs"_s)->clear();
    QTRY_COMPARE(table()->model()->rowCount(), 40);
    QCOMPARE(selectedIds(), idsOf(isFound));
}

void TestJobSelection::draftsInADeletionAreLeftAlone()
{
    test->load(12);
    test->core.jobs.setMark(someJob(3).id, DeletionMark::Queued);
    action(u"All Drafts Shown"_s)->trigger();
    QCOMPARE(selectedIds(),
             idsOf([](const Job &job) { return isDraft(job) && job.id != someJob(3).id; }));
}

void TestJobSelection::olderDraftsAreCountedBeforeTheyAreSelected()
{
    test->service.jobs = someJobs(30);
    const QDateTime now = test->clock.utc();
    for (qsizetype i = 0; i < test->service.jobs.size(); ++i)
        test->service.jobs[i].created = now.addDays(-10 * i).addSecs(-1);
    test->open();
    QTRY_COMPARE(table()->model()->rowCount(), 30);
    action(u"Drafts Older Than…"_s)->trigger();
    auto *dialog = test->window.findChild<QDialog *>();
    QVERIFY(dialog);
    auto *days = dialog->findChild<QSpinBox *>();
    QCOMPARE(days->value(), 90);
    QVERIFY(test->button(u"Select 7 Drafts"_s));
    days->setValue(1000);
    QVERIFY(!test->button(u"Select 0 Drafts"_s)->isEnabled());
    days->setValue(260);
    QVERIFY(test->button(u"Select 1 Draft"_s));
    days->setValue(200);
    const QDateTime bound = now.addDays(-200);
    const QStringList old
        = idsOf([&](const Job &job) { return isDraft(job) && job.created < bound; });
    QCOMPARE(old.size(), 3);
    QVERIFY(test->button(u"Select 3 Drafts"_s)->isDefault());
    QTest::keyClick(days, Qt::Key_Return);
    QCOMPARE(selectedIds(), old);
    // The answer is a good guess for the next time.
    QTRY_VERIFY(!test->window.findChild<QDialog *>());
    action(u"Drafts Older Than…"_s)->trigger();
    dialog = test->window.findChild<QDialog *>();
    QCOMPARE(dialog->findChild<QSpinBox *>()->value(), 200);
}

void TestJobSelection::ageIsNotAskedForTwice()
{
    test->load(12);
    action(u"Drafts Older Than…"_s)->trigger();
    action(u"Drafts Older Than…"_s)->trigger();
    QCOMPARE(test->window.findChildren<QDialog *>().size(), 1);
}

void TestJobSelection::sharingNeedsAJob()
{
    test->load(12);
    const QAction *creator = action(u"Drafts of the Same Creator"_s);
    QVERIFY(!creator->isEnabled());
    QVERIFY(creator->toolTip().contains(u"Select a job first"_s));
    selectRow(1);
    QVERIFY(creator->toolTip().contains(u"creator of this job"_s));
}

void TestJobSelection::sharingNeedsWhatTheJobDoesNotSay()
{
    test->load(12); // in no workspace
    selectRow(1);
    const QAction *workspace = action(u"Drafts of the Same Workspace"_s);
    QVERIFY(!workspace->isEnabled());
    QVERIFY(workspace->toolTip().contains(u"does not say which workspace"_s));
}

void TestJobSelection::sharingSelectsTheDraftsAlike_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("trait");
    const auto row = [](const char *name, const QString &text, SharedTrait trait) {
        QTest::newRow(name) << text << static_cast<int>(trait);
    };
    row("creator", u"Drafts of the Same Creator"_s, SharedTrait::Creator);
    row("iTwin", u"Drafts of the Same iTwin"_s, SharedTrait::ITwin);
}

/// From a job that is no draft, with a search in force.
void TestJobSelection::sharingSelectsTheDraftsAlike()
{
    QFETCH(const QString, text);
    QFETCH(const int, trait);
    test->service.jobs = someJobs(96);
    for (qsizetype i = 0; i < test->service.jobs.size(); ++i)
        test->service.jobs[i].email = i / 4 % 2 == 0 ? u"ana@example.com"_s : u"jo@example.com"_s;
    test->open();
    QTRY_COMPARE(table()->model()->rowCount(), 96);
    search(u"west europe"_s);
    auto &proxy = dynamic_cast<JobTableProxy &>(*table()->model());
    int row = 0;
    while (proxy.isDeletableAt(row))
        ++row;
    const Job chosen = proxy.jobAt(row);
    selectRow(row);
    action(text)->trigger();
    QCOMPARE(selectedIds(), idsOf([&](const Job &job) {
                 return isDraft(job) && proxy.rowOf(job.id) >= 0
                     && traitOf(job, static_cast<SharedTrait>(trait))
                     == traitOf(chosen, static_cast<SharedTrait>(trait));
             }));
    QVERIFY(selectedIds().size() > 1);
    QVERIFY(selectedIds().size() < proxy.rowCount() / 3);
}

void TestJobSelection::contextMenuIsAboutItsOwnRow()
{
    test->load(12);
    selectRow(1);
    QMenu menu;
    emit table()->menuAboutToShow(&menu, table()->model()->index(2, 1));
    const QMenu *sharing = nullptr;
    const auto actions = menu.actions();
    for (const QAction *one : actions) {
        if (one->text().remove(u'&') == u"Select Drafts of the Same"_s)
            sharing = one->menu();
    }
    QVERIFY(sharing);
    QVERIFY(!sharing->actions().at(0)->isEnabled());
    sharing->actions().at(2)->trigger();
    QCOMPARE(selectedIds(), idsOf([](const Job &job) {
                 return isDraft(job) && job.iTwinId == someJob(2).iTwinId;
             }));
}

void TestJobSelection::inverting()
{
    test->load(12);
    action(u"Invert Selection"_s)->trigger();
    QCOMPARE(selectedIds().size(), 12);
    action(u"Invert Selection"_s)->trigger();
    QVERIFY(selectedIds().isEmpty());
    action(u"All Drafts Shown"_s)->trigger();
    action(u"Invert Selection"_s)->trigger();
    QCOMPARE(selectedIds(), idsOf([](const Job &job) { return !isDraft(job); }));
    QTRY_COMPARE(counts(), u"12 jobs; 8 selected: 8 not deletable"_s);
}

void TestJobSelection::nothing()
{
    test->load(12);
    action(u"Select All"_s)->trigger();
    QCOMPARE(selectedIds().size(), 12);
    action(u"Nothing"_s)->trigger();
    QVERIFY(selectedIds().isEmpty());
    QTRY_COMPARE(counts(), u"12 jobs"_s);
}

void TestJobSelection::nothingFoundIsSaid()
{
    test->service.jobs = {someJob(1), someJob(2)};
    test->open();
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    table()->selectAll();
    action(u"All Drafts Shown"_s)->trigger();
    QVERIFY(selectedIds().isEmpty());
    QCOMPARE(test->window.statusBar()->currentMessage(),
             u"None of the jobs shown can be deleted."_s);
}

QTEST_MAIN(TestJobSelection)
#include "tst_jobselection.moc"
