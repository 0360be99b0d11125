// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLineEdit>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;

const QString searchedWord = u"tower"_s;

} // namespace

Walkthrough::Walkthrough(World &world, Stage &stage) : m_world(world), m_stage(stage) { }

Walkthrough::~Walkthrough() = default;

void Walkthrough::run()
{
    startService();
    firstRun();
    enterToken();
    list();
    search();

    findOldDrafts();
    filterByValue();
    selectByMenu();
    saveView();
    pasteIds();
    chooseStarter();
    readSummary();
    readJob();
    copyJob();
    exportJobs();

    deleteOne();
    confirmMany();
    waitOutTheLimit();
    readRefusal();
    retryFailed();
    letTokenExpire();
    enterNewToken();

    undoByNotice();
    undoByKeyboard();
    pauseAndResume();
    stop();
    closeWhileDeleting();
    keepRunning();
    stopAndClose();

    kill();
    startAgain();
    review();

    openHistory();
    searchHistory();
    readHistoryDetails();
    exportHistory();
    compareWithLedger();
    createAgain();
    findCreated();
}

void Walkthrough::startService()
{
    m_stage.begin(u"Start the demo service"_s);
    QObject::connect(&m_world.service, &DemoService::started, &m_world.service,
                     [this](const QUrl &address, const QByteArray &token) {
                         m_address = address;
                         m_token = QString::fromLatin1(token);
                     });
    // The same options and time make the same data.
    m_demo = std::make_unique<DemoData>(m_world.options, m_world.clock.utc());
    m_world.service.start();
    m_stage.waitFor(u"the service listens on a port of this machine"_s,
                    [this] { return m_address.port() > 0; });
}

void Walkthrough::firstRun()
{
    m_stage.begin(u"Open the program for the first time"_s);
    openProgram();
    program().core.connection.open();
    m_stage.turnTo(program().window);
    m_stage.waitFor(u"the first page asks for an access token"_s,
                    [this] { return m_stage.shows<QAbstractButton>(u"Enter Access Token…"_s); });
    m_stage.waitFor(u"it offers the demo"_s,
                    [this] { return m_stage.shows<QAbstractButton>(u"Try the Demo"_s); });
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
                    [this] { return m_world.keychain.entries.size() == 1; });
    QFile file(m_world.settings.fileName());
    const bool isClean
        = !file.open(QIODevice::ReadOnly) || !file.readAll().contains(m_token.toLatin1());
    m_stage.check(isClean, u"it is not in the settings file"_s);
}

void Walkthrough::list()
{
    m_stage.begin(u"List the unsubmitted jobs"_s);
    waitForList();
    m_stage.check(rows() > 0, u"%1 unsubmitted jobs are shown"_s.arg(rows()));
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

void Walkthrough::compareWithLedger()
{
    m_stage.begin(u"Compare the history with the service's ledger"_s);
    QSet<QString> recorded;
    bool areFinished = true;
    for (const ExportedRow &row : std::as_const(m_exported)) {
        recorded.insert(row.value(u"job_id"_s));
        areFinished = areFinished && !row.value(u"outcome"_s).isEmpty();
    }
    m_stage.check(
        m_exported.size() == m_confirmations && recorded == m_confirmed,
        u"the history holds what was confirmed, %1 items, and nothing else"_s.arg(m_confirmations));
    m_stage.check(areFinished, u"each of them has its outcome"_s);
    bool isSame = true;
    for (auto told = m_outcomes.cbegin(); told != m_outcomes.cend(); ++told)
        isSame = isSame && exportedIdsWith(told.value()).contains(told.key());
    m_stage.check(isSame, u"it is the one that the window told"_s);

    const ServiceLedger service = ledger();
    const QSet<QString> deleted = exportedIdsWith(Outcome::Deleted);
    const QSet<QString> refused = exportedIdsWith(Outcome::Refused);
    const QSet<QString> failed = exportedIdsWith(Outcome::Failed);
    m_stage.check(
        service.deleted() == deleted,
        u"the service deleted the %1 that are recorded so, and no other"_s.arg(deleted.size()));
    m_stage.check(service.deletionsAnswered(422) == refused,
                  u"it refused the %1 that are recorded so"_s.arg(refused.size()));
    m_stage.check(service.askedToDelete() == deleted + refused + failed,
                  u"nobody asked it to delete another job, nor one that was cancelled"_s);
}

} // namespace Jobsweep::Testing
