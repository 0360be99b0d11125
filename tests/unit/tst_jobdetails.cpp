// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobdetails.h"
#include "tests/support/fixtures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

JobDetails detailsOfFixture(const QString &fileName)
{
    const QJsonValue job = QJsonDocument::fromJson(fixture(fileName)).object().value("job"_L1);
    return readJobDetails(QJsonDocument(job.toObject()).toJson(QJsonDocument::Compact));
}

/// With single quotes in place of double ones.
JobDetails detailsOf(QByteArray job)
{
    return readJobDetails(job.replace('\'', '"'));
}

QStringList lines(const QList<JobDetails::OtherField> &others)
{
    QStringList lines;
    for (const JobDetails::OtherField &other : others)
        lines.append(other.path + u'=' + other.json);
    return lines;
}

} // namespace

/// Reading a job's definition whole, whatever the service put into it.
class JobDetailsTest final : public QObject
{
    Q_OBJECT

private slots:
    void readsASubmittedJob();
    void readsADraft();
    void readsErrorsAndWarnings();
    void wrongTypesHideNothingElse();
    void unknownFieldsAreKeptWithTheirPlace();
    void nullIsMissing();
    void hostileDefinitions_data();
    void hostileDefinitions();
};

void JobDetailsTest::readsASubmittedJob()
{
    const JobDetails job = detailsOfFixture(u"job-submitted.json"_s);
    QCOMPARE(job.id, u"9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s);
    QCOMPARE(job.name, u"Bridge scan, north"_s);
    QCOMPARE(job.type, u"Full"_s);
    QCOMPARE(job.state, u"active"_s);
    QCOMPARE(job.created, QDateTime(QDate(2020, 9, 14), QTime(14, 29, 55), Qt::UTC));
    QCOMPARE(job.modified, job.created);
    QCOMPARE(job.iTwinId, u"3fa85f64-5717-4562-b3fc-2c963f66afa6"_s);
    QCOMPARE(job.workspaceId, u"6881117d-9fd2-4900-870b-9b721dc90f25"_s);
    QCOMPARE(job.email, u"john.smith@example.com"_s);
    QCOMPARE(job.location, u"East US"_s);
    const QList<JobDetails::Input> inputs{
        {u"58e0c0ca-f730-4e5b-808d-1c8cacacb4d4"_s, u"Drone ImageCollection"_s},
        {u"dc65ce7d-2598-422f-97a5-5ae8eb004b67"_s, QString()}};
    QCOMPARE(job.inputs, inputs);
    QCOMPARE(job.settings.quality, u"Extra"_s);
    QCOMPARE(job.settings.processingEngines, std::optional<qint64>(5));
    const QList<JobDetails::Output> outputs{{u"OBJ"_s, u"3ddee08c-01e8-44a5-8e56-3879109f6728"_s},
                                            {u"3MX"_s, QString()}};
    QCOMPARE(job.settings.outputs, outputs);
    QCOMPARE(job.settings.createsCache, std::optional<bool>(true));
    QCOMPARE(job.settings.usedCache, u"799b11bd-71cf-481a-b284-bf48f672cd9a"_s);
    QCOMPARE(job.costParameters.gigaPixels, std::optional<double>(2.1));
    QCOMPARE(job.costParameters.megaPoints, std::optional<double>(1.5));
    QCOMPARE(job.costParameters.meshQuality, u"Extra"_s);
    QCOMPARE(job.estimatedCost, std::optional<double>(3.5));
    QCOMPARE(job.execution.submitted, QDateTime(QDate(2023, 4, 7), QTime(9, 39, 23, 436), Qt::UTC));
    QVERIFY(!job.execution.started.isValid());
    QVERIFY(!job.execution.estimatedUnits);
    QCOMPARE(lines(job.others), QStringList());
}

void JobDetailsTest::readsADraft()
{
    const JobDetails job = detailsOfFixture(u"job-unsubmitted.json"_s);
    QCOMPARE(job.state, u"unsubmitted"_s);
    QCOMPARE(job.execution, JobDetails::Execution());
    QCOMPARE(job.inputs.size(), 2);
}

void JobDetailsTest::readsErrorsAndWarnings()
{
    const JobDetails job
        = detailsOf("{'executionInformation':{'submittedDateTime':'2020-09-14T14:34:20Z',"
                    "'startedDateTime':'2020-09-14T14:34:28.0000000+00:00',"
                    "'endedDateTime':'2020-09-14T16:41:49+02:00','estimatedUnits':0.05,"
                    "'errors':[{'code':'MissingPhotos','title':'Photos are missing',"
                    "'message':'%1 photos could not be read.','params':['3',7,null]},"
                    "{'code':'Second','title':null}],"
                    "'warnings':[{'message':'Slow'}]}}");
    const JobDetails::Execution &execution = job.execution;
    QCOMPARE(execution.started, QDateTime(QDate(2020, 9, 14), QTime(14, 34, 28), Qt::UTC));
    QCOMPARE(execution.ended, QDateTime(QDate(2020, 9, 14), QTime(14, 41, 49), Qt::UTC));
    QCOMPARE(execution.estimatedUnits, std::optional<double>(0.05));
    const QList<JobDetails::Message> errors{{u"MissingPhotos"_s,
                                             u"Photos are missing"_s,
                                             u"%1 photos could not be read."_s,
                                             {u"3"_s, u"7"_s, u"null"_s}},
                                            {u"Second"_s, QString(), QString(), {}}};
    QCOMPARE(execution.errors, errors);
    QCOMPARE(execution.warnings.size(), 1);
    QCOMPARE(execution.warnings.constFirst().message, u"Slow"_s);
}

void JobDetailsTest::wrongTypesHideNothingElse()
{
    const JobDetails job
        = detailsOf("{'id':7,'name':['a'],'state':'active','createdDateTime':'yesterday',"
                    "'inputs':[5,{'id':'in'},null],"
                    "'jobSettings':{'processingEngines':2.5,'outputs':'OBJ','cacheSettings':[]},"
                    "'costEstimationParameters':true,'estimatedCost':'3',"
                    "'executionInformation':{'errors':{'code':'x'},'estimatedUnits':[1]}}");
    QCOMPARE(job.state, u"active"_s);
    QVERIFY(!job.created.isValid());
    QCOMPARE(job.inputs, (QList<JobDetails::Input>{{u"in"_s, QString()}}));
    QVERIFY(!job.settings.processingEngines);
    const QStringList expected{u"costEstimationParameters=true"_s,
                               u"createdDateTime=\"yesterday\""_s,
                               u"estimatedCost=\"3\""_s,
                               u"executionInformation.errors={\"code\":\"x\"}"_s,
                               u"executionInformation.estimatedUnits=[1]"_s,
                               u"id=7"_s,
                               u"inputs[0]=5"_s,
                               u"jobSettings.cacheSettings=[]"_s,
                               u"jobSettings.outputs=\"OBJ\""_s,
                               u"jobSettings.processingEngines=2.5"_s,
                               u"name=[\"a\"]"_s};
    QCOMPARE(lines(job.others), expected);
}

void JobDetailsTest::unknownFieldsAreKeptWithTheirPlace()
{
    const JobDetails job
        = detailsOf("{'id':'a','new':{'deep':[1,'x']},'inputs':[{'id':'b','size':12}],"
                    "'jobSettings':{'cacheSettings':{'ttl':false}}}");
    QCOMPARE(job.id, u"a"_s);
    const QStringList expected{u"inputs[0].size=12"_s, u"jobSettings.cacheSettings.ttl=false"_s,
                               u"new={\"deep\":[1,\"x\"]}"_s};
    QCOMPARE(lines(job.others), expected);
}

void JobDetailsTest::nullIsMissing()
{
    const JobDetails job = detailsOf(
        "{'id':'a','name':null,'inputs':null,'jobSettings':null,'new':null,"
        "'executionInformation':{'startedDateTime':null,'warnings':null},'estimatedCost':null}");
    JobDetails expected;
    expected.id = u"a"_s;
    QCOMPARE(job, expected);
}

void JobDetailsTest::hostileDefinitions_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<int>("others");
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("no JSON") << "<html>"_ba << 1;
    QTest::newRow("a list") << "[1,2]"_ba << 1;
    QTest::newRow("a text") << "\"job\""_ba << 1;
    QTest::newRow("cut off") << "{\"id\":\"a\",\"name\":"_ba << 1;
    QTest::newRow("deep") << QByteArray(5000, '[') + QByteArray(5000, ']') << 1;
    QTest::newRow("bad UTF-8") << "{\"id\":\"\xff\xfe\"}"_ba << 1;
    QTest::newRow("a number beyond every integer")
        << "{\"jobSettings\":{\"processingEngines\":1e300}}"_ba << 1;
    QTest::newRow("an empty name") << "{\"\":1}"_ba << 1;
}

void JobDetailsTest::hostileDefinitions()
{
    QFETCH(const QByteArray, definition);
    QFETCH(const int, others);
    QCOMPARE(readJobDetails(definition).others.size(), others);
}

QTEST_APPLESS_MAIN(JobDetailsTest)
#include "tst_jobdetails.moc"
