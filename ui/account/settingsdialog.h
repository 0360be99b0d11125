// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Jobsweep {

class DeletionSettings;
class InlineNote;

/// Asks for the service address and the access token and hands both to the connection, and for what
/// is remembered about deleting and the log. Only shows and asks; to be used with open(). The
/// token's field is empty whenever the dialog is closed.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The references must outlive the dialog.
    SettingsDialog(Connection &connection, Settings &settings, QWidget *parent = nullptr);

    void done(int result) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Entered
    {
        tl::expected<ServiceAddress, ServiceAddress::Problem> address;
        tl::expected<AccessToken, AccessToken::Problem> token;
    };

    void buildFields();
    void buildButtons();
    void layOut();
    void connectAll();
    void startAnew();
    void clearToken();
    [[nodiscard]] Entered entered() const;
    [[nodiscard]] bool usesPresentAddress() const;

    void cleanPastedToken(const QString &text);
    void updateAll();
    void updateAddress(const Entered &values);
    void updateToken(const Entered &values);
    [[nodiscard]] static QString waitingText(Connection::KeychainTask task);
    [[nodiscard]] QString textForAnotherAddress() const;
    void updateKeeping(const Entered &values);
    void updateButtons(const Entered &values);
    void fitHeight();

    void test();
    void takeTestResult(const Result<Account> &account);
    void dropTestResult();
    void forget();
    void save();

    Connection &m_connection;
    Settings &m_settings;
    QLineEdit *m_address;
    InlineNote *m_addressProblem;
    QLineEdit *m_token;
    QCheckBox *m_showToken;
    InlineNote *m_tokenProblem;
    QLabel *m_tokenFacts;
    InlineNote *m_tokenWarning;
    InlineNote *m_keeping;
    QPushButton *m_test;
    QPushButton *m_forget;
    QProgressBar *m_progress;
    InlineNote *m_result;
    DeletionSettings *m_deletions;
    QCheckBox *m_detailedLog;
    QDialogButtonBox *m_buttons;
    QPushButton *m_save;
    /// The token's remaining time is shown live.
    QTimer m_everySecond;
    qsizetype m_tokenLength = 0;
    bool m_testing = false;
    bool m_forgotten = false;
    /// Tells the answer to the present test from one to values that were changed since.
    int m_testSerial = 0;
};

} // namespace Jobsweep
