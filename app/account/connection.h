// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/settings.h"
#include "account/tokenstore.h"
#include "http/restclient.h"

#include <QFuture>
#include <QObject>

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

/// The service address with its token: reads and keeps both, and tells the RestClient.
class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class TokenState {
        /// The keychain is being read.
        Reading,
        Missing,
        /// In use; kept in the keychain for the next session.
        Kept,
        /// In use, but only until the program ends; see keychainResult().
        SessionOnly,
        /// The service answered 401 to it.
        Rejected,
    };
    Q_ENUM(TokenState)

    /// Makes a client of its own for a test of settings that are not saved yet.
    using ClientFactory = std::function<std::unique_ptr<RestClient>()>;

    /// The references must outlive the connection.
    Connection(RestClient &client, TokenStore &store, Settings &settings, ClientFactory makeClient,
               QObject *parent = nullptr);

    /// Reads the saved address and its token.
    void open();
    /// Uses an address and a token for this session without reading or writing the keychain or the
    /// settings: the demo, and --service-address.
    void openForSession(const ServiceAddress &address, const AccessToken &token);
    /// Saves both and uses them; an empty token keeps the present one if the address stays.
    void save(const ServiceAddress &address, const AccessToken &token);
    /// Removes the token from memory and from the keychain.
    void forgetToken();
    /// GET /users/me, then one page of the list.
    [[nodiscard]] QFuture<Result<Account>> test(const ServiceAddress &address,
                                                const AccessToken &token);

    [[nodiscard]] const ServiceAddress &address() const { return m_address; }
    [[nodiscard]] TokenState tokenState() const { return m_tokenState; }
    [[nodiscard]] bool hasToken() const { return !m_token.isEmpty(); }
    [[nodiscard]] const AccessToken &token() const { return m_token; }
    [[nodiscard]] std::optional<TokenClaims> claims() const { return m_token.claims(); }
    /// From GET /users/me; empty until it was answered.
    [[nodiscard]] const Account &account() const { return m_account; }
    [[nodiscard]] KeychainResult keychainResult() const { return m_keychainResult; }
    [[nodiscard]] bool isForSessionOnly() const { return m_sessionOnly; }

signals:
    /// tokenState(), account() or keychainResult() changed.
    void changed();
    /// Another address is in use: everything that was listed belongs to the old one.
    void addressChanged();
    /// A token to work with arrived; the first, or one in place of a rejected one.
    void tokenArrived();
};

} // namespace Jobsweep
