// SPDX-License-Identifier: GPL-3.0-or-later

// Lists that no decent service sends, jobs that change between list and deletion, and answers that
// come in another order than the requests, over real sockets.

#include "deletion/deletionqueue.h"
#include "jobs/joblister.h"
#include "tests/support/clientonwire.h"
#include "tests/support/fakehistory.h"
#include "tests/support/faultruns.h"
#include "tests/support/fixtures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using State = JobLister::State;

namespace {

QJsonObject jobObject(const QJsonValue &id, const QString &state = u"unsubmitted"_s)
{
    return {{u"id"_s, id}, {u"state"_s, state}, {u"name"_s, u"Bridge scan"_s}};
}

/// Without a next page when `href` is empty.
WireAction page(const QJsonArray &jobs, const QString &href = {})
{
    QJsonObject root{{u"jobs"_s, jobs}};
    if (!href.isEmpty())
        root.insert(u"_links"_s, QJsonObject{{u"next"_s, QJsonObject{{u"href"_s, href}}}});
    return WireAction::withStatus(200, QJsonDocument(root).toJson());
}

QString continuationOf(const ReceivedRequest &request)
{
    const QUrlQuery query(QUrl(QString::fromLatin1(request.target())));
    return QUrl::fromPercentEncoding(
        query.queryItemValue(u"continuationToken"_s, QUrl::FullyEncoded).toLatin1());
}

/// What lists and deletes, in front of a scripted service.
struct Program : ClientOnWire
{
    explicit Program(const JobLister::Bounds &bounds = JobLister::defaultBounds())
        : lister(
            api, model, clock, [] { return 1.0; }, bounds)
    { }
    [[nodiscard]] bool list(const JobQuery &query = {})
    {
        lister.start(query);
        return comesTrue(&heartbeat, [this] { return lister.state() != State::Loading; });
    }
    [[nodiscard]] qsizetype deletions() const
    {
        return std::ranges::count_if(server.received, [](const ReceivedRequest &request) {
            return request.verb() == "DELETE"_ba;
        });
    }
    [[nodiscard]] Outcome outcomeOf(const QString &id) const
    {
        const RunItem *item = queue.item({id});
        return item && item->outcome ? *item->outcome : Outcome::Cancelled;
    }

    Heartbeat heartbeat;
    JobsApi api{client};
    JobModel model;
    FakeHistory history;
    DeletionQueue queue{api, model, history, clock, [] { return 1.0; }};
    JobLister lister;
};

} // namespace

class OddListingsTest final : public QObject
{
    Q_OBJECT

private slots:
    void listWithoutEndIsEnded_data();
    void listWithoutEndIsEnded();
    void onlyTheTokenOfALinkIsUsed_data();
    void onlyTheTokenOfALinkIsUsed();
    void hostileIdsAreShownAndNeverSent_data();
    void hostileIdsAreShownAndNeverSent();
    void sameIdOnTwoPagesIsOneRow();
    void submittedAfterTheListIsRefused();
    void answersInAnotherOrderBelongToTheirJobs();
    void listsInAnotherOrderComeTogether();
};

void OddListingsTest::listWithoutEndIsEnded_data()
{
    using Reason = MalformedReply::Reason;
    QTest::addColumn<bool>("isSameToken");
    QTest::addColumn<bool>("hasJobs");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("the same token for ever") << true << true << Reason::RepeatedPage;
    QTest::newRow("the same token, no jobs") << true << false << Reason::RepeatedPage;
    QTest::newRow("new tokens for ever") << false << true << Reason::TooManyPages;
    QTest::newRow("new tokens, no jobs") << false << false << Reason::TooManyPages;
}

void OddListingsTest::listWithoutEndIsEnded()
{
    QFETCH(const bool, isSameToken);
    QFETCH(const bool, hasJobs);
    QFETCH(const MalformedReply::Reason, reason);
    constexpr int mostPages = 20;
    Program program({.pages = mostPages});
    int answered = 0;
    program.server.answerWith = [&](const ReceivedRequest &) {
        const int number = answered++;
        QJsonArray jobs;
        if (hasJobs)
            jobs.append(jobObject(u"job-%1"_s.arg(number)));
        return page(jobs, u"/?continuationToken=t%1"_s.arg(isSameToken ? 0 : number));
    };

    QVERIFY(program.list());

    QCOMPARE(program.lister.state(), State::Failed);
    const ApiError error = program.lister.error().value();
    QVERIFY(std::holds_alternative<MalformedReply>(error));
    QCOMPARE(std::get<MalformedReply>(error).reason, reason);
    QCOMPARE(answered, isSameToken ? 2 : mostPages);
    QCOMPARE(program.model.rowCount(), hasJobs ? answered : 0);
}

void OddListingsTest::onlyTheTokenOfALinkIsUsed_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("plain") << u"t1"_s;
    QTest::newRow("base64") << u"eyJhIjoxfQ==+/"_s;
    QTest::newRow("another query") << u"a&$top=1#b?c"_s;
    QTest::newRow("end of line") << u"a\r\nX-Injected: 1\r\n\r\nDELETE /"_s;
    QTest::newRow("not ASCII") << u"\u00e9 \u6f22"_s;
    QTest::newRow("percent") << u"%2e%2e%2f"_s;
    QTest::newRow("10 kB") << QString(10'000, u'x');
}

/// Whatever address it stands in.
void OddListingsTest::onlyTheTokenOfALinkIsUsed()
{
    QFETCH(const QString, token);
    const ScriptedServer other;
    Program program;
    program.server.answerWith = [&](const ReceivedRequest &request) {
        if (!continuationOf(request).isEmpty())
            return page({jobObject(u"job-2"_s)});
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(token));
        return page({jobObject(u"job-1"_s)},
                    QString(other.address() % u"/x?continuationToken="_s % encoded));
    };

    QVERIFY(program.list());

    QCOMPARE(program.lister.state(), State::Complete);
    QCOMPARE(program.model.rowCount(), 2);
    QCOMPARE(program.server.received.size(), 2);
    const ReceivedRequest &second = program.server.received.constLast();
    QCOMPARE(continuationOf(second), token);
    QVERIFY(second.target().startsWith("/contextcapture/jobs?"));
    QVERIFY(second.headers("X-Injected").isEmpty());
    QCOMPARE(other.connectionCount(), 0);
}

void OddListingsTest::hostileIdsAreShownAndNeverSent_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id :
         {".", "..", "a/b", "../x", "%2e%2e", "a%2fb", "a?b", "a#b", "a b", " ", "a\\b", "a\r\nb",
          "*", "9e2d27cf;x", "9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad/../x"}) {
        QTest::addRow("%s", qPrintable(QString::fromLatin1(id).toHtmlEscaped().simplified()))
            << QString::fromLatin1(id);
    }
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s;
    QTest::newRow("full-width dots") << u"\uff0e\uff0e"_s;
    QTest::newRow("right to left") << u"a\u202eb"_s;
    QTest::newRow("not ASCII") << u"j\u00f6b"_s;
    QTest::newRow("10 kB") << QString(10'000, u'a');
}

void OddListingsTest::hostileIdsAreShownAndNeverSent()
{
    QFETCH(const QString, id);
    Program program;
    program.server.answerWith = [id](const ReceivedRequest &request) {
        if (request.verb() == "DELETE"_ba)
            return WireAction::withStatus(204);
        return page({jobObject(id), jobObject(QJsonValue::Null), jobObject(7), jobObject(u""_s),
                     jobObject(u"job-1"_s)});
    };
    QVERIFY(program.list());
    const int row = program.model.rowOf({id});
    QVERIFY(row >= 0);
    QCOMPARE(program.model.rowCount(), 2); // what has no id of its own is no job
    QCOMPARE(program.model.obstacleAt(row), Obstacle::UnsafeId);
    QVERIFY(!program.model.isDeletableAt(row));

    QCOMPARE(program.queue.start({{id}, {u"job-1"_s}, {u""_s}, {}}), 1);

    QVERIFY(comesTrue(&program.heartbeat, [&] { return !program.queue.isBusy(); }));
    QCOMPARE(program.deletions(), 1);
    QCOMPARE(program.server.received.constLast().target(), "/contextcapture/jobs/job-1"_ba);
}

void OddListingsTest::sameIdOnTwoPagesIsOneRow()
{
    Program program;
    program.server.answerWith = [](const ReceivedRequest &request) {
        if (continuationOf(request).isEmpty()) {
            return page({jobObject(u"a"_s), jobObject(u"a"_s), jobObject(u"b"_s)},
                        u"/?continuationToken=1"_s);
        }
        return page({jobObject(u"c"_s), jobObject(u"a"_s, u"active"_s)});
    };

    QVERIFY(program.list());

    QCOMPARE(program.lister.state(), State::Complete);
    QCOMPARE(program.model.rowCount(), 3);
    // What came last holds.
    const int row = program.model.rowOf({u"a"_s});
    QCOMPARE(program.model.jobAt(row).state, JobState::Active);
    QCOMPARE(program.queue.start({{u"a"_s}}), 0);
    QCOMPARE(program.deletions(), 0);
}

void OddListingsTest::submittedAfterTheListIsRefused()
{
    Program program;
    program.server.answerWith = [](const ReceivedRequest &request) {
        if (request.target().startsWith("/contextcapture/jobs?"))
            return page({jobObject(u"a"_s), jobObject(u"b"_s)});
        if (request.verb() == "GET"_ba) {
            const QJsonObject job{{u"job"_s, jobObject(u"a"_s, u"active"_s)}};
            return WireAction::withStatus(200, QJsonDocument(job).toJson());
        }
        return request.target().endsWith("/a")
            ? WireAction::withStatus(422, fixture(u"422-delete.json"_s))
            : WireAction::withStatus(204);
    };
    QVERIFY(program.list());

    QCOMPARE(program.queue.start({{u"a"_s}, {u"b"_s}}), 2);

    QVERIFY(comesTrue(&program.heartbeat, [&] {
        const Job *job = program.model.find({u"a"_s});
        return !program.queue.isBusy() && job && job->state == JobState::Active;
    }));
    QCOMPARE(program.outcomeOf(u"a"_s), Outcome::Refused);
    QCOMPARE(program.outcomeOf(u"b"_s), Outcome::Deleted);
    QCOMPARE(program.deletions(), 2);
    QVERIFY(!program.model.isDeletableAt(program.model.rowOf({u"a"_s})));
}

void OddListingsTest::answersInAnotherOrderBelongToTheirJobs()
{
    const QList<std::pair<int, Outcome>> cases{
        {204, Outcome::Deleted}, {404, Outcome::AlreadyGone}, {403, Outcome::Failed},
        {204, Outcome::Deleted}, {404, Outcome::AlreadyGone}, {204, Outcome::Deleted},
    };
    Program program;
    QJsonArray jobs;
    QList<JobId> ids;
    for (int i = 0; i < cases.size(); ++i) {
        ids.append({u"job-%1"_s.arg(i)});
        jobs.append(jobObject(ids.constLast().text));
    }
    // Good answers first, so that as many requests are let go at once.
    program.server.answerWith = [&](const ReceivedRequest &) { return page(jobs); };
    for (int i = 0; i < 20; ++i)
        QVERIFY(program.list());
    program.server.answerWith = [&](const ReceivedRequest &request) {
        const int number = request.target().split('-').constLast().toInt();
        const int status = cases.at(number).first;
        WireAction action = WireAction::withStatus(
            status, status == 404 ? fixture(u"404-job-not-found.json"_s) : QByteArray());
        action.isHeld = true;
        return action;
    };

    QCOMPARE(program.queue.start(ids), ids.size());

    QVERIFY(
        comesTrue(&program.heartbeat, [&] { return program.server.heldCount() == ids.size(); }));
    while (program.server.heldCount() > 0)
        program.server.answerHeld(program.server.heldCount() - 1);
    QVERIFY(comesTrue(&program.heartbeat, [&] { return !program.queue.isBusy(); }));
    for (int i = 0; i < cases.size(); ++i)
        QCOMPARE(program.outcomeOf(ids.at(i).text), cases.at(i).second);
}

void OddListingsTest::listsInAnotherOrderComeTogether()
{
    Program program;
    int number = 0;
    program.server.answerWith = [&](const ReceivedRequest &request) {
        const bool isFirst = continuationOf(request).isEmpty();
        ++number;
        WireAction action = page({jobObject(u"job-%1"_s.arg(number))},
                                 isFirst ? u"/?continuationToken=%1"_s.arg(number) : QString());
        action.isHeld = true;
        return action;
    };

    JobQuery query;
    for (int i = 0; i < 2; ++i)
        query.iTwinIds.append(u"11111111-0000-4000-8000-00000000000%1"_s.arg(i));
    program.lister.start(query);
    QVERIFY(comesTrue(&program.heartbeat, [&] {
        // The later of the two first, as soon as both are asked for.
        if (number < 2)
            return false;
        if (program.server.heldCount() > 0)
            program.server.answerHeld(program.server.heldCount() - 1);
        return program.lister.state() != State::Loading;
    }));

    QCOMPARE(program.lister.state(), State::Complete);
    QCOMPARE(number, 4);
    QCOMPARE(program.model.rowCount(), 4);
}

QTEST_GUILESS_MAIN(OddListingsTest)
#include "tst_oddlistings.moc"
