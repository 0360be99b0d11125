// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/joblister.h"
#include "tests/support/deletionworld.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = JobLister::State;

namespace {

struct ListingWorld : DeletionWorld
{
    JobLister lister{api, model, clock, [] { return 1.0; }};
    const JobQuery drafts{};

    /// What each list of an iTwin is answered, page by page.
    QHash<QString, QList<Answer>> answerByITwin;

    void answerFromITwins()
    {
        network.answerWith = [this](const Seen &seen) {
            const QString filter
                = QUrlQuery(seen.url).queryItemValue(u"$filter"_s, QUrl::FullyDecoded);
            return answerByITwin[filter.section(u' ', 2, 2)].takeFirst();
        };
    }
    /// All that was asked for so far.
    [[nodiscard]] QStringList filters() const
    {
        QStringList all;
        for (int request = 0; request < network.seen.size(); ++request)
            all.append(queryItem(request, u"$filter"_s));
        return all;
    }
    [[nodiscard]] QString filter(FilterForm form) const
    {
        return filterExpressions(drafts, form, clock.utc()).constFirst();
    }
    [[nodiscard]] QString queryItem(int request, const QString &name) const
    {
        return QUrlQuery(network.seen.at(request).url).queryItemValue(name, QUrl::FullyDecoded);
    }
};

Answer page(const QStringList &ids, const QByteArray &nextToken = {})
{
    QByteArrayList jobs;
    for (const QString &id : ids)
        jobs.append(R"({"state":"unsubmitted","id":")" + id.toLatin1() + "\"}");
    QByteArray links;
    if (!nextToken.isEmpty()) {
        links = R"(,"_links":{"next":{"href":"https://evil.example/jobs?continuationToken=)"
            + nextToken + "\"}}";
    }
    return Answer::ok("{\"jobs\":[" + jobs.join(',') + "]" + links + "}");
}

Answer refusedFilter()
{
    return Answer::withStatus(422, R"({"error":{"code":"InvalidRealityModelingRequest"}})");
}

} // namespace

/// Listing: pages, tokens, stops, refreshes, and every way in which it ends.
class JobListerTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void followsTokensOnItsOwnAddress()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s, u"b"_s}, "t%2B1"), page({}, "t2"), page({u"c"_s})};
        w.lister.start(w.drafts);
        QCOMPARE(w.lister.state(), State::Loading);
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.lister.loaded(), 3);
        QCOMPARE(w.model.rowCount(), 3);
        QCOMPARE(w.network.seen.size(), 3);
        for (int request = 0; request < 3; ++request) {
            QCOMPARE(w.network.seen.at(request).url.host(), u"api.bentley.com"_s);
            QCOMPARE(w.network.seen.at(request).url.path(), u"/contextcapture/jobs"_s);
            QCOMPARE(w.queryItem(request, u"$top"_s), u"1000"_s);
            QCOMPARE(w.queryItem(request, u"$filter"_s), w.filter(FilterForm::Full));
        }
        QVERIFY(!QUrlQuery(w.network.seen.at(0).url).hasQueryItem(u"continuationToken"_s));
        QCOMPARE(w.queryItem(1, u"continuationToken"_s), u"t+1"_s);
        QVERIFY(w.network.seen.at(1).url.toEncoded().contains("continuationToken=t%2B1"));
        QCOMPARE(w.queryItem(2, u"continuationToken"_s), u"t2"_s);
    }

    void whatIsNoJobIsCounted()
    {
        ListingWorld w;
        w.network.answers
            = {Answer::ok(R"({"jobs":[{"id":"","state":"active"},{"id":"a","state":"active"}]})"),
               page({u"a"_s})};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.loaded(), 1);
        QCOMPARE(w.lister.unreadable(), 1);
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.unreadable(), 0);
    }

    void rowsArrivePageByPage()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s}, "t1"), Answer::hang()};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.model.rowCount(), 1);
        QCOMPARE(w.lister.state(), State::Loading);
    }

    void theNextPageIsAskedForBeforeThisOneIsTakenIn()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s}, "t1"), page({u"b"_s})};
        qsizetype asked = 0;
        connect(&w.model, &QAbstractItemModel::rowsInserted, &w.model, [&] {
            if (asked == 0)
                asked = w.network.seen.size();
        });
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(asked, 2);
        QCOMPARE(w.model.rowCount(), 2);
    }

    void asksWithoutTheStateTermWhenItIsRefused()
    {
        ListingWorld w;
        w.network.answers = {refusedFilter(), page({u"a"_s}, "t1"), page({u"b"_s})};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        for (const int request : {1, 2}) {
            QCOMPARE(w.queryItem(request, u"$filter"_s), w.filter(FilterForm::WithoutState));
        }
    }

    void aRefusedFilterWithoutStateTermIsAnError()
    {
        ListingWorld w;
        w.network.answers = {refusedFilter(), refusedFilter()};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(statusOf(*w.lister.error()), 422);
    }

    void stopKeepsWhatIsThereAndDropsTheLateAnswer()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s}, "t1"), Answer::hang()};
        w.lister.start(w.drafts);
        w.settle();
        w.lister.stop();
        QCOMPARE(w.lister.state(), State::Stopped);
        w.network.answerHanging(page({u"late"_s}));
        w.settle();
        QCOMPARE(w.model.rowCount(), 1);
        QCOMPARE(w.lister.state(), State::Stopped);
    }

    void aRefreshKeepsRowsAndDropsAnswersOfTheOldListing()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s, u"b"_s}), Answer::hang(), page({u"b"_s, u"c"_s})};
        w.lister.start(w.drafts);
        w.settle();
        const QSignalSpy reset(&w.model, &QAbstractItemModel::modelReset);
        w.lister.start(w.drafts); // hangs
        w.settle();
        w.lister.start(w.drafts);
        w.settle();
        w.network.answerHanging(page({u"stale"_s}));
        w.settle();
        QVERIFY(!w.model.find({u"stale"_s}));
        QVERIFY(!w.model.find({u"a"_s}));
        QVERIFY(w.model.find({u"b"_s}) && w.model.find({u"c"_s}));
        QVERIFY(reset.isEmpty());
    }

    void anotherQueryBeginsWithAnEmptyTable()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s}), Answer::hang()};
        w.lister.start(w.drafts);
        w.settle();
        w.lister.start({.iTwinIds = {u"other"_s}, .state = {}});
        QCOMPARE(w.model.rowCount(), 0);
    }

    void circlesEndWithAnError_data()
    {
        QTest::addColumn<bool>("newIds");
        QTest::newRow("the same token again") << true;
        QTest::newRow("nothing but known jobs") << false;
    }
    void circlesEndWithAnError()
    {
        QFETCH(bool, newIds);
        ListingWorld w;
        int number = 0;
        w.network.answerWith = [&number, newIds](const Seen &) {
            ++number;
            return newIds ? page({QString::number(number)}, "same")
                          : page({u"a"_s}, QByteArray::number(number));
        };
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.network.seen.size(), 2);
        const auto *error = std::get_if<MalformedReply>(&*w.lister.error());
        QVERIFY(error && error->reason == MalformedReply::Reason::RepeatedPage);
        QVERIFY(w.model.rowCount() > 0); // what had arrived is kept
    }

    void listingsWithoutEndAreEnded_data()
    {
        QTest::addColumn<int>("pages");
        QTest::addColumn<int>("jobs");
        QTest::addColumn<int>("reason");
        QTest::newRow("pages") << 3 << 1000
                               << static_cast<int>(MalformedReply::Reason::TooManyPages);
        QTest::newRow("jobs") << 1000 << 3 << static_cast<int>(MalformedReply::Reason::TooManyJobs);
    }
    void listingsWithoutEndAreEnded()
    {
        QFETCH(int, pages);
        QFETCH(int, jobs);
        QFETCH(int, reason);
        ListingWorld w;
        JobLister bounded(w.api, w.model, w.clock, [] { return 1.0; }, {pages, jobs});
        int number = 0;
        w.network.answerWith = [&number](const Seen &) {
            ++number;
            return page({QString::number(number)}, "t" + QByteArray::number(number));
        };
        bounded.start(w.drafts);
        w.settle();
        QCOMPARE(bounded.state(), State::Failed);
        QCOMPARE(w.network.seen.size(), 3);
        const auto *error = std::get_if<MalformedReply>(&*bounded.error());
        QVERIFY(error);
        QCOMPARE(static_cast<int>(error->reason), reason);
        QCOMPARE(JobLister::defaultBounds().pages, 10'000);
        QCOMPARE(JobLister::defaultBounds().jobs, 1'000'000);
    }

    void boundThatIsBrokenIsNobodysOwn()
    {
        ListingWorld w;
        JobLister bounded(w.api, w.model, w.clock, [] { return 1.0; }, {2, 1000});
        w.answerByITwin = {{u"x"_s, {page({u"x1"_s}, "t1"), page({u"x2"_s}, "t2")}},
                           {u"y"_s, {page({u"y1"_s}, "t3"), page({u"y2"_s}, "t4")}}};
        w.answerFromITwins();
        bounded.start({.iTwinIds = {u"x"_s, u"y"_s}, .state = {}});
        w.settle();
        QCOMPARE(bounded.state(), State::Failed);
        QCOMPARE(bounded.failures().size(), 1);
        // Neither list came to its end, so neither is named alone.
        QCOMPARE(bounded.failures().at(0).iTwinId, QString());
    }

    void brokenPagesFail_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("HTML") << "<html>hello</html>"_ba;
        QTest::newRow("truncated") << "{\"jobs\":[{"_ba;
        QTest::newRow("other shape") << "{\"jobs\":7}"_ba;
    }
    void brokenPagesFail()
    {
        QFETCH(QByteArray, body);
        ListingWorld w;
        w.network.answers = {page({u"a"_s}, "t1"), Answer::ok(body)};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        const auto *error = std::get_if<MalformedReply>(&*w.lister.error());
        QVERIFY(error);
        QCOMPARE(error->rawBody, body);
        QCOMPARE(error->status, 200);
        QCOMPARE(w.model.rowCount(), 1);
    }

    void passingTroubleIsTriedAgain()
    {
        ListingWorld w;
        w.network.answers = {Answer::withStatus(502), Answer::refused(), page({u"a"_s})};
        w.lister.start(w.drafts);
        for (int i = 0; i < 10 && w.lister.state() == State::Loading; ++i) {
            w.settle();
            w.clock.advance(10s);
        }
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.model.rowCount(), 1);
    }

    void lastingTroubleEndsAfterTheNamedAttempts()
    {
        ListingWorld w;
        w.network.answerWith = [](const Seen &) { return Answer::withStatus(500); };
        w.lister.start(w.drafts);
        for (int i = 0; i < 20; ++i)
            w.pass(60s);
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.network.seen.size(), JobLister::maximumAttempts);
    }

    void finalAnswersAreNotTriedAgain_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 400, 401, 403, 404, 410})
            QTest::addRow("%d", status) << status;
    }
    void finalAnswersAreNotTriedAgain()
    {
        QFETCH(int, status);
        ListingWorld w;
        w.network.answerWith = [status](const Seen &) { return Answer::withStatus(status); };
        w.lister.start({.state = {}});
        w.settle();
        w.pass(10min);
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(statusOf(*w.lister.error()), status);
        QCOMPARE(w.network.seen.size(), 1);
    }

    void a429IsWaitedOut()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s}, "t1"), answerThrottled("20")};
        w.lister.start(w.drafts);
        w.settle();
        QCOMPARE(w.lister.state(), State::Loading);
        QVERIFY(w.client.pausedUntil().has_value());
        w.pass(19'999ms);
        QCOMPARE(w.network.seen.size(), 2);
        w.network.answers = {page({u"b"_s})};
        w.pass(1ms);
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.model.rowCount(), 2);
    }

    void onlyPublishedFormsAreTheLastThatIsAskedWith()
    {
        ListingWorld w;
        w.network.answers = {refusedFilter(), refusedFilter(), page({u"a"_s})};
        w.lister.start({.iTwinIds = {u"x"_s}, .types = {u"Full"_s}});
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.filters(),
                 QStringList({u"iTwinId eq x and state eq unsubmitted and type in ('Full')"_s,
                              u"iTwinId eq x and type in ('Full')"_s, u"iTwinId eq x"_s}));
    }

    void iTwinsAreListedAtTheSameTimeEachInItsOwnPages()
    {
        ListingWorld w;
        w.answerByITwin = {{u"x"_s, {page({u"x1"_s}, "same"), page({u"x2"_s})}},
                           {u"y"_s, {page({u"y1"_s}, "same"), page({u"y2"_s})}}};
        w.answerFromITwins();
        w.lister.start({.iTwinIds = {u"x"_s, u"y"_s, u"x"_s}, .state = {}});
        QCoreApplication::processEvents();
        QCOMPARE(w.network.seen.size(), 2);
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.network.seen.size(), 4);
        QCOMPARE(w.model.rowCount(), 4);
        QVERIFY(w.lister.failures().isEmpty());
    }

    void notMoreListsAtOnceThanNamed()
    {
        ListingWorld w;
        w.network.answerWith = [](const Seen &) { return Answer::hang(); };
        JobQuery many{.state = {}};
        for (int number = 0; number < 20; ++number)
            many.iTwinIds.append(QString::number(number));
        w.lister.start(many);
        w.settle();
        const auto requests = w.network.seen.size();
        QVERIFY(requests <= JobLister::listsAtOnce);
        w.lister.stop();
        w.settle();
        QCOMPARE(w.model.rowCount(), 0);
        QCOMPARE(w.lister.state(), State::Stopped);
    }

    void anITwinThatFailsDoesNotEndTheOthers()
    {
        ListingWorld w;
        const Answer gone = Answer::withStatus(404, R"({"error":{"code":"iTwinNotFound"}})");
        w.answerByITwin = {{u"x"_s, {page({u"x1"_s}, "t1"), page({u"x2"_s})}},
                           {u"y"_s, {gone}},
                           {u"z"_s, {page({u"z1"_s})}}};
        w.answerFromITwins();
        const JobQuery query{.iTwinIds = {u"x"_s, u"y"_s, u"z"_s}, .state = {}};
        w.lister.start(query);
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.lister.loaded(), 3);
        QCOMPARE(w.lister.failures().size(), 1);
        QCOMPARE(w.lister.failures().at(0).iTwinId, u"y"_s);
        QCOMPARE(codeOf(w.lister.failures().at(0).error), u"iTwinNotFound"_s);
        QCOMPARE(codeOf(*w.lister.error()), u"iTwinNotFound"_s);
        // What was there before stays when a refresh is not complete.
        w.answerByITwin = {{u"x"_s, {page({u"x1"_s})}}, {u"y"_s, {gone}}, {u"z"_s, {page({})}}};
        w.lister.start(query);
        w.settle();
        QCOMPARE(w.model.rowCount(), 3);
        w.answerByITwin = {{u"x"_s, {page({u"x1"_s})}}, {u"y"_s, {page({})}}, {u"z"_s, {page({})}}};
        w.lister.start(query);
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.model.rowCount(), 1);
    }

    void aTokenThatIsNotAcceptedEndsAllLists()
    {
        ListingWorld w;
        w.network.answerWith = [](const Seen &) { return answerUnauthorized(); };
        JobQuery many{.state = {}};
        for (int number = 0; number < 40; ++number)
            many.iTwinIds.append(QString::number(number));
        w.lister.start(many);
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.lister.failures().size(), 1);
        QVERIFY(w.network.seen.size() <= JobLister::listsAtOnce);
    }

    void anITwinThatCannotBeWrittenIsNotAskedFor()
    {
        ListingWorld w;
        w.network.answers = {page({u"a"_s})};
        w.lister.start({.iTwinIds = {u"x or id ne y"_s, u"z"_s}, .state = {}});
        w.settle();
        QCOMPARE(w.filters(), QStringList(u"iTwinId eq z"_s));
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.lister.failures().at(0).iTwinId, u"x or id ne y"_s);
    }

    void boundsHoldOverAllLists()
    {
        ListingWorld w;
        JobLister bounded(w.api, w.model, w.clock, [] { return 1.0; }, {4, 1000});
        int number = 0;
        w.network.answerWith = [&number](const Seen &) {
            ++number;
            return page({QString::number(number)}, "t" + QByteArray::number(number));
        };
        bounded.start({.iTwinIds = {u"x"_s, u"y"_s}, .state = {}});
        w.settle();
        QCOMPARE(bounded.state(), State::Failed);
        QCOMPARE(bounded.loaded(), 4);
    }

    void listsOfIdsKeepWhatIsNotThere()
    {
        ListingWorld w;
        w.network.answerWith = [](const Seen &seen) {
            if (!seen.url.path().endsWith(u"/jobs"_s))
                return answerJobNotFound();
            return page({u"a"_s});
        };
        const JobQuery query{.state = {}, .ids = {{u"A"_s}, {u"b"_s}}};
        w.lister.start(query);
        w.settle();
        QCOMPARE(w.lister.state(), State::Complete);
        QCOMPARE(w.lister.loaded(), 1);
        QCOMPARE(w.lister.lookedUp(), 2);
        QCOMPARE(w.lister.notFound(), 1);
        const int row = w.model.rowOf({u"b"_s});
        QVERIFY(row >= 0);
        QVERIFY(w.model.jobAt(row).isMissing);
        QCOMPARE(w.model.obstacleAt(row), std::optional(Obstacle::NotFound));
        QVERIFY(!w.model.isDeletableAt(row));
        QVERIFY(JobMatcher(query, w.clock.utc()).matches(w.model.jobAt(row)));
    }

    void idsThatFailAreNotTakenForMissing()
    {
        ListingWorld w;
        w.network.answerWith = [](const Seen &seen) {
            return seen.url.path().endsWith(u"/jobs"_s) ? page({}) : Answer::withStatus(403);
        };
        w.lister.start({.state = {}, .ids = {{u"a"_s}}});
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
        QCOMPARE(w.lister.failures().at(0).id, JobId{u"a"_s});
        QCOMPARE(w.lister.notFound(), 0);
        QCOMPARE(w.model.rowCount(), 0);
    }

    void anotherAddressAbandonsTheListing()
    {
        ListingWorld w;
        w.network.answers = {Answer::hang()};
        w.lister.start(w.drafts);
        w.settle();
        w.client.setAddress(*ServiceAddress::parse(u"http://127.0.0.1:9"_s));
        w.settle();
        QCOMPARE(w.lister.state(), State::Failed);
    }
};

QTEST_GUILESS_MAIN(JobListerTest)
#include "tst_joblister.moc"
