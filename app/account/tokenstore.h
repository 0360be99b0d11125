// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/accesstoken.h"
#include "http/serviceaddress.h"

#include <QFuture>
#include <QObject>
#include <QQueue>

#include <functional>

namespace Jobsweep {

/// How a keychain operation ended. A store says the first four, the connection all of them.
enum class KeychainResult {
    Done,
    /// There is no entry; a locked keychain says the same when nobody unlocks it.
    NoEntry,
    /// The keychain is locked or refused us.
    Denied,
    /// There is no keychain service that could be reached, or it failed.
    Unavailable,
    /// No answer within Connection::keychainPatience.
    NoAnswer,
    /// No entry, although one was kept: the keychain is locked, or somebody else removed it.
    Withheld,
};

/// Not that there is no entry.
[[nodiscard]] bool isFailure(KeychainResult result);

/// Where the token stays between sessions. A future may take as long as a person needs for a
/// password, or for ever; no continuation is run from inside the call.
class TokenStore : public QObject
{
    Q_OBJECT

public:
    struct ReadResult
    {
        KeychainResult result = KeychainResult::NoEntry;
        AccessToken token;
    };

    using QObject::QObject;

    /// Entries are bound to the origin: a token is never read for another address.
    [[nodiscard]] virtual QFuture<ReadResult> read(const ServiceAddress &address) = 0;
    [[nodiscard]] virtual QFuture<KeychainResult> write(const ServiceAddress &address,
                                                        const AccessToken &token)
        = 0;
    /// NoEntry when there is none to be seen.
    [[nodiscard]] virtual QFuture<KeychainResult> remove(const ServiceAddress &address) = 0;
};

/// The system keychain, through QtKeychain with its insecure fallback off. Operations are carried
/// out one after the other, in the order of the calls; what fails is tried a second time, because
/// the keychain's service may have been started anew.
class SystemKeychain final : public TokenStore
{
    Q_OBJECT

public:
    using TokenStore::TokenStore;

    [[nodiscard]] QFuture<ReadResult> read(const ServiceAddress &address) override;
    [[nodiscard]] QFuture<KeychainResult> write(const ServiceAddress &address,
                                                const AccessToken &token) override;
    [[nodiscard]] QFuture<KeychainResult> remove(const ServiceAddress &address) override;

private:
    template<typename Answer>
    struct Call;

    template<typename Answer, typename Begin>
    QFuture<Answer> queue(Begin begin);
    void startNext();

    QQueue<std::function<void()>> m_waiting;
    bool m_isBusy = false;
};

} // namespace Jobsweep
