// SPDX-License-Identifier: GPL-3.0-or-later

// The deletions dock, over a real queue on a fake network and clock.

#include "tests/support/deletionworld.h"
#include "tests/support/findwidgets.h"
#include "ui/deletion/deletionpanel.h"
#include "ui/deletion/problemmodel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

bool canPress(const QWidget &panel, const QString &text)
{
    const QPushButton *one = button(panel, text);
    return one != nullptr && one->isEnabled();
}

QString summaryOf(const QWidget &panel)
{
    const QList<QLabel *> labels = panel.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->accessibleName() == "Deletion summary"_L1)
            return label->text();
    }
    return {};
}

} // namespace

class DeletionPanelTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void isQuietWithoutARun();
    void showsProgressAndSummary();
    void listsWhatDidNotGo();
    void choosingAProblemNamesItsJob();
    void pauseAndResume();
    void waitOfTheServiceCountsDown();
    void asksForAToken();
    void stopCancelsTheRest();
    void retriesWhatFailed();
    void onlyUnknownsAreCheckedAgain();
    void problemModelFollowsTheQueue();
};

void DeletionPanelTest::isQuietWithoutARun()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    panel.show();
    const auto *progress = panel.findChild<QProgressBar *>();
    QCOMPARE(progress->accessibleName(), u"Deletion progress"_s);
    QCOMPARE(progress->value(), 0);
    QVERIFY(progress->maximum() > 0);
    for (const QString &name : {u"Pause"_s, u"Resume"_s, u"Stop"_s, u"Retry Failed"_s})
        QVERIFY2(!canPress(panel, name), qPrintable(name));
    QVERIFY(!panel.findChild<QTreeView *>()->isVisible());
}

void DeletionPanelTest::showsProgressAndSummary()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    world.network.answers = {answerDeleted(), answerJobNotFound(), answerDeleted()};
    world.queue.start(world.list(3));
    QVERIFY(canPress(panel, u"Pause"_s));
    QVERIFY(canPress(panel, u"Stop"_s));
    world.settle();
    QTRY_COMPARE(summaryOf(panel), u"2 deleted, 1 already gone, 0 refused, 0 failed, 0 left"_s);
    const auto *progress = panel.findChild<QProgressBar *>();
    QCOMPARE(progress->value(), 3);
    QCOMPARE(progress->maximum(), 3);
    QVERIFY(!canPress(panel, u"Pause"_s));
    QVERIFY(!canPress(panel, u"Stop"_s));
}

void DeletionPanelTest::listsWhatDidNotGo()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    const QList<JobId> ids = world.list(1);
    world.network.answers = {answerSubmitted(), answerJob(ids.first(), "active")};
    world.queue.start(ids);
    world.settle();
    const auto *view = panel.findChild<QTreeView *>();
    QTRY_COMPARE(view->model()->rowCount(), 1);
    const auto text
        = [view](int column) { return view->model()->index(0, column).data().toString(); };
    QCOMPARE(text(ProblemModel::NameColumn), world.queue.item(ids.first())->name);
    QCOMPARE(text(ProblemModel::OutcomeColumn), u"Refused"_s);
    QCOMPARE(text(ProblemModel::ReasonColumn),
             u"This job was already submitted, so it can no longer be deleted."_s);
    QVERIFY(view->isVisibleTo(&panel));
    QVERIFY(!canPress(panel, u"Retry Failed"_s));
}

void DeletionPanelTest::choosingAProblemNamesItsJob()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    const QList<JobId> ids = world.list(1);
    world.network.answers = {answerSubmitted(), answerJob(ids.first(), "active")};
    world.queue.start(ids);
    world.settle();
    auto *view = panel.findChild<QTreeView *>();
    QTRY_COMPARE(view->model()->rowCount(), 1);
    QList<JobId> chosen;
    connect(&panel, &DeletionPanel::problemActivated, this,
            [&chosen](const JobId &id) { chosen.append(id); });
    view->setCurrentIndex(view->model()->index(0, 0));
    QCOMPARE(chosen, ids);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen, ids + ids);
}

void DeletionPanelTest::pauseAndResume()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    world.network.answerWith = [](const Seen &) { return answerDeleted(); };
    world.queue.start(world.list(20));
    button(panel, u"Pause"_s)->click();
    world.settle();
    QVERIFY(!canPress(panel, u"Pause"_s));
    QVERIFY(canPress(panel, u"Resume"_s));
    QVERIFY(shows(panel, u"Paused."_s));
    button(panel, u"Resume"_s)->click();
    world.settle();
    QTRY_COMPARE(summaryOf(panel), u"20 deleted, 0 already gone, 0 refused, 0 failed, 0 left"_s);
    QVERIFY(!shows(panel, u"Paused."_s));
}

void DeletionPanelTest::waitOfTheServiceCountsDown()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    panel.show();
    world.network.answers = {answerThrottled("90")};
    world.queue.start(world.list(1));
    world.settle();
    QTRY_VERIFY(shows(panel, u"It goes on by itself in 1 min 30 s."_s));
    world.clock.advance(std::chrono::seconds(80));
    QTRY_VERIFY(shows(panel, u"It goes on by itself in 10 s."_s));
    world.network.answers = {answerDeleted()};
    world.pass(std::chrono::seconds(11));
    QTRY_VERIFY(!shows(panel, u"by itself"_s));
    QTRY_VERIFY(summaryOf(panel).startsWith(u"1 deleted"_s));
}

void DeletionPanelTest::asksForAToken()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    world.network.answers = {answerUnauthorized()};
    world.queue.start(world.list(1));
    world.settle();
    QTRY_VERIFY(shows(panel, u"The service needs a new access token."_s));
    QVERIFY(canPress(panel, u"Stop"_s));
}

void DeletionPanelTest::stopCancelsTheRest()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    world.network.answerWith = [](const Seen &) { return answerThrottled("90"); };
    world.queue.start(world.list(3));
    world.settle();
    button(panel, u"Stop"_s)->click();
    world.settle();
    QTRY_VERIFY(summaryOf(panel).endsWith(u"0 left, 3 cancelled"_s));
    QVERIFY(shows(panel, u"Stopped."_s));
    QCOMPARE(panel.findChild<QTreeView *>()->model()->rowCount(), 3);
}

void DeletionPanelTest::retriesWhatFailed()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    world.network.answers = {Answer::withStatus(403)};
    world.queue.start(world.list(1));
    world.settle();
    QTRY_VERIFY(summaryOf(panel).contains(u"1 failed"_s));
    QVERIFY(canPress(panel, u"Retry Failed"_s));
    world.network.answers = {answerDeleted()};
    button(panel, u"Retry Failed"_s)->click();
    world.settle();
    QTRY_VERIFY(summaryOf(panel).startsWith(u"1 deleted"_s));
    QVERIFY(!canPress(panel, u"Retry Failed"_s));
    QCOMPARE(panel.findChild<QTreeView *>()->model()->rowCount(), 0);
}

void DeletionPanelTest::onlyUnknownsAreCheckedAgain()
{
    DeletionWorld world;
    DeletionPanel panel(world.queue, world.client, world.clock);
    // The deletion's answer is lost, and the check is not allowed.
    world.network.answers = {Answer::withStatus(500), Answer::withStatus(403)};
    world.queue.start(world.list(1));
    world.settle();
    QTRY_VERIFY(summaryOf(panel).contains(u"1 unknown"_s));
    QVERIFY(button(panel, u"Check Again"_s));
    QVERIFY(canPress(panel, u"Check Again"_s));
    QVERIFY(!button(panel, u"Retry Failed"_s));
    world.network.answers = {answerJobNotFound()};
    button(panel, u"Check Again"_s)->click();
    world.settle();
    QTRY_VERIFY(summaryOf(panel).startsWith(u"1 deleted"_s));
}

void DeletionPanelTest::problemModelFollowsTheQueue()
{
    DeletionWorld world;
    ProblemModel model(world.queue);
    const QAbstractItemModelTester tester(&model);
    connect(&world.queue, &DeletionQueue::summaryChanged, &model, &ProblemModel::update);
    int requests = 0;
    world.network.answerWith = [&requests](const Seen &) {
        return ++requests % 2 == 0 ? Answer::withStatus(403) : answerDeleted();
    };
    world.queue.start(world.list(10));
    world.settle();
    QTRY_COMPARE(model.rowCount(), 5);
    world.network.answerWith = [](const Seen &) { return answerDeleted(); };
    world.queue.retryFailed();
    QTRY_COMPARE(model.rowCount(), 0);
    QVERIFY(!model.index(0, 0).isValid());
}

QTEST_MAIN(DeletionPanelTest)
#include "tst_deletionpanel.moc"
