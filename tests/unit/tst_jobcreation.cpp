// SPDX-License-Identifier: GPL-3.0-or-later

// What of a recorded job goes into the body that creates it again, what does not, and when it is
// impossible.

#include "jobs/jobcreation.h"
#include "tests/support/fixtures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Loss = CreationLoss;
using Obstacle = CreationObstacle;

namespace {

QJsonObject jobOf(const QString &fixtureName)
{
    return QJsonDocument::fromJson(fixture(fixtureName)).object().value("job"_L1).toObject();
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

/// The least that can be created.
QJsonObject smallJob()
{
    return parsed(R"({"name":"n","type":"Full","workspaceId":"w","inputs":[{"id":"i"}],
        "jobSettings":{"quality":"Draft","outputs":[{"format":"LAS"}]}})");
}

QJsonObject with(const QString &name, const QJsonValue &value)
{
    QJsonObject job = smallJob();
    job.insert(name, value);
    return job;
}

QJsonObject withSetting(const QString &name, const QJsonValue &value)
{
    QJsonObject settings = smallJob().value("jobSettings"_L1).toObject();
    settings.insert(name, value);
    return with(u"jobSettings"_s, settings);
}

QJsonValue json(const QByteArray &value)
{
    return QJsonDocument::fromJson('[' + value + ']').array().first();
}

} // namespace

class JobCreationTest final : public QObject
{
    Q_OBJECT

private slots:
    void publishedExample();
    void smallestJob();
    void nullsAreAsGoodAsAbsent();
    void losses_data();
    void losses();
    void unknownFields_data();
    void unknownFields();
    void impossible_data();
    void impossible();
    void allObstaclesAreTold();
};

void JobCreationTest::publishedExample()
{
    const auto creation = creationFrom(text(jobOf(u"job-unsubmitted.json"_s)));

    QVERIFY(creation);
    QCOMPARE(parsed(creation->body), parsed(R"({
        "type": "Full",
        "name": "Bridge scan, north",
        "workspaceId": "6881117d-9fd2-4900-870b-9b721dc90f25",
        "inputs": [
            {"id": "58e0c0ca-f730-4e5b-808d-1c8cacacb4d4", "description": "Drone ImageCollection"},
            {"id": "dc65ce7d-2598-422f-97a5-5ae8eb004b67"}],
        "settings": {
            "quality": "Extra",
            "processingEngines": 5,
            "outputs": ["OBJ", "3MX"],
            "cacheSettings": {
                "createCache": true, "useCache": "799b11bd-71cf-481a-b284-bf48f672cd9a"}},
        "costEstimationParameters": {
            "gigaPixels": 2.1, "megaPoints": 1.5, "meshQuality": "Extra"}})"));
    QCOMPARE(creation->name, u"Bridge scan, north"_s);
    QCOMPARE(creation->type, u"Full"_s);
    QCOMPARE(creation->workspaceId, u"6881117d-9fd2-4900-870b-9b721dc90f25"_s);
    QCOMPARE(creation->inputs, 2);
    QCOMPARE(creation->outputs, (QStringList{u"OBJ"_s, u"3MX"_s}));
    QCOMPARE(creation->losses,
             (QList{Loss::Id, Loss::Dates, Loss::Creator, Loss::Location, Loss::ITwin,
                    Loss::OutputIds, Loss::EstimatedCost}));
    QCOMPARE(creation->unknownFields, QStringList());
}

void JobCreationTest::smallestJob()
{
    const auto creation = creationFrom(text(smallJob()));

    QVERIFY(creation);
    QCOMPARE(parsed(creation->body),
             parsed(R"({"name":"n","type":"Full","workspaceId":"w","inputs":[{"id":"i"}],
                 "settings":{"quality":"Draft","outputs":["LAS"]}})"));
    QCOMPARE(creation->losses, QList<Loss>());
}

void JobCreationTest::nullsAreAsGoodAsAbsent()
{
    QJsonObject job = parsed(R"({"name":"n","type":"Full","workspaceId":"w",
        "inputs":[{"id":"i","description":null}], "iTwinId":null, "executionInformation":null,
        "costEstimationParameters":null, "estimatedCost":null, "flavour":null,
        "jobSettings":{"quality":"Draft","outputs":[{"format":"LAS","id":null}],
            "processingEngines":null, "cacheSettings":null}})");

    const auto creation = creationFrom(text(job));

    QVERIFY(creation);
    QCOMPARE(creation->body, creationFrom(text(smallJob()))->body);
    QCOMPARE(creation->losses, QList<Loss>());
}

void JobCreationTest::losses_data()
{
    QTest::addColumn<QJsonObject>("job");
    QTest::addColumn<QList<Loss>>("losses");

    QTest::newRow("id") << with(u"id"_s, u"x"_s) << QList{Loss::Id};
    QTest::newRow("created") << with(u"createdDateTime"_s, u"2020"_s) << QList{Loss::Dates};
    QTest::newRow("modified") << with(u"lastModifiedDateTime"_s, u"2020"_s) << QList{Loss::Dates};
    QTest::newRow("creator") << with(u"email"_s, u"a@example.com"_s) << QList{Loss::Creator};
    QTest::newRow("location") << with(u"location"_s, u"East US"_s) << QList{Loss::Location};
    QTest::newRow("iTwin") << with(u"iTwinId"_s, u"x"_s) << QList{Loss::ITwin};
    QTest::newRow("cost") << with(u"estimatedCost"_s, 3.5) << QList{Loss::EstimatedCost};
    QTest::newRow("execution") << with(u"executionInformation"_s, QJsonObject())
                               << QList{Loss::ExecutionInformation};
    QTest::newRow("output ids") << withSetting(u"outputs"_s, json(R"([{"format":"LAS","id":"o"}])"))
                                << QList{Loss::OutputIds};
    QTest::newRow("unknown") << with(u"flavour"_s, u"mint"_s) << QList{Loss::UnknownFields};
    QTest::newRow("state is none") << with(u"state"_s, u"unsubmitted"_s) << QList<Loss>();
}

void JobCreationTest::losses()
{
    QFETCH(QJsonObject, job);
    QFETCH(QList<Loss>, losses);

    const auto creation = creationFrom(text(job));

    QVERIFY(creation);
    QCOMPARE(creation->losses, losses);
    QCOMPARE(creation->body, creationFrom(text(smallJob()))->body);
}

void JobCreationTest::unknownFields_data()
{
    QTest::addColumn<QJsonObject>("job");
    QTest::addColumn<QStringList>("names");

    QTest::newRow("job") << with(u"flavour"_s, u"mint"_s) << QStringList{u"flavour"_s};
    QTest::newRow("input") << with(u"inputs"_s,
                                   json(R"([{"id":"i","size":1},{"id":"j","size":2}])"))
                           << QStringList{u"inputs.size"_s};
    QTest::newRow("settings") << withSetting(u"meshCount"_s, 1)
                              << QStringList{u"jobSettings.meshCount"_s};
    QTest::newRow("output") << withSetting(u"outputs"_s, json(R"([{"format":"LAS","tile":5}])"))
                            << QStringList{u"jobSettings.outputs.tile"_s};
    QTest::newRow("cache") << withSetting(u"cacheSettings"_s, json(R"({"warm":true})"))
                           << QStringList{u"jobSettings.cacheSettings.warm"_s};
    QTest::newRow("cost") << with(u"costEstimationParameters"_s, json(R"({"gigaBytes":1})"))
                          << QStringList{u"costEstimationParameters.gigaBytes"_s};
    QTest::newRow("another type") << withSetting(u"processingEngines"_s, u"five"_s)
                                  << QStringList{u"jobSettings.processingEngines"_s};
    QTest::newRow("another type of cache")
        << withSetting(u"cacheSettings"_s, true) << QStringList{u"jobSettings.cacheSettings"_s};
    QTest::newRow("another type of cost")
        << with(u"costEstimationParameters"_s, 7) << QStringList{u"costEstimationParameters"_s};
}

void JobCreationTest::unknownFields()
{
    QFETCH(QJsonObject, job);
    QFETCH(QStringList, names);

    const auto creation = creationFrom(text(job));

    QVERIFY(creation);
    QCOMPARE(creation->losses, QList{Loss::UnknownFields});
    QCOMPARE(creation->unknownFields, names);
    const QString lastName = names.constFirst().section(u'.', -1);
    QVERIFY(!creation->body.contains(lastName.toLatin1()));
}

void JobCreationTest::impossible_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<Obstacle>("obstacle");

    QTest::newRow("nothing") << ""_ba << Obstacle::NotReadable;
    QTest::newRow("not JSON") << "{"_ba << Obstacle::NotReadable;
    QTest::newRow("an array") << "[1]"_ba << Obstacle::NotReadable;
    const auto row = [](const char *name, const QJsonObject &job, Obstacle obstacle) {
        QTest::newRow(name) << text(job) << obstacle;
    };
    row("null name", with(u"name"_s, {}), Obstacle::NoName);
    row("null type", with(u"type"_s, {}), Obstacle::NoType);
    row("empty type", with(u"type"_s, u""_s), Obstacle::NoType);
    row("null workspace", with(u"workspaceId"_s, {}), Obstacle::NoWorkspace);
    row("empty workspace", with(u"workspaceId"_s, u""_s), Obstacle::NoWorkspace);
    row("null inputs", with(u"inputs"_s, {}), Obstacle::NoInputs);
    row("inputs without ids", with(u"inputs"_s, json(R"([{"description":"x"}])")),
        Obstacle::NoInputs);
    row("strange inputs", with(u"inputs"_s, json(R"(["x"])")), Obstacle::NoInputs);
    row("null quality", withSetting(u"quality"_s, {}), Obstacle::NoQuality);
    row("null outputs", withSetting(u"outputs"_s, {}), Obstacle::NoOutputs);
    row("outputs without formats", withSetting(u"outputs"_s, json(R"([{"id":"x"}])")),
        Obstacle::NoOutputs);
}

void JobCreationTest::impossible()
{
    QFETCH(QByteArray, definition);
    QFETCH(Obstacle, obstacle);

    const auto creation = creationFrom(definition);

    QVERIFY(!creation);
    QCOMPARE(creation.error(), QList{obstacle});
}

void JobCreationTest::allObstaclesAreTold()
{
    const auto creation = creationFrom("{}");

    QVERIFY(!creation);
    QCOMPARE(creation.error(),
             (QList{Obstacle::NoName, Obstacle::NoType, Obstacle::NoWorkspace, Obstacle::NoInputs,
                    Obstacle::NoQuality, Obstacle::NoOutputs}));
}

QTEST_GUILESS_MAIN(JobCreationTest)
#include "tst_jobcreation.moc"
