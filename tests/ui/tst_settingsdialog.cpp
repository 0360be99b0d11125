// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testconnection.h"
#include "ui/account/settingsdialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using State = Connection::TokenState;

namespace {

AccessToken goodToken()
{
    static const qint64 expiry = QDateTime::currentSecsSinceEpoch() + 2610;
    return tokenWith(R"({"name":"Ada Lovelace","preferred_username":"ada@example.com",)"
                     R"("scope":["itwin-platform","openid"],"exp":)"
                     + QByteArray::number(expiry) + "}");
}

QString textOf(const AccessToken &token)
{
    return QString::fromLatin1(token.bytes());
}

} // namespace

class TestSettingsDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_test = std::make_unique<TestConnection>();
        m_test->settings.setServiceAddress(m_test->address);
        m_dialog = std::make_unique<SettingsDialog>(m_test->connection, m_test->settings);
        m_test->connection.open();
        QTRY_COMPARE(m_test->connection.tokenState(), State::Missing);
        m_dialog->open();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_test.reset();
    }

    void isNamedForScreenReaders()
    {
        QCOMPARE(m_dialog->windowTitle(), u"Settings"_s);
        QVERIFY(field(u"Service address"_s));
        QVERIFY(field(u"Access token"_s));
        for (const auto &name : {u"Test Connection"_s, u"Forget Token"_s, u"Save"_s, u"Cancel"_s}) {
            QVERIFY2(button(name), qPrintable(name));
        }
        QVERIFY(button(u"Save"_s)->isDefault());
    }

    void showsTheAddressInUse()
    {
        QCOMPARE(field(u"Service address"_s)->text(), origin());
        QVERIFY(button(u"Save"_s)->isEnabled());
    }

    void refusesForeignAddresses()
    {
        field(u"Service address"_s)->setText(u"https://example.com"_s);
        QVERIFY(!button(u"Save"_s)->isEnabled());
        QVERIFY(!button(u"Test Connection"_s)->isEnabled());
        QVERIFY(shown().contains(u"Only api.bentley.com"_s));
        field(u"Service address"_s)->setText(u"https://qa-api.bentley.com"_s);
        QVERIFY(button(u"Save"_s)->isEnabled());
        QVERIFY(!shown().contains(u"Only api.bentley.com"_s));
    }

    void cleansThePastedToken()
    {
        const QString token = textOf(goodToken());
        QApplication::clipboard()->setText(u"  -H \"Authorization: Bearer "_s % token
                                           % u"\" \\\n"_s);
        field(u"Access token"_s)->paste();
        QCOMPARE(field(u"Access token"_s)->text(), token);
        QVERIFY(button(u"Save"_s)->isEnabled());
    }

    void whatWasForgottenDoesNotComeBack()
    {
        const QString token = textOf(goodToken());
        QApplication::clipboard()->setText(u"curl -v -H 'Authorization: Bearer "_s % token
                                           % u"' https://example.com"_s);
        m_test->connection.save(m_test->address, goodToken());
        QLineEdit *edit = field(u"Access token"_s);
        edit->setEchoMode(QLineEdit::Normal);
        edit->paste();
        QCOMPARE(edit->text(), token);
        button(u"Forget Token"_s)->click();
        QVERIFY(edit->text().isEmpty());
        edit->undo();
        QCOMPARE(edit->text(), QString());
        QCOMPARE(QApplication::clipboard()->text(), QString());
    }

    void keepsWhetherTheLogIsDetailed()
    {
        auto *box = m_dialog->findChildren<QCheckBox *>().constLast();
        QCOMPARE(box->text().remove(u'&'), u"Write a detailed log"_s);
        QVERIFY(!box->isChecked());
        box->setChecked(true);
        button(u"Save"_s)->click();
        QVERIFY(m_test->settings.hasDetailedLog());
        m_dialog->open();
        QVERIFY(box->isChecked());
    }

    void cleansATokenWithALineBreakInside()
    {
        const QString token = textOf(goodToken());
        QApplication::clipboard()->setText(token.first(30) % u"\n"_s % token.sliced(30));
        field(u"Access token"_s)->paste();
        QCOMPARE(field(u"Access token"_s)->text(), token);
    }

    void masksTheToken()
    {
        QLineEdit *token = field(u"Access token"_s);
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        QVERIFY(token->inputMethodHints().testFlag(Qt::ImhSensitiveData));
        auto *show = m_dialog->findChild<QCheckBox *>();
        QTest::mouseClick(show, Qt::LeftButton, {}, QPoint(8, show->height() / 2));
        QCOMPARE(token->echoMode(), QLineEdit::Normal);
        m_dialog->reject();
        QCOMPARE(token->echoMode(), QLineEdit::Password);
    }

    void refusesTokens_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("reason");
        QTest::newRow("control") << u"abc\u0007def"_s << u"control character"_s;
        QTest::newRow("blank") << u"abc def"_s << u"a character that a token cannot have"_s;
    }
    void refusesTokens()
    {
        QFETCH(const QString, pasted);
        QFETCH(const QString, reason);
        field(u"Access token"_s)->setText(pasted);
        QVERIFY(shown().contains(reason));
        QVERIFY(!button(u"Save"_s)->isEnabled());
        QVERIFY(field(u"Access token"_s)->accessibleDescription().contains(reason));
    }

    void saysWhatTheTokenSays_data()
    {
        QTest::addColumn<AccessToken>("token");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("good") << goodToken()
                              << QStringList{u"Ada Lovelace"_s, u"ada@example.com"_s,
                                             u"Expires in 43 min"_s, u"itwin-platform, openid"_s};
        QTest::newRow("without scope") << tokenWith(R"({"scope":["openid"]})")
                                       << QStringList{u"does not name the scope itwin-platform"_s};
        QTest::newRow("expired") << tokenWith(R"({"exp":1700000000,"scope":"itwin-platform"})")
                                 << QStringList{u"Expired"_s, u"has expired"_s};
        QTest::newRow("unreadable") << AccessToken::fromPasted(u"opaque"_s).value()
                                    << QStringList{u"can't be read; it will be used as it is"_s};
        QTest::newRow("hostile name")
            << tokenWith(R"({"name":"<b>x</b>\u202e"})") << QStringList{u"<b>x</b>\\u{202E}"_s};
    }
    void saysWhatTheTokenSays()
    {
        QFETCH(const AccessToken, token);
        QFETCH(const QStringList, said);
        field(u"Access token"_s)->setText(textOf(token));
        for (const QString &sentence : said) {
            QVERIFY2(shown().contains(sentence), qPrintable(shown()));
        }
        QVERIFY(button(u"Save"_s)->isEnabled());
    }

    void savesTheToken()
    {
        field(u"Access token"_s)->setText(textOf(goodToken()));
        QTest::mouseClick(button(u"Save"_s), Qt::LeftButton);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(field(u"Access token"_s)->text(), QString());
        QTRY_COMPARE(m_test->connection.tokenState(), State::Kept);
        QCOMPARE(m_test->connection.token(), goodToken());
    }

    void anEmptyFieldKeepsTheStoredToken()
    {
        useToken(goodToken());
        QCOMPARE(field(u"Access token"_s)->placeholderText(),
                 u"Stored; paste another to replace it"_s);
        QVERIFY(shown().contains(u"Ada"_s));
        QTest::mouseClick(button(u"Save"_s), Qt::LeftButton);
        QCOMPARE(m_test->connection.token(), goodToken());
    }

    void escapeChangesNothing()
    {
        useToken(goodToken());
        field(u"Service address"_s)->setText(u"https://qa-api.bentley.com"_s);
        field(u"Access token"_s)->setText(u"other"_s);
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(field(u"Access token"_s)->text(), QString());
        QCOMPARE(m_test->connection.token(), goodToken());
        QCOMPARE(m_test->settings.serviceAddress(), m_test->address);
        m_dialog->open();
        QCOMPARE(field(u"Service address"_s)->text(), origin());
    }

    void savesWhatIsAboutDeleting()
    {
        QCOMPARE(tier()->currentData().value<Tier>(), Tier::Detect);
        QCOMPARE(number(u"Undo time"_s)->value(), 5);
        tier()->setCurrentIndex(tier()->findData(QVariant::fromValue(Tier::Community)));
        QVERIFY(tier()->currentText().contains(u"500 a minute"_s));
        number(u"Undo time"_s)->setValue(0);
        QCOMPARE(number(u"Undo time"_s)->text(), u"No undo"_s);
        number(u"Keep history for"_s)->setValue(1);
        QCOMPARE(number(u"Keep history for"_s)->text(), u"1 day"_s);
        number(u"Largest history"_s)->setValue(20);
        QTest::mouseClick(button(u"Save"_s), Qt::LeftButton);
        QCOMPARE(m_test->settings.tier(), Tier::Community);
        QCOMPARE(m_test->client.tier(), Tier::Community);
        QCOMPARE(m_test->settings.holdSeconds(), 0);
        QCOMPARE(m_test->settings.historyDays(), 1);
        QCOMPARE(m_test->settings.historyMegabytes(), 20);
    }

    void cancelKeepsWhatIsAboutDeleting()
    {
        tier()->setCurrentIndex(2);
        number(u"Undo time"_s)->setValue(30);
        QTest::mouseClick(button(u"Cancel"_s), Qt::LeftButton);
        QCOMPARE(m_test->settings.tier(), Tier::Detect);
        QCOMPARE(m_test->settings.holdSeconds(), 5);
        m_dialog->open();
        QCOMPARE(tier()->currentData().value<Tier>(), Tier::Detect);
        QCOMPARE(number(u"Undo time"_s)->value(), 5);
    }

    void saysWhichTierWasDetected()
    {
        QVERIFY(!tier()->currentText().contains(u"Premium"_s));
        m_test->settings.setDetectedTier(origin(), Tier::Premium);
        m_dialog->reject();
        m_dialog->open();
        QVERIFY(tier()->currentText().contains(u"Premium"_s));
    }

    void tierOfASessionCannotBeChosen()
    {
        m_test->settings.setTier(Tier::Premium);
        m_test->connection.openForSession(m_test->otherAddress, {});
        m_dialog->reject();
        m_dialog->open();
        QVERIFY(!tier()->isEnabled());
        QCOMPARE(tier()->currentData().value<Tier>(), Tier::Detect);
        number(u"Undo time"_s)->setValue(7);
        QTest::mouseClick(button(u"Save"_s), Qt::LeftButton);
        QCOMPARE(m_test->settings.tier(), Tier::Premium);
        QCOMPARE(m_test->settings.holdSeconds(), 7);
    }

    void forgetsTheToken()
    {
        useToken(goodToken());
        QApplication::clipboard()->setText(u"Bearer "_s % textOf(goodToken()));
        QTest::mouseClick(button(u"Forget Token"_s), Qt::LeftButton);
        QVERIFY(!m_test->connection.hasToken());
        QTRY_VERIFY(m_test->store.entries.isEmpty());
        QTRY_VERIFY(shown().contains(u"The token was forgotten"_s));
        QCOMPARE(QApplication::clipboard()->text(), QString());
        QVERIFY(m_dialog->isVisible());
    }

    void onlyWhatIsThereCanBeForgotten()
    {
        QVERIFY(!button(u"Forget Token"_s)->isEnabled());
        useToken(goodToken());
        QVERIFY(button(u"Forget Token"_s)->isEnabled());
        // The token is not that of the address which stands there now.
        field(u"Service address"_s)->setText(u"https://qa-api.bentley.com"_s);
        QVERIFY(!button(u"Forget Token"_s)->isEnabled());
        QVERIFY(!shown().contains(u"is kept in the system keychain"_s));
        QVERIFY(shown().contains(u"that the system keychain has for this address"_s));
        field(u"Access token"_s)->setText(u"other"_s);
        QVERIFY(shown().contains(u"Save puts the token into the system keychain"_s));
    }

    void saysWhenTheKeychainDidNotForget()
    {
        useToken(goodToken());
        m_test->store.refusal = KeychainResult::Denied;
        QTest::mouseClick(button(u"Forget Token"_s), Qt::LeftButton);
        QTRY_VERIFY(shown().contains(u"may still be in the keychain"_s));
    }

    void saysNothingOfItBeforeTheKeychainAnswered()
    {
        m_test->store.hold();
        m_test->connection.save(m_test->address, goodToken());
        QVERIFY(shown().contains(u"Putting the token into the system keychain…"_s));
        m_test->store.release();
        QTRY_VERIFY(shown().contains(u"is kept in the system keychain"_s));
        m_test->store.hold();
        QTest::mouseClick(button(u"Forget Token"_s), Qt::LeftButton);
        QVERIFY(shown().contains(u"Removing the token from the system keychain…"_s));
        QVERIFY(!shown().contains(u"The token was forgotten"_s));
        QTRY_VERIFY(shown().contains(u"may still be in the keychain"_s));
        QVERIFY(button(u"Forget Token"_s)->isEnabled());
        m_test->store.release();
        QTRY_VERIFY(shown().contains(u"The token was forgotten"_s));
    }

    void saysWhereTheTokenIsKept()
    {
        QVERIFY(shown().contains(u"into the system keychain"_s));
        useToken(goodToken());
        QVERIFY(shown().contains(u"is kept in the system keychain"_s));
        m_test->store.refusal = KeychainResult::Unavailable;
        m_test->connection.open();
        QTRY_VERIFY(shown().contains(u"no keychain that Jobsweep can use"_s));
        QVERIFY(!shown().contains(u"only until Jobsweep is closed"_s));
        m_test->connection.save(m_test->address, goodToken());
        QTRY_VERIFY(shown().contains(u"only until Jobsweep is closed"_s));
        m_test->connection.openForSession(m_test->address, {});
        QVERIFY(shown().contains(u"and not saved"_s));
    }

    void testShowsTheAccount()
    {
        field(u"Access token"_s)->setText(textOf(goodToken()));
        QTest::mouseClick(button(u"Test Connection"_s), Qt::LeftButton);
        QVERIFY(shown().contains(u"Asking the service"_s));
        QTRY_VERIFY(shown().contains(u"The connection works"_s));
        QVERIFY(shown().contains(u"ada@example.com"_s));
        QVERIFY(m_dialog->isVisible());
        QVERIFY(!m_test->connection.hasToken());
    }

    /// The focus would go on to the button that forgets the token.
    void focusStaysOnTheTest()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
        field(u"Access token"_s)->setText(textOf(goodToken()));
        QPushButton *test = button(u"Test Connection"_s);
        test->setFocus();
        QTest::keyClick(test, Qt::Key_Space);
        QVERIFY(test->hasFocus());
        QTest::keyClick(test, Qt::Key_Space); // one is running already
        QTRY_VERIFY(shown().contains(u"The connection works"_s));
        QVERIFY(test->hasFocus());
        QCOMPARE(m_test->paths().count(u"/users/me"_s), 1);
    }

    void testShowsTheError()
    {
        m_test->answers.insert(u"/users/me"_s, Answer::withStatus(401, "{}"));
        field(u"Access token"_s)->setText(textOf(goodToken()));
        const QString before = shown();
        QTest::mouseClick(button(u"Test Connection"_s), Qt::LeftButton);
        QTRY_VERIFY(!shown().contains(u"Asking the service"_s));
        QVERIFY(!shown().contains(u"The connection works"_s));
        QVERIFY(shown().size() > before.size());
        QVERIFY(m_dialog->isVisible());
    }

    void anAnswerToOlderValuesIsDropped()
    {
        field(u"Access token"_s)->setText(textOf(goodToken()));
        QTest::mouseClick(button(u"Test Connection"_s), Qt::LeftButton);
        field(u"Access token"_s)->setText(u"other"_s);
        QTRY_COMPARE(m_test->paths().size(), 2);
        QVERIFY(!shown().contains(u"The connection works"_s));
        QVERIFY(!shown().contains(u"Asking the service"_s));
    }

    void canBeDestroyedWhileATestIsUnderWay()
    {
        m_test->answers.insert(u"/users/me"_s, Answer::hang());
        field(u"Access token"_s)->setText(textOf(goodToken()));
        QTest::mouseClick(button(u"Test Connection"_s), Qt::LeftButton);
        QTRY_VERIFY(!m_test->paths().isEmpty());
        m_dialog.reset();
        m_test.reset();
    }

    void needsNoMoreThanItsSize()
    {
        m_test->store.refusal = KeychainResult::Unavailable;
        m_test->connection.open();
        QTRY_VERIFY(shown().contains(u"no keychain that Jobsweep can use"_s));
        field(u"Service address"_s)->setText(u"https://example.com"_s);
        field(u"Access token"_s)->setText(u"a b"_s);
        QCoreApplication::sendPostedEvents();
        const auto labels = m_dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible() && label->wordWrap()) {
                QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                         qPrintable(label->text()));
            }
        }
    }

private:
    [[nodiscard]] QString origin() const { return m_test->address.origin(); }

    template<typename Widget>
    [[nodiscard]] Widget *named(const QString &name) const
    {
        const auto widgets = m_dialog->findChildren<Widget *>();
        for (Widget *widget : widgets) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QLineEdit *field(const QString &name) const { return named<QLineEdit>(name); }
    [[nodiscard]] QComboBox *tier() const { return named<QComboBox>(u"Subscription tier"_s); }
    [[nodiscard]] QSpinBox *number(const QString &name) const { return named<QSpinBox>(name); }
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        return named<QPushButton>(name);
    }

    /// Everything that labels say now.
    [[nodiscard]] QString shown() const
    {
        QStringList texts;
        const auto labels = m_dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible()) {
                texts << label->text();
            }
        }
        return texts.join(u'\n');
    }

    void useToken(const AccessToken &token)
    {
        m_test->connection.save(m_test->address, token);
        QTRY_COMPARE(m_test->connection.tokenState(), State::Kept);
        QTRY_VERIFY(m_test->connection.account() != Account());
    }

    std::unique_ptr<TestConnection> m_test;
    std::unique_ptr<SettingsDialog> m_dialog;
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
