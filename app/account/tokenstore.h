// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/accesstoken.h"
#include "http/serviceaddress.h"

#include <QFuture>
#include <QObject>

#include <chrono>

namespace Jobsweep {

/// How a keychain operation ended.
enum class KeychainResult {
    Done,
    /// Reading only: there is no entry (a locked keychain may say the same).
    NoEntry,
    /// The keychain is locked or refused us.
    Denied,
    /// There is no keychain service that could be reached, or it failed.
    Unavailable,
    /// No answer within SystemKeychain::patience.
    NoAnswer,
};

/// Where the token stays between sessions. Continuations are never run from inside the call.
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
    /// Done also when there was no entry.
    [[nodiscard]] virtual QFuture<KeychainResult> remove(const ServiceAddress &address) = 0;
};

/// The system keychain, through QtKeychain with its insecure fallback off. Operations are carried
/// out one after the other, in the order of the calls.
class SystemKeychain final : public TokenStore
{
    Q_OBJECT

public:
    /// A locked keychain may wait for a person's password; long enough for that.
    static constexpr std::chrono::milliseconds patience{60'000};

    /// `wait` takes the place of patience in tests.
    explicit SystemKeychain(QObject *parent = nullptr, std::chrono::milliseconds wait = patience);

    [[nodiscard]] QFuture<ReadResult> read(const ServiceAddress &address) override;
    [[nodiscard]] QFuture<KeychainResult> write(const ServiceAddress &address,
                                                const AccessToken &token) override;
    [[nodiscard]] QFuture<KeychainResult> remove(const ServiceAddress &address) override;

private:
    std::chrono::milliseconds m_wait;
};

} // namespace Jobsweep
