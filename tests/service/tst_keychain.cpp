// SPDX-License-Identifier: GPL-3.0-or-later

// SystemKeychain against a real keychain in every condition that one can be in.

#include "account/tokenstore.h"
#include "tests/support/keychaindaemon.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using Ring = KeychainDaemon::Ring;

namespace {

constexpr int longest = 60'000;

AccessToken token(const QString &text)
{
    return AccessToken::fromPasted(text).value();
}

template<typename T>
T answerOf(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longest))
        return {};
    return future.result();
}

/// What the next start of the program would find.
int printToken(const QString &address)
{
    SystemKeychain keychain;
    const auto read = answerOf(keychain.read(ServiceAddress::parse(address).value()));
    std::fputs(read.token.bytes().constData(), stdout);
    return static_cast<int>(read.result);
}

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!KeychainDaemon::isPossible())
            QSKIP("needs gnome-keyring-daemon and the private bus of keychain.sh");
    }
    void init() { QVERIFY(m_daemon.start(Ring::Unlocked)); }
    void cleanup()
    {
        QVERIFY(m_daemon.start(Ring::Unlocked));
        SystemKeychain keychain;
        answerOf(keychain.remove(m_service));
        answerOf(keychain.remove(m_other));
        m_daemon.kill();
    }

    void saysThatThereIsNoEntry()
    {
        SystemKeychain keychain;
        const auto read = answerOf(keychain.read(m_service));
        QCOMPARE(read.result, KeychainResult::NoEntry);
        QVERIFY(read.token.isEmpty());
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::NoEntry);
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

    void anotherProcessReadsWhatThisOneWrote()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        const auto nextStart = [](const ServiceAddress &address) {
            QProcess process;
            process.start(QCoreApplication::applicationFilePath(), {u"--read"_s, address.origin()});
            process.waitForFinished(longest);
            return std::pair(static_cast<KeychainResult>(process.exitCode()),
                             process.readAllStandardOutput());
        };
        QCOMPARE(nextStart(m_service), std::pair(KeychainResult::Done, "first"_ba));
        QCOMPARE(nextStart(m_other), std::pair(KeychainResult::NoEntry, ""_ba));
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
    }

    void keepsALongToken()
    {
        SystemKeychain keychain;
        const AccessToken longToken = token(QString(16 * 1024, u'a'));
        QCOMPARE(answerOf(keychain.write(m_service, longToken)), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, longToken);
    }

    void lockedOneKeepsWhatItHas()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        QVERIFY(m_daemon.start(Ring::Locked));
        QCOMPARE(answerOf(keychain.read(m_service)).result, KeychainResult::NoEntry);
        QCOMPARE(answerOf(keychain.write(m_service, token(u"second"_s))), KeychainResult::Denied);
        // Not Done, which is what libsecret says.
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::NoEntry);
        QVERIFY(m_daemon.start(Ring::Unlocked));
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"first"_s));
    }

    void findsAKeychainThatCameBack()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        m_daemon.kill();
        QCOMPARE(answerOf(keychain.read(m_service)).result, KeychainResult::Unavailable);
        QCOMPARE(answerOf(keychain.write(m_service, token(u"lost"_s))),
                 KeychainResult::Unavailable);
        QCOMPARE(answerOf(keychain.remove(m_service)), KeychainResult::Unavailable);
        QVERIFY(m_daemon.start(Ring::Unlocked));
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"first"_s));
        QCOMPARE(answerOf(keychain.write(m_service, token(u"second"_s))), KeychainResult::Done);
        QCOMPARE(answerOf(keychain.read(m_service)).token, token(u"second"_s));
    }

    /// Also when the first of them has to be tried twice.
    void keepsTheOrderOfTheCalls()
    {
        SystemKeychain keychain;
        QCOMPARE(answerOf(keychain.write(m_service, token(u"first"_s))), KeychainResult::Done);
        QVERIFY(m_daemon.start(Ring::Unlocked));
        const auto written = keychain.write(m_service, token(u"second"_s));
        const auto removed = keychain.remove(m_service);
        const auto read = keychain.read(m_service);
        QCOMPARE(answerOf(written), KeychainResult::Done);
        QCOMPARE(answerOf(removed), KeychainResult::Done);
        QCOMPARE(answerOf(read).result, KeychainResult::NoEntry);
    }

private:
    const ServiceAddress m_service;
    const ServiceAddress m_other = ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value();
    KeychainDaemon m_daemon;
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--read"_s)
        return printToken(arguments.value(2));
    TestKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
