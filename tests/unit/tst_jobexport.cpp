// SPDX-License-Identifier: GPL-3.0-or-later

// Exported jobs, read back by a parser of their own.

#include "jobs/jobexporter.h"
#include "tests/support/csv.h"
#include "tests/support/somejobs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::parsedCsv;
using Testing::someJob;
using Testing::someJobs;
using Column = JobModel::Column;
using Row = QStringList;

namespace {

constexpr qsizetype markSize = 3;
const auto bridge = u"11111111-0000-4000-8000-000000000001"_s;
const auto hostileName = u"=cmd() \"Brücke\"\nNord, 漢"_s;

QByteArray contentOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What a job was exported as, to a folder of its own.
struct Exported
{
    Exported(const QList<Job> &jobs, ExportFormat format, const QList<Column> &columns = {})
    {
        auto future = exportJobs({.jobs = jobs,
                                  .iTwins = {{bridge.toUpper(), u"Brücke, Nord"_s, {}}},
                                  .columns = columns,
                                  .format = format,
                                  .targetFile = folder.filePath(u"out"_s)},
                                 {});
        future.waitForFinished();
        result = future.result();
        progress = future.progressValue();
        bytes = contentOf(folder.filePath(u"out"_s));
    }

    [[nodiscard]] QList<Row> rows() const { return parsedCsv(bytes.mid(markSize)); }
    [[nodiscard]] QString cell(int row, const QString &title) const
    {
        const QList<Row> all = rows();
        return all.value(row).value(all.value(0).indexOf(title));
    }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(bytes).array(); }

    QTemporaryDir folder;
    JobExportResult result;
    int progress = 0;
    QByteArray bytes;
};

/// As it came, with a field that Job does not know.
Job parsedJob()
{
    const QJsonObject object{
        {u"id"_s, u"j-1"_s},
        {u"name"_s, hostileName},
        {u"state"_s, u"unsubmitted"_s},
        {u"type"_s, u"Full"_s},
        {u"createdDateTime"_s, u"2026-08-24T15:05:00.1234567+02:00"_s},
        {u"iTwinId"_s, bridge},
        {u"workspaceId"_s, u"w-1"_s},
        {u"estimatedCost"_s, -1.25},
        {u"futureField"_s, QJsonArray{1, QJsonValue()}},
    };
    return parseJob(QJsonDocument(object).toJson()).value();
}

} // namespace

class TestJobExport final : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void csvReadsBackAsItWas();
    void csvHasTheColumnsInTheirOrder();
    void csvOfNothingHasItsTitles();
    void missingValuesAreEmpty();
    void jsonOfAllIsWhatTheServiceSent();
    void jobThatWasNotFoundIsARowToo();
    void jsonOfColumnsHasTheirFields();
    void jsonOfNothingIsAnArray();
    void rowsKeepTheirOrder();
    void cancelLeavesTheOldFile();
};

void TestJobExport::csvReadsBackAsItWas()
{
    const Exported exported({parsedJob(), someJob(1)}, ExportFormat::Csv);
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 2});
    QCOMPARE(exported.progress, 2);
    QVERIFY(exported.bytes.startsWith("\xEF\xBB\xBFid,name,state,"));
    QVERIFY(exported.bytes.endsWith("\r\n"));
    const QList<Row> rows = exported.rows();
    QCOMPARE(rows.size(), 3);
    for (const Row &row : rows)
        QCOMPARE(row.size(), rows.first().size());
    QCOMPARE(exported.cell(1, u"id"_s), u"j-1"_s);
    QCOMPARE(exported.cell(1, u"name"_s), QString(u'\'' % hostileName));
    QCOMPARE(exported.cell(1, u"state"_s), u"unsubmitted"_s);
    QCOMPARE(exported.cell(1, u"createdDateTime (UTC)"_s), u"2026-08-24T13:05:00"_s);
    QCOMPARE(exported.cell(1, u"iTwinName"_s), u"Brücke, Nord"_s);
    QCOMPARE(exported.cell(1, u"iTwinId"_s), bridge);
    QCOMPARE(exported.cell(1, u"workspaceId"_s), u"w-1"_s);
    // A number stays one.
    QCOMPARE(exported.cell(1, u"estimatedCost"_s), u"-1.25"_s);
    const Job other = someJob(1);
    QCOMPARE(exported.cell(2, u"type"_s), other.type);
    QCOMPARE(exported.cell(2, u"email"_s), other.email);
    QCOMPARE(exported.cell(2, u"location"_s), other.location);
    QCOMPARE(exported.cell(2, u"submittedDateTime (UTC)"_s),
             other.submitted.toString(u"yyyy-MM-ddTHH:mm:ss"_s));
}

void TestJobExport::csvHasTheColumnsInTheirOrder()
{
    const Exported exported({parsedJob()}, ExportFormat::Csv,
                            {Column::Delete, Column::EstimatedCost, Column::ITwin, Column::Name});
    QCOMPARE(exported.rows().value(0),
             Row({u"estimatedCost"_s, u"iTwinName"_s, u"iTwinId"_s, u"name"_s}));
    QCOMPARE(exported.rows().value(1).value(0), u"-1.25"_s);
}

void TestJobExport::csvOfNothingHasItsTitles()
{
    const Exported exported({}, ExportFormat::Csv, {Column::Name, Column::Id});
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 0});
    QCOMPARE(exported.bytes, "\xEF\xBB\xBFname,id\r\n"_ba);
}

void TestJobExport::missingValuesAreEmpty()
{
    const Job bare = someJob(u"j-1"_s, {});
    const Exported csv({bare}, ExportFormat::Csv);
    QCOMPARE(csv.rows().value(1).join(QString()), u"j-1unsubmitted"_s);
    const QList<Column> columns{Column::Created, Column::EstimatedCost, Column::Name,
                                Column::ITwin};
    const QJsonObject job = Exported({bare}, ExportFormat::Json, columns).array().at(0).toObject();
    QCOMPARE(job.size(), 5);
    for (const auto &value : job)
        QVERIFY(value.isNull());
}

void TestJobExport::jsonOfAllIsWhatTheServiceSent()
{
    const Job job = parsedJob();
    const Exported exported({job, job}, ExportFormat::Json);
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 2});
    QCOMPARE(exported.bytes, "[\n" + job.definition + ",\n" + job.definition + "\n]\n");
    QVERIFY(exported.array().at(1).toObject().contains("futureField"_L1));
}

void TestJobExport::jobThatWasNotFoundIsARowToo()
{
    Job missing;
    missing.id = {u"gone"_s};
    missing.isMissing = true;
    const Exported exported({parsedJob(), missing, parsedJob()}, ExportFormat::Json);
    QCOMPARE(exported.array().size(), 3);
    QCOMPARE(exported.array().at(1).toObject().value("id"_L1).toString(), u"gone"_s);
}

void TestJobExport::jsonOfColumnsHasTheirFields()
{
    const Exported exported({parsedJob()}, ExportFormat::Json,
                            {Column::Name, Column::Created, Column::ITwin, Column::EstimatedCost});
    const QJsonObject wanted{{u"name"_s, hostileName},
                             {u"createdDateTime"_s, u"2026-08-24T13:05:00.123Z"_s},
                             {u"iTwinName"_s, u"Brücke, Nord"_s},
                             {u"iTwinId"_s, bridge},
                             {u"estimatedCost"_s, -1.25}};
    QCOMPARE(exported.array(), QJsonArray{wanted});
}

void TestJobExport::jsonOfNothingIsAnArray()
{
    const Exported exported({}, ExportFormat::Json);
    QJsonParseError error;
    QVERIFY(QJsonDocument::fromJson(exported.bytes, &error).isArray());
    QCOMPARE(error.error, QJsonParseError::NoError);
}

void TestJobExport::rowsKeepTheirOrder()
{
    QList<Job> jobs = someJobs(1000);
    std::reverse(jobs.begin(), jobs.end());
    const Exported exported(jobs, ExportFormat::Csv, {Column::Id});
    const QList<Row> rows = exported.rows();
    QCOMPARE(rows.size(), jobs.size() + 1);
    for (qsizetype i = 0; i < jobs.size(); ++i)
        QCOMPARE(rows.at(i + 1), Row{jobs.at(i).id.text});
}

void TestJobExport::cancelLeavesTheOldFile()
{
    // So much that it cannot be done when the first of it is seen.
    QList<Job> jobs = someJobs(20'000);
    for (Job &job : jobs)
        job.definition = QByteArray(32 * 1024, 'x');
    const QTemporaryDir folder;
    const QString target = folder.filePath(u"out.json"_s);
    QFile old(target);
    QVERIFY(old.open(QIODevice::WriteOnly));
    QCOMPARE(old.write("old"), 3);
    old.close();
    std::stop_source stop;
    auto future = exportJobs({.jobs = jobs,
                              .iTwins = {},
                              .columns = {},
                              .format = ExportFormat::Json,
                              .targetFile = target},
                             stop.get_token());
    QTRY_VERIFY(future.progressValue() > 0);
    stop.request_stop();
    future.waitForFinished();
    const ExportEnd end = future.result().value();
    QVERIFY(end.isCancelled);
    QVERIFY(end.rows > 0);
    QCOMPARE(contentOf(target), "old"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"out.json"_s});
}

QTEST_GUILESS_MAIN(TestJobExport)
#include "tst_jobexport.moc"
