// SPDX-License-Identifier: GPL-3.0-or-later

// Exported files, read back by a parser of their own.

#include "deletion/historyexporter.h"
#include "deletion/historyqueries.h"
#include "tests/support/csv.h"
#include "tests/support/writtenhistory.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::parsedCsv;
using Testing::WrittenHistory;
using Row = QStringList;

namespace {

QByteArray contentOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &fileName, const QByteArray &content)
{
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/// Of the whole history.
QFuture<ExportResult> startCsv(const WrittenHistory &history, const QString &target,
                               const std::stop_token &stop = {})
{
    return exportHistory({.historyFile = history.fileName(),
                          .filter = {},
                          .numbers = {},
                          .format = ExportFormat::Csv,
                          .targetFile = target},
                         stop);
}

/// The whole history, or an error.
struct Exported
{
    explicit Exported(const WrittenHistory &history, ExportFormat format,
                      const QList<qint64> &numbers = {}, const HistoryFilter &filter = {})
    {
        auto future = exportHistory({.historyFile = history.fileName(),
                                     .filter = filter,
                                     .numbers = numbers,
                                     .format = format,
                                     .targetFile = folder.filePath(u"out"_s)},
                                    {});
        future.waitForFinished();
        result = future.result();
        bytes = contentOf(folder.filePath(u"out"_s));
    }

    [[nodiscard]] QList<Row> rows() const { return parsedCsv(bytes.mid(3)); }
    [[nodiscard]] QString cell(int row, const QString &title) const
    {
        const QList<Row> all = rows();
        return all.value(row).value(all.first().indexOf(title));
    }

    QTemporaryDir folder;
    ExportResult result;
    QByteArray bytes;
};

} // namespace

class HistoryExportTest final : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void csvReadsBackAsItWas();
    void csvOfNothingHasItsTitles();
    void jsonReadsBackAsItWas();
    void jsonOfNothingIsAnArray();
    void definitionThatIsNoJsonStaysText();
    void filterAndSelectionDecideWhatIsExported();
    void manyItemsComeOnceEach();
    void progressCountsItems();
    void unwritableTargetIsReported();
    void targetThatIsNoFileIsLeftAlone();
    void failedWritingLeavesTheOldFile();
    void failureLeavesTheOldFile();
    void cancelledExportLeavesTheOldFile();
};

void HistoryExportTest::csvReadsBackAsItWas()
{
    WrittenHistory history;
    const qint64 run = history.addRun(true);
    const QString name = u"Brücke \"Nord\", Flug\r\n2 — 漢"_s;
    const qint64 item
        = history.addItem(run, name, Outcome::Deleted, R"({"name":"a \"b\", c","n":[1,2]})");
    history.addAnswer(item, {}, 204, 2);
    history.addCreation(item, CreationOutcome::Created, u"new-1"_s);
    history.addRefused(run, u"=cmd()"_s);
    const Exported exported(history, ExportFormat::Csv);
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 2});
    QVERIFY(exported.bytes.startsWith("\xEF\xBB\xBFjob_id,name,outcome,"));
    const QList<Row> rows = exported.rows();
    QCOMPARE(rows.size(), 3);
    for (const Row &row : rows)
        QCOMPARE(row.size(), rows.first().size());
    QCOMPARE(exported.cell(1, u"name"_s), u"'=cmd()"_s);
    QCOMPARE(exported.cell(1, u"outcome"_s), u"refused"_s);
    QCOMPARE(exported.cell(1, u"status"_s), u"422"_s);
    QCOMPARE(exported.cell(1, u"code"_s), u"InvalidContextCaptureRequest"_s);
    QCOMPARE(exported.cell(1, u"causes"_s),
             u"InvalidChange: Cannot delete an already submitted job."_s);
    QCOMPARE(exported.cell(2, u"name"_s), name);
    QCOMPARE(exported.cell(2, u"outcome"_s), u"deleted"_s);
    QCOMPARE(exported.cell(2, u"is_trial"_s), u"true"_s);
    QCOMPARE(exported.cell(2, u"finished_at"_s), u"2026-11-20T08:01:00.000Z"_s);
    QCOMPARE(exported.cell(2, u"sends"_s), u"2"_s);
    QCOMPARE(exported.cell(2, u"status"_s), u"204"_s);
    QCOMPARE(exported.cell(2, u"created_as"_s), u"new-1"_s);
    QCOMPARE(exported.cell(2, u"definition"_s), uR"({"name":"a \"b\", c","n":[1,2]})"_s);
}

void HistoryExportTest::csvOfNothingHasItsTitles()
{
    const WrittenHistory history;
    const Exported exported(history, ExportFormat::Csv);
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 0});
    QCOMPARE(exported.rows().size(), 1);
}

void HistoryExportTest::jsonReadsBackAsItWas()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    const QString name = u"=cmd() \"Brücke\"\n漢"_s;
    const qint64 item = history.addItem(run, name, Outcome::Deleted, R"({"name":"a","n":[1,2]})");
    history.addCreation(item, CreationOutcome::Created, u"new-1"_s);
    history.addRefused(run, u"Quarry"_s);
    history.addItem(run, u"open"_s, {});
    const Exported exported(history, ExportFormat::Json);
    QCOMPARE(exported.result.value(), ExportEnd{.rows = 3});
    QJsonParseError error;
    const QJsonArray items = QJsonDocument::fromJson(exported.bytes, &error).array();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(items.size(), 3);
    const QJsonObject open = items.at(0).toObject();
    QVERIFY(open.value("outcome"_L1).isNull());
    QCOMPARE(open.value("stage"_L1).toString(), u"confirmed"_s);
    const QJsonObject refused = items.at(1).toObject();
    QCOMPARE(refused.value("outcome"_L1).toString(), u"refused"_s);
    QCOMPARE(refused.value("status"_L1).toInt(), 422);
    QCOMPARE(refused.value("causes"_L1).toArray().first().toObject().value("code"_L1).toString(),
             u"InvalidChange"_s);
    const QJsonObject deleted = items.at(2).toObject();
    QCOMPARE(deleted.value("name"_L1).toString(), name);
    QCOMPARE(deleted.value("confirmed_at"_L1).toString(), u"2026-11-20T08:00:00.000Z"_s);
    QCOMPARE(deleted.value("definition"_L1).toObject().value("n"_L1).toArray().size(), 2);
    QCOMPARE(deleted.value("created_as"_L1).toString(), u"new-1"_s);
}

void HistoryExportTest::jsonOfNothingIsAnArray()
{
    const WrittenHistory history;
    const Exported exported(history, ExportFormat::Json);
    QVERIFY(QJsonDocument::fromJson(exported.bytes).isArray());
}

void HistoryExportTest::definitionThatIsNoJsonStaysText()
{
    WrittenHistory history;
    history.addItem(history.addRun(), u"a"_s, Outcome::Deleted, "{cut o");
    const Exported exported(history, ExportFormat::Json);
    const QJsonArray items = QJsonDocument::fromJson(exported.bytes).array();
    QCOMPARE(items.first().toObject().value("definition"_L1).toString(), u"{cut o"_s);
}

void HistoryExportTest::filterAndSelectionDecideWhatIsExported()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    const qint64 a = history.addItem(run, u"a"_s, Outcome::Deleted);
    history.addItem(run, u"b"_s, Outcome::Failed);
    const qint64 c = history.addItem(run, u"c"_s, Outcome::Deleted);
    HistoryFilter filter;
    filter.outcome = Outcome::Failed;
    const Exported failed(history, ExportFormat::Csv, {}, filter);
    QCOMPARE(failed.rows().size(), 2);
    QCOMPARE(failed.cell(1, u"name"_s), u"b"_s);
    const Exported selected(history, ExportFormat::Csv, {a, c}, filter);
    QCOMPARE(selected.rows().size(), 3);
    QCOMPARE(selected.cell(1, u"name"_s), u"a"_s);
    QCOMPARE(selected.cell(2, u"name"_s), u"c"_s);
}

void HistoryExportTest::manyItemsComeOnceEach()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    history.begin();
    for (int item = 0; item < 2 * HistoryQueries::pageSize; ++item)
        history.addItem(run, QString::number(item), Outcome::Deleted);
    history.commit();
    const Exported exported(history, ExportFormat::Json);
    const QJsonArray items = QJsonDocument::fromJson(exported.bytes).array();
    QCOMPARE(items.size(), 2 * HistoryQueries::pageSize);
    QSet<QString> names;
    for (const auto &item : items)
        names.insert(item.toObject().value("name"_L1).toString());
    QCOMPARE(names.size(), items.size());
}

void HistoryExportTest::progressCountsItems()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    for (int item = 0; item < 3; ++item)
        history.addItem(run, QString::number(item), Outcome::Deleted);
    const QTemporaryDir folder;
    auto future = startCsv(history, folder.filePath(u"out"_s));
    future.waitForFinished();
    QCOMPARE(future.progressMaximum(), 3);
    QCOMPARE(future.progressValue(), 3);
}

void HistoryExportTest::unwritableTargetIsReported()
{
    WrittenHistory history;
    history.addItem(history.addRun(), u"a"_s, Outcome::Deleted);
    auto future = startCsv(history, u"/no/such/folder/out.csv"_s);
    future.waitForFinished();
    const ExportResult result = future.result();
    QVERIFY(!result);
    const auto *failure = std::get_if<TargetFailure>(&result.error());
    QVERIFY(failure != nullptr);
    QCOMPARE(failure->fileName, u"/no/such/folder/out.csv"_s);
    QVERIFY(failure->kind == TargetFailure::Kind::FolderGone);
    QVERIFY(!failure->technicalText.isEmpty());
}

void HistoryExportTest::targetThatIsNoFileIsLeftAlone()
{
    const WrittenHistory history;
    const QTemporaryDir folder;
    const QString pipe = folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    auto future = startCsv(history, pipe);
    future.waitForFinished();
    QVERIFY(!future.result());
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(pipe).constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
}

void HistoryExportTest::failedWritingLeavesTheOldFile()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    for (int item = 0; item < 100; ++item)
        history.addItem(run, u"a"_s, Outcome::Deleted, QByteArray(4096, 'x'));
    const QTemporaryDir folder;
    const QString target = folder.filePath(u"out.csv"_s);
    QVERIFY(writeFile(target, "old"_ba));

    // No file of this process can grow beyond it, so that writing fails in the middle.
    rlimit before = {};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{200 * 1024, before.rlim_max};
    const auto signalBefore = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    auto future = startCsv(history, target);
    future.waitForFinished();
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, signalBefore);

    const ExportResult result = future.result();
    QVERIFY(!result);
    QVERIFY(std::holds_alternative<TargetFailure>(result.error()));
    QCOMPARE(contentOf(target), "old"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"out.csv"_s});
}

void HistoryExportTest::failureLeavesTheOldFile()
{
    WrittenHistory history;
    history.addItem(history.addRun(), u"a"_s, Outcome::Deleted);
    history.exec(u"DROP TABLE answer"_s);
    const QTemporaryDir folder;
    const QString target = folder.filePath(u"out.csv"_s);
    QVERIFY(writeFile(target, "old"_ba));
    auto future = startCsv(history, target);
    future.waitForFinished();
    const ExportResult result = future.result();
    QVERIFY(!result);
    QVERIFY(std::holds_alternative<HistoryFailure>(result.error()));
    QCOMPARE(contentOf(target), "old"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"out.csv"_s});
}

void HistoryExportTest::cancelledExportLeavesTheOldFile()
{
    WrittenHistory history;
    const qint64 run = history.addRun();
    history.begin();
    for (int item = 0; item < 20'000; ++item)
        history.addItem(run, QString::number(item), Outcome::Deleted);
    history.commit();
    const QTemporaryDir folder;
    const QString target = folder.filePath(u"out.csv"_s);
    QVERIFY(writeFile(target, "old"_ba));
    std::stop_source stop;
    auto future = startCsv(history, target, stop.get_token());
    stop.request_stop();
    future.waitForFinished();
    QVERIFY(future.result().value().isCancelled);
    QCOMPARE(contentOf(target), "old"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"out.csv"_s});
}

QTEST_GUILESS_MAIN(HistoryExportTest)
#include "tst_historyexport.moc"
