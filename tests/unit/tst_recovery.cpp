// SPDX-License-Identifier: GPL-3.0-or-later

// What the program does with a run that an earlier session did not end.

#include "deletion/recovery.h"
#include "tests/support/deletionworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class RecoveryTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup()
    {
        m_recovery.reset();
        m_world.reset();
    }
    void nothingIsSentWithoutToken();
    void waitsForTheHistory();
    void intendedJobsAreCheckedNotDeleted();
    void unsentJobsWaitForThePerson();
    void jobThatIsStillThereWaitsForThePerson();
    void reviewedJobsAreDeletedAfterAnotherConfirmation();
    void jobSentBeforeThatIsGoneWasDeletedByUs();
    void keptJobsAreCancelled();
    void looksOnceInASession();
    void anotherAddressForgetsWhatWasLeft();
    void leftoversOfAnotherAccountAreLeftAlone();
    void whatWasStoppedIsNotCheckedByAnotherAccount();
    void aTokenSetsTheReviewAsideUntilItsAccountIsKnown();
    void deletionAfterAStoppedRecoveryIsNoRecovery();
    void unansweredCheckCanBeRepeated();
    void jobLeftOverTwiceEndsInBothRuns();
    void jobDeletedMeanwhileNeedsNoReview();
    void nothingEndsWhereAllWaitForReview();

private:
    void leave(int number, ItemStage stage, bool wasIntended, const QString &account = {},
               const QString &run = {})
    {
        UnfinishedItem left;
        left.item.id = DeletionWorld::idOf(number);
        left.item.name = "Name "_L1 + QString::number(number);
        left.item.correlationId = "correlation-"_L1 + QString::number(number) + run;
        left.account = account;
        left.stage = stage;
        left.wasIntended = wasIntended;
        left.confirmedAt = m_world->clock.utc();
        m_world->history.leftOver.append(left);
        m_world->history.begin({}, {left.item});
    }
    void giveToken(const QString &account = {})
    {
        m_world->client.setToken(testToken());
        m_recovery->lookFor(account);
        m_world->settle();
    }
    [[nodiscard]] FakeHistory::Item itemOf(int number) const
    {
        return m_world->history.items.value(DeletionWorld::idOf(number).text);
    }

    std::unique_ptr<DeletionWorld> m_world;
    std::unique_ptr<Recovery> m_recovery;
};

void RecoveryTest::init()
{
    m_world = std::make_unique<DeletionWorld>();
    m_world->client.setToken({});
    m_recovery = std::make_unique<Recovery>(m_world->history, m_world->queue, m_world->client,
                                            m_world->clock);
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.verb == "GET" ? answerJobNotFound() : answerDeleted();
    };
}

void RecoveryTest::nothingIsSentWithoutToken()
{
    leave(0, ItemStage::Intended, true);
    m_world->pass(1h);
    QVERIFY(m_world->network.seen.isEmpty());
    QVERIFY(m_recovery->toReview().isEmpty());
}

void RecoveryTest::waitsForTheHistory()
{
    leave(0, ItemStage::Intended, true);
    m_world->settle();
    m_world->history.setFailure(HistoryFailure{});
    giveToken();
    QVERIFY(m_world->network.seen.isEmpty());
    m_world->history.setFailure({});
    m_world->settle();
    QCOMPARE(m_world->requests(), QStringList{u"GET 0"_s});
}

void RecoveryTest::intendedJobsAreCheckedNotDeleted()
{
    leave(0, ItemStage::Intended, true);
    leave(1, ItemStage::Intended, true);
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.url.path().endsWith(u'0') ? answerJobNotFound()
                                              : answerJob(DeletionWorld::idOf(1), "active"_ba);
    };
    giveToken();
    QStringList requests = m_world->requests();
    QVERIFY(!requests.contains(u"DELETE 0"_s) && !requests.contains(u"DELETE 1"_s));
    QCOMPARE(itemOf(0).outcome, Outcome::Deleted);
    QCOMPARE(itemOf(1).outcome, Outcome::Refused);
    QVERIFY(m_recovery->toReview().isEmpty());
    QVERIFY(m_world->queue.isRecovery());
    m_world->queue.start(m_world->list(1, 7));
    QVERIFY(!m_world->queue.isRecovery());
}

void RecoveryTest::unsentJobsWaitForThePerson()
{
    leave(0, ItemStage::Confirmed, false);
    QSignalSpy changed(m_recovery.get(), &Recovery::changed);
    giveToken();
    m_world->pass(1h);
    QVERIFY(m_world->network.seen.isEmpty());
    QCOMPARE(m_recovery->toReview().size(), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(itemOf(0).outcome, std::nullopt);
}

void RecoveryTest::jobThatIsStillThereWaitsForThePerson()
{
    leave(0, ItemStage::Intended, true);
    m_world->network.answerWith
        = [](const Seen &) { return answerJob(DeletionWorld::idOf(0), "unsubmitted"_ba); };
    giveToken();
    m_world->pass(1h);
    QCOMPARE(m_world->requests(), QStringList{u"GET 0"_s});
    QCOMPARE(m_recovery->toReview().size(), 1);
    QVERIFY(m_recovery->toReview().first().wasIntended);
    QCOMPARE(itemOf(0).stage, ItemStage::Confirmed);
    QCOMPARE(m_world->queue.phase(), DeletionQueue::Phase::Idle);
    QCOMPARE(m_world->queue.summary().total(), 0);
}

void RecoveryTest::reviewedJobsAreDeletedAfterAnotherConfirmation()
{
    leave(0, ItemStage::Confirmed, false);
    leave(1, ItemStage::Confirmed, false);
    giveToken();
    QCOMPARE(m_recovery->deleteReviewed({DeletionWorld::idOf(1)}, {.hold = 5s}), 1);
    m_world->pass(4s);
    QVERIFY(m_world->network.seen.isEmpty());
    m_world->pass(1s);
    QCOMPARE(m_world->requests(), QStringList{u"DELETE 1"_s});
    QCOMPARE(itemOf(1).outcome, Outcome::Deleted);
    QCOMPARE(itemOf(1).item.correlationId, u"correlation-1"_s);
    QCOMPARE(m_recovery->toReview().size(), 1);
}

void RecoveryTest::jobSentBeforeThatIsGoneWasDeletedByUs()
{
    leave(0, ItemStage::Confirmed, true);
    leave(1, ItemStage::Confirmed, false);
    m_world->network.answerWith = [](const Seen &) { return answerJobNotFound(); };
    giveToken();
    m_recovery->deleteReviewed({DeletionWorld::idOf(0), DeletionWorld::idOf(1)}, {});
    m_world->settle();
    QCOMPARE(itemOf(0).outcome, Outcome::Deleted);
    QCOMPARE(itemOf(1).outcome, Outcome::AlreadyGone);
}

void RecoveryTest::keptJobsAreCancelled()
{
    leave(0, ItemStage::Confirmed, false);
    giveToken();
    m_recovery->keepReviewed({DeletionWorld::idOf(0)});
    m_world->pass(1h);
    QVERIFY(m_world->network.seen.isEmpty());
    QVERIFY(m_recovery->toReview().isEmpty());
    QCOMPARE(itemOf(0).outcome, Outcome::Cancelled);
}

void RecoveryTest::looksOnceInASession()
{
    leave(0, ItemStage::Confirmed, false);
    giveToken();
    giveToken();
    QCOMPARE(m_recovery->toReview().size(), 1);
}

void RecoveryTest::anotherAddressForgetsWhatWasLeft()
{
    leave(0, ItemStage::Confirmed, false);
    giveToken();
    m_world->history.leftOver.clear();
    m_world->client.setAddress(ServiceAddress::parse(u"http://127.0.0.1:9"_s).value());
    giveToken();
    QVERIFY(m_recovery->toReview().isEmpty());
    QCOMPARE(m_recovery->deleteReviewed({DeletionWorld::idOf(0)}, {}), 0);
    QVERIFY(m_world->network.seen.isEmpty());
}

void RecoveryTest::leftoversOfAnotherAccountAreLeftAlone()
{
    // To this account the job may be invisible: its 404 would look like a deletion.
    leave(0, ItemStage::Intended, true, u"ana@example.com"_s);
    leave(1, ItemStage::Confirmed, false, u"ana@example.com"_s);
    giveToken(u"li@example.com"_s);
    QVERIFY(m_world->network.seen.isEmpty());
    QVERIFY(m_recovery->toReview().isEmpty());
    giveToken(u"ana@example.com"_s);
    QCOMPARE(itemOf(0).outcome, Outcome::Deleted);
    QCOMPARE(m_recovery->toReview().size(), 1);
}

void RecoveryTest::whatWasStoppedIsNotCheckedByAnotherAccount()
{
    leave(0, ItemStage::Intended, true, u"ana@example.com"_s);
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    giveToken(u"ana@example.com"_s);
    m_world->queue.stop();
    m_world->network.answerHanging(answerOfGateway(502));
    m_world->settle();
    QCOMPARE(itemOf(0).outcome, Outcome::Unknown);
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.verb == "GET" ? answerJobNotFound() : answerDeleted();
    };
    const auto before = m_world->requests();
    giveToken(u"li@example.com"_s);
    m_world->queue.start(m_world->list(1, 7), {.account = u"li@example.com"_s});
    m_world->settle();
    QCOMPARE(m_world->requests(), before + QStringList{u"DELETE 7"_s});
    QCOMPARE(itemOf(0).outcome, Outcome::Unknown);
}

void RecoveryTest::aTokenSetsTheReviewAsideUntilItsAccountIsKnown()
{
    leave(0, ItemStage::Confirmed, false, u"ana@example.com"_s);
    giveToken(u"ana@example.com"_s);
    QCOMPARE(m_recovery->toReview().size(), 1);
    m_world->client.setToken(testToken(u"new-token"_s));
    QVERIFY(m_recovery->toReview().isEmpty());
    QCOMPARE(m_recovery->deleteReviewed({DeletionWorld::idOf(0)}, {}), 0);
    m_recovery->lookFor(u"ana@example.com"_s);
    QCOMPARE(m_recovery->toReview().size(), 1);
    m_world->client.setToken(testToken(u"other-token"_s));
    m_recovery->lookFor(u"li@example.com"_s);
    m_world->settle();
    QVERIFY(m_recovery->toReview().isEmpty());
}

void RecoveryTest::deletionAfterAStoppedRecoveryIsNoRecovery()
{
    leave(0, ItemStage::Intended, true);
    m_world->network.answerWith = [](const Seen &) { return Answer::hang(); };
    giveToken();
    m_world->queue.stop();
    m_world->network.answerHanging(answerOfGateway(502));
    m_world->settle();
    QCOMPARE(m_world->queue.phase(), DeletionQueue::Phase::Idle);
    m_world->network.answerWith = [](const Seen &seen) {
        return seen.verb == "GET" ? answerJobNotFound() : answerDeleted();
    };
    QCOMPARE(m_world->queue.start(m_world->list(1, 7)), 1);
    QVERIFY(!m_world->queue.isRecovery());
    m_world->settle();
    QVERIFY(!m_world->queue.isRecovery());
    QVERIFY(m_world->queue.item(DeletionWorld::idOf(7)));
    QCOMPARE(m_world->queue.item(DeletionWorld::idOf(7))->outcome, Outcome::Deleted);
}

void RecoveryTest::unansweredCheckCanBeRepeated()
{
    leave(0, ItemStage::Intended, true);
    m_world->network.answerWith = [](const Seen &) { return answerOfGateway(403); };
    giveToken();
    QCOMPARE(itemOf(0).outcome, Outcome::Unknown);
    m_world->network.answerWith
        = [](const Seen &) { return answerJob(DeletionWorld::idOf(0), "unsubmitted"_ba); };
    m_world->queue.retryFailed();
    m_world->settle();
    QCOMPARE(m_recovery->toReview().size(), 1);
    QVERIFY(!m_world->requests().contains(u"DELETE 0"_s));
}

void RecoveryTest::jobLeftOverTwiceEndsInBothRuns()
{
    leave(0, ItemStage::Intended, true, {}, u"-first"_s);
    leave(0, ItemStage::Intended, true, {}, u"-second"_s);
    QSignalSpy finished(&m_world->queue, &DeletionQueue::itemFinished);
    giveToken();
    QCOMPARE(m_world->requests(), QStringList{u"GET 0"_s});
    QCOMPARE(finished.size(), 1);
    // Both rows of the history: the fake counts them for the job together.
    QCOMPARE(itemOf(0).outcomes, 2);
    QCOMPARE(m_recovery->checking(), 0);
}

void RecoveryTest::jobDeletedMeanwhileNeedsNoReview()
{
    leave(0, ItemStage::Confirmed, false);
    giveToken();
    QCOMPARE(m_recovery->toReview().size(), 1);
    m_world->queue.start(m_world->list(1));
    m_world->settle();
    QCOMPARE(m_world->queue.summary().deleted, 1);
    QVERIFY(m_recovery->toReview().isEmpty());
}

void RecoveryTest::nothingEndsWhereAllWaitForReview()
{
    leave(0, ItemStage::Intended, true);
    m_world->network.answerWith
        = [](const Seen &) { return answerJob(DeletionWorld::idOf(0), "unsubmitted"_ba); };
    QSignalSpy ended(&m_world->queue, &DeletionQueue::runFinished);
    giveToken();
    QCOMPARE(m_recovery->toReview().size(), 1);
    QCOMPARE(ended.size(), 0);
}

QTEST_GUILESS_MAIN(RecoveryTest)
#include "tst_recovery.moc"
