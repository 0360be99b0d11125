// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testconnection.h"

#include <QSignalSpy>
#include <QTest>

#include <utility>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using State = Connection::TokenState;

namespace {

const AccessToken &firstToken()
{
    static const AccessToken token = tokenWith(R"({"name":"first"})");
    return token;
}

const AccessToken &secondToken()
{
    static const AccessToken token = tokenWith(R"({"name":"second"})");
    return token;
}

QByteArray header(const AccessToken &token)
{
    return "Bearer " + token.bytes();
}

} // namespace

class TestConnectionClass final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_test = std::make_unique<TestConnection>();
        m_test->settings.setServiceAddress(m_test->address);
    }
    void cleanup() { m_test.reset(); }

    void readsTheKeptToken()
    {
        m_test->store.entries.insert(origin(), firstToken());
        QSignalSpy arrived(&connection(), &Connection::tokenArrived);
        connection().open();
        QCOMPARE(connection().tokenState(), State::Reading);
        QVERIFY(!connection().hasToken());
        QTRY_COMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(connection().address(), m_test->address);
        QCOMPARE(connection().token(), firstToken());
        QCOMPARE(arrived.count(), 1);
        QVERIFY(m_test->client.hasToken());
        QTRY_COMPARE(connection().account(), (Account{u"Ada"_s, u"ada@example.com"_s}));
        QCOMPARE(m_test->authorizations(m_test->address), QByteArrayList{header(firstToken())});
    }

    void tellsWhyThereIsNoToken_data()
    {
        QTest::addColumn<KeychainResult>("refusal");
        QTest::newRow("no entry") << KeychainResult::NoEntry;
        QTest::newRow("denied") << KeychainResult::Denied;
        QTest::newRow("unavailable") << KeychainResult::Unavailable;
        QTest::newRow("no answer") << KeychainResult::NoAnswer;
    }
    void tellsWhyThereIsNoToken()
    {
        QFETCH(const KeychainResult, refusal);
        m_test->store.refusal = refusal;
        connection().open();
        QTRY_COMPARE(connection().tokenState(), State::Missing);
        QCOMPARE(connection().keychainResult(), refusal);
        QVERIFY(!connection().hasToken());
    }

    void savesTheTokenUnderItsOrigin()
    {
        connection().open();
        QTRY_COMPARE(connection().tokenState(), State::Missing);
        connection().save(m_test->address, firstToken());
        QVERIFY(connection().hasToken());
        QTRY_COMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(m_test->store.entries.value(origin()), firstToken());
        QCOMPARE(m_test->store.entries.size(), 1);
    }

    void keepsTheTokenForTheSessionWithoutAKeychain()
    {
        m_test->store.refusal = KeychainResult::Unavailable;
        connection().save(m_test->address, firstToken());
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::Unavailable);
        QCOMPARE(connection().tokenState(), State::SessionOnly);
        QCOMPARE(connection().token(), firstToken());
    }

    void emptyTokenKeepsThePresentOne()
    {
        openWith(firstToken());
        connection().save(m_test->address, {});
        QCOMPARE(connection().token(), firstToken());
        QCOMPARE(m_test->store.writes, 0);
    }

    void neverTakesATokenToAnotherAddress()
    {
        openWith(firstToken());
        QSignalSpy addressChanged(&connection(), &Connection::addressChanged);
        connection().save(m_test->otherAddress, {});
        QCOMPARE(addressChanged.count(), 1);
        QVERIFY(!connection().hasToken());
        QVERIFY(!m_test->client.hasToken());
        QTRY_COMPARE(connection().tokenState(), State::Missing);
        QCOMPARE(m_test->settings.serviceAddress(), m_test->otherAddress);
        QVERIFY(m_test->authorizations(m_test->otherAddress).isEmpty());

        connection().save(m_test->address, {});
        QTRY_COMPARE(connection().token(), firstToken());
    }

    void lateKeychainAnswersAreDropped()
    {
        m_test->store.entries.insert(origin(), firstToken());
        m_test->store.hold();
        connection().open();
        connection().save(m_test->address, secondToken());
        QTRY_COMPARE(m_test->store.writes, 1);
        m_test->store.release();
        QTRY_COMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(connection().token(), secondToken());
    }

    void forgetsTheTokenEverywhere()
    {
        openWith(firstToken());
        connection().forgetToken();
        QVERIFY(!connection().hasToken());
        QVERIFY(!m_test->client.hasToken());
        QCOMPARE(connection().account(), Account());
        QCOMPARE(connection().tokenState(), State::Missing);
        QTRY_VERIFY(m_test->store.entries.isEmpty());
        QCOMPARE(connection().keychainResult(), KeychainResult::Done);
    }

    void tellsWhenTheKeychainDidNotForget()
    {
        openWith(firstToken());
        m_test->store.refusal = KeychainResult::Denied;
        connection().forgetToken();
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::Denied);
        QVERIFY(!connection().hasToken());
    }

    void saysSoWhenAKeptTokenIsNotThere()
    {
        openWith(firstToken());
        m_test->store.refusal = KeychainResult::NoEntry;
        connection().open();
        QTRY_COMPARE(connection().tokenState(), State::Missing);
        QCOMPARE(connection().keychainResult(), KeychainResult::Withheld);
        connection().forgetToken();
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::Withheld);
        m_test->store.refusal = KeychainResult::Done;
        connection().askKeychainAgain();
        QTRY_VERIFY(!connection().isAskingKeychain());
        QCOMPARE(connection().keychainResult(), KeychainResult::Done);
        // It is gone, so that a missing one is no news any more.
        connection().open();
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::NoEntry);
    }

    void asksTheKeychainAgain()
    {
        m_test->store.refusal = KeychainResult::Unavailable;
        connection().save(m_test->address, firstToken());
        QTRY_VERIFY(connection().hasKeychainFailed());
        m_test->store.refusal = KeychainResult::Done;
        connection().askKeychainAgain();
        QTRY_COMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(m_test->store.entries.value(origin()), firstToken());
        QVERIFY(!connection().hasKeychainFailed());
    }

    void givesUpASilentKeychainAndStillTakesItsAnswer()
    {
        m_test->store.entries.insert(origin(), firstToken());
        m_test->store.hold();
        connection().open();
        QVERIFY(connection().isAskingKeychain());
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::NoAnswer);
        QCOMPARE(connection().tokenState(), State::Missing);
        QVERIFY(!connection().isAskingKeychain());
        m_test->store.release();
        QTRY_COMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(connection().token(), firstToken());
    }

    void aLateFailureIsStillNoAnswer()
    {
        m_test->store.hold();
        connection().save(m_test->address, firstToken());
        QTRY_COMPARE(connection().keychainResult(), KeychainResult::NoAnswer);
        m_test->store.refusal = KeychainResult::Unavailable;
        m_test->store.release();
        m_test->store.refusal = KeychainResult::Done;
        QCoreApplication::processEvents();
        QCOMPARE(connection().keychainResult(), KeychainResult::NoAnswer);
        QCOMPARE(connection().tokenState(), State::SessionOnly);
    }

    void sessionTouchesNeitherKeychainNorSettings()
    {
        connection().openForSession(m_test->otherAddress, firstToken());
        QVERIFY(connection().isForSessionOnly());
        QCOMPARE(connection().tokenState(), State::SessionOnly);
        connection().save(m_test->otherAddress, secondToken());
        QCOMPARE(connection().token(), secondToken());
        QTRY_VERIFY(!m_test->authorizations(m_test->otherAddress).isEmpty());
        QCOMPARE(m_test->store.reads + m_test->store.writes + m_test->store.removals, 0);
        QCOMPARE(m_test->settings.serviceAddress(), m_test->address);
    }

    void rejectedTokenIsReplaced()
    {
        m_test->answers.insert(u"/users/me"_s, Answer::withStatus(401, "{}"));
        openWith(firstToken());
        QTRY_COMPARE(connection().tokenState(), State::Rejected);
        m_test->answers.insert(u"/users/me"_s, Answer::ok(R"({"user":{}})"));
        QSignalSpy arrived(&connection(), &Connection::tokenArrived);
        connection().save(m_test->address, secondToken());
        QCOMPARE(arrived.count(), 1);
        QTRY_COMPARE(connection().tokenState(), State::Kept);
    }

    void testAsksForAccountThenForAPage()
    {
        const auto result = testResult(m_test->address, firstToken());
        QVERIFY(result.has_value());
        QCOMPARE(result->displayName, u"Ada"_s);
        QCOMPARE(m_test->paths(), (QStringList{u"/users/me"_s, u"/contextcapture/jobs"_s}));
        QCOMPARE(m_test->authorizations(m_test->address),
                 (QByteArrayList{header(firstToken()), header(firstToken())}));
        QVERIFY(!connection().hasToken());
        QCOMPARE(m_test->store.writes, 0);
    }

    void testUsesThePresentTokenAtThePresentAddressOnly()
    {
        openWith(firstToken());
        QVERIFY(testResult(m_test->address, {}).has_value());
        const auto elsewhere = testResult(m_test->otherAddress, {});
        QVERIFY(!elsewhere.has_value());
        QCOMPARE(std::get<NetworkFailure>(elsewhere.error()).kind, NetworkFailure::Kind::NoToken);
        QVERIFY(m_test->authorizations(m_test->otherAddress).isEmpty());
    }

    void tierComesFromTheSettings()
    {
        m_test->settings.setTier(Tier::Premium);
        connection().open();
        QVERIFY(m_test->client.tier() == Tier::Premium);
        m_test->settings.setTier(Tier::Standard);
        connection().save(m_test->address, {});
        QVERIFY(m_test->client.tier() == Tier::Standard);
        connection().openForSession(m_test->otherAddress, firstToken());
        QVERIFY(m_test->client.tier() == Tier::Detect);
        connection().save(m_test->otherAddress, {});
        QVERIFY(m_test->client.tier() == Tier::Detect);
        connection().open();
        QVERIFY(m_test->client.tier() == Tier::Standard);
    }

    void detectedTierIsKeptForItsAddress()
    {
        openWith(firstToken());
        emit m_test->client.tierDetected(Tier::Community);
        QVERIFY(m_test->settings.detectedTier(origin()) == Tier::Community);
        connection().save(m_test->otherAddress, secondToken());
        QVERIFY(!m_test->client.detectedTier());
        connection().save(m_test->address, {});
        QVERIFY(m_test->client.effectiveTier() == Tier::Community);
    }

    void sessionKeepsNoDetectedTier()
    {
        connection().openForSession(m_test->address, firstToken());
        emit m_test->client.tierDetected(Tier::Community);
        QVERIFY(!m_test->settings.detectedTier(origin()));
    }

    void aPauseOutlivesTheSession()
    {
        const auto now = QDateTime::currentDateTimeUtc();
        openWith(firstToken());
        m_test->client.rememberPause({now, now.addSecs(1800)});
        QVERIFY(m_test->client.pausedUntil());
        connection().save(m_test->otherAddress, secondToken());
        QVERIFY(!m_test->client.pausedUntil());
        connection().save(m_test->address, {});
        const auto left = m_test->client.pausedUntil().value() - m_test->clock.now();
        QVERIFY(left > std::chrono::seconds(1700) && left <= std::chrono::seconds(1800));
    }

    void aPauseThatIsOverIsForgotten()
    {
        const auto now = QDateTime::currentDateTimeUtc();
        m_test->settings.setAskedPause(origin(), {now.addSecs(-60), now.addSecs(-1)});
        openWith(firstToken());
        QVERIFY(!m_test->client.pausedUntil());
    }

    void aClockThatWasSetBackShortensNoPause()
    {
        const auto tomorrow = QDateTime::currentDateTimeUtc().addDays(1);
        m_test->settings.setAskedPause(origin(), {tomorrow, tomorrow.addSecs(1800)});
        connection().save(m_test->address, firstToken());
        const auto left = m_test->client.pausedUntil().value() - m_test->clock.now();
        QVERIFY(left > std::chrono::seconds(1700) && left <= std::chrono::seconds(1800));
    }

    void testDuringAPauseSendsNothing()
    {
        openWith(firstToken());
        const auto now = QDateTime::currentDateTimeUtc();
        m_test->client.rememberPause({now, now.addSecs(1800)});
        const auto before = m_test->network.seen.size();
        const auto result = testResult(m_test->address, secondToken());
        QVERIFY(!result.has_value());
        const auto &refusal = std::get<HttpFailure>(result.error());
        QCOMPARE(refusal.status, 429);
        QVERIFY(refusal.retryAfter > std::chrono::seconds(1700));
        QCOMPARE(m_test->network.seen.size(), before);
    }

    void aPauseThatATestMeetsHoldsForAll()
    {
        openWith(firstToken());
        Answer refusal = Answer::withStatus(429, {});
        refusal.headers = {{"Retry-After", "1800"}};
        m_test->answers.insert(u"/users/me"_s, refusal);
        QVERIFY(!testResult(m_test->address, secondToken()).has_value());
        QVERIFY(m_test->client.pausedUntil());
    }

    void aPauseOfAnotherAddressHoldsForATestOfIt()
    {
        openWith(firstToken());
        const auto now = QDateTime::currentDateTimeUtc();
        m_test->settings.setAskedPause(m_test->otherAddress.origin(), {now, now.addSecs(1800)});
        const auto before = m_test->network.seen.size();
        const auto result = testResult(m_test->otherAddress, secondToken());
        QVERIFY(!result.has_value());
        QCOMPARE(std::get<HttpFailure>(result.error()).status, 429);
        QCOMPARE(m_test->network.seen.size(), before);
    }

    void aPauseThatATestOfAnotherAddressMeetsIsKept()
    {
        openWith(firstToken());
        Answer refusal = Answer::withStatus(429, {});
        refusal.headers = {{"Retry-After", "1800"}};
        m_test->answers.insert(u"/users/me"_s, refusal);
        QVERIFY(!testResult(m_test->otherAddress, secondToken()).has_value());
        QVERIFY(!m_test->client.pausedUntil());
        connection().save(m_test->otherAddress, secondToken());
        QVERIFY(m_test->client.pausedUntil());
    }

    void twoAccountsOfOneNameDiffer()
    {
        openWith(firstToken());
        QTRY_COMPARE(connection().accountName(), u"Ada (ada@example.com)"_s);
    }

    void theAccountIsAskedForAgain()
    {
        int asked = 0;
        m_test->network.answerWith = [this, &asked](const Seen &seen) {
            return ++asked < 3 ? Answer::refused() : m_test->answers.value(seen.url.path());
        };
        const QSignalSpy settled(&connection(), &Connection::accountSettled);
        connection().save(m_test->address, firstToken());
        QTRY_COMPARE(settled.size(), 1);
        QCOMPARE(settled.at(0).at(0).toString(), u"Ada (ada@example.com)"_s);
        QCOMPARE(asked, 3);
    }

    void sessionKeepsNoPause()
    {
        const auto now = QDateTime::currentDateTimeUtc();
        connection().openForSession(m_test->address, firstToken());
        m_test->client.rememberPause({now, now.addSecs(1800)});
        QVERIFY(m_test->client.pausedUntil());
        QVERIFY(!m_test->settings.askedPause(origin()));
    }

    void testUsesUpTheAllowance()
    {
        m_test->settings.setTier(Tier::Community);
        openWith(firstToken());
        const int before = m_test->client.allowance().minute.value();
        QVERIFY(testResult(m_test->address, {}).has_value());
        QCOMPARE(m_test->client.allowance().minute, before - 2);
        QVERIFY(!testResult(m_test->otherAddress, {}).has_value());
        QCOMPARE(m_test->client.allowance().minute, before - 2);
    }

    void testReportsErrors_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("account, 401") << u"/users/me"_s << 401 << "{}"_ba;
        QTest::newRow("account, 202") << u"/users/me"_s << 202 << "{}"_ba;
        QTest::newRow("account, no JSON") << u"/users/me"_s << 200 << "<html>"_ba;
        QTest::newRow("account, shape") << u"/users/me"_s << 200 << R"({"user":[]})"_ba;
        QTest::newRow("page, 403") << u"/contextcapture/jobs"_s << 403 << "{}"_ba;
        QTest::newRow("page, shape") << u"/contextcapture/jobs"_s << 200 << "[]"_ba;
    }
    void testReportsErrors()
    {
        QFETCH(const QString, path);
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        m_test->answers.insert(path, Answer::withStatus(status, body));
        const auto result = testResult(m_test->address, firstToken());
        QVERIFY(!result.has_value());
        QCOMPARE(statusOf(result.error()), status);
        QCOMPARE(m_test->paths().last(), path);
        QVERIFY(exchangeOf(result.error()).target.startsWith(path));
    }

    void failedTestLeavesTheTokenAlone()
    {
        openWith(firstToken());
        m_test->answers.insert(u"/users/me"_s, Answer::withStatus(401, "{}"));
        QVERIFY(!testResult(m_test->address, secondToken()).has_value());
        QCOMPARE(connection().tokenState(), State::Kept);
        QCOMPARE(connection().token(), firstToken());
    }

    void canGoWhileATestIsUnderWay()
    {
        m_test->answers.insert(u"/users/me"_s, Answer::hang());
        const auto future = connection().test(m_test->address, firstToken());
        QTRY_VERIFY(!m_test->paths().isEmpty());
        m_test.reset();
        QVERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
    }

    void readsAccounts_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("email");
        QTest::newRow("whole") << R"({"user":{"displayName":"A B","email":"a@b"}})"_ba << u"A B"_s
                               << u"a@b"_s;
        QTest::newRow("names") << R"({"user":{"givenName":"A","surname":"B"}})"_ba << u"A B"_s
                               << QString();
        QTest::newRow("one name") << R"({"user":{"surname":"B","displayName":null}})"_ba << u"B"_s
                                  << QString();
        QTest::newRow("empty") << R"({"user":{}})"_ba << QString() << QString();
    }
    void readsAccounts()
    {
        QFETCH(const QByteArray, body);
        const auto account = parseAccount(body);
        QVERIFY(account.has_value());
        QTEST(account->displayName, "name");
        QTEST(account->email, "email");
    }

private:
    Connection &connection() { return m_test->connection; }
    [[nodiscard]] QString origin() const { return m_test->address.origin(); }

    /// Opens the connection with a kept token, up to the answer about its account.
    void openWith(const AccessToken &token)
    {
        m_test->store.entries.insert(origin(), token);
        connection().open();
        QTRY_COMPARE(m_test->paths().size(), 1);
        QTRY_VERIFY(connection().tokenState() == State::Rejected
                    || connection().account() != Account());
    }

    Result<Account> testResult(const ServiceAddress &address, const AccessToken &token)
    {
        const auto future = connection().test(address, token);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); })) {
            return tl::unexpected<ApiError>(NetworkFailure{});
        }
        return future.result();
    }

    std::unique_ptr<TestConnection> m_test;
};

QTEST_GUILESS_MAIN(TestConnectionClass)
#include "tst_connection.moc"
