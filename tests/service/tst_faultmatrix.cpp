// SPDX-License-Identifier: GPL-3.0-or-later

// Every fault of the catalogue at every request of the program, over real sockets: one answer,
// the right one, and nothing on the wire that the rules do not allow.

#include "account/connection.h"
#include "deletion/creationrules.h"
#include "deletion/deletionrules.h"
#include "tests/support/clientonwire.h"
#include "tests/support/faketokenstore.h"
#include "tests/support/faults.h"
#include "tests/support/fixtures.h"

#include <QDeadlineTimer>
#include <QNetworkReply>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int seedsPerRow = 3;
constexpr int longestWait = 20'000;

const char *nameOf(Moment moment)
{
    switch (moment) {
    case Moment::Listing:
        return "listing";
    case Moment::Check:
        return "check";
    case Moment::Deletion:
        return "deletion";
    case Moment::Creation:
        return "creation";
    case Moment::TestAccount:
        return "token test, account";
    case Moment::TestListing:
        return "token test, listing";
    }
    Q_UNREACHABLE();
}

JobId theJob()
{
    return JobId{jobPath.section(u'/', -1)};
}

/// Waits for the event that makes it true, not for a number of milliseconds.
bool comesTrue(const std::function<bool()> &condition)
{
    QTimer wake;
    wake.start(100);
    const QDeadlineTimer limit(longestWait);
    while (!condition() && !limit.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

template<typename Value>
std::optional<ApiError> errorOf(const Result<Value> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

/// Whether it is the request that the fault is for; a test of a connection sends two.
bool isOf(Moment moment, const ReceivedRequest &request)
{
    return request.target().startsWith("/users/me") == (moment == Moment::TestAccount);
}

/// What an operation gave, however it is typed.
struct Answers
{
    QList<std::optional<ApiError>> all;
    /// What the rules of deletion make of it, and those of creation.
    bool isHeldGone = false;
    bool isHeldCreated = false;
};

/// The program's own ways to ask, in front of a service that injects.
class Stand
{
public:
    explicit Stand(const Injection &injection, Moment moment) : m_moment(moment)
    {
        countSends(&m_wire.client);
        m_wire.server.answerWith = [injection, moment](const ReceivedRequest &request) {
            if (isOf(moment, request))
                return injection.action;
            return decentAnswer(moment == Moment::TestAccount ? Moment::TestListing
                                                              : Moment::TestAccount);
        };
    }

    void ask();
    /// Whether the service has the request and the client has been told that it left: Qt tells it
    /// from another thread, a moment later.
    [[nodiscard]] bool isAsked() const
    {
        return requests() > 0 && m_sends >= m_wire.server.received.size();
    }
    /// Whether the head of an answer has arrived.
    [[nodiscard]] bool hasStatus() const;
    void passDeadline() { m_wire.clock.advance(RestClient::deadline); }
    /// How often the request of the moment came.
    [[nodiscard]] int requests() const;
    [[nodiscard]] const ScriptedServer &server() const { return m_wire.server; }
    [[nodiscard]] const Answers &answers() const { return *m_answers; }

private:
    template<typename Value>
    void take(const QFuture<Result<Value>> &future)
    {
        QFuture<Result<Value>> continued = future;
        continued.then(&m_wire.client, [answers = m_answers](const Result<Value> &result) {
            answers->all.append(errorOf(result));
            judge(result, answers.get());
        });
    }
    static void judge(const Result<JobPage> &, Answers *) { }
    static void judge(const Result<Account> &, Answers *) { }
    static void judge(const Result<JobsApi::Deleted> &result, Answers *answers)
    {
        const auto outcome = judgeDeletion(errorOf(result), {}).outcome;
        answers->isHeldGone = outcome == Outcome::Deleted || outcome == Outcome::AlreadyGone;
    }
    static void judge(const Result<JobsApi::JobReply> &result, Answers *answers)
    {
        const Result<Job> job
            = result.map([](const JobsApi::JobReply &reply) { return reply.job; });
        answers->isHeldGone = judgeCheck(job, theJob()).outcome == Outcome::Deleted;
        answers->isHeldCreated = judgeCreation(result).outcome == CreationOutcome::Created;
    }

    [[nodiscard]] QList<QNetworkReply *> replies() const
    {
        return m_wire.network.findChildren<QNetworkReply *>()
            + m_wire.client.findChildren<QNetworkReply *>();
    }
    void countSends(RestClient *client);

    Moment m_moment;
    /// Of all requests, and the replies that are listened to for it.
    qsizetype m_sends = 0;
    QSet<QNetworkReply *> m_watched;
    ClientOnWire m_wire;
    JobsApi m_api{m_wire.client};
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(u"settings.ini"_s)};
    FakeTokenStore m_store;
    Connection m_connection{m_wire.client, m_store, m_settings, [this] {
                                auto client = RestClient::withOwnLimiter(
                                    m_wire.network, m_wire.clock, [] { return 0.5; });
                                countSends(client.get());
                                return client;
                            }};
    std::shared_ptr<Answers> m_answers = std::make_shared<Answers>();
};

void Stand::countSends(RestClient *client)
{
    // It fires as a request is made, before anything of it can have left.
    QObject::connect(client, &RestClient::allowanceChanged, client, [this] {
        const QList<QNetworkReply *> all = replies();
        for (QNetworkReply *reply : all) {
            if (m_watched.contains(reply))
                continue;
            m_watched.insert(reply);
            QObject::connect(reply, &QNetworkReply::requestSent, reply, [this] { ++m_sends; });
        }
    });
}

void Stand::ask()
{
    switch (m_moment) {
    case Moment::Listing:
        return take(m_api.page({}, {}));
    case Moment::Check:
        return take(m_api.job(theJob()));
    case Moment::Deletion:
        return take(m_api.remove(theJob(), {}));
    case Moment::Creation:
        return take(m_api.create(R"({"name":"Bridge scan"})"_ba, {}));
    case Moment::TestAccount:
    case Moment::TestListing:
        return take(m_connection.test(m_wire.client.address(), tokenOf(u"secret-token"_s)));
    }
}

bool Stand::hasStatus() const
{
    const QList<QNetworkReply *> all = replies();
    return std::ranges::any_of(all, [](const QNetworkReply *reply) {
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    });
}

int Stand::requests() const
{
    return static_cast<int>(
        std::ranges::count_if(m_wire.server.received, [this](const ReceivedRequest &request) {
            return isOf(m_moment, request);
        }));
}

} // namespace

class FaultMatrixTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_faults = faults(); }
    void isAnsweredForWhatItIs_data();
    void isAnsweredForWhatItIs();
    void cleanupTestCase();

private:
    void inject(const Fault &fault, Moment moment, quint32 seed);

    QList<Fault> m_faults;
    int m_injected = 0;
};

void FaultMatrixTest::isAnsweredForWhatItIs_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<Moment>("moment");
    for (int i = 0; i < m_faults.size(); ++i) {
        for (const Moment moment : {Moment::Listing, Moment::Check, Moment::Deletion,
                                    Moment::Creation, Moment::TestAccount, Moment::TestListing}) {
            QTest::addRow("%s: %s", nameOf(moment), qUtf8Printable(m_faults.at(i).name))
                << i << moment;
        }
    }
}

void FaultMatrixTest::isAnsweredForWhatItIs()
{
    QFETCH(const int, fault);
    QFETCH(const Moment, moment);
    for (quint32 seed = 1; seed <= seedsPerRow; ++seed) {
        inject(m_faults.at(fault), moment, seed);
        if (QTest::currentTestFailed()) {
            qInfo("It was seed %u", seed);
            return;
        }
    }
}

void FaultMatrixTest::inject(const Fault &fault, Moment moment, quint32 seed)
{
    const ScriptedServer other;
    FaultPlace place{moment, QRandomGenerator(seed), other.address().toLatin1()};
    const Injection injection = fault.inject(place);
    Stand stand(injection, moment);
    ++m_injected;

    stand.ask();
    const auto isAnswered = [&stand] { return !stand.answers().all.isEmpty(); };
    using End = Injection::End;
    if (injection.end != End::ByItself) {
        QVERIFY(comesTrue([&stand] { return stand.isAsked(); }));
        if (injection.end != End::AtDeadline)
            QVERIFY(comesTrue([&] { return stand.hasStatus() || isAnswered(); }));
        QVERIFY(injection.end == End::AtDeadlineAtLatest || !isAnswered());
        stand.passDeadline();
    }
    QVERIFY(comesTrue(isAnswered));
    const std::optional<ApiError> error = stand.answers().all.constFirst();

    QStringList right;
    for (const Finding &finding : injection.findings)
        right.append(textOf(finding));
    const QString found = textOf(findingOf(error));
    QVERIFY2(right.contains(found), qUtf8Printable(u"%1, not %2"_s.arg(found, right.join(u'|'))));
    if (moment == Moment::Deletion || moment == Moment::Check)
        QCOMPARE(stand.answers().isHeldGone, injection.saysGone);
    if (moment == Moment::Creation)
        QCOMPARE(stand.answers().isHeldCreated, !error);

    QCoreApplication::processEvents(); // for a second answer or a late request
    QCOMPARE(stand.answers().all.size(), 1);
    QCOMPARE_GE(stand.requests(), 1);
    QCOMPARE_LE(stand.requests(), mostSends(injection, moment));
    if (error)
        QCOMPARE(exchangeOf(*error).sends, stand.requests());
    QCOMPARE(other.connectionCount(), 0);
}

void FaultMatrixTest::cleanupTestCase()
{
    qInfo("%d faults were injected: %d kinds", m_injected, static_cast<int>(m_faults.size()));
}

QTEST_GUILESS_MAIN(FaultMatrixTest)
#include "tst_faultmatrix.moc"
