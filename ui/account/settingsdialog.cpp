// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/settingsdialog.h"

#include "http/whendone.h"
#include "ui/account/deletionsettings.h"
#include "ui/account/inlinenote.h"
#include "ui/account/tokenclipboard.h"
#include "ui/account/tokenfacts.h"
#include "ui/errorwording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QShowEvent>
#include <QSignalBlocker>
#include <QStyle>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep {

namespace {

/// Room for the address and for a token's beginning, in average characters.
constexpr int fieldWidthInCharacters = 56;

} // namespace

SettingsDialog::SettingsDialog(Connection &connection, Settings &settings, QWidget *parent)
    : QDialog(parent), m_connection(connection), m_settings(settings), m_address(new QLineEdit),
      m_addressProblem(new InlineNote), m_token(new QLineEdit),
      m_showToken(new QCheckBox(tr("S&how"))), m_tokenProblem(new InlineNote),
      m_tokenFacts(makePlainLabel()), m_tokenWarning(new InlineNote), m_keeping(new InlineNote),
      m_test(new QPushButton(tr("&Test Connection"))),
      m_forget(new QPushButton(tr("&Forget Token"))), m_progress(new QProgressBar),
      m_result(new InlineNote), m_deletions(new DeletionSettings),
      m_detailedLog(new QCheckBox(tr("Write a detailed &log"))), m_buttons(new QDialogButtonBox),
      m_save(m_buttons->addButton(QDialogButtonBox::Save))
{
    setWindowTitle(tr("Settings"));
    setAccessibleName(tr("Settings"));
    buildFields();
    buildButtons();
    layOut();
    connectAll();
}

void SettingsDialog::buildFields()
{
    m_address->setAccessibleName(tr("Service address"));
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    m_address->setPlaceholderText(ServiceAddress().origin());
    m_address->setMinimumWidth(fontMetrics().averageCharWidth() * fieldWidthInCharacters);

    m_token->setAccessibleName(tr("Access token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                 | Qt::ImhNoAutoUppercase);
    m_showToken->setAccessibleName(tr("Show access token"));
    m_tokenFacts->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_everySecond.setInterval(1s);
    m_detailedLog->setToolTip(tr("Every request with its time, path and status, for finding out "
                                 "what went wrong. Never the token."));
}

void SettingsDialog::buildButtons()
{
    m_test->setAccessibleName(tr("Test Connection"));
    m_forget->setAccessibleName(tr("Forget Token"));
    m_save->setAccessibleName(tr("Save"));
    m_buttons->addButton(QDialogButtonBox::Cancel)->setAccessibleName(tr("Cancel"));
    m_result->setReadOut(tr("Test result"));
    m_test->setAutoDefault(false);
    m_forget->setAutoDefault(false);
    m_save->setDefault(true);

    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Testing the connection"));
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_progress->hide();
}

void SettingsDialog::layOut()
{
    auto *addressRow = new QHBoxLayout;
    addressRow->addWidget(m_address);

    auto *tokenRow = new QHBoxLayout;
    tokenRow->addWidget(m_token, 1);
    tokenRow->addWidget(m_showToken);

    auto *tryOut = new QHBoxLayout;
    tryOut->addWidget(m_test);
    tryOut->addWidget(m_forget);
    tryOut->addWidget(m_progress, 1);

    // Not a QFormLayout: it gives sentences that wrap the height of a much narrower column.
    auto *form = new QGridLayout;
    form->setColumnStretch(1, 1);
    int labelWidth = m_deletions->labelWidth();
    const auto addRow = [&](const QString &text, QLineEdit *field, QLayout *row) {
        auto *label = makePlainLabel(text);
        label->setWordWrap(false);
        label->setBuddy(field);
        labelWidth = std::max(labelWidth, label->sizeHint().width());
        const int alignment = style()->styleHint(QStyle::SH_FormLayoutLabelAlignment);
        form->addWidget(label, form->rowCount(), 0, Qt::Alignment(alignment) | Qt::AlignVCenter);
        form->addLayout(row, form->rowCount() - 1, 1);
    };
    const auto addBeneath
        = [form](QWidget *widget) { form->addWidget(widget, form->rowCount(), 1); };
    addRow(tr("Service &address:"), m_address, addressRow);
    addBeneath(m_addressProblem);
    addRow(tr("Access to&ken:"), m_token, tokenRow);
    addBeneath(m_tokenProblem);
    addBeneath(m_tokenFacts);
    addBeneath(m_tokenWarning);
    addBeneath(m_keeping);
    form->addLayout(tryOut, form->rowCount(), 1);
    addBeneath(m_result);
    form->setColumnMinimumWidth(0, labelWidth);
    m_deletions->setLabelWidth(labelWidth);

    auto *line = new QFrame;
    line->setFrameStyle(QFrame::HLine | QFrame::Sunken);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(line);
    column->addWidget(m_deletions);
    column->addWidget(m_detailedLog);
    column->addStretch(1);
    column->addWidget(m_buttons);
}

void SettingsDialog::connectAll()
{
    connect(m_address, &QLineEdit::textChanged, this, [this] {
        dropTestResult();
        updateAll();
    });
    connect(m_token, &QLineEdit::textChanged, this, &SettingsDialog::cleanPastedToken);
    connect(m_showToken, &QCheckBox::toggled, this, [this](bool shown) {
        m_token->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(m_test, &QPushButton::clicked, this, &SettingsDialog::test);
    connect(m_forget, &QPushButton::clicked, this, &SettingsDialog::forget);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    connect(&m_connection, &Connection::changed, this, &SettingsDialog::updateAll);
    m_everySecond.callOnTimeout(this, &SettingsDialog::updateAll);
}

void SettingsDialog::showEvent(QShowEvent *event)
{
    if (!event->spontaneous()) {
        startAnew();
    }
    QDialog::showEvent(event);
}

void SettingsDialog::startAnew()
{
    m_forgotten = false;
    m_address->setText(m_connection.address().origin());
    clearToken();
    m_deletions->showValues(m_settings, m_settings.detectedTier(m_connection.address().origin()),
                            m_connection.isForSessionOnly());
    m_detailedLog->setChecked(m_settings.hasDetailedLog());
    dropTestResult();
    m_token->setFocus();
    m_everySecond.start();
    updateAll();
    layout()->activate();
    resize(sizeHint().width(), layout()->totalHeightForWidth(sizeHint().width()));
}

void SettingsDialog::done(int result)
{
    m_everySecond.stop();
    dropTestResult();
    dropSelectionOf(m_token->text());
    clearToken();
    m_showToken->setChecked(false);
    QDialog::done(result);
}

/// Not clear(), which could be undone: what was forgotten would come back.
void SettingsDialog::clearToken()
{
    QString text = m_token->text();
    m_token->setText({});
    overwrite(text);
}

SettingsDialog::Entered SettingsDialog::entered() const
{
    return {.address = ServiceAddress::parse(m_address->text()),
            .token = AccessToken::fromPasted(m_token->text())};
}

bool SettingsDialog::usesPresentAddress() const
{
    const auto address = ServiceAddress::parse(m_address->text());
    return address && *address == m_connection.address();
}

void SettingsDialog::cleanPastedToken(const QString &text)
{
    const bool cameAtOnce = text.size() > m_tokenLength + 1;
    const auto token = AccessToken::fromPasted(text);
    if (cameAtOnce && token) {
        const QSignalBlocker blocker(m_token);
        m_token->setText(QString::fromLatin1(token->bytes()));
        m_token->setCursorPosition(0);
    }
    m_tokenLength = m_token->text().size();
    m_forgotten = false;
    dropTestResult();
    updateAll();
}

void SettingsDialog::updateAll()
{
    const Entered values = entered();
    updateAddress(values);
    updateToken(values);
    updateKeeping(values);
    updateButtons(values);
    fitHeight();
}

void SettingsDialog::updateAddress(const Entered &values)
{
    const QString problem
        = values.address ? QString() : Wording::addressProblem(values.address.error());
    m_addressProblem->say(InlineNote::Kind::Problem, problem);
    m_address->setAccessibleDescription(problem);
}

void SettingsDialog::updateToken(const Entered &values)
{
    const bool isEmpty = m_token->text().isEmpty();
    const bool showsPresent = isEmpty && m_connection.hasToken() && usesPresentAddress();
    const QString problem
        = isEmpty || values.token ? QString() : Wording::tokenProblem(values.token.error());
    m_tokenProblem->say(InlineNote::Kind::Problem, problem);

    TokenFacts facts;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (showsPresent) {
        facts = tokenFacts(m_connection.claims(), m_connection.account(), now);
        if (m_connection.tokenState() == Connection::TokenState::Rejected) {
            facts.warning = tr("The service no longer accepts this token. Paste a new one.");
        }
    } else if (!isEmpty && values.token) {
        facts = tokenFacts(values.token->claims(), {}, now);
    }
    m_tokenFacts->setText(breakable(facts.text));
    m_tokenFacts->setVisible(!facts.text.isEmpty());
    m_tokenWarning->say(InlineNote::Kind::Warning, facts.warning);
    m_token->setAccessibleDescription(problem.isEmpty() ? facts.text : problem);
    m_token->setPlaceholderText(showsPresent ? tr("Stored; paste another to replace it")
                                             : tr("Paste an access token"));
}

/// What the keychain is asked for and has not answered yet.
QString SettingsDialog::waitingText(Connection::KeychainTask task)
{
    switch (task) {
    case Connection::KeychainTask::None:
        return {};
    case Connection::KeychainTask::Read:
        return tr("Looking for a token in the system keychain…");
    case Connection::KeychainTask::Keep:
        return tr("Putting the token into the system keychain…");
    case Connection::KeychainTask::Forget:
        return tr("Removing the token from the system keychain…");
    }
    return {};
}

/// Each address has a token of its own.
QString SettingsDialog::textForAnotherAddress() const
{
    if (m_connection.isForSessionOnly())
        return tr("Address and token are used until Jobsweep is closed and not saved.");
    return m_token->text().isEmpty()
        ? tr("Save uses the token that the system keychain has for this address, if it has one.")
        : tr("Save puts the token into the system keychain, for this address only.");
}

void SettingsDialog::updateKeeping(const Entered &values)
{
    using Kind = InlineNote::Kind;
    using Task = Connection::KeychainTask;
    const Task task = m_connection.keychainTask();
    if (m_connection.isAskingKeychain()) {
        m_keeping->say(Kind::Plain, waitingText(task));
    } else if (m_connection.hasKeychainFailed()) {
        m_keeping->say(Kind::Warning,
                       Wording::keychainFailure(task, m_connection.keychainResult()));
    } else if (values.address && !usesPresentAddress()) {
        m_keeping->say(Kind::Plain, textForAnotherAddress());
    } else if (m_connection.isForSessionOnly()) {
        m_keeping->say(Kind::Plain,
                       tr("Address and token are used until Jobsweep is closed and not saved."));
    } else if (m_forgotten) {
        m_keeping->say(Kind::Plain, tr("The token was forgotten."));
    } else if (m_connection.tokenState() == Connection::TokenState::Kept) {
        m_keeping->say(Kind::Plain,
                       tr("The token is kept in the system keychain, for this address only."));
    } else {
        m_keeping->say(Kind::Plain,
                       tr("Save puts the token into the system keychain, for this address only."));
    }
}

void SettingsDialog::updateButtons(const Entered &values)
{
    const bool isEmpty = m_token->text().isEmpty();
    const bool isRefused = !values.address || (!isEmpty && !values.token);
    const bool hasToken = !isEmpty || (m_connection.hasToken() && usesPresentAddress());
    m_save->setEnabled(!isRefused);
    // Also while it runs: the focus would go on to Forget Token, and the next Space would forget
    // it.
    m_test->setEnabled(!isRefused && hasToken);
    // A keychain that failed may have one although it gave none.
    const bool mayBeKept = m_connection.hasToken() || m_connection.isAskingKeychain()
        || m_connection.hasKeychainFailed();
    m_forget->setEnabled(usesPresentAddress() && (mayBeKept || !isEmpty));
    m_progress->setVisible(m_testing);
}

/// Sentences wrap, so what is needed depends on the width; nothing shrinks under the pointer.
void SettingsDialog::fitHeight()
{
    layout()->activate();
    const int needed = layout()->totalHeightForWidth(width());
    if (isVisible() && needed > height()) {
        resize(width(), needed);
    }
}

void SettingsDialog::test()
{
    const Entered values = entered();
    if (!values.address || m_testing) {
        return;
    }
    dropTestResult();
    m_testing = true;
    m_result->say(InlineNote::Kind::Plain, tr("Asking the service…"));
    const auto result = m_connection.test(*values.address, values.token.value_or(AccessToken()));
    whenDone(result, this, [this, serial = m_testSerial](const Result<Account> &account) {
        if (serial == m_testSerial) {
            takeTestResult(account);
        }
    });
    updateAll();
}

void SettingsDialog::takeTestResult(const Result<Account> &account)
{
    m_testing = false;
    if (account) {
        const QString name = accountName(account->displayName, account->email);
        m_result->say(InlineNote::Kind::Good,
                      name.isEmpty() ? tr("The connection works.")
                                     : tr("The connection works. Account: %1").arg(name));
    } else {
        m_result->say(InlineNote::Kind::Problem,
                      errorLine(account.error(), Occasion::TestingConnection));
    }
    updateAll();
}

void SettingsDialog::dropTestResult()
{
    ++m_testSerial;
    m_testing = false;
    m_result->say(InlineNote::Kind::Plain, {});
}

void SettingsDialog::forget()
{
    if (m_connection.hasToken()) {
        clearClipboardOf(m_connection.token());
    }
    clearToken();
    m_forgotten = true;
    m_connection.forgetToken();
    updateAll();
}

void SettingsDialog::save()
{
    const Entered values = entered();
    if (m_save->isEnabled() && values.address) {
        m_deletions->applyTo(m_settings);
        m_settings.setDetailedLog(m_detailedLog->isChecked());
        m_connection.save(*values.address, values.token.value_or(AccessToken()));
        accept();
    }
}

} // namespace Jobsweep
