// SPDX-License-Identifier: GPL-3.0-or-later

// Against the real keychain of the session that keychain.sh starts; never the person's own.

#include "account/tokenstore.h"

#include <QTest>

#include <csignal>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

AccessToken token(const QString &text)
{
    return AccessToken::fromPasted(text).value();
}

template<typename T>
T answerOf(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)) {
        return {};
    }
    return future.result();
}

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("JOBSWEEP_PRIVATE_KEYCHAIN")) {
            QSKIP("needs dbus-run-session and gnome-keyring-daemon, started by keychain.sh");
        }
    }

    void saysThatThereIsNoEntry()
    {
        SystemKeychain keychain;
        const auto read = answerOf(keychain.read(m_service));
        QCOMPARE(read.result, KeychainResult::NoEntry);
        QVERIFY(read.token.isEmpty());
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::Done);
    }

    void writesReadsReplacesAndRemoves()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"first"_s));
        QCOMPARE(answerOf(keychain.write(m_service, token(u"second"_s))), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"second"_s));
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).result, KeychainResult::NoEntry);
    }

    void keepsOriginsApart()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_other)).result, KeychainResult::NoEntry);
        QCOMPARE(answerOf(keychain.write(m_other, token(u"second"_s))), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"first"_s));
        QCOMPARE(answerOf(keychain.remove(m_other)), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"first"_s));
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::Done);
    }

    void keepsALongToken()
    {
        SystemKeychain keychain;
        const AccessToken longest = token(QString(16 * 1024, u'a'));
        QCOMPARE(answerOf(keychain.write(m_service, longest)), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, longest);
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::Done);
    }

    /// Last: a keychain that does not answer keeps later calls waiting.
    void stopsWaitingForAKeychainThatDoesNotAnswer()
    {
        const int daemon = qEnvironmentVariableIntValue("JOBSWEEP_PRIVATE_KEYCHAIN");
        QVERIFY(daemon > 1);
        SystemKeychain keychain(nullptr, 200ms);
        QCOMPARE(kill(daemon, SIGSTOP), 0);
        const auto read = answerOf(keychain.read(m_service));
        QCOMPARE(kill(daemon, SIGCONT), 0);
        QCOMPARE(read.result, KeychainResult::NoAnswer);
    }

private:
    const ServiceAddress m_service;
    const ServiceAddress m_other = ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value();
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
