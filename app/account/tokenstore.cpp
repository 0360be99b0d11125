// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/tokenstore.h"

#include <QLibrary>
#include <QPointer>
#include <QPromise>

#include <qt6keychain/keychain.h>

#include <functional>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

bool isFailure(KeychainResult result)
{
    switch (result) {
    case KeychainResult::Done:
    case KeychainResult::NoEntry:
        return false;
    case KeychainResult::Denied:
    case KeychainResult::Unavailable:
    case KeychainResult::NoAnswer:
    case KeychainResult::Withheld:
        return true;
    }
    return true;
}

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

/// libsecret keeps one session with the keychain's service for as long as the process lives, also
/// when the service was started anew and knows nothing of it. QtKeychain has no call that ends it.
void endSessionOfLibsecret()
{
    // As QtKeychain loads it, so that it is the same copy.
    QLibrary libsecret(u"secret-1"_s, 0);
    using Disconnect = void (*)();
    if (const auto disconnect
        = reinterpret_cast<Disconnect>(libsecret.resolve("secret_service_disconnect"))) {
        disconnect();
    }
}

/// Starts a job that `make` makes, in case of an error a second one after a new beginning with the
/// keychain's service, and hands the last one to `take`. The job belongs to itself.
void runTwice(const QString &key, const std::function<QKeychain::Job *()> &make,
              const std::function<void(QKeychain::Job &)> &take, bool isSecond = false)
{
    QKeychain::Job *job = make();
    QObject::connect(job, &QKeychain::Job::finished, job, [=] {
        job->deleteLater();
        if (job->error() == QKeychain::OtherError && !isSecond) {
            endSessionOfLibsecret();
            runTwice(key, make, take, true);
        } else {
            take(*job);
        }
    });
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(key);
    job->start();
}

TokenStore::ReadResult readResultOf(const QKeychain::Job &job)
{
    if (job.error() != QKeychain::NoError) {
        return {resultOf(job.error()), {}};
    }
    const auto &read = static_cast<const QKeychain::ReadPasswordJob &>(job);
    QString text = read.textData();
    const auto token = AccessToken::fromPasted(text);
    overwrite(text);
    return token ? TokenStore::ReadResult{KeychainResult::Done, *token}
                 : TokenStore::ReadResult{KeychainResult::NoEntry, {}};
}

QKeychain::Job *makeReadJob()
{
    return new QKeychain::ReadPasswordJob(serviceName());
}

} // namespace

/// An operation's promise, which goes with its continuations when the keychain never answers.
template<typename Answer>
struct SystemKeychain::Call
{
    QPointer<SystemKeychain> keychain;
    std::shared_ptr<QPromise<Answer>> promise = std::make_shared<QPromise<Answer>>();

    void answer(const Answer &answer) const
    {
        promise->addResult(answer);
        promise->finish();
        if (keychain) {
            keychain->startNext();
        }
    }
};

template<typename Answer, typename Begin>
QFuture<Answer> SystemKeychain::queue(Begin begin)
{
    const Call<Answer> call{this};
    call.promise->start();
    m_waiting.enqueue([call, begin] { begin(call); });
    if (!m_isBusy) {
        startNext();
    }
    return call.promise->future();
}

void SystemKeychain::startNext()
{
    m_isBusy = !m_waiting.isEmpty();
    if (m_isBusy) {
        m_waiting.dequeue()();
    }
}

QFuture<TokenStore::ReadResult> SystemKeychain::read(const ServiceAddress &address)
{
    return queue<ReadResult>([key = address.origin()](const Call<ReadResult> &call) {
        runTwice(key, makeReadJob, [call](QKeychain::Job &job) { call.answer(readResultOf(job)); });
    });
}

QFuture<KeychainResult> SystemKeychain::write(const ServiceAddress &address,
                                              const AccessToken &token)
{
    const auto make = [token]() -> QKeychain::Job * {
        auto *job = new QKeychain::WritePasswordJob(serviceName());
        QString text = QString::fromLatin1(token.bytes());
        job->setTextData(text);
        overwrite(text);
        return job;
    };
    return queue<KeychainResult>([key = address.origin(), make](const Call<KeychainResult> &call) {
        runTwice(key, make, [call](QKeychain::Job &job) { call.answer(resultOf(job.error())); });
    });
}

/// Looks first: libsecret says that it has removed what a locked keychain still has.
QFuture<KeychainResult> SystemKeychain::remove(const ServiceAddress &address)
{
    return queue<KeychainResult>([key = address.origin()](const Call<KeychainResult> &call) {
        runTwice(key, makeReadJob, [call, key](QKeychain::Job &look) {
            if (look.error() != QKeychain::NoError) {
                call.answer(resultOf(look.error()));
                return;
            }
            const auto make = [] { return new QKeychain::DeletePasswordJob(serviceName()); };
            runTwice(key, make,
                     [call](QKeychain::Job &job) { call.answer(resultOf(job.error())); });
        });
    });
}

} // namespace Jobsweep
