// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/connection.h"

#include "http/codetable.h"
#include "http/whendone.h"
#include "jobs/jobquery.h"
#include "jobs/jobsapi.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QPromise>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

Q_LOGGING_CATEGORY(lcAccount, "jobsweep.account", QtInfoMsg)

constexpr std::array keychainCodes{
    std::pair{KeychainResult::Done, "done"_L1},
    std::pair{KeychainResult::NoEntry, "no_entry"_L1},
    std::pair{KeychainResult::Denied, "denied"_L1},
    std::pair{KeychainResult::Unavailable, "unavailable"_L1},
    std::pair{KeychainResult::NoAnswer, "no_answer"_L1},
    std::pair{KeychainResult::Withheld, "withheld"_L1},
};

/// The least that the service accepts as `$top`.
constexpr int smallestPage = 2;
constexpr int ok = 200;
constexpr int unauthorized = 401;

Request accountRequest()
{
    Request request;
    request.path = u"/users/me"_s;
    return request;
}

QFuture<Result<JobPage>> smallPage(JobsApi &api)
{
    return api.page(filterOwnJobs(), {}, smallestPage);
}

Result<Account> accountOf(const Result<Reply> &reply)
{
    if (!reply) {
        return tl::unexpected(reply.error());
    }
    if (reply->status != ok) {
        return tl::unexpected(asFailure(*reply));
    }
    auto account = parseAccount(reply->body);
    if (!account) {
        if (auto *malformed = std::get_if<MalformedReply>(&account.error())) {
            malformed->status = reply->status;
            malformed->contentType = reply->contentType;
            malformed->exchange = reply->exchange;
        }
    }
    return account;
}

/// What the service would say to a request that nobody sends now.
ApiError refusalDuring(const AskedPause &pause)
{
    HttpFailure refusal;
    refusal.status = 429;
    refusal.retryAfter = std::chrono::ceil<std::chrono::seconds>(pause.leftAt(pause.from));
    return refusal;
}

} // namespace

Result<Account> parseAccount(const QByteArray &body)
{
    const auto malformed = [&body](MalformedReply::Reason reason) {
        MalformedReply reply;
        reply.reason = reason;
        reply.rawBody = body.left(maximumErrorBytes);
        return tl::unexpected<ApiError>(reply);
    };
    const auto document = QJsonDocument::fromJson(body);
    if (document.isNull()) {
        return malformed(MalformedReply::Reason::NotJson);
    }
    const QJsonValue user = document.object().value("user"_L1);
    if (!user.isObject()) {
        return malformed(MalformedReply::Reason::WrongShape);
    }
    const QJsonObject fields = user.toObject();
    Account account;
    account.displayName = fields.value("displayName"_L1).toString();
    account.email = fields.value("email"_L1).toString();
    if (account.displayName.isEmpty()) {
        const QString bothNames = fields.value("givenName"_L1).toString() % u' '
            % fields.value("surname"_L1).toString();
        account.displayName = bothNames.trimmed();
    }
    return account;
}

Connection::Connection(RestClient &client, TokenStore &store, Settings &settings,
                       ClientFactory makeClient, const Patience &patience,
                       std::chrono::milliseconds keychainPatience, QObject *parent)
    : QObject(parent), m_client(client), m_store(store), m_settings(settings),
      m_makeClient(std::move(makeClient)), m_patience(patience)
{
    m_keychainWait.setSingleShot(true);
    m_keychainWait.setInterval(keychainPatience);
    m_keychainWait.callOnTimeout(this, &Connection::giveUpAsking);
    connect(this, &Connection::changed, this, [this] {
        qCDebug(lcAccount).noquote() << m_address.origin() << m_tokenState << "keychain"
                                     << codeIn(keychainCodes, m_keychainResult);
    });
    connect(&m_client, &RestClient::tokenRejected, this, &Connection::takeRejection);
    connect(&m_client, &RestClient::tierDetected, this, [this](Tier tier) {
        if (!m_sessionOnly) {
            m_settings.setDetectedTier(m_address.origin(), tier);
        }
    });
    connect(&m_client, &RestClient::pauseChanged, this, [this] {
        if (const auto pause = m_client.askedPause(); pause && !m_sessionOnly)
            m_settings.setAskedPause(m_address.origin(), *pause);
    });
}

void Connection::open()
{
    m_sessionOnly = false;
    useAddress(m_settings.serviceAddress());
    readToken();
}

void Connection::openForSession(const ServiceAddress &address, const AccessToken &token)
{
    m_sessionOnly = true;
    m_keychainTask = KeychainTask::None;
    m_keychainResult = KeychainResult::Done;
    useAddress(address);
    if (token.isEmpty()) {
        dropToken(TokenState::Missing);
    } else {
        useToken(token, TokenState::SessionOnly);
    }
}

void Connection::openTrial(const ServiceAddress &address, const AccessToken &token)
{
    m_trialAddress = address;
    openForSession(address, token);
}

void Connection::save(const ServiceAddress &address, const AccessToken &token)
{
    const bool sameAddress = address == m_address;
    if (!m_sessionOnly) {
        m_settings.setServiceAddress(address);
    }
    useAddress(address);
    if (!token.isEmpty()) {
        m_keychainTask = KeychainTask::None;
        m_keychainResult = KeychainResult::Done;
        useToken(token, TokenState::SessionOnly);
        if (!m_sessionOnly) {
            keepToken();
        }
    } else if (!sameAddress && m_sessionOnly) {
        dropToken(TokenState::Missing);
    } else if (!sameAddress) {
        readToken();
    }
}

void Connection::forgetToken()
{
    dropToken(TokenState::Missing);
    removeToken();
}

void Connection::askKeychainAgain()
{
    switch (m_keychainTask) {
    case KeychainTask::None:
        break;
    case KeychainTask::Read:
        readToken();
        break;
    case KeychainTask::Keep:
        keepToken();
        break;
    case KeychainTask::Forget:
        removeToken();
        break;
    }
}

QDateTime Connection::tokenEndsAt() const
{
    const auto saying = claims();
    return saying ? saying->expiresAt : QDateTime();
}

QFuture<Result<Account>> Connection::test(const ServiceAddress &address, const AccessToken &token)
{
    if (const auto pause = pauseOf(address)) {
        return QtFuture::makeReadyFuture(Result<Account>(tl::unexpected(refusalDuring(*pause))));
    }
    RestClient *client = m_makeClient().release();
    client->setParent(this);
    client->setAddress(address);
    client->setToken(token.isEmpty() && address == m_address ? m_token : token);
    // They use up the same allowance. Meanwhile another address may have come into use.
    connect(client, &RestClient::requestsSent, &m_client,
            [this, address](const RequestCount &count) {
                if (address == m_address)
                    m_client.rememberRequests({count});
            });
    connect(client, &RestClient::pauseChanged, &m_client, [this, client, address] {
        const auto pause = client->askedPause();
        if (pause && address == m_address)
            m_client.rememberPause(*pause);
        else if (pause && !m_sessionOnly)
            m_settings.setAskedPause(address.origin(), *pause);
    });
    auto *api = new JobsApi(*client, client);

    // Held by the client's continuations only: it is cancelled when they go with their client.
    const auto promise = std::make_shared<QPromise<Result<Account>>>();
    promise->start();
    const auto finish = [promise, client](const Result<Account> &account) {
        promise->addResult(account);
        promise->finish();
        client->deleteLater();
    };
    whenDone(client->send(accountRequest()), client, [=](const Result<Reply> &reply) {
        const Result<Account> account = accountOf(reply);
        if (!account) {
            finish(account);
            return;
        }
        whenDone(smallPage(*api), client, [=](const Result<JobPage> &page) {
            finish(page ? account : tl::unexpected(page.error()));
        });
    });
    return promise->future();
}

/// What the service of this address still wants to be waited for, as far as it told us.
std::optional<AskedPause> Connection::pauseOf(const ServiceAddress &address) const
{
    if (address == m_address)
        return m_client.askedPause();
    const QDateTime now = m_patience.clock.utc();
    const auto kept = m_settings.askedPause(address.origin());
    if (!kept || kept->leftAt(now).count() == 0)
        return {};
    return AskedPause{now, now.addMSecs(kept->leftAt(now).count())};
}

void Connection::useAddress(const ServiceAddress &address)
{
    const bool isAnother = address != m_address;
    m_address = address;
    m_client.setAddress(address);
    applyTier();
    recallPause();
    if (isAnother) {
        dropToken(TokenState::Missing);
        emit addressChanged();
    }
}

/// The person chose the tier for the saved address; what another one permits is not known.
void Connection::applyTier()
{
    m_client.setTier(m_sessionOnly ? Tier::Detect : m_settings.tier());
    const auto remembered = m_settings.detectedTier(m_address.origin());
    if (!m_sessionOnly && remembered) {
        m_client.setDetectedTier(*remembered);
    }
}

/// A restart does not shorten what the service asked for.
void Connection::recallPause()
{
    if (m_sessionOnly)
        return;
    if (const auto pause = m_settings.askedPause(m_address.origin()))
        m_client.rememberPause(*pause);
}

void Connection::useToken(const AccessToken &token, TokenState state)
{
    ++m_generation;
    m_accountQuestion.reset(new QObject);
    stopAsking();
    m_token = token;
    m_tokenState = state;
    m_account = {};
    m_client.setToken(token);
    emit changed();
    emit tokenArrived();
    fetchAccount();
}

void Connection::dropToken(TokenState state)
{
    ++m_generation;
    m_accountQuestion.reset();
    stopAsking();
    m_token = {};
    m_tokenState = state;
    m_account = {};
    m_client.setToken({});
    emit changed();
}

/// What the keychain says from now on about what it was asked before is no news.
void Connection::stopAsking()
{
    ++m_keychainQuestion;
    m_keychainWait.stop();
}

int Connection::beginAsking(KeychainTask task)
{
    stopAsking();
    m_keychainTask = task;
    m_keychainResult = KeychainResult::Done;
    m_keychainWait.start();
    emit changed();
    return m_keychainQuestion;
}

void Connection::giveUpAsking()
{
    m_keychainResult = KeychainResult::NoAnswer;
    if (m_tokenState == TokenState::Reading) {
        m_tokenState = TokenState::Missing;
    }
    emit changed();
}

/// Whether an answer is news. After we gave up, D-Bus giving up too is none.
bool Connection::takeAnswer(int question, KeychainResult result)
{
    const bool isLateFailure = !isAskingKeychain() && result == KeychainResult::Unavailable;
    if (question != m_keychainQuestion || isLateFailure) {
        return false;
    }
    stopAsking();
    m_keychainResult = result;
    // Where there was one, a keychain that is locked would say the same.
    if (result == KeychainResult::NoEntry && m_settings.isTokenKept(m_address.origin())) {
        m_keychainResult = KeychainResult::Withheld;
    }
    return true;
}

void Connection::readToken()
{
    dropToken(TokenState::Reading);
    const int question = beginAsking(KeychainTask::Read);
    whenDone(m_store.read(m_address), this, [this, question](const TokenStore::ReadResult &read) {
        if (!takeAnswer(question, read.result)) {
            return;
        }
        if (read.token.isEmpty()) {
            dropToken(TokenState::Missing);
        } else {
            m_settings.setTokenKept(m_address.origin(), true);
            useToken(read.token, TokenState::Kept);
        }
    });
}

void Connection::keepToken()
{
    const int question = beginAsking(KeychainTask::Keep);
    whenDone(m_store.write(m_address, m_token), this, [this, question](KeychainResult result) {
        if (!takeAnswer(question, result)) {
            return;
        }
        if (result == KeychainResult::Done) {
            m_settings.setTokenKept(m_address.origin(), true);
            if (m_tokenState == TokenState::SessionOnly) {
                m_tokenState = TokenState::Kept;
            }
        }
        emit changed();
    });
}

void Connection::removeToken()
{
    const int question = beginAsking(KeychainTask::Forget);
    whenDone(m_store.remove(m_address), this, [this, question](KeychainResult result) {
        if (!takeAnswer(question, result)) {
            return;
        }
        if (result == KeychainResult::Done) {
            m_settings.setTokenKept(m_address.origin(), false);
        }
        emit changed();
    });
}

void Connection::fetchAccount()
{
    askPatiently<Reply>(
        m_patience, m_accountQuestion.get(), [this] { return m_client.send(accountRequest()); },
        [this, generation = m_generation](const Result<Reply> &reply) {
            if (generation != m_generation) {
                return;
            }
            const Result<Account> account = accountOf(reply);
            if (account) {
                m_account = *account;
                emit changed();
            }
            if (account || statusOf(account.error()) != unauthorized) {
                emit accountSettled(accountName());
            }
        });
}

QString Connection::accountName() const
{
    const auto &[name, email] = m_account;
    if (name.isEmpty() || email.isEmpty() || name == email) {
        return name.isEmpty() ? email : name;
    }
    return name % " ("_L1 % email % u')';
}

void Connection::takeRejection()
{
    if (hasToken()) {
        m_tokenState = TokenState::Rejected;
        emit changed();
    }
}

} // namespace Jobsweep
