// SPDX-License-Identifier: GPL-3.0-or-later

// Which one notice is shown when there are several things to say.

#include "ui/noticechoice.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

using Phase = DeletionQueue::Phase;
using Severity = Notice::Severity;

class NoticesTest final : public QObject
{
    Q_OBJECT

private slots:
    void saysNothingWithoutNeed();
    void theMostUrgentComesFirst();
    void namesITwinsThatCouldNotBeListed();
    void missingTokenMattersOnlyDuringARun();
    void listOutlivesTheToken();
    void endOfTheTokenIsCountedDown();
    void tokenPromisesOnlyWhatGoesOn_data();
    void tokenPromisesOnlyWhatGoesOn();
    void keychainThatFailed_data();
    void keychainThatFailed();
    void waitIsCountedDown();
    void pauseOfTheListingIsCountedDown();
    void tlsIsADanger();
    void alarmCanBeDismissed();
    void jobsThatAreListedAgainAreTold();
    void runThatWentWell();
    void whatAnEarlierSessionDeletedWasNotDeletedNow();
    void runWithProblems();

private:
    /// Everything at once.
    [[nodiscard]] static NoticeFacts everything();
};

NoticeFacts NoticesTest::everything()
{
    NoticeFacts facts;
    facts.isTokenRejected = true;
    facts.phase = Phase::Paused;
    facts.reason = QueueReason::Forbidden;
    facts.isListing = true;
    facts.connectionUntil = Instant(std::chrono::seconds(5));
    facts.listingError = NetworkFailure();
    RunSummary summary;
    summary.deleted = 1;
    facts.finished = summary;
    return facts;
}

void NoticesTest::saysNothingWithoutNeed()
{
    QVERIFY(!chooseNotice({}));
    NoticeFacts running;
    running.phase = Phase::Running;
    QVERIFY(!chooseNotice(running));
}

void NoticesTest::theMostUrgentComesFirst()
{
    NoticeFacts facts = everything();
    QCOMPARE(chooseNotice(facts)->actions, (QList{NoticeAction::EnterToken, NoticeAction::Resume}));
    facts.isTokenRejected = false;
    QCOMPARE(chooseNotice(facts)->actions, QList{NoticeAction::Resume});
    facts.phase = Phase::Stopping;
    facts.reason = QueueReason::UnexpectedSuccess;
    QCOMPARE(chooseNotice(facts)->severity, Severity::Danger);
    facts.phase = Phase::Idle;
    facts.reason = QueueReason::None;
    QCOMPARE(chooseNotice(facts)->until, facts.connectionUntil);
    facts.isListing = false;
    QCOMPARE(chooseNotice(facts)->actions, QList{NoticeAction::Retry});
    facts.listingError.reset();
    QCOMPARE(chooseNotice(facts)->text, u"1 job deleted."_s);
}

void NoticesTest::namesITwinsThatCouldNotBeListed()
{
    NoticeFacts facts;
    facts.listingError = NetworkFailure();
    facts.unlistedITwins = {u"White River"_s};
    QVERIFY(chooseNotice(facts)->text.endsWith(u"jobs of White River."_s));
    facts.unlistedITwins = {u"A"_s, u"B"_s, u"C"_s, u"D"_s, u"E"_s};
    QVERIFY(chooseNotice(facts)->text.endsWith(u"jobs of A, B, C and 2 more."_s));
}

void NoticesTest::missingTokenMattersOnlyDuringARun()
{
    NoticeFacts facts;
    facts.isTokenMissing = true;
    QVERIFY(!chooseNotice(facts));
    facts.phase = Phase::WaitingForToken;
    facts.reason = QueueReason::Token;
    QCOMPARE(chooseNotice(facts)->actions, QList{NoticeAction::EnterToken});
}

void NoticesTest::listOutlivesTheToken()
{
    NoticeFacts facts;
    facts.isTokenMissing = true;
    QVERIFY(!chooseNotice(facts)); // the page in place of the table says it
    facts.hasJobs = true;
    const Notice notice = *chooseNotice(facts);
    QVERIFY(notice.text.startsWith(u"There is no access token any more."_s));
    QCOMPARE(notice.actions, QList{NoticeAction::EnterToken});
}

void NoticesTest::endOfTheTokenIsCountedDown()
{
    NoticeFacts facts;
    facts.tokenEnd = Instant(std::chrono::seconds(500));
    QCOMPARE(chooseNotice(facts)->text, u"The access token ends soon."_s);
    QCOMPARE(chooseNotice(facts)->until, facts.tokenEnd);
    QCOMPARE(chooseNotice(facts)->actions,
             (QList{NoticeAction::EnterToken, NoticeAction::Dismiss}));
    facts.phase = Phase::Running;
    QVERIFY(chooseNotice(facts)->text.contains(u"the deletion then waits"_s));
    facts.hasTokenEnded = true;
    QVERIFY(!chooseNotice(facts)->until);
    QCOMPARE(chooseNotice(facts)->severity, Severity::Warning);
}

void NoticesTest::tokenPromisesOnlyWhatGoesOn_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("running") << Phase::Running << true;
    QTest::newRow("paused by the service") << Phase::PausedByService << true;
    QTest::newRow("waiting for it") << Phase::WaitingForToken << true;
    QTest::newRow("paused") << Phase::Paused << false;
    QTest::newRow("stopping") << Phase::Stopping << false;
    QTest::newRow("no run") << Phase::Idle << false;
}

void NoticesTest::tokenPromisesOnlyWhatGoesOn()
{
    QFETCH(Phase, phase);
    QFETCH(bool, goesOn);
    NoticeFacts facts;
    facts.isTokenRejected = true;
    facts.phase = phase;
    facts.reason = QueueReason::Person;
    const Notice notice = *chooseNotice(facts);
    QCOMPARE(notice.text.contains(u"The deletion goes on with it."_s), goesOn);
    QVERIFY(notice.actions.contains(NoticeAction::EnterToken));
    QCOMPARE(notice.actions.contains(NoticeAction::Resume), phase == Phase::Paused);
}

void NoticesTest::keychainThatFailed_data()
{
    using Task = Connection::KeychainTask;
    QTest::addColumn<Task>("task");
    QTest::addColumn<QString>("said");
    QTest::newRow("none") << Task::None << QString();
    // The page in place of the table says it.
    QTest::newRow("read") << Task::Read << QString();
    QTest::newRow("keep") << Task::Keep << u"kept only until Jobsweep is closed"_s;
    QTest::newRow("forget") << Task::Forget << u"may still be in the keychain"_s;
}

void NoticesTest::keychainThatFailed()
{
    QFETCH(const Connection::KeychainTask, task);
    QFETCH(const QString, said);
    NoticeFacts facts;
    facts.keychainTask = task;
    QVERIFY(!chooseNotice(facts));
    facts.keychainResult = KeychainResult::Denied;
    const std::optional<Notice> notice = chooseNotice(facts);
    QCOMPARE(notice.has_value(), !said.isEmpty());
    if (notice) {
        QVERIFY(notice->text.startsWith(u"The keychain is locked or denied access. "_s));
        QVERIFY(notice->text.contains(said));
        QCOMPARE(notice->actions, (QList{NoticeAction::AskKeychain, NoticeAction::Dismiss}));
    }
}

void NoticesTest::waitIsCountedDown()
{
    NoticeFacts facts;
    facts.phase = Phase::PausedByService;
    facts.reason = QueueReason::Throttled;
    facts.queueUntil = Instant(std::chrono::seconds(7));
    const Notice notice = *chooseNotice(facts);
    QCOMPARE(notice.until, facts.queueUntil);
    QVERIFY(notice.countdown.contains(u"%1"_s));
    facts.phase = Phase::Paused;
    facts.reason = QueueReason::LongWait;
    QCOMPARE(chooseNotice(facts)->until, facts.queueUntil);
}

void NoticesTest::pauseOfTheListingIsCountedDown()
{
    NoticeFacts facts;
    facts.connectionUntil = Instant(std::chrono::seconds(7));
    QVERIFY(!chooseNotice(facts));
    facts.isListing = true;
    QCOMPARE(chooseNotice(facts)->until, facts.connectionUntil);
}

void NoticesTest::tlsIsADanger()
{
    NoticeFacts facts;
    facts.phase = Phase::Paused;
    facts.reason = QueueReason::Tls;
    QCOMPARE(chooseNotice(facts)->severity, Severity::Danger);
    facts.reason = QueueReason::Person;
    QCOMPARE(chooseNotice(facts)->severity, Severity::Information);
}

void NoticesTest::alarmCanBeDismissed()
{
    NoticeFacts facts;
    facts.reason = QueueReason::Redirected;
    QCOMPARE(chooseNotice(facts)->actions,
             (QList{NoticeAction::ShowProblems, NoticeAction::Dismiss}));
    facts.isAlarmDismissed = true;
    QVERIFY(!chooseNotice(facts));
}

void NoticesTest::jobsThatAreListedAgainAreTold()
{
    NoticeFacts facts;
    facts.listedAgain = 2;
    facts.finished = RunSummary{.deleted = 5};
    const Notice notice = *chooseNotice(facts);
    QVERIFY(
        notice.text.startsWith(u"The service lists 2 jobs again that it had reported as gone."_s));
    QCOMPARE(notice.severity, Severity::Warning);
    QCOMPARE(notice.actions, (QList{NoticeAction::Refresh, NoticeAction::Dismiss}));
    facts.isListing = true; // the rest of the list may tell of more
    QCOMPARE(chooseNotice(facts)->text, u"5 jobs deleted."_s);
}

void NoticesTest::runThatWentWell()
{
    NoticeFacts facts;
    RunSummary summary;
    summary.deleted = 12;
    summary.alreadyGone = 1;
    facts.finished = summary;
    const Notice notice = *chooseNotice(facts);
    QCOMPARE(notice.text, u"12 jobs deleted. 1 job was already gone."_s);
    QCOMPARE(notice.severity, Severity::Information);
    QCOMPARE(notice.actions, QList{NoticeAction::Dismiss});
}

void NoticesTest::whatAnEarlierSessionDeletedWasNotDeletedNow()
{
    NoticeFacts facts;
    RunSummary summary;
    summary.deleted = 6;
    facts.finished = summary;
    facts.isRecovery = true;
    QCOMPARE(chooseNotice(facts)->text,
             u"6 jobs that an earlier session was deleting are gone. Nothing was deleted now."_s);
}

void NoticesTest::runWithProblems()
{
    NoticeFacts facts;
    RunSummary summary;
    summary.deleted = 12;
    summary.refused = 1;
    facts.finished = summary;
    const Notice notice = *chooseNotice(facts);
    QCOMPARE(notice.severity, Severity::Warning);
    QCOMPARE(notice.actions, (QList{NoticeAction::ShowProblems, NoticeAction::Dismiss}));
    QVERIFY(notice.text.contains(u"1 refused"_s));
}

QTEST_GUILESS_MAIN(NoticesTest)
#include "tst_notices.moc"
