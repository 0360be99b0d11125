// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/tokenstore.h"

#include <QHash>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

namespace Jobsweep::Testing {

/// A keychain in memory. Answers through the event loop, in the order of the calls, and only while
/// it is not held.
class FakeTokenStore final : public TokenStore
{
public:
    using TokenStore::TokenStore;

    /// What every operation answers while it is not Done; NoEntry is that of a locked keychain.
    KeychainResult refusal = KeychainResult::Done;
    /// By origin.
    QHash<QString, AccessToken> entries;
    int reads = 0;
    int writes = 0;
    int removals = 0;

    [[nodiscard]] QFuture<ReadResult> read(const ServiceAddress &address) override
    {
        ++reads;
        return answer<ReadResult>([this, origin = address.origin()]() -> ReadResult {
            if (refusal != KeychainResult::Done) {
                return {refusal, {}};
            }
            const AccessToken token = entries.value(origin);
            return {token.isEmpty() ? KeychainResult::NoEntry : KeychainResult::Done, token};
        });
    }

    [[nodiscard]] QFuture<KeychainResult> write(const ServiceAddress &address,
                                                const AccessToken &token) override
    {
        ++writes;
        return answer<KeychainResult>([this, origin = address.origin(), token] {
            if (refusal == KeychainResult::Done) {
                entries.insert(origin, token);
            }
            return refusal;
        });
    }

    [[nodiscard]] QFuture<KeychainResult> remove(const ServiceAddress &address) override
    {
        ++removals;
        return answer<KeychainResult>([this, origin = address.origin()] {
            if (refusal != KeychainResult::Done) {
                return refusal;
            }
            return entries.remove(origin) ? KeychainResult::Done : KeychainResult::NoEntry;
        });
    }

    /// Keeps every answer back until release().
    void hold() { m_held = true; }
    void release()
    {
        m_held = false;
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto &call : waiting) {
            call();
        }
    }

private:
    template<typename Answer, typename Carry>
    QFuture<Answer> answer(Carry carryOut)
    {
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        QTimer::singleShot(0, this, [this, promise, carryOut] {
            const auto finish = [promise, carryOut] {
                promise->addResult(carryOut());
                promise->finish();
            };
            if (m_held) {
                m_waiting << finish;
            } else {
                finish();
            }
        });
        return promise->future();
    }

    bool m_held = false;
    QList<std::function<void()>> m_waiting;
};

} // namespace Jobsweep::Testing
