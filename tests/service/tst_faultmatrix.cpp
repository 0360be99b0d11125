// SPDX-License-Identifier: GPL-3.0-or-later

// Every fault of the catalogue at every request of the program, over real sockets: one answer,
// the right one, told in the right words, and nothing on the wire that the rules do not allow.

#include "account/connection.h"
#include "deletion/creationrules.h"
#include "deletion/deletionrules.h"
#include "tests/support/clientonwire.h"
#include "tests/support/faketokenstore.h"
#include "tests/support/faultruns.h"
#include "tests/support/faults.h"
#include "tests/support/faultsentences.h"
#include "tests/support/wiresends.h"
#include "ui/errorwording.h"

#include <QTemporaryDir>

#include <algorithm>
#include <memory>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

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

/// What the person was doing.
Occasion occasionOf(Moment moment)
{
    switch (moment) {
    case Moment::Listing:
        return Occasion::Listing;
    case Moment::Check:
        return Occasion::Checking;
    case Moment::Deletion:
        return Occasion::Deleting;
    case Moment::Creation:
        return Occasion::Creating;
    case Moment::TestAccount:
    case Moment::TestListing:
        return Occasion::TestingConnection;
    }
    Q_UNREACHABLE();
}

JobId theJob()
{
    return JobId{jobPath.section(u'/', -1)};
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
        m_sends.watch(&m_wire.client);
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
        return requests() > 0 && m_sends.sent() >= m_wire.server.received.size();
    }
    /// Whether the head of an answer has arrived.
    [[nodiscard]] bool hasStatus() const { return m_sends.hasStatus(); }
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

    Moment m_moment;
    ClientOnWire m_wire;
    WireSends m_sends{m_wire.network};
    JobsApi m_api{m_wire.client};
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(u"settings.ini"_s)};
    FakeTokenStore m_store;
    Connection m_connection{m_wire.client, m_store, m_settings,
                            [this] {
                                auto client = RestClient::withOwnLimiter(
                                    m_wire.network, m_wire.clock, [] { return 0.5; });
                                m_sends.watch(client.get());
                                return client;
                            },
                            Patience{m_wire.clock, [] { return 0.5; }}};
    std::shared_ptr<Answers> m_answers = std::make_shared<Answers>();
};

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
    FaultFigures m_figures;
    Heartbeat m_heartbeat;
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
    ++m_figures.rows;
    withEachSeed([&](quint32 seed) { inject(m_faults.at(fault), moment, seed); });
}

void FaultMatrixTest::inject(const Fault &fault, Moment moment, quint32 seed)
{
    const ScriptedServer other;
    FaultPlace place{moment, QRandomGenerator(seed), other.address().toLatin1()};
    const Injection injection = fault.inject(place);
    Stand stand(injection, moment);
    ++m_figures.injected;

    stand.ask();
    const auto isAnswered = [&stand] { return !stand.answers().all.isEmpty(); };
    using End = Injection::End;
    if (injection.end != End::ByItself) {
        QVERIFY(comesTrue(&m_heartbeat, [&stand] { return stand.isAsked(); }));
        if (injection.end != End::AtDeadline)
            QVERIFY(comesTrue(&m_heartbeat, [&] { return stand.hasStatus() || isAnswered(); }));
        QVERIFY(injection.end == End::AtDeadlineAtLatest || !isAnswered());
        stand.passDeadline();
    }
    const bool hasEnded = comesTrue(&m_heartbeat, isAnswered);
    m_figures.lost += hasEnded ? 0 : 1;
    QVERIFY(hasEnded);
    const std::optional<ApiError> error = stand.answers().all.constFirst();

    QStringList right;
    for (const Finding &finding : injection.findings)
        right.append(textOf(finding));
    const QString found = textOf(findingOf(error));
    QVERIFY2(right.contains(found), qUtf8Printable(u"%1, not %2"_s.arg(found, right.join(u'|'))));
    const qsizetype which = right.indexOf(found);
    QCOMPARE(error ? errorText(*error, occasionOf(moment)).what : QString(),
             sentenceFor(fault, injection.findings.at(which), moment));
    if (moment == Moment::Deletion || moment == Moment::Check) {
        const bool isDone = moment == Moment::Deletion && !error;
        const bool mayBeGone = injection.saysGone || isDone;
        m_figures.falseDeleted += stand.answers().isHeldGone && !mayBeGone ? 1 : 0;
        m_figures.falseFailed += !stand.answers().isHeldGone && mayBeGone ? 1 : 0;
        QCOMPARE(stand.answers().isHeldGone, mayBeGone);
    }
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
    m_figures.print(m_heartbeat);
    QCOMPARE_LT(m_heartbeat.worst(), Heartbeat::longestAllowed);
}

QTEST_GUILESS_MAIN(FaultMatrixTest)
#include "tst_faultmatrix.moc"
