// SPDX-License-Identifier: GPL-3.0-or-later

// A deletion in the middle of which the program is killed, and what the next start makes of it.

#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QProcess>

#include <algorithm>
#include <cstdio>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

namespace {

constexpr int interruptedJobs = 40;
constexpr int answersBeforeTheEnd = 12;

} // namespace

void Walkthrough::deleteUntilKilled(const QUrl &address, const QString &token, int count)
{
    openProgram();
    program().core.connection.openForSession(ServiceAddress::parse(address.toString()).value(),
                                             AccessToken::fromPasted(token).value());
    m_stage.turnTo(program().window);
    waitForList();
    sortByCreation();
    const QStringList ids = selectDrafts(count);
    m_stage.press(Qt::Key_Delete);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    for (const QString &id : ids)
        std::puts(qUtf8Printable(confirmedMark + id));
    std::fflush(stdout);
    confirm(ids);
    m_stage.waitFor(
        u"somebody kills this process"_s, [] { return false; }, 60s);
}

void Walkthrough::kill()
{
    m_stage.begin(u"Start the program, delete, and kill it"_s);
    m_token = QString::fromLatin1(m_world.service.issueToken());
    const qsizetype asked = ledger().deletionCount();
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--until-killed"_s, QString::number(interruptedJobs), u"--service"_s,
                   m_address.toString(), u"--history"_s, m_world.historyFile,
                   m_world.folder.path()});
    process.write(m_token.toLatin1() + '\n');
    const auto read = [this, &process] {
        while (process.canReadLine()) {
            const QString line = QString::fromUtf8(process.readLine()).trimmed();
            if (line.startsWith(confirmedMark))
                m_interrupted.insert(line.mid(confirmedMark.size()));
        }
        return static_cast<int>(m_interrupted.size()) == interruptedJobs;
    };
    m_stage.waitFor(u"%1 jobs are confirmed in another process"_s.arg(interruptedJobs), read);
    m_stage.waitFor(
        u"some of them have reached the service"_s,
        [this, asked] { return ledger().deletionCount() >= asked + answersBeforeTheEnd; }, 60s);
    process.kill();
    m_stage.waitFor(u"the process is killed"_s,
                    [&process] { return process.state() == QProcess::NotRunning; });
    m_stage.check(process.exitStatus() == QProcess::CrashExit, u"it had no time to say goodbye"_s);
    m_confirmed.unite(m_interrupted);
    m_confirmations += interruptedJobs;
}

void Walkthrough::startAgain()
{
    m_stage.begin(u"Start the program again"_s);
    // Of the keychain, where the killed process had it from.
    m_world.keychain.entries.insert(ServiceAddress::parse(m_address.toString()).value().origin(),
                                    AccessToken::fromPasted(m_token).value());
    const ServiceLedger before = ledger();
    openProgram();
    program().core.connection.open();
    m_stage.turnTo(program().window);
    m_stage.waitFor(u"the notice says what was interrupted"_s,
                    [this] { return m_stage.says(u"A deletion was interrupted"_s); });
    m_stage.waitFor(u"what may have been sent is checked"_s, [this] {
        return program().core.recovery.checking() == 0 && !queue().isBusy();
    });
    const ServiceLedger after = ledger();
    const auto lookedUp
        = std::count_if(after.entries().cbegin() + before.size(), after.entries().cend(),
                        [this](const LedgerEntry &entry) {
                            return entry.method == "GET"_L1 && m_interrupted.contains(entry.jobId);
                        });
    m_stage.check(lookedUp > 0, u"%1 jobs were looked up at the service"_s.arg(lookedUp));
    m_stage.check(after.deletionCount() == before.deletionCount(),
                  u"nothing was deleted by itself"_s);
    waitForList();
    m_stage.picture(u"interrupted"_s);
}

void Walkthrough::review()
{
    m_stage.begin(u"Review what the killed program left"_s);
    QStringList left;
    for (const UnfinishedItem &item : program().core.recovery.toReview())
        left.append(item.item.id.text);
    m_stage.clickButtonIn(u"Notice"_s, u"Review…"_s);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    m_stage.check(m_stage.shows<QAbstractButton>(u"Keep Jobs"_s), u"it offers to keep the jobs"_s);
    m_stage.picture(u"review"_s);
    confirm(left);
    // They are the same items of the history, confirmed once more.
    m_confirmations -= static_cast<int>(left.size());
    m_stage.check(m_interrupted.contains(QSet<QString>(left.cbegin(), left.cend())),
                  u"it offers only what had been confirmed"_s);
    waitUntilFinished();
    m_stage.picture(u"recovered"_s);
}

} // namespace Jobsweep::Testing
