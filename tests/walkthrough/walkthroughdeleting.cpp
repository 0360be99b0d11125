// SPDX-License-Identifier: GPL-3.0-or-later

// Deleting, and what can come in its way: the service's limit, refusals, failures, the end of the
// token.

#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;
using Phase = DeletionQueue::Phase;

/// More than the number above which the count must be typed, and more than the demo service's limit
/// allows at once.
constexpr int manyJobs = 75;
constexpr int someMoreJobs = 6;

} // namespace

void Walkthrough::deleteOne()
{
    m_stage.begin(u"Delete one job by the button in its row"_s);
    sortByCreation();
    const QString id = cell(0, Column::Id);
    const int before = rows();
    m_stage.clickCell(table(), table().model()->index(0, columnOf(Column::Delete)));
    m_stage.waitForDialog(u"Delete jobs?"_s);
    m_stage.check(m_stage.the<QAbstractButton>(u"Cancel"_s).hasFocus(), u"Cancel has the focus"_s);
    m_stage.picture(u"confirm-one"_s);
    m_stage.press(Qt::Key_Return);
    m_stage.waitForDialogToClose();
    m_stage.check(ledger().askedToDelete().isEmpty() && rows() == before,
                  u"Enter cancels: nothing was sent"_s);

    m_stage.clickCell(table(), table().model()->index(0, columnOf(Column::Delete)));
    m_stage.waitForDialog(u"Delete jobs?"_s);
    confirm({id});
    waitUntilFinished();
    m_stage.check(rows() == before - 1, u"the other rows stay"_s);
    m_stage.check(ledger().deleted() == QSet<QString>{id}, u"the service deleted that job"_s);
    m_stage.picture(u"deleted-one"_s);
}

void Walkthrough::confirmMany()
{
    m_stage.begin(u"Delete %1 jobs at once"_s.arg(manyJobs));
    const QStringList ids = selectDrafts(manyJobs);
    m_stage.picture(u"selected-many"_s);
    m_stage.clickButton(u"Delete…"_s);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    const auto &button = m_stage.the<QAbstractButton>(u"Delete %1 Jobs"_s.arg(manyJobs));
    m_stage.check(!button.isEnabled(),
                  u"“%1” waits for the number to be typed"_s.arg(button.text()));
    m_stage.click(m_stage.the<QLineEdit>(u"Number of jobs"_s));
    m_stage.type(u"1"_s);
    m_stage.check(!button.isEnabled(), u"another number does not do"_s);
    m_stage.press(Qt::Key_Backspace);
    m_stage.check(m_stage.the<QPushButton>(u"Cancel"_s).isDefault(), u"Cancel is the default"_s);
    m_stage.picture(u"confirm-many"_s);
    confirm(ids);
}

void Walkthrough::waitOutTheLimit()
{
    m_stage.begin(u"Wait out the service's request limit"_s);
    m_stage.waitFor(u"the service refuses a request with 429 and the deletion pauses"_s,
                    [this] { return queue().phase() == Phase::PausedByService; });
    const auto answer = [this] {
        const auto &error = queue().phaseError();
        return error ? std::get_if<HttpFailure>(&*error) : nullptr;
    };
    // The whole connection pauses first, and the deletion learns why a moment later.
    m_stage.waitFor(u"the answer names the time to wait"_s, [&answer] {
        return answer() && answer()->status == 429 && answer()->retryAfter;
    });
    const std::chrono::seconds wait = *answer()->retryAfter;
    waitUntilNothingIsUnderWay();
    const qsizetype before = ledger().size();
    waitForErrorPanel(429);
    for (const QString &fact : {u"Limited tier"_s, u"Limited API"_s, u"Limited operation"_s})
        m_stage.check(!m_stage.textOf(fact).isEmpty(), u"%1: %2"_s.arg(fact, m_stage.textOf(fact)));
    const QString countdown = m_stage.textOf(u"Continues in"_s);
    m_stage.check(!countdown.isEmpty(), u"Continues in: %1"_s.arg(countdown));
    m_stage.picture(u"limit-429"_s);

    m_stage.waitFor(u"the countdown goes down"_s,
                    [this, &countdown] { return m_stage.textOf(u"Continues in"_s) != countdown; });
    m_stage.waitFor(
        u"the deletion goes on by itself"_s,
        [this] { return queue().phase() == Phase::Running || !queue().isBusy(); },
        wait + Stage::patience);
    m_stage.waitFor(u"requests reach the service again"_s,
                    [this, before] { return ledger().size() > before; });
    const ServiceLedger entries = ledger();
    const auto gap = entries.firstWithStatus(429).time.msecsTo(entries.entries().at(before).time);
    m_stage.check(
        gap >= std::chrono::milliseconds(wait).count(),
        u"none did for %1 ms after the 429, which asked for %2 s"_s.arg(gap).arg(wait.count()));
    waitUntilFinished();
}

void Walkthrough::readRefusal()
{
    m_stage.begin(u"Read why a job was refused"_s);
    const RunSummary summary = queue().summary();
    m_stage.check(summary.refused > 0 && summary.failed > 0
                      && summary.deleted + summary.refused + summary.failed == manyJobs,
                  u"%1 jobs were deleted, %2 refused, %3 failed"_s.arg(summary.deleted)
                      .arg(summary.refused)
                      .arg(summary.failed));
    const QString counts
        = u"%1 deleted, 0 already gone, %2 refused, %3 failed, 0 left"_s.arg(summary.deleted)
              .arg(summary.refused)
              .arg(summary.failed);
    m_stage.waitFor(u"the summary says so"_s,
                    [this, &counts] { return m_stage.textOf(u"Deletion summary"_s) == counts; });
    openProblem(Outcome::Refused);
    waitForErrorPanel(422);
    m_stage.check(!m_stage.textOf(u"Code"_s).isEmpty(),
                  u"code: %1"_s.arg(m_stage.textOf(u"Code"_s)));
    m_stage.check(
        m_stage.says(u"This job was already submitted, so it can no longer be deleted."_s),
        u"the cause leads, in plain words"_s);
    const auto &causes = m_stage.the<QTableWidget>(u"Error causes"_s);
    m_stage.check(causes.rowCount() > 0 && !causes.item(0, 0)->text().isEmpty(),
                  u"cause: %1, %2"_s.arg(causes.item(0, 0)->text(), causes.item(0, 1)->text()));
    m_stage.picture(u"refused-422"_s);
}

void Walkthrough::retryFailed()
{
    m_stage.begin(u"Read why others failed, and try them again"_s);
    const RunSummary before = queue().summary();
    openProblem(Outcome::Failed);
    waitForErrorPanel(403);
    m_stage.picture(u"failed-403"_s);
    const QSet<QString> failed = idsWith(Outcome::Failed);
    const qsizetype asked = ledger().deletionCount();
    m_stage.clickButton(u"Retry Failed"_s);
    m_stage.waitFor(u"the deletion begins again"_s, [this] { return queue().isBusy(); });
    waitUntilFinished();
    const RunSummary after = queue().summary();
    m_stage.check(after.failed == 0 && after.refused >= before.refused
                      && after.total() == before.total(),
                  u"with the permission that came meanwhile they go"_s);
    m_stage.check(ledger().deletionCount() == asked + failed.size(),
                  u"only the %1 that had failed were sent again"_s.arg(failed.size()));
    m_stage.picture(u"retried"_s);
}

void Walkthrough::letTokenExpire()
{
    m_stage.begin(u"Delete %1 more while the token expires"_s.arg(someMoreJobs));
    m_world.service.expireToken();
    deleteDrafts(someMoreJobs);
    m_stage.waitFor(u"the deletion waits for a token"_s,
                    [this] { return queue().phase() == Phase::WaitingForToken; });
    waitUntilNothingIsUnderWay();
    waitForErrorPanel(401);
    m_stage.check(queue().summary().left == someMoreJobs,
                  u"nothing is lost: %1 jobs are left"_s.arg(someMoreJobs));
    m_stage.check(m_stage.shows<QAbstractButton>(u"Enter Access Token…"_s),
                  u"the notice bar asks for a new token"_s);
    m_stage.picture(u"expired-401"_s);
}

void Walkthrough::enterNewToken()
{
    m_stage.begin(u"Enter a new token"_s);
    giveNewToken(u"new-token"_s);
    waitUntilFinished();
    const RunSummary summary = queue().summary();
    m_stage.check(
        summary.total() == someMoreJobs && summary.left == 0
            && summary.deleted + summary.refused + summary.failed == someMoreJobs,
        u"the deletion went on and ended: %1"_s.arg(m_stage.textOf(u"Deletion summary"_s)));
    m_stage.waitFor(u"the error panel no longer asks for a token"_s,
                    [this] { return !m_stage.textOf(u"HTTP status"_s).startsWith(u"401"_s); });
    m_stage.picture(u"continued"_s);
}

} // namespace Jobsweep::Testing
