// SPDX-License-Identifier: GPL-3.0-or-later

// A deletion in the real window beyond its confirmation: the time to undo, a history that fails,
// what an interrupted deletion left over, and closing while it runs.

#include "tests/support/fixtures.h"
#include "tests/support/testwindow.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Column = JobModel::Column;
using Phase = DeletionQueue::Phase;

class DeletionWindowTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_test.reset(); }
    void confirmedDeletionCanBeUndone();
    void undoHasAShortcut();
    void countdownCanStandStill();
    void previewSendsNothing();
    void failingHistoryIsExplainedFirst();
    void personGoesOnWithoutARecord();
    void historyThatFailsLaterStopsTheRun();
    void leftOverJobsAreOfferedForReview();
    void leftOverJobsCanBeKept();
    void withoutATokenNothingIsConfirmed();
    void stopAndCloseWaitsForTheAnswers();
    void closingCanKeepTheDeletionRunning();
    void hiddenWindowComesBackForAToken();
    void closingCanBeTakenBack();
    void countdownWaitsForTheClosingQuestion();
    void closingQuestionGoesWhenTheDeletionEnds();
    void titleShowsTheProgress();
    void historyOpensInAWindow();

private:
    void confirmOne();
    void failHistory()
    {
        m_test->history.setFailure(
            HistoryFailure{HistoryFailure::Kind::DiskFull, u"history.sqlite"_s, {}});
    }
    void leaveJob(int number);
    void closeAndAnswer(const QString &answer);
    void loadWithHangingDeletion();
    [[nodiscard]] DeletionQueue &queue() const { return m_test->core.queue; }

    std::unique_ptr<TestWindow> m_test;
};

void DeletionWindowTest::init()
{
    m_test = std::make_unique<TestWindow>();
    m_test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
}

void DeletionWindowTest::confirmOne()
{
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"Delete 1 Job"_s));
    m_test->button(u"Delete 1 Job"_s)->click();
}

void DeletionWindowTest::leaveJob(int number)
{
    UnfinishedItem left;
    const Job job = someJob(number);
    left.item = {u"correlation-%1"_s.arg(number), job.id, job.name,
                 QJsonDocument(jsonOf(job)).toJson(QJsonDocument::Compact)};
    left.confirmedAt = m_test->clock.utc();
    m_test->history.leftOver.append(left);
    m_test->history.begin({}, {left.item});
}

void DeletionWindowTest::closeAndAnswer(const QString &answer)
{
    m_test->window.close();
    QTRY_VERIFY(m_test->button(answer));
    m_test->button(answer)->click();
}

void DeletionWindowTest::loadWithHangingDeletion()
{
    m_test->load(12);
    m_test->service.refusals.insert(someJob(0).id.text, Answer::hang());
    confirmOne();
    QTRY_COMPARE(m_test->deletions().size(), 1);
}

void DeletionWindowTest::confirmedDeletionCanBeUndone()
{
    m_test->settings.setHoldSeconds(5);
    m_test->load(12);
    confirmOne();
    QTRY_COMPARE(queue().phase(), Phase::Holding);
    QTRY_COMPARE(m_test->noticeText(), u"1 job will be deleted. Deleting begins in 5 s."_s);
    m_test->button(u"Undo"_s)->click();
    QTRY_COMPARE(m_test->noticeText(), u"Undone: 1 job stays. Nothing was sent."_s);
    m_test->clock.advance(1min);
    QTRY_COMPARE(queue().phase(), Phase::Idle);
    QVERIFY(m_test->deletions().isEmpty());
    QCOMPARE(m_test->core.jobs.markOf(someJob(0).id), DeletionMark::None);
}

void DeletionWindowTest::undoHasAShortcut()
{
    m_test->settings.setHoldSeconds(5);
    m_test->load(12);
    confirmOne();
    QTRY_COMPARE(queue().phase(), Phase::Holding);
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    QTest::keyClick(m_test->table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(queue().phase(), Phase::Idle);
    QVERIFY(m_test->deletions().isEmpty());
}

void DeletionWindowTest::countdownCanStandStill()
{
    m_test->settings.setHoldSeconds(5);
    m_test->load(12);
    confirmOne();
    QTRY_VERIFY(m_test->noticeText().contains(u"5 s"_s));
    m_test->button(u"Pause"_s)->click();
    m_test->clock.advance(1h);
    QTRY_COMPARE(m_test->noticeText(),
                 u"1 job will be deleted. The countdown is paused; nothing has been sent yet."_s);
    QVERIFY(m_test->deletions().isEmpty());
    m_test->button(u"Resume"_s)->click();
    m_test->clock.advance(5s);
    QTRY_COMPARE(m_test->deletions().size(), 1);
}

void DeletionWindowTest::previewSendsNothing()
{
    m_test->load(12);
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"What Will Happen"_s));
    const auto sent = m_test->network.seen.size();
    m_test->button(u"What Will Happen"_s)->click();
    const auto *requests = m_test->named<QPlainTextEdit>(u"Requests"_s);
    QVERIFY(requests->isVisible());
    QCOMPARE(requests->toPlainText(),
             u"DELETE https://api.bentley.com/contextcapture/jobs/"_s + someJob(0).id.text);
    QCOMPARE(m_test->named<QLabel>(u"First request"_s)->text(), u"at once"_s);
    QTest::keyClick(m_test->window.findChild<QDialog *>(), Qt::Key_Escape);
    QCOMPARE(m_test->network.seen.size(), sent);
    QCOMPARE(queue().phase(), Phase::Idle);
}

void DeletionWindowTest::failingHistoryIsExplainedFirst()
{
    m_test->load(12);
    failHistory();
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->window.findChild<QMessageBox *>());
    const auto *box = m_test->window.findChild<QMessageBox *>();
    QVERIFY(box->informativeText().contains(u"The disk is full"_s));
    QVERIFY(!m_test->button(u"Delete 1 Job"_s));
    QTest::keyClick(m_test->window.findChild<QMessageBox *>(), Qt::Key_Escape);
    m_test->clock.advance(1min);
    QCOMPARE(queue().phase(), Phase::Idle);
    QVERIFY(m_test->deletions().isEmpty());
}

void DeletionWindowTest::personGoesOnWithoutARecord()
{
    m_test->load(12);
    failHistory();
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"Go On Without a Record…"_s));
    m_test->button(u"Go On Without a Record…"_s)->click();
    QTRY_VERIFY(m_test->button(u"Delete 1 Job"_s));
    m_test->button(u"Delete 1 Job"_s)->click();
    QTRY_COMPARE(m_test->deletions().size(), 1);
    QTRY_COMPARE(queue().summary().deleted, 1);
}

void DeletionWindowTest::historyThatFailsLaterStopsTheRun()
{
    m_test->load(12);
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->button(u"Delete 1 Job"_s));
    failHistory();
    m_test->button(u"Delete 1 Job"_s)->click();
    QTRY_VERIFY(m_test->noticeText().contains(u"The deletion stands still."_s));
    QVERIFY(m_test->noticeText().contains(u"The disk is full"_s));
    QVERIFY(m_test->deletions().isEmpty());
    m_test->button(u"Go On Without a Record"_s)->click();
    QTRY_COMPARE(m_test->deletions().size(), 1);
}

void DeletionWindowTest::leftOverJobsAreOfferedForReview()
{
    leaveJob(0);
    leaveJob(3);
    m_test->load(12);
    QTRY_COMPARE(m_test->noticeText(),
                 u"A deletion was interrupted. 2 jobs of it were not deleted."_s);
    QVERIFY(m_test->deletions().isEmpty());
    m_test->button(u"Review…"_s)->click();
    QTRY_VERIFY(m_test->button(u"Delete 2 Jobs"_s));
    QVERIFY(m_test->deletions().isEmpty());
    m_test->button(u"Delete 2 Jobs"_s)->click();
    QTRY_COMPARE(m_test->deletions().size(), 2);
    QTRY_COMPARE(queue().summary().deleted, 2);
    QCOMPARE(m_test->history.items.value(someJob(3).id.text).outcome, Outcome::Deleted);
}

void DeletionWindowTest::leftOverJobsCanBeKept()
{
    leaveJob(0);
    m_test->load(12);
    QTRY_VERIFY(m_test->button(u"Review…"_s));
    m_test->button(u"Review…"_s)->click();
    QTRY_VERIFY(m_test->button(u"Keep Job"_s));
    m_test->button(u"Keep Job"_s)->click();
    QTRY_COMPARE(m_test->history.items.value(someJob(0).id.text).outcome, Outcome::Cancelled);
    QTRY_COMPARE(m_test->noticeText(), QString());
    QVERIFY(m_test->deletions().isEmpty());
}

/// It would be deleted with the next token, whosesoever that is.
void DeletionWindowTest::withoutATokenNothingIsConfirmed()
{
    m_test->load(12);
    m_test->core.connection.forgetToken();
    m_test->clickCell(0, Column::Delete);
    QTRY_VERIFY(m_test->window.statusBar()->currentMessage().contains(u"access token"_s));
    QVERIFY(!m_test->button(u"Delete 1 Job"_s));
    QVERIFY(!queue().isBusy());
}

void DeletionWindowTest::stopAndCloseWaitsForTheAnswers()
{
    loadWithHangingDeletion();
    QSignalSpy closed(&m_test->window, &MainWindow::closed);
    closeAndAnswer(u"Stop and Close"_s);
    QVERIFY(m_test->window.isVisible());
    m_test->network.answerHanging(Answer::withStatus(204));
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!m_test->window.isVisible());
    QCOMPARE(queue().summary().deleted, 1);
}

void DeletionWindowTest::closingCanKeepTheDeletionRunning()
{
    loadWithHangingDeletion();
    QSignalSpy closed(&m_test->window, &MainWindow::closed);
    closeAndAnswer(u"Keep Running"_s);
    QTRY_VERIFY(!m_test->window.isVisible());
    QCOMPARE(queue().phase(), Phase::Running);
    QCOMPARE(closed.size(), 0);
    m_test->network.answerHanging(Answer::withStatus(204));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(queue().summary().deleted, 1);
}

void DeletionWindowTest::hiddenWindowComesBackForAToken()
{
    loadWithHangingDeletion();
    QSignalSpy closed(&m_test->window, &MainWindow::closed);
    closeAndAnswer(u"Keep Running"_s);
    QTRY_VERIFY(!m_test->window.isVisible());
    m_test->network.answerHanging(Answer::withStatus(401, fixture(u"401-invalid-token.json"_s)));
    QTRY_VERIFY(m_test->window.isVisible());
    QCOMPARE(queue().phase(), Phase::WaitingForToken);
    // From now on it is a window like any other: the end of the run does not close it.
    m_test->open();
    QTRY_COMPARE(queue().phase(), Phase::Idle);
    QVERIFY(m_test->window.isVisible());
    QCOMPARE(closed.size(), 0);
}

void DeletionWindowTest::closingCanBeTakenBack()
{
    loadWithHangingDeletion();
    m_test->window.close();
    QTRY_VERIFY(m_test->button(u"Cancel"_s));
    m_test->button(u"Cancel"_s)->click();
    m_test->network.answerHanging(Answer::withStatus(204));
    QTRY_COMPARE(queue().phase(), Phase::Idle);
    QVERIFY(m_test->window.isVisible());
}

void DeletionWindowTest::countdownWaitsForTheClosingQuestion()
{
    m_test->settings.setHoldSeconds(5);
    m_test->load(12);
    confirmOne();
    QTRY_COMPARE(queue().phase(), Phase::Holding);
    m_test->window.close();
    QTRY_VERIFY(m_test->button(u"Cancel"_s));
    m_test->clock.advance(1min);
    QCOMPARE(m_test->deletions().size(), 0);
    m_test->button(u"Cancel"_s)->click();
    QTRY_COMPARE(queue().phase(), Phase::Holding);
    m_test->clock.advance(5s);
    QTRY_COMPARE(m_test->deletions().size(), 1);
}

void DeletionWindowTest::closingQuestionGoesWhenTheDeletionEnds()
{
    loadWithHangingDeletion();
    m_test->window.close();
    QTRY_VERIFY(m_test->button(u"Keep Running"_s));
    m_test->network.answerHanging(Answer::withStatus(204));
    QTRY_VERIFY(!m_test->button(u"Keep Running"_s));
    QVERIFY(m_test->window.isVisible());
}

void DeletionWindowTest::titleShowsTheProgress()
{
    loadWithHangingDeletion();
    QTRY_COMPARE(m_test->window.windowTitle(), u"0 % – Jobsweep — api.bentley.com"_s);
    m_test->network.answerHanging(Answer::withStatus(204));
    QTRY_COMPARE(m_test->window.windowTitle(), u"Jobsweep — api.bentley.com"_s);
}

void DeletionWindowTest::historyOpensInAWindow()
{
    QTest::keyClick(&m_test->window, Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY(m_test->named<QLineEdit>(u"Search history"_s));
    QTRY_VERIFY(m_test->named<QLineEdit>(u"Search history"_s)->isVisible());
}

QTEST_MAIN(DeletionWindowTest)
#include "tst_deletionwindow.moc"
