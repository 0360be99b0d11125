// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/tokenstore.h"

#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

const QString &serviceName()
{
    static const QString name = u"Jobsweep"_s;
    return name;
}

KeychainResult resultOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeychainResult::Done;
    case QKeychain::EntryNotFound:
        return KeychainResult::NoEntry;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainResult::Denied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    // What libsecret's back-end says when there is no D-Bus or no keychain to write to.
    case QKeychain::OtherError:
        return KeychainResult::Unavailable;
    }
    return KeychainResult::Unavailable;
}

/// Runs `job` and answers with what `read` makes of it, or with `noAnswer` after `wait`. The job
/// belongs to itself: the keychain's library may still call it back after we stopped waiting.
template<typename Answer, typename Read>
QFuture<Answer> run(QKeychain::Job *job, const ServiceAddress &address,
                    std::chrono::milliseconds wait, const Answer &noAnswer, Read read)
{
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto answerOnce = [promise](const Answer &answer) {
        if (!promise->future().isFinished()) {
            promise->addResult(answer);
            promise->finish();
        }
    };
    auto *timer = new QTimer(job);
    timer->setSingleShot(true);
    timer->callOnTimeout(job, [answerOnce, noAnswer] { answerOnce(noAnswer); });
    timer->start(wait);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, answerOnce, read] {
        job->deleteLater();
        answerOnce(read());
    });
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(address.origin());
    job->start();
    return promise->future();
}

} // namespace

SystemKeychain::SystemKeychain(QObject *parent, std::chrono::milliseconds wait)
    : TokenStore(parent), m_wait(wait)
{ }

QFuture<TokenStore::ReadResult> SystemKeychain::read(const ServiceAddress &address)
{
    auto *job = new QKeychain::ReadPasswordJob(serviceName());
    return run(job, address, m_wait, ReadResult{KeychainResult::NoAnswer, {}}, [job] {
        if (job->error() != QKeychain::NoError) {
            return ReadResult{resultOf(job->error()), {}};
        }
        const auto token = AccessToken::fromPasted(job->textData());
        return token ? ReadResult{KeychainResult::Done, *token}
                     : ReadResult{KeychainResult::NoEntry, {}};
    });
}

QFuture<KeychainResult> SystemKeychain::write(const ServiceAddress &address,
                                              const AccessToken &token)
{
    auto *job = new QKeychain::WritePasswordJob(serviceName());
    job->setTextData(QString::fromLatin1(token.bytes()));
    return run(job, address, m_wait, KeychainResult::NoAnswer,
               [job] { return resultOf(job->error()); });
}

QFuture<KeychainResult> SystemKeychain::remove(const ServiceAddress &address)
{
    auto *job = new QKeychain::DeletePasswordJob(serviceName());
    return run(job, address, m_wait, KeychainResult::NoAnswer, [job] {
        const KeychainResult result = resultOf(job->error());
        return result == KeychainResult::NoEntry ? KeychainResult::Done : result;
    });
}

} // namespace Jobsweep
