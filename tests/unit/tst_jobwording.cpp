// SPDX-License-Identifier: GPL-3.0-or-later

// One job in words.

#include "tests/support/fixtures.h"
#include "ui/jobwording.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QDateTime now()
{
    return {QDate(2020, 12, 20), QTime(12, 0), Qt::UTC};
}

JobDetails submittedJob()
{
    const QJsonObject answer = QJsonDocument::fromJson(fixture(u"job-submitted.json"_s)).object();
    return readJobDetails(QJsonDocument(answer.value("job"_L1).toObject()).toJson());
}

/// "Inputs / Input 1" → "Drone ImageCollection …"
QString value(const QList<JobFactGroup> &groups, const QString &title, const QString &name)
{
    for (const JobFactGroup &group : groups) {
        for (const JobFact &fact : group.facts) {
            if (group.title == title && fact.name == name)
                return fact.value;
        }
    }
    return u"not there"_s;
}

QStringList titles(const QList<JobFactGroup> &groups)
{
    QStringList titles;
    for (const JobFactGroup &group : groups)
        titles.append(group.title);
    return titles;
}

} // namespace

class JobWordingTest final : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void everyFieldHasItsPlace();
    void namesStandAboveTheirIds();
    void errorsComeBeforeInputs();
    void emptyJobHasNothingToSay();
    void longListsAreCutOff();
    void longWordsCanBeBroken();
    void foreignTextIsMadeVisible();
    void otherFieldsKeepTheirPath();
};

void JobWordingTest::everyFieldHasItsPlace()
{
    const JobDetails job = submittedJob();
    const QList<JobFactGroup> groups = jobFacts(job, {}, now());
    const QStringList expected{u"General"_s, u"Inputs"_s, u"Outputs"_s,  u"Settings"_s,
                               u"Cache"_s,   u"Cost"_s,   u"Execution"_s};
    QCOMPARE(titles(groups), expected);
    QCOMPARE(jobTitle(job), u"Bridge scan, north"_s);
    QCOMPARE(value(groups, u"General"_s, u"State"_s), u"Active"_s);
    QCOMPARE(value(groups, u"General"_s, u"Type"_s), u"Full"_s);
    const QString created = value(groups, u"General"_s, u"Created"_s);
    QVERIFY2(created.startsWith(u"3 months ago\n"_s), qPrintable(created));
    QVERIFY2(created.contains(u"14 September 2020 14:29:55"_s), qPrintable(created));
    QCOMPARE(value(groups, u"General"_s, u"Created by"_s), u"john.smith@example.com"_s);
    QCOMPARE(value(groups, u"General"_s, u"Location"_s), u"East US"_s);
    QCOMPARE(value(groups, u"General"_s, u"Id"_s), job.id);
    QCOMPARE(value(groups, u"Inputs"_s, u"Input 1"_s),
             u"Drone ImageCollection\n58e0c0ca-f730-4e5b-808d-1c8cacacb4d4"_s);
    QCOMPARE(value(groups, u"Inputs"_s, u"Input 2"_s), u"dc65ce7d-2598-422f-97a5-5ae8eb004b67"_s);
    QCOMPARE(value(groups, u"Outputs"_s, u"Output 2"_s), u"3MX"_s);
    QCOMPARE(value(groups, u"Settings"_s, u"Quality"_s), u"Extra"_s);
    QCOMPARE(value(groups, u"Settings"_s, u"Processing engines"_s), u"5"_s);
    QCOMPARE(value(groups, u"Cache"_s, u"Creates a cache"_s), u"yes"_s);
    QCOMPARE(value(groups, u"Cache"_s, u"Uses the cache"_s),
             u"799b11bd-71cf-481a-b284-bf48f672cd9a"_s);
    QCOMPARE(value(groups, u"Cost"_s, u"Estimated cost"_s), u"3.50"_s);
    QCOMPARE(value(groups, u"Cost"_s, u"Gigapixels"_s), u"2.1"_s);
    QCOMPARE(value(groups, u"Cost"_s, u"Megapoints"_s), u"1.5"_s);
    QCOMPARE(value(groups, u"Cost"_s, u"Mesh quality"_s), u"Extra"_s);
    QVERIFY(value(groups, u"Execution"_s, u"Submitted"_s).contains(u"7 April 2023"_s));
    QCOMPARE(value(groups, u"Execution"_s, u"Started"_s), u"not there"_s);
}

void JobWordingTest::namesStandAboveTheirIds()
{
    const JobDetails job = submittedJob();
    const QList<JobFactGroup> groups
        = jobFacts(job, {.iTwin = u"River Bridge"_s, .workspace = u"North"_s}, now());
    QCOMPARE(value(groups, u"General"_s, u"iTwin"_s), u"River Bridge\n"_s + job.iTwinId);
    QCOMPARE(value(groups, u"General"_s, u"Workspace"_s), u"North\n"_s + job.workspaceId);
    QCOMPARE(value(jobFacts(job, {}, now()), u"General"_s, u"Workspace"_s), job.workspaceId);
}

void JobWordingTest::errorsComeBeforeInputs()
{
    JobDetails job = submittedJob();
    job.execution.errors = {{u"MissingPhotos"_s,
                             u"Photos are missing"_s,
                             u"3 photos could not be read."_s,
                             {u"3"_s, u"a"_s}},
                            {}};
    job.execution.warnings = {{{}, {}, u"Slow"_s, {}}};
    const QList<JobFactGroup> groups = jobFacts(job, {}, now());
    QCOMPARE(titles(groups).mid(1, 3), (QStringList{u"Errors"_s, u"Warnings"_s, u"Inputs"_s}));
    QCOMPARE(
        value(groups, u"Errors"_s, u"Error 1"_s),
        u"Photos are missing\n3 photos could not be read.\nCode: MissingPhotos\nValues: 3, a"_s);
    QCOMPARE(value(groups, u"Errors"_s, u"Error 2"_s), u"empty"_s);
    QCOMPARE(value(groups, u"Warnings"_s, u"Warning 1"_s), u"Slow"_s);
}

void JobWordingTest::emptyJobHasNothingToSay()
{
    QCOMPARE(titles(jobFacts({}, {}, now())), QStringList());
    QCOMPARE(jobTitle({}), u"Job without a name"_s);
}

void JobWordingTest::longListsAreCutOff()
{
    JobDetails job;
    job.inputs = QList<JobDetails::Input>(1200, {u"id"_s, {}});
    job.others = QList<JobDetails::OtherField>(60, {u"field"_s, u"1"_s});
    const QList<JobFactGroup> groups = jobFacts(job, {}, now());
    for (const JobFactGroup &group : groups)
        QCOMPARE(group.facts.size(), 51);
    QCOMPARE(value(groups, u"Inputs"_s, u"And more"_s),
             u"1,150 further ones are in the raw JSON."_s);
}

void JobWordingTest::longWordsCanBeBroken()
{
    const QString guid = u"58e0c0ca-f730-4e5b-808d-1c8cacacb4d4"_s;
    JobDetails job;
    job.id = guid;
    job.name = QString(100, u'W');
    const QChar place(0x200B);
    QCOMPARE(value(jobFacts(job, {}, now()), u"General"_s, u"Id"_s), guid);
    const QStringList pieces = jobTitle(job).split(place);
    // Wide letters count twice.
    QCOMPARE(pieces.size(), 9);
    QCOMPARE(pieces.join(QString()), job.name);
    // Neither a pair of surrogates nor a letter and its marks are torn apart.
    job.name = QString(23, u'a') + u"\U0001F600\u0301b"_s;
    QCOMPARE(jobTitle(job), QString(23, u'a') + place + u"\U0001F600\u0301b"_s);
}

void JobWordingTest::foreignTextIsMadeVisible()
{
    JobDetails job;
    job.name = u"a\u202Eb"_s;
    job.email = u"x\ny"_s;
    job.state = u"Half\u200Bdone"_s;
    const QList<JobFactGroup> groups
        = jobFacts(job, {.iTwin = {}, .workspace = u"w\u0007"_s}, now());
    QCOMPARE(jobTitle(job), u"a\\u{202E}b"_s);
    QCOMPARE(value(groups, u"General"_s, u"Created by"_s), u"x\\u{A}y"_s);
    QCOMPARE(value(groups, u"General"_s, u"State"_s), u"Half\\u{200B}done"_s);
    QCOMPARE(value(groups, u"General"_s, u"Workspace"_s), u"w\\u{7}"_s);
}

void JobWordingTest::otherFieldsKeepTheirPath()
{
    JobDetails job;
    const QString longPath = u"jobSettings."_s + QString(40, u'x');
    job.others = {{u"new"_s, u"[1]"_s}, {longPath, u"true"_s}, {QString(), u"<html>"_s}};
    const QList<JobFactGroup> groups = jobFacts(job, {}, now());
    QCOMPARE(value(groups, u"Other fields"_s, u"new"_s), u"[1]"_s);
    const JobFact cut = groups.constFirst().facts.at(1);
    QVERIFY(cut.name.size() <= 32);
    QCOMPARE(cut.value.split(u'\n').at(1), u"true"_s);
    QCOMPARE(QString(cut.value.section(u'\n', 0, 0)).remove(QChar(0x200B)), longPath);
    QCOMPARE(value(groups, u"Other fields"_s, u"unnamed"_s), u"<html>"_s);
}

QTEST_GUILESS_MAIN(JobWordingTest)
#include "tst_jobwording.moc"
