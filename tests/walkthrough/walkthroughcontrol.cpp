// SPDX-License-Identifier: GPL-3.0-or-later

// What a person does about a deletion that is about to begin or under way: take it back, let it
// stand still, stop it, close the window.

#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QPlainTextEdit>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

namespace {

using Phase = DeletionQueue::Phase;

constexpr int heldJobs = 8;
constexpr int someJobs = 36;
/// More than the service's limit allows at once, so that it takes a while.
constexpr int manyJobs = 90;

} // namespace

void Walkthrough::undoByNotice()
{
    m_stage.begin(u"Look at what will happen, confirm, and take it back in time"_s);
    m_world.settings.setHoldSeconds(Settings::defaultHoldSeconds);
    const QStringList ids = selectDrafts(heldJobs);
    const int shown = rows();
    const qsizetype asked = ledger().deletionCount();
    m_stage.press(Qt::Key_Delete);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    m_stage.clickButton(u"What Will Happen"_s);
    const QStringList requests
        = m_stage.the<QPlainTextEdit>(u"Requests"_s).toPlainText().split(u'\n');
    bool areExact = requests.size() == ids.size();
    for (const QString &id : ids)
        areExact = areExact && requests.filter(u"/contextcapture/jobs/"_s + id).size() == 1;
    m_stage.check(areExact, u"it names the request for each job"_s);
    m_stage.check(ledger().deletionCount() == asked, u"none was sent"_s);
    m_stage.picture(u"what-will-happen"_s);
    confirm(ids);

    m_stage.waitFor(u"the notice counts down"_s,
                    [this] { return m_stage.says(u"Deleting begins in"_s); });
    m_stage.picture(u"hold"_s);
    const Instant end = queue().hold()->until();
    m_stage.clickButtonIn(u"Notice"_s, u"Pause"_s);
    m_stage.waitFor(u"the countdown stands still"_s,
                    [this] { return !m_stage.says(u"Deleting begins in"_s); });
    m_stage.picture(u"hold-paused"_s);
    m_stage.waitFor(u"the time that was left goes by"_s,
                    [this, end] { return m_world.clock.now() > end; });
    m_stage.check(queue().hold() && ledger().deletionCount() == asked, u"nothing is sent"_s);

    m_stage.clickButtonIn(u"Notice"_s, u"Undo"_s);
    m_stage.waitFor(u"the notice says that the jobs stay"_s,
                    [this] { return m_stage.says(u"Undone: %1 jobs stay."_s.arg(heldJobs)); });
    m_stage.check(!queue().isBusy() && rows() == shown && ledger().deletionCount() == asked,
                  u"they do, and nothing was sent"_s);
    m_stage.picture(u"undone"_s);
}

void Walkthrough::undoByKeyboard()
{
    m_stage.begin(u"Take a deletion back with Ctrl+Z"_s);
    const qsizetype asked = ledger().deletionCount();
    deleteDrafts(heldJobs);
    m_stage.waitFor(u"the notice counts down"_s,
                    [this] { return m_stage.says(u"Deleting begins in"_s); });
    m_stage.press(Qt::Key_Z, Qt::ControlModifier);
    m_stage.waitFor(u"the jobs stay"_s, [this] {
        return !queue().isBusy() && m_stage.says(u"Undone: %1 jobs stay."_s.arg(heldJobs));
    });
    m_stage.check(ledger().deletionCount() == asked, u"nothing was sent"_s);
    m_world.settings.setHoldSeconds(0);
}

void Walkthrough::pauseAndResume()
{
    m_stage.begin(u"Pause a deletion and let it go on"_s);
    deleteDrafts(someJobs);
    waitUntilSomeAreDeleted();
    m_stage.clickButtonIn(u"Deletion"_s, u"Pause"_s);
    m_stage.waitFor(u"the deletion stands still"_s,
                    [this] { return queue().phase() == Phase::Paused; });
    waitUntilNothingIsUnderWay();
    const qsizetype asked = ledger().deletionCount();
    m_stage.picture(u"paused"_s);
    const Instant end = m_world.clock.now() + 1s;
    m_stage.waitFor(u"a while goes by"_s, [this, end] { return m_world.clock.now() > end; });
    m_stage.check(ledger().deletionCount() == asked && queue().summary().left > 0,
                  u"nothing is sent meanwhile, %1 jobs are left"_s.arg(queue().summary().left));

    m_stage.clickButtonIn(u"Deletion"_s, u"Resume"_s);
    m_stage.waitFor(u"the estimate says how much longer it takes"_s,
                    [this] { return m_stage.says(u"About "_s); });
    m_stage.picture(u"resumed"_s);
    waitUntilFinished();
    m_stage.check(queue().summary().left == 0, u"each job has its outcome"_s);
}

void Walkthrough::stop()
{
    m_stage.begin(u"Stop a deletion"_s);
    const QStringList ids = deleteDrafts(someJobs);
    waitUntilSomeAreDeleted();
    m_stage.clickButtonIn(u"Deletion"_s, u"Stop"_s);
    waitUntilFinished();
    const RunSummary summary = queue().summary();
    m_stage.check(
        summary.cancelled > 0 && summary.left == 0
            && summary.total() == static_cast<int>(ids.size()),
        u"what was under way got its answer, %1 jobs were not sent"_s.arg(summary.cancelled));
    m_stage.check(!ledger().askedToDelete().intersects(idsWith(Outcome::Cancelled)),
                  u"the service was not asked to delete these"_s);
    m_stage.picture(u"stopped"_s);
}

void Walkthrough::closeWhileDeleting()
{
    m_stage.begin(u"Close the window while jobs are being deleted, and think again"_s);
    deleteDrafts(manyJobs);
    waitUntilSomeAreDeleted();
    m_stage.press(Qt::Key_Q, Qt::ControlModifier);
    m_stage.waitForDialog(u"Close Jobsweep?"_s);
    m_stage.picture(u"closing"_s);
    m_stage.press(Qt::Key_Escape);
    m_stage.waitForDialogToClose();
    m_stage.check(queue().isBusy() && program().window.isVisible() && m_timesClosed == 0,
                  u"Esc goes back: nothing changes"_s);
}

void Walkthrough::keepRunning()
{
    m_stage.begin(u"Let the deletion go on without the window"_s);
    m_stage.press(Qt::Key_Q, Qt::ControlModifier);
    m_stage.waitForDialog(u"Close Jobsweep?"_s);
    m_stage.clickButton(u"Keep Running"_s);
    m_stage.waitFor(u"the window goes away"_s, [this] { return !program().window.isVisible(); });
    const int left = queue().summary().left;
    m_stage.waitFor(u"the deletion goes on"_s,
                    [this, left] { return queue().summary().left < left; });
    m_world.service.expireToken();
    m_stage.waitFor(u"the window comes back when the token expires"_s,
                    [this] { return program().window.isVisible(); });
    m_stage.check(queue().phase() == Phase::WaitingForToken && m_timesClosed == 0,
                  u"the deletion waits for a new token"_s);
    m_stage.turnTo(program().window);
    m_stage.picture(u"came-back"_s);
}

void Walkthrough::stopAndClose()
{
    m_stage.begin(u"Stop the deletion and close"_s);
    waitUntilNothingIsUnderWay();
    const qsizetype asked = ledger().deletionCount();
    m_stage.press(Qt::Key_Q, Qt::ControlModifier);
    m_stage.waitForDialog(u"Close Jobsweep?"_s);
    m_stage.clickButton(u"Stop and Close"_s);
    m_stage.waitFor(u"the window closes"_s,
                    [this] { return m_timesClosed == 1 && !program().window.isVisible(); });
    const RunSummary summary = queue().summary();
    m_stage.check(summary.left == 0 && summary.cancelled > 0,
                  u"each job has its outcome, %1 were not sent"_s.arg(summary.cancelled));
    m_stage.check(ledger().deletionCount() == asked, u"nothing was sent after that"_s);
    m_program.reset();
}

} // namespace Jobsweep::Testing
