// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;
using Phase = DeletionQueue::Phase;

/// More than the number above which the count must be typed, and more than the demo service's limit
/// allows at once.
constexpr int manyJobs = 75;
constexpr int someMoreJobs = 6;
const QString searchedWord = u"tower"_s;

} // namespace

Walkthrough::Walkthrough(Program &program, Stage &stage) : m_program(program), m_stage(stage)
{
    QObject::connect(&program.queue, &DeletionQueue::itemFinished, &program.window,
                     [this](const JobId &id, Outcome outcome) {
                         ++m_outcomesTold;
                         m_outcomes.insert(id.text, outcome);
                     });
}

void Walkthrough::run()
{
    startService();
    firstRun();
    enterToken();
    list();
    search();
    deleteOne();
    confirmMany();
    waitOutTheLimit();
    readRefusal();
    letTokenExpire();
    enterNewToken();
    compareWithLedger();
}

void Walkthrough::startService()
{
    m_stage.begin(u"Start the demo service"_s);
    QObject::connect(&m_program.service, &DemoService::started, &m_program.window,
                     [this](const QUrl &address, const QByteArray &token) {
                         m_address = address;
                         m_token = QString::fromLatin1(token);
                     });
    m_program.service.start();
    m_stage.waitFor(u"the service listens on a port of this machine"_s,
                    [this] { return m_address.port() > 0; });
}

void Walkthrough::firstRun()
{
    m_stage.begin(u"Open the program for the first time"_s);
    m_program.window.show();
    m_program.core.connection.open();
    m_program.window.activateWindow();
    m_stage.waitFor(u"the window has the keyboard"_s,
                    [this] { return m_program.window.isActiveWindow(); });
    m_stage.waitFor(u"the first page asks for an access token"_s,
                    [this] { return m_stage.shows<QAbstractButton>(u"Enter Access Token…"_s); });
    m_stage.check(m_stage.shows<QAbstractButton>(u"Try the Demo"_s), u"it offers the demo"_s);
    m_stage.check(ledger().size() == 0, u"nothing was sent without a token"_s);
    m_stage.picture(u"first-run"_s);
}

void Walkthrough::enterToken()
{
    m_stage.begin(u"Enter the address and a token, test them, save"_s);
    m_stage.clickButton(u"Enter Access Token…"_s);
    m_stage.waitForDialog(u"Settings"_s);
    auto &address = m_stage.the<QLineEdit>(u"Service address"_s);
    auto &token = m_stage.the<QLineEdit>(u"Access token"_s);
    m_stage.click(address);
    m_stage.press(Qt::Key_A, Qt::ControlModifier);
    m_stage.type(m_address.toString());
    m_stage.paste(token, u"Bearer "_s + m_token);
    m_stage.check(token.text() == m_token, u"“Bearer ” in front of the token is cleaned away"_s);
    m_stage.check(token.echoMode() == QLineEdit::Password, u"the token is masked"_s);

    m_stage.clickButton(u"Test Connection"_s);
    m_stage.waitFor(u"the test shows the account"_s,
                    [this] { return m_stage.says(u"The connection works. Account: "_s); });
    m_stage.picture(u"settings"_s);

    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();
    m_stage.waitFor(u"the token is in the keychain"_s,
                    [this] { return m_program.keychain.entries.size() == 1; });
    QFile file(m_program.settings.fileName());
    const bool isClean
        = !file.open(QIODevice::ReadOnly) || !file.readAll().contains(m_token.toLatin1());
    m_stage.check(isClean, u"it is not in the settings file"_s);
}

void Walkthrough::list()
{
    m_stage.begin(u"List the unsubmitted jobs"_s);
    m_stage.waitFor(u"the list is complete"_s, [this] {
        return m_program.core.lister.state() == JobLister::State::Complete && rows() > 0;
    });
    m_stage.check(rows() > manyJobs + someMoreJobs, u"%1 unsubmitted jobs are shown"_s.arg(rows()));
    bool areDrafts = true;
    for (int row = 0; row < rows(); ++row)
        areDrafts = areDrafts && cell(row, Column::State) == u"Unsubmitted"_s;
    m_stage.check(areDrafts, u"all of them are unsubmitted"_s);
    m_stage.waitFor(u"the status bar names the account"_s,
                    [this] { return m_stage.textOf(u"Connection"_s).contains(u" on "_s); });
    m_stage.picture(u"list"_s);
}

void Walkthrough::search()
{
    m_stage.begin(u"Search for “%1”"_s.arg(searchedWord));
    const int all = rows();
    m_stage.press(Qt::Key_F, Qt::ControlModifier);
    auto &field = m_stage.the<QLineEdit>(u"Search jobs"_s);
    m_stage.waitFor(u"Ctrl+F goes to the search field"_s, [&field] { return field.hasFocus(); });
    m_stage.type(searchedWord);
    m_stage.waitFor(u"fewer jobs are shown"_s, [this, all] { return rows() < all; });
    m_stage.check(rows() > 0, u"%1 jobs are found"_s.arg(rows()));
    bool allMatch = true;
    for (int row = 0; row < rows(); ++row)
        allMatch = allMatch && cell(row, Column::Name).contains(searchedWord, Qt::CaseInsensitive);
    m_stage.check(allMatch, u"the name of each contains the word"_s);
    m_stage.check(isAtTop(), u"they are shown from the first one on"_s);
    m_stage.waitFor(u"the status bar counts them"_s, [this] {
        return m_stage.textOf(u"Job counts"_s).startsWith(u"%1 of "_s.arg(rows()));
    });
    m_stage.picture(u"search"_s);
    m_stage.press(Qt::Key_Escape);
    m_stage.waitFor(u"Esc shows all jobs again"_s, [this, all] { return rows() == all; });
    m_stage.check(isAtTop(), u"the list is shown from its beginning"_s);
}

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
    confirm(u"Delete 1 Job"_s, {id});
    waitUntilFinished();
    m_stage.check(rows() == before - 1, u"the other rows stay"_s);
    m_stage.check(ledger().deleted() == QSet<QString>{id}, u"the service deleted that job"_s);
    m_stage.picture(u"deleted-one"_s);
}

void Walkthrough::confirmMany()
{
    m_stage.begin(u"Delete %1 jobs at once"_s.arg(manyJobs));
    const QStringList ids = selectRows(0, manyJobs);
    m_stage.picture(u"selected-many"_s);
    m_stage.clickButton(u"Delete…"_s);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    const QString button = u"Delete %1 Jobs"_s.arg(manyJobs);
    m_stage.check(!m_stage.the<QAbstractButton>(button).isEnabled(),
                  u"“%1” waits for the number to be typed"_s.arg(button));
    m_stage.click(m_stage.the<QLineEdit>(u"Number of jobs"_s));
    m_stage.type(u"1"_s);
    m_stage.check(!m_stage.the<QAbstractButton>(button).isEnabled(),
                  u"another number does not do"_s);
    m_stage.press(Qt::Key_Backspace);
    m_stage.type(QString::number(manyJobs));
    m_stage.check(m_stage.the<QPushButton>(u"Cancel"_s).isDefault(), u"Cancel is the default"_s);
    m_stage.picture(u"confirm-many"_s);
    confirm(button, ids);
}

void Walkthrough::waitOutTheLimit()
{
    m_stage.begin(u"Wait out the service's request limit"_s);
    m_stage.waitFor(u"the service refuses a request with 429 and the deletion pauses"_s,
                    [this] { return m_program.core.queue.phase() == Phase::PausedByService; });
    const auto error = m_program.core.queue.phaseError();
    const auto *answer = error ? std::get_if<HttpFailure>(&*error) : nullptr;
    m_stage.check(answer && answer->status == 429 && answer->retryAfter,
                  u"the answer names the time to wait"_s);
    const std::chrono::seconds wait = *answer->retryAfter;
    m_stage.waitFor(u"requests under way are answered"_s,
                    [this] { return m_program.core.limiter.underWay() == 0; });
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
        [this] {
            return m_program.core.queue.phase() == Phase::Running || !m_program.core.queue.isBusy();
        },
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
    const RunSummary summary = m_program.core.queue.summary();
    m_stage.check(summary.refused > 0 && summary.deleted + summary.refused == manyJobs,
                  u"%1 jobs were deleted, %2 refused"_s.arg(summary.deleted).arg(summary.refused));
    const QString counts
        = u"%1 deleted, 0 already gone, %2 refused, 0 failed, 0 left"_s.arg(summary.deleted)
              .arg(summary.refused);
    m_stage.waitFor(u"the summary says so"_s,
                    [this, &counts] { return m_stage.textOf(u"Deletion summary"_s) == counts; });
    auto &problems = m_stage.the<QTreeView>(u"Problems"_s);
    const QModelIndex problem = problems.model()->index(0, 0);
    m_stage.clickCell(problems, problem);
    m_stage.waitFor(u"a click on a problem explains that job"_s, [this, &problem] {
        return m_stage.textOf(u"Job"_s) == problem.data().toString();
    });
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

void Walkthrough::letTokenExpire()
{
    m_stage.begin(u"Delete %1 more while the token expires"_s.arg(someMoreJobs));
    // The refused ones stayed at the top of the table.
    const QStringList ids = selectRows(m_program.core.queue.summary().refused, someMoreJobs);
    m_program.service.expireToken();
    m_stage.press(Qt::Key_Delete);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    confirm(u"Delete %1 Jobs"_s.arg(someMoreJobs), ids);
    m_stage.waitFor(u"the deletion waits for a token"_s,
                    [this] { return m_program.core.queue.phase() == Phase::WaitingForToken; });
    m_stage.waitFor(u"requests under way are answered"_s,
                    [this] { return m_program.core.limiter.underWay() == 0; });
    waitForErrorPanel(401);
    m_stage.check(m_program.core.queue.summary().left == someMoreJobs,
                  u"nothing is lost: %1 jobs are left"_s.arg(someMoreJobs));
    m_stage.check(m_stage.shows<QAbstractButton>(u"Enter Access Token…"_s),
                  u"the notice bar asks for a new token"_s);
    m_stage.picture(u"expired-401"_s);
}

void Walkthrough::enterNewToken()
{
    m_stage.begin(u"Enter a new token"_s);
    const qsizetype before = ledger().size();
    m_stage.clickButton(u"Enter Access Token…"_s);
    m_stage.waitForDialog(u"Settings"_s);
    auto &field = m_stage.the<QLineEdit>(u"Access token"_s);
    m_stage.paste(field, QString::fromLatin1(m_program.service.issueToken()));
    m_stage.picture(u"new-token"_s);
    m_stage.check(ledger().size() == before, u"nothing was sent with the old token meanwhile"_s);
    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();
    waitUntilFinished();
    const RunSummary summary = m_program.core.queue.summary();
    m_stage.check(summary.total() == someMoreJobs && summary.left == 0
                      && summary.deleted + summary.refused == someMoreJobs,
                  u"the deletion went on and ended: %1 deleted, %2 refused"_s.arg(summary.deleted)
                      .arg(summary.refused));
    m_stage.waitFor(u"the error panel no longer asks for a token"_s,
                    [this] { return m_stage.textOf(u"HTTP status"_s).isEmpty(); });
    m_stage.picture(u"continued"_s);
}

void Walkthrough::compareWithLedger()
{
    m_stage.begin(u"Compare the program's outcomes with the service's ledger"_s);
    const ServiceLedger service = ledger();
    const QSet<QString> deleted = idsWith(Outcome::Deleted);
    const QSet<QString> refused = idsWith(Outcome::Refused);
    m_stage.check(m_outcomesTold == m_confirmed.size() && m_outcomes.size() == m_confirmed.size(),
                  u"each of %1 confirmed jobs has exactly one outcome"_s.arg(m_confirmed.size()));
    m_stage.check(service.askedToDelete() == m_confirmed,
                  u"the service was asked to delete these and no other"_s);
    m_stage.check(
        service.deleted() == deleted,
        u"it deleted the %1 that the program calls deleted, and no other"_s.arg(deleted.size()));
    m_stage.check(service.deletionsAnswered(422) == refused,
                  u"it refused the %1 that the program calls refused"_s.arg(refused.size()));
}

} // namespace Jobsweep::Testing
