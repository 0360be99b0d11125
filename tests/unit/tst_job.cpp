// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job.h"
#include "jobs/jobdetails.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

/// JSON with single quotes in place of double ones.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray wholeJob()
{
    return json(
        "{'id':'cc3d35cc-416a-4262-9714-b359da70b419',"
        "'name':'My first Reality Modeling job','type':'Full','state':'success',"
        "'createdDateTime':'2020-09-14T14:29:55.1234567+00:00',"
        "'lastModifiedDateTime':'2020-09-14T16:29:55Z',"
        "'iTwinId':'3fa85f64-5717-4562-b3fc-2c963f66afa6','location':'East US',"
        "'email':'john.smith@example.com','workspaceId':'6881117d-9fd2-4900-870b-9b721dc90f25',"
        "'executionInformation':{'submittedDateTime':'2020-09-14T14:34:20.0000000+00:00'},"
        "'estimatedCost':3.5,'somethingNew':{'a':[1]}}");
}

QByteArray page(const QByteArray &jobs, const QByteArray &rest = {})
{
    return "{\"jobs\":[" + jobs + "]" + rest + "}";
}

Job only(const QByteArray &job)
{
    const auto read = parseJobPage(page(job));
    return read && read->jobs.size() == 1 ? read->jobs.constFirst() : Job();
}

} // namespace

/// Reading jobs and pages, and which job may be deleted.
class JobTest final : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryField()
    {
        const Job job = only(wholeJob());
        QCOMPARE(job.id.text, u"cc3d35cc-416a-4262-9714-b359da70b419"_s);
        QCOMPARE(job.name, u"My first Reality Modeling job"_s);
        QCOMPARE(job.type, u"Full"_s);
        QCOMPARE(job.state, JobState::Success);
        QCOMPARE(job.created, QDateTime(QDate(2020, 9, 14), QTime(14, 29, 55, 123), Qt::UTC));
        QCOMPARE(job.modified, QDateTime(QDate(2020, 9, 14), QTime(16, 29, 55), Qt::UTC));
        QCOMPARE(job.submitted, QDateTime(QDate(2020, 9, 14), QTime(14, 34, 20), Qt::UTC));
        QCOMPARE(job.iTwinId, u"3fa85f64-5717-4562-b3fc-2c963f66afa6"_s);
        QCOMPARE(job.location, u"East US"_s);
        QCOMPARE(job.email, u"john.smith@example.com"_s);
        QCOMPARE(job.workspaceId, u"6881117d-9fd2-4900-870b-9b721dc90f25"_s);
        QCOMPARE(job.estimatedCost.value_or(0), 3.5);
        QVERIFY(job.definition.contains("somethingNew"));
    }

    void needsOnlyIdAndState()
    {
        const auto read = parseJobPage(page(json(
            "{'id':'a','state':'unsubmitted','name':null,"
            "'executionInformation':null,'estimatedCost':null},{'id':'b'},{'state':'active'},7")));
        QVERIFY(read.has_value());
        QCOMPARE(read->jobs.size(), 1);
        QVERIFY(read->jobs.constFirst().name.isEmpty());
        QVERIFY(!read->jobs.constFirst().estimatedCost);
        QVERIFY(!read->jobs.constFirst().created.isValid());
    }

    void definitionsAreKeptAsTheyCame()
    {
        // Order, blanks, digits and what is nested; what stands between the jobs is not theirs.
        const QByteArray first
            = json("{ 'state':'unsubmitted','id':'a','inputs':[{'id':'}]\\''},{}], "
                   "'big':9007199254740993, 'x':1.50 }");
        const QByteArray second = json("{'id':'b','state':'active','name':'\xc3\xbc\\u00e4'}");
        const auto read = parseJobPage(
            page(" " + first + " ,\n 7, " + second + "\n", json(",'more':{'jobs':[]}")));
        QVERIFY(read.has_value());
        QCOMPARE(read->jobs.size(), 2);
        QCOMPARE(read->jobs.at(0).definition, first);
        QCOMPARE(read->jobs.at(1).definition, second);
        QCOMPARE(read->jobs.at(1).name, u"\u00fc\u00e4"_s);
        const auto again = parseJob(first);
        QVERIFY(again.has_value());
        QCOMPARE(*again, read->jobs.at(0));
        const auto reply = parseJobReply(json("{'job': ") + second + " }");
        QVERIFY(reply.has_value());
        QCOMPARE(*reply, read->jobs.at(1));
    }

    void times_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto *text : {"2020-09-14T14:29:55.1234567+00:00",
                                 "2020-09-14T14:29:55Z",
                                 "2020-09-14T14:29:55.5Z",
                                 "2020-09-14T14:29:55.999999Z",
                                 "2020-02-29T23:59:59.000+00:00",
                                 "2021-02-29T00:00:00Z",
                                 "1969-12-31T23:59:59.999Z",
                                 "0001-01-01T00:00:00",
                                 "2020-09-14T14:29:55+02:00",
                                 "2020-09-14T14:29:55.123",
                                 "2020-09-14T14:29:55.184467440737095516160000000+00:00",
                                 "2020-09-14T24:00:00Z",
                                 "2020-09-14T14:60:00Z",
                                 "2020-09-14T14:29:60Z",
                                 "2020-13-01T00:00:00Z",
                                 "2020-00-10T00:00:00Z",
                                 "2020-09-14 14:29:55Z",
                                 "2020-09-14",
                                 "2020-09-14T14:29:55.Z",
                                 "20a0-09-14T14:29:55Z",
                                 "2020-09-14T14:29:55.12x4Z",
                                 "yesterday",
                                 ""})
            QTest::newRow(text) << QByteArray(text);
    }
    /// The quick way must come to what Qt comes to.
    void times()
    {
        QFETCH(QByteArray, text);
        QDateTime expected = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
        if (expected.timeSpec() == Qt::LocalTime)
            expected.setTimeSpec(Qt::UTC);
        const Job job = only(json("{'id':'a','state':'x','createdDateTime':'") + text + "\"}");
        QCOMPARE(job.created, expected.toUTC());
        QCOMPARE(job.created.timeSpec(), Qt::UTC);
    }

    void theLastOfEqualFieldsCounts()
    {
        const Job job = only(json("{'id':'a','name':'first','state':'active','id':'b',"
                                  "'state':'unsubmitted','name':7}"));
        QCOMPARE(job.id.text, u"b"_s);
        QCOMPARE(job.state, JobState::Unsubmitted);
        QVERIFY(job.name.isEmpty());
        const auto read = parseJobPage(
            json("{'jobs':[{'id':'a','state':'x'}],'jobs':[{'id':'b','state':'y'}]}"));
        QVERIFY(read.has_value());
        QCOMPARE(read->jobs.size(), 1);
        QCOMPARE(read->jobs.constFirst().id.text, u"b"_s);
        QCOMPARE(read->jobs.constFirst().definition, json("{'id':'b','state':'y'}"));
    }

    void anIdMustBeText()
    {
        const auto read = parseJobPage(page(json("{'id':7,'state':'unsubmitted'},"
                                                 "{'id':'a','state':1},{'id':null,'state':'x'}")));
        QVERIFY(read.has_value());
        QVERIFY(read->jobs.isEmpty());
    }

    /// What the fast parser refuses and Qt takes: a page must not be lost for it.
    void takesWhatQtTakes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("byte order mark")
            << QByteArray("\xef\xbb\xbf" + page(json("{'id':'a','state':'unsubmitted'}")));
        QTest::newRow("a whole number beyond 64 bits")
            << page(json("{'id':'a','state':'unsubmitted','x':100000000000000000000000000}"));
        QTest::newRow("half a surrogate pair")
            << page(json("{'id':'a','state':'unsubmitted','x':'\\ud83d'}"));
    }
    void takesWhatQtTakes()
    {
        QFETCH(QByteArray, body);
        const auto read = parseJobPage(body);
        QVERIFY(read.has_value());
        QCOMPARE(read->jobs.size(), 1);
        QCOMPARE(read->jobs.constFirst().id.text, u"a"_s);
        QVERIFY(QJsonDocument::fromJson(read->jobs.constFirst().definition).isObject());
    }

    void pageLinks_data()
    {
        QTest::addColumn<QByteArray>("links");
        QTest::addColumn<QString>("token");
        QTest::newRow("published form, raw spaces")
            << QByteArray(json(",'_links':{'next':{'href':'https://api.bentley.com/contextcapture/"
                               "jobs?$filter=iTwinId eq 510c&continuationToken=MzY3'}}"))
            << u"MzY3"_s;
        QTest::newRow("encoded once, with plus and equals") << QByteArray(
            json(",'_links':{'next':{'href':'https://x/y?continuationToken=a%2Bb%3D%3D&$top=2'}}"))
                                                            << u"a+b=="_s;
        QTest::newRow("raw plus stays a plus")
            << json(",'_links':{'next':{'href':'https://x/y?continuationToken=a+b'}}") << u"a+b"_s;
        QTest::newRow("a character that QUrl does not decode by itself")
            << json(",'_links':{'next':{'href':'https://x/y?continuationToken=%F1%BF%BF%BF'}}")
            << QString::fromUtf8("\xF1\xBF\xBF\xBF");
        QTest::newRow("another host is no matter: only the token is taken") << QByteArray(
            json(",'_links':{'next':{'href':'https://evil.example/?continuationToken=t'}}"))
                                                                            << u"t"_s;
        QTest::newRow("no links") << ""_ba << QString();
        QTest::newRow("links null") << json(",'_links':null") << QString();
        QTest::newRow("next null") << json(",'_links':{'next':null}") << QString();
        QTest::newRow("href null") << json(",'_links':{'next':{'href':null}}") << QString();
        QTest::newRow("href empty") << json(",'_links':{'next':{'href':''}}") << QString();
        QTest::newRow("href without token")
            << json(",'_links':{'next':{'href':'https://x/y?$top=2'}}") << QString();
    }
    void pageLinks()
    {
        QFETCH(QByteArray, links);
        QFETCH(QString, token);
        const auto read = parseJobPage(page({}, links));
        QVERIFY(read.has_value());
        QCOMPARE(read->continuationToken, token);
    }

    void malformedPages_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("reason");
        const int notJson = static_cast<int>(MalformedReply::Reason::NotJson);
        const int wrongShape = static_cast<int>(MalformedReply::Reason::WrongShape);
        QTest::newRow("empty") << ""_ba << notJson;
        QTest::newRow("HTML") << "<html><body>hello</body></html>"_ba << notJson;
        QTest::newRow("truncated") << json("{'jobs':[{'id':'a',") << notJson;
        QTest::newRow("a job that is cut") << json("{'jobs':[{'id':'a','state':'x']}") << notJson;
        QTest::newRow("rubbish in a field that nobody reads")
            << page(json("{'id':'a','state':'x','inputs':[tru]}")) << notJson;
        QTest::newRow("more after the end") << QByteArray(page({}) + "]") << notJson;
        QTest::newRow("not UTF-8") << page(json("{'id':'a','state':'x','name':'\xff'}")) << notJson;
        QTest::newRow("nested without end")
            << QByteArray("{\"jobs\":" + QByteArray(3000, '[')) << notJson;
        QTest::newRow("nested too deeply")
            << page("{\"id\":\"a\",\"state\":\"x\",\"inputs\":" + QByteArray(2000, '[')
                    + QByteArray(2000, ']') + "}")
            << notJson;
        QTest::newRow("array") << "[]"_ba << wrongShape;
        QTest::newRow("jobs is an object") << json("{'jobs':{}}") << wrongShape;
        QTest::newRow("jobs is text") << json("{'jobs':'none'}") << wrongShape;
    }
    void malformedPages()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, reason);
        const auto read = parseJobPage(body);
        QVERIFY(!read);
        const auto *malformed = std::get_if<MalformedReply>(&read.error());
        QVERIFY(malformed);
        QCOMPARE(static_cast<int>(malformed->reason), reason);
        QCOMPARE(malformed->rawBody, body);
    }

    void aPageMayLackJobs() { QVERIFY(parseJobPage("{}")->jobs.isEmpty()); }

    void obstacles_data()
    {
        QTest::addColumn<QByteArray>("job");
        QTest::addColumn<int>("obstacle"); // -1: deletable
        const auto is = [](Obstacle obstacle) { return static_cast<int>(obstacle); };
        QTest::newRow("draft") << json("{'id':'a-1','state':'unsubmitted'}") << -1;
        QTest::newRow("draft, other case") << json("{'id':'a','state':'UnSubmitted'}") << -1;
        QTest::newRow("draft, explicit null")
            << json("{'id':'a','state':'unsubmitted','executionInformation':null}") << -1;
        for (const auto *state : {"active", "success", "failed", "cancelled"}) {
            QTest::newRow(state) << QByteArray(json("{'id':'a','state':'") + state + "\"}")
                                 << is(Obstacle::AlreadySubmitted);
        }
        for (const auto *state :
             {"New", "pending", "over", "Completed", "unknown", "unsubmitted "}) {
            QTest::newRow(state) << QByteArray(json("{'id':'a','state':'") + state + "\"}")
                                 << is(Obstacle::UnknownState);
        }
        QTest::newRow("submitted after all")
            << (json("{'id':'a','state':'unsubmitted','executionInformation':"
                     "{'submittedDateTime':'2020-09-14T14:34:20Z'}}"))
            << is(Obstacle::HasSubmissionTime);
        for (const auto *time :
             {"'2020-09-14T14:60:00Z'", "'yesterday'", "''", "1600000000", "{}"}) {
            QTest::newRow(time) << json(QByteArray("{'id':'a','state':'unsubmitted',"
                                                   "'executionInformation':{'submittedDateTime':")
                                        + time + "}}")
                                << is(Obstacle::HasSubmissionTime);
        }
        QTest::newRow("no time of submission")
            << json("{'id':'a','state':'unsubmitted','executionInformation':"
                    "{'submittedDateTime':null}}")
            << -1;
        for (const auto *id : {".", "..", "a/b", "a%2fb", "a b", "a?b", "a#b", "\\u0000", "ä",
                               "%2e%2e", "a\\u000d\\u000ab"}) {
            QTest::newRow(id) << QByteArray(json("{'id':'") + id + json("','state':'unsubmitted'}"))
                              << is(Obstacle::UnsafeId);
        }
        QTest::newRow("long id") << QByteArray(json("{'id':'") + QByteArray(4096, 'a')
                                               + json("','state':'unsubmitted'}"))
                                 << is(Obstacle::UnsafeId);
    }
    void obstacles()
    {
        QFETCH(QByteArray, job);
        QFETCH(int, obstacle);
        const auto found = obstacleToDeletion(only(job));
        QCOMPARE(found ? static_cast<int>(*found) : -1, obstacle);
    }

    void whatIsNoJobIsCounted()
    {
        const auto page = parseJobPage(json("{'jobs':[{'id':'a','state':'active'},"
                                            "{'id':'','state':'active'},{'state':'active'},"
                                            "{'id':'b'},{'id':'c','state':7},17,null]}"));
        QVERIFY(page.has_value());
        QCOMPARE(page->jobs.size(), 1);
        QCOMPARE(page->unreadable, 6);
    }

    /// Without it, the id would be another one: that of a job which can be deleted.
    void aByteOrderMarkInATextIsACharacter_data()
    {
        QTest::addColumn<QByteArray>("id");
        // The second half of a surrogate pair alone makes simdjson refuse it: Qt reads it then.
        QTest::newRow("as it is") << QByteArray("\xEF\xBB\xBF"
                                                "abc");
        QTest::newRow("beside a letter beyond ASCII") << QByteArray("\xEF\xBB\xBF"
                                                                    "\xC3\xA4");
        QTest::newRow("escaped") << QByteArray("\\ufeffabc");
        QTest::newRow("twice") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF"
                                             "abc");
        QTest::newRow("read by Qt") << QByteArray("\xEF\xBB\xBF\xC3\xA4\\udc00");
    }
    void aByteOrderMarkInATextIsACharacter()
    {
        QFETCH(QByteArray, id);
        const Job job = only("{\"id\":\"" + id + "\",\"state\":\"unsubmitted\"}");
        QCOMPARE(job.id.text.at(0), QChar(QChar::ByteOrderMark));
        QVERIFY(obstacleToDeletion(job));
        QCOMPARE(readJobDetails(job.definition).id, job.id.text);
    }
};

QTEST_GUILESS_MAIN(JobTest)
#include "tst_job.moc"
