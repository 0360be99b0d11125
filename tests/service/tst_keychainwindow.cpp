// SPDX-License-Identifier: GPL-3.0-or-later

// What a person sees of a real keychain in every condition that one can be in, and that the token
// is in no file whatever happens. Everything is real but the service at the other end.

#include "tests/bench/blockwatch.h"
#include "tests/support/findwidgets.h"
#include "tests/support/keychaindaemon.h"
#include "tests/support/testwindow.h"
#include "ui/account/settingsdialog.h"

#include <QDirIterator>
#include <QLineEdit>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Ring = KeychainDaemon::Ring;
using State = Connection::TokenState;
using RealWindow = WindowWith<SystemKeychain>;

namespace {

const QString firstToken = u"TheFirstSecretOfThePerson"_s;
const QString secondToken = u"TheSecondSecretOfThePerson"_s;
const QString listWithoutToken = u"There is no access token any more."_s;
/// In place of Connection::defaultKeychainPatience.
constexpr auto shortPatience = 500ms;
/// A keychain that is waited for in the window's thread takes 25 s. What is measured is printed.
constexpr double longestBlock = 1000;

const QString sessionOnly = u"The access token is kept only until Jobsweep is closed."_s;
const QString unavailable = u"This computer has no keychain that Jobsweep can use."_s;
const QString withheld = u"The keychain did not give out the access token that Jobsweep keeps in "
                         u"it: it is locked, or the token was removed."_s;
const QString mayStillBeThere
    = u"Jobsweep forgot the access token, but it may still be in the keychain."_s;

AccessToken token(const QString &text)
{
    return AccessToken::fromPasted(text).value();
}

/// As text of either kind and as its bytes in base64.
QByteArrayList formsOf(const QString &secret)
{
    const QByteArray bytes = secret.toLatin1();
    return {bytes, QByteArray(reinterpret_cast<const char *>(secret.utf16()), secret.size() * 2),
            bytes.toBase64(QByteArray::OmitTrailingEquals).chopped(1), bytes.toHex()};
}

} // namespace

class TestKeychainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void keepsReplacesAndForgets();
    void anotherAddressGetsNothing();
    void saysWhenItIsLocked();
    void forgettingALockedOneIsNotClaimed();
    void worksWithoutAKeychain();
    void goesOnWhenItDiesAndComesBack();
    void silentOneIsNotWaitedForInReading();
    void silentOneIsNotWaitedForInKeeping();
    void tokenInPlaceOfASilentOne();
    void tokenIsInNoFile() const;

private:
    /// As at a start of the program.
    void open(std::chrono::milliseconds patience = Connection::defaultKeychainPatience);
    void takeLongestBlock() { m_longestBlock = std::max(m_longestBlock, m_watch.quantile(1)); }
    [[nodiscard]] Connection &connection() { return m_test->core.connection; }
    [[nodiscard]] SettingsDialog *openSettings();
    void enterToken(const QString &text);
    void forget();
    void press(const QString &label);
    /// What the page in place of the table and everything else in the window says.
    [[nodiscard]] bool says(const QString &text) const { return shows(m_test->window, text); }
    [[nodiscard]] QByteArrayList sentTokens() const;

    KeychainDaemon m_daemon;
    QTemporaryDir m_folder;
    QString m_settings;
    std::unique_ptr<RealWindow> m_test;
    Bench::BlockWatch m_watch;
    double m_longestBlock = 0;
};

void TestKeychainWindow::initTestCase()
{
    if (KeychainDaemon::surroundings().isEmpty()
        || (KeychainDaemon::surroundings() == "bus" && !KeychainDaemon::isPossible()))
        QSKIP("needs gnome-keyring-daemon and the private folders of keychain.sh");
}

void TestKeychainWindow::init()
{
    m_settings
        = m_folder.filePath(u"%1.ini"_s.arg(QLatin1StringView(QTest::currentTestFunction())));
    if (KeychainDaemon::isPossible())
        QVERIFY(m_daemon.start(Ring::Unlocked));
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
}

void TestKeychainWindow::cleanup()
{
    takeLongestBlock();
    m_test.reset();
    if (!KeychainDaemon::isPossible())
        return;
    QVERIFY(m_daemon.start(Ring::Unlocked));
    open();
    QTRY_VERIFY(!connection().isAskingKeychain());
    connection().forgetToken();
    QTRY_VERIFY(!connection().isAskingKeychain());
    m_test.reset();
    m_daemon.kill();
    QVERIFY2(m_longestBlock < longestBlock, "the keychain was waited for in the window's thread");
}

void TestKeychainWindow::open(std::chrono::milliseconds patience)
{
    takeLongestBlock();
    m_test.reset();
    m_test = std::make_unique<RealWindow>(m_settings, patience);
    m_test->service.jobs = someJobs(6);
    m_test->window.show();
    // Building a window takes what it takes, and asks no keychain.
    QCoreApplication::processEvents();
    m_watch.restart();
    connection().open();
}

SettingsDialog *TestKeychainWindow::openSettings()
{
    m_test->window.openSettings();
    return m_test->window.findChild<SettingsDialog *>();
}

void TestKeychainWindow::enterToken(const QString &text)
{
    QPushButton *enter = m_test->button(u"Enter Access Token…"_s);
    if (enter)
        QTest::mouseClick(enter, Qt::LeftButton);
    auto *dialog = m_test->window.findChild<SettingsDialog *>();
    if (!dialog)
        dialog = openSettings();
    QVERIFY(dialog);
    named<QLineEdit>(*dialog, u"Access token"_s)->setText(text);
    QTest::mouseClick(named<QPushButton>(*dialog, u"Save"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_test->window.findChild<SettingsDialog *>());
}

void TestKeychainWindow::forget()
{
    SettingsDialog *dialog = openSettings();
    QVERIFY(dialog);
    QTest::mouseClick(named<QPushButton>(*dialog, u"Forget Token"_s), Qt::LeftButton);
}

void TestKeychainWindow::press(const QString &label)
{
    QTRY_VERIFY(m_test->button(label));
    QTest::mouseClick(m_test->button(label), Qt::LeftButton);
}

QByteArrayList TestKeychainWindow::sentTokens() const
{
    QByteArrayList tokens;
    for (const Seen &seen : m_test->network.seen) {
        const QByteArray header = seen.header("Authorization");
        if (!tokens.contains(header))
            tokens.append(header);
    }
    return tokens;
}

void TestKeychainWindow::keepsReplacesAndForgets()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QCOMPARE(m_test->noticeText(), QString());
    QVERIFY(shows(*openSettings(), u"The token is kept in the system keychain"_s));

    open();
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QCOMPARE(connection().token(), token(firstToken));
    QTRY_VERIFY(m_test->table()->isVisible());
    enterToken(secondToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);

    open();
    QTRY_COMPARE(connection().token(), token(secondToken));
    forget();
    QTRY_VERIFY(
        shows(*m_test->window.findChild<SettingsDialog *>(), u"The token was forgotten."_s));
    QVERIFY(m_test->noticeText().startsWith(listWithoutToken));

    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QVERIFY(says(u"Welcome to Jobsweep"_s));
    QVERIFY(!says(u"keychain"_s));
}

void TestKeychainWindow::anotherAddressGetsNothing()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    const auto other = ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value();
    connection().save(other, {});
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QVERIFY(!connection().hasToken());
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QCOMPARE(connection().address(), other);
    QVERIFY(m_test->network.seen.isEmpty());
    connection().save(ServiceAddress(), {});
    QTRY_COMPARE(connection().token(), token(firstToken));
}

void TestKeychainWindow::saysWhenItIsLocked()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QVERIFY(m_daemon.start(Ring::Locked));
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QTRY_VERIFY(says(withheld));

    enterToken(secondToken);
    const QString expected = u"The keychain is locked or denied access. "_s + sessionOnly;
    QTRY_COMPARE(m_test->noticeText(), expected);
    QCOMPARE(connection().tokenState(), State::SessionOnly);
    QVERIFY(shows(*openSettings(), expected));
    m_test->window.findChild<SettingsDialog *>()->reject();
    QTRY_VERIFY(m_test->table()->isVisible());
    QCOMPARE(sentTokens(), QByteArrayList{"Bearer " + secondToken.toLatin1()});

    QVERIFY(m_daemon.start(Ring::Unlocked));
    press(u"Try Again"_s);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QTRY_COMPARE(m_test->noticeText(), QString());
}

void TestKeychainWindow::forgettingALockedOneIsNotClaimed()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QVERIFY(m_daemon.start(Ring::Locked));
    forget();
    auto *dialog = m_test->window.findChild<SettingsDialog *>();
    QTRY_VERIFY(shows(*dialog, mayStillBeThere));
    QVERIFY(!shows(*dialog, u"The token was forgotten."_s));
    dialog->reject();
    QTRY_VERIFY(m_test->noticeText().contains(mayStillBeThere));
    QVERIFY(!connection().hasToken());

    QVERIFY(m_daemon.start(Ring::Unlocked));
    press(u"Try Again"_s);
    QTRY_VERIFY(!connection().isAskingKeychain());
    QVERIFY(m_test->noticeText().startsWith(listWithoutToken));
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QVERIFY(!says(withheld));
}

void TestKeychainWindow::worksWithoutAKeychain()
{
    m_daemon.kill();
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QTRY_VERIFY(says(unavailable));
    enterToken(firstToken);
    QTRY_COMPARE(m_test->noticeText(), QString(unavailable % u' ' % sessionOnly));
    QCOMPARE(connection().tokenState(), State::SessionOnly);
    QTRY_VERIFY(m_test->table()->isVisible());
    QCOMPARE(sentTokens(), QByteArrayList{"Bearer " + firstToken.toLatin1()});
    press(u"Dismiss"_s);
    QTRY_COMPARE(m_test->noticeText(), QString());

    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QVERIFY(m_test->network.seen.isEmpty());
    // Where there are more functions, the last of them looks for all.
    if (!KeychainDaemon::isPossible())
        tokenIsInNoFile();
}

void TestKeychainWindow::goesOnWhenItDiesAndComesBack()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    m_daemon.kill();
    open();
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    QTRY_VERIFY(says(unavailable));
    QVERIFY(m_daemon.start(Ring::Unlocked));
    press(u"Ask the Keychain Again"_s);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QCOMPARE(connection().token(), token(firstToken));
    QTRY_VERIFY(m_test->table()->isVisible());

    m_daemon.kill();
    enterToken(secondToken);
    QTRY_COMPARE(m_test->noticeText(), QString(unavailable % u' ' % sessionOnly));
    QVERIFY(m_daemon.start(Ring::Unlocked));
    press(u"Try Again"_s);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    open();
    QTRY_COMPARE(connection().token(), token(secondToken));
}

void TestKeychainWindow::silentOneIsNotWaitedForInReading()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    m_daemon.standStill();
    open(shortPatience);
    QTRY_VERIFY(says(u"Reading the access token from the system keychain…"_s));
    QTRY_VERIFY(says(u"The keychain did not answer."_s));
    QVERIFY(m_test->button(u"Enter Access Token…"_s));
    QVERIFY(m_test->button(u"Ask the Keychain Again"_s));
    // It counts whenever it comes.
    m_daemon.goOn();
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QTRY_VERIFY(m_test->table()->isVisible());
}

void TestKeychainWindow::silentOneIsNotWaitedForInKeeping()
{
    open(shortPatience);
    QTRY_COMPARE(connection().tokenState(), State::Missing);
    m_daemon.standStill();
    enterToken(firstToken);
    QVERIFY(shows(*openSettings(), u"Putting the token into the system keychain…"_s));
    m_test->window.findChild<SettingsDialog *>()->reject();
    const QString expected = u"The keychain did not answer. "_s + sessionOnly;
    QTRY_COMPARE(m_test->noticeText(), expected);
    QTRY_VERIFY(m_test->table()->isVisible());
    m_daemon.goOn();
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QTRY_COMPARE(m_test->noticeText(), QString());
}

void TestKeychainWindow::tokenInPlaceOfASilentOne()
{
    enterToken(firstToken);
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    m_daemon.standStill();
    open();
    QTRY_VERIFY(says(u"Reading the access token from the system keychain…"_s));
    enterToken(secondToken);
    QTRY_VERIFY(m_test->table()->isVisible());
    QCOMPARE(sentTokens(), QByteArrayList{"Bearer " + secondToken.toLatin1()});
    m_daemon.goOn();
    QTRY_COMPARE(connection().tokenState(), State::Kept);
    QCOMPARE(connection().token(), token(secondToken));
}

/// Last, after everything that could have written it.
void TestKeychainWindow::tokenIsInNoFile() const
{
    const QByteArrayList forms = formsOf(firstToken) + formsOf(secondToken);
    int files = 0;
    QDirIterator all(QDir::homePath(), QDir::Files | QDir::Hidden | QDir::System,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (!all.fileInfo().isFile() || !file.open(QIODevice::ReadOnly))
            continue;
        ++files;
        const QByteArray content = file.readAll();
        for (const QByteArray &form : forms)
            QVERIFY2(!content.contains(form), qPrintable(file.fileName()));
    }
    QVERIFY(files > 0);
    qInfo("%d files without the token; longest block of the window %.0f ms", files, m_longestBlock);
}

QTEST_MAIN(TestKeychainWindow)
#include "tst_keychainwindow.moc"
