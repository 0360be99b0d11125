// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/settings.h"
#include "account/tokenstore.h"
#include "http/patience.h"
#include "http/restclient.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Jobsweep {

/// Who a token belongs to, from GET /users/me. Any field may be empty.
struct Account
{
    QString displayName;
    QString email;

    friend bool operator==(const Account &, const Account &) = default;
};

[[nodiscard]] Result<Account> parseAccount(const QByteArray &body);

/// The service address with its token and its subscription tier: reads and keeps them, and tells
/// the RestClient.
class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class TokenState {
        /// The keychain is being read.
        Reading,
        /// There is none; keychainResult() tells what the last look at the keychain came to.
        Missing,
        /// In use; kept in the keychain for the next session.
        Kept,
        /// In use, but only until the program ends: keychainResult() tells why, unless
        /// isAskingKeychain() or nothing is meant to be kept.
        SessionOnly,
        /// The service answered 401 to it.
        Rejected,
    };
    Q_ENUM(TokenState)

    /// What the keychain was asked for last.
    enum class KeychainTask { None, Read, Keep, Forget };
    Q_ENUM(KeychainTask)

    /// How long the keychain's answer is waited for; one that comes later still counts. Below the
    /// 25 s after which D-Bus gives a service up that stands still: it is there, but not answering.
    static constexpr std::chrono::milliseconds defaultKeychainPatience{20'000};

    /// Makes a client of its own for a test of settings that are not saved yet. The connection
    /// becomes its owner.
    using ClientFactory = std::function<std::unique_ptr<RestClient>()>;

    /// The references must outlive the connection.
    Connection(RestClient &client, TokenStore &store, Settings &settings, ClientFactory makeClient,
               const Patience &patience,
               std::chrono::milliseconds keychainPatience = defaultKeychainPatience,
               QObject *parent = nullptr);

    /// Reads the saved address with its tier and its token.
    void open();
    /// Uses an address and a token for this session without reading or writing the keychain or the
    /// settings, for --service-address.
    void openForSession(const ServiceAddress &address, const AccessToken &token);
    /// The demo: likewise, and what is deleted there matters to nobody after this session.
    void openTrial(const ServiceAddress &address, const AccessToken &token);
    /// Saves both and uses them, with the tier that the settings name; after openForSession() it
    /// only uses them, and the tier stays to be detected. An empty token keeps the present one if
    /// the address stays, and reads the one kept for another address.
    void save(const ServiceAddress &address, const AccessToken &token);
    /// Removes the token from memory and, also after openForSession(), from the keychain;
    /// keychainResult() tells whether it left the latter.
    void forgetToken();
    /// Repeats keychainTask(), which came to nothing.
    void askKeychainAgain();
    /// GET /users/me, then one small page of the list. An empty token stands for the present one if
    /// the address is the present one. During a pause that its service asked for, also in an
    /// earlier session, nothing is sent: the answer is a 429 with what is left of it. Changes
    /// nothing else of this connection.
    [[nodiscard]] QFuture<Result<Account>> test(const ServiceAddress &address,
                                                const AccessToken &token);

    [[nodiscard]] const ServiceAddress &address() const { return m_address; }
    [[nodiscard]] TokenState tokenState() const { return m_tokenState; }
    [[nodiscard]] bool hasToken() const { return !m_token.isEmpty(); }
    [[nodiscard]] const AccessToken &token() const { return m_token; }
    [[nodiscard]] std::optional<TokenClaims> claims() const { return m_token.claims(); }
    /// When the token ends, as it says itself; invalid when it does not say, or there is none.
    [[nodiscard]] QDateTime tokenEndsAt() const;
    /// From GET /users/me; empty until it was answered.
    [[nodiscard]] const Account &account() const { return m_account; }
    /// The account's name with its e-mail address, by which two of one name differ, or what is
    /// known of it; empty when nothing is.
    [[nodiscard]] QString accountName() const;
    [[nodiscard]] KeychainTask keychainTask() const { return m_keychainTask; }
    [[nodiscard]] bool isAskingKeychain() const { return m_keychainWait.isActive(); }
    /// What keychainTask() came to; Done as long as isAskingKeychain().
    [[nodiscard]] KeychainResult keychainResult() const { return m_keychainResult; }
    [[nodiscard]] bool hasKeychainFailed() const { return isFailure(m_keychainResult); }
    [[nodiscard]] bool isForSessionOnly() const { return m_sessionOnly; }
    /// Whether the present address is the one of openTrial().
    [[nodiscard]] bool isTrial() const { return m_trialAddress == m_address; }

signals:
    /// tokenState(), account(), isAskingKeychain() or keychainResult() changed.
    void changed();
    /// Another address is in use: everything that was listed belongs to the old one.
    void addressChanged();
    /// A token to work with arrived; the first, or one in place of a rejected one.
    void tokenArrived();
    /// It is known whose the token is, or that this cannot be found out: then `account`, which is
    /// accountName(), is empty. Not for a token that was rejected.
    void accountSettled(const QString &account);

private:
    void useAddress(const ServiceAddress &address);
    void applyTier();
    void recallPause();
    [[nodiscard]] std::optional<AskedPause> pauseOf(const ServiceAddress &address) const;
    void useToken(const AccessToken &token, TokenState state);
    void dropToken(TokenState state);
    void readToken();
    void keepToken();
    void removeToken();
    int beginAsking(KeychainTask task);
    void stopAsking();
    void giveUpAsking();
    [[nodiscard]] bool takeAnswer(int question, KeychainResult result);
    void fetchAccount();
    void takeRejection();

    RestClient &m_client;
    TokenStore &m_store;
    Settings &m_settings;
    ClientFactory m_makeClient;
    Patience m_patience;
    ServiceAddress m_address;
    AccessToken m_token;
    TokenState m_tokenState = TokenState::Missing;
    Account m_account;
    KeychainTask m_keychainTask = KeychainTask::None;
    KeychainResult m_keychainResult = KeychainResult::Done;
    QTimer m_keychainWait;
    /// Counts what the keychain was asked: an answer to an older question is no news.
    int m_keychainQuestion = 0;
    bool m_sessionOnly = false;
    std::optional<ServiceAddress> m_trialAddress;
    /// Counts the tokens: an answer about an older one is no news.
    int m_generation = 0;
    /// Whose the token is is asked in its name: with another token the asking ends.
    std::unique_ptr<QObject, QScopedPointerDeleteLater> m_accountQuestion;
};

} // namespace Jobsweep
