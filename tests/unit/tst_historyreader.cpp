// SPDX-License-Identifier: GPL-3.0-or-later

// What a window gets to read of a history file.

#include "deletion/historyreader.h"
#include "tests/support/historyfiles.h"
#include "tests/support/writtenhistory.h"

#include <QFile>
#include <QTemporaryFile>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::WrittenHistory;

namespace {

/// The answer, once it is there.
template<typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.isCanceled() ? T() : future.result();
}

QStringList namesOf(const HistoryResult<HistoryPage> &page)
{
    QStringList names;
    if (!page)
        return {u"(failed)"_s};
    for (const HistoryItem &item : page->items)
        names.append(item.name);
    return names;
}

QStringList found(HistoryReader &reader, const HistoryFilter &filter)
{
    return namesOf(resultOf(reader.page(filter)));
}

QStringList foundByText(HistoryReader &reader, const QString &text)
{
    HistoryFilter filter;
    filter.text = text;
    return found(reader, filter);
}

} // namespace

class HistoryReaderTest final : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void runsComeWithTheirCounts();
    void itemsComeNewestFirstWithTheirRecord();
    void searchFindsNameIdCodeAndMessage();
    void searchIgnoresCaseInEveryScript();
    void searchTakesNoCharacterForAPattern_data();
    void searchTakesNoCharacterForAPattern();
    void filtersByOutcomeTimeAndRun();
    void pagesAreCompleteAndDisjoint();
    void rareItemsAreFoundBehindManyOthers();
    void detailsTellEverything();
    void errorsOfCreatingAgainDoNotExplainTheDeletion();
    void definitionsAreThereForCreatingAgain();
    void readsWhatTheHistoryWrites();
    void newerRequestDropsTheOlder();
    void readsWhatIsWrittenMeanwhile();
    void missingFileIsAnEmptyHistory();
    void emptyFileIsAnEmptyHistory();
    void unusableFilesAreReported_data();
    void unusableFilesAreReported();
    void damageIsReportedAndMendingNoticed();
};

void HistoryReaderTest::runsComeWithTheirCounts()
{
    WrittenHistory file;
    const qint64 first = file.addRun();
    file.addItem(first, u"a"_s, Outcome::Deleted);
    file.addItem(first, u"b"_s, Outcome::Deleted);
    file.addRefused(first, u"c"_s);
    file.addItem(first, u"d"_s, {});
    const qint64 second = file.addRun(true);
    const qint64 empty = file.addRun();
    HistoryReader reader(file.fileName());
    const auto runs = resultOf(reader.runs());
    QVERIFY(runs.has_value());
    QCOMPARE(runs->size(), 3);
    QCOMPARE(runs->at(0).number, empty);
    QCOMPARE(runs->at(0).summary, RunSummary());
    QCOMPARE(runs->at(1).number, second);
    QVERIFY(runs->at(1).isTrial);
    const HistoryRun &run = runs->at(2);
    QCOMPARE(run.number, first);
    QVERIFY(!run.isTrial);
    QCOMPARE(run.account, u"ana.silva@example.com"_s);
    QCOMPARE(run.confirmedAt, WrittenHistory::firstTime());
    QCOMPARE(run.summary, (RunSummary{.deleted = 2, .refused = 1, .left = 1}));
}

void HistoryReaderTest::itemsComeNewestFirstWithTheirRecord()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    const qint64 deleted = file.addItem(run, u"deleted"_s, Outcome::Deleted);
    file.addCreation(deleted, CreationOutcome::Created, u"new-1"_s);
    file.addCreation(deleted, CreationOutcome::Failed, {});
    file.addRefused(run, u"refused"_s);
    file.addItem(run, u"open"_s, {});
    HistoryReader reader(file.fileName());
    const auto page = resultOf(reader.page({}));
    QCOMPARE(namesOf(page), (QStringList{u"open"_s, u"refused"_s, u"deleted"_s}));
    QVERIFY(page->isLast);
    const HistoryItem &open = page->items.at(0);
    QCOMPARE(open.outcome, std::nullopt);
    QCOMPARE(open.when(), WrittenHistory::firstTime());
    const HistoryItem &refused = page->items.at(1);
    QCOMPARE(refused.outcome, Outcome::Refused);
    QVERIFY(errorBehind(refused) != nullptr);
    QCOMPARE(statusOf(*errorBehind(refused)), 422);
    QCOMPARE(refused.when(), WrittenHistory::firstTime().addSecs(120));
    QCOMPARE(page->items.at(2).createdAs.text, u"new-1"_s);
}

void HistoryReaderTest::searchFindsNameIdCodeAndMessage()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    file.addItem(run, u"Bridge, north"_s, Outcome::Deleted);
    HttpFailure failure;
    failure.status = 403;
    failure.code = u"InsufficientPermissions"_s;
    failure.message = u"The user has no role here."_s;
    file.addAnswer(file.addItem(run, u"Quarry"_s, Outcome::Failed), failure);
    HistoryReader reader(file.fileName());
    QCOMPARE(foundByText(reader, u"north"_s), QStringList{u"Bridge, north"_s});
    QCOMPARE(foundByText(reader, u"JOB-2"_s), QStringList{u"Quarry"_s});
    QCOMPARE(foundByText(reader, u"insufficientperm"_s), QStringList{u"Quarry"_s});
    QCOMPARE(foundByText(reader, u"no role"_s), QStringList{u"Quarry"_s});
    QCOMPARE(foundByText(reader, u"elsewhere"_s), QStringList());
}

void HistoryReaderTest::searchIgnoresCaseInEveryScript()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    file.addItem(run, u"Übersicht ÉCOLE"_s, Outcome::Deleted);
    file.addItem(run, u"Мост"_s, Outcome::Deleted);
    file.addItem(run, u"\U00010400 flight"_s, Outcome::Deleted);
    HistoryReader reader(file.fileName());
    QCOMPARE(foundByText(reader, u"üBERSICHT école"_s).size(), 1);
    QCOMPARE(foundByText(reader, u"МОСТ"_s).size(), 1);
    QCOMPARE(foundByText(reader, u"\U00010428"_s).size(), 1);
}

void HistoryReaderTest::searchTakesNoCharacterForAPattern_data()
{
    QTest::addColumn<QString>("character");
    for (const QString &character : {u"*"_s, u"?"_s, u"["_s, u"]"_s, u"%"_s, u"_"_s, u"^"_s, u"'"_s,
                                     u"\\"_s, u"-"_s, u"[a-z]"_s})
        QTest::newRow(qPrintable(character)) << character;
}

void HistoryReaderTest::searchTakesNoCharacterForAPattern()
{
    QFETCH(const QString, character);
    WrittenHistory file;
    const qint64 run = file.addRun();
    const QString name = u"flight "_s + character + u" east"_s;
    file.addItem(run, name, Outcome::Deleted);
    file.addItem(run, u"flight x east"_s, Outcome::Deleted);
    HistoryReader reader(file.fileName());
    QCOMPARE(foundByText(reader, u"t "_s + character + u" e"_s), QStringList{name});
}

void HistoryReaderTest::filtersByOutcomeTimeAndRun()
{
    WrittenHistory file;
    const qint64 first = file.addRun();
    file.addItem(first, u"deleted"_s, Outcome::Deleted); // after a minute
    file.addRefused(first, u"refused"_s); // after two
    const qint64 second = file.addRun();
    file.addItem(second, u"open"_s, {}); // when it was confirmed: after an hour
    HistoryReader reader(file.fileName());
    HistoryFilter filter;
    filter.outcome = Outcome::Refused;
    QCOMPARE(found(reader, filter), QStringList{u"refused"_s});
    filter = {};
    filter.isUnfinishedOnly = true;
    QCOMPARE(found(reader, filter), QStringList{u"open"_s});
    filter = {};
    filter.run = first;
    QCOMPARE(found(reader, filter), (QStringList{u"refused"_s, u"deleted"_s}));
    filter = {};
    filter.from = WrittenHistory::firstTime().addSecs(120);
    QCOMPARE(found(reader, filter), (QStringList{u"open"_s, u"refused"_s}));
    filter.to = WrittenHistory::firstTime().addSecs(3600);
    QCOMPARE(found(reader, filter), QStringList{u"refused"_s});
    QCOMPARE(resultOf(reader.count(filter)).value_or(-1), 1);
}

void HistoryReaderTest::pagesAreCompleteAndDisjoint()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    file.begin();
    for (int item = 0; item < 2500; ++item)
        file.addItem(run, QString::number(item), Outcome::Deleted);
    file.commit();
    HistoryReader reader(file.fileName());
    QStringList all;
    std::optional<qint64> before;
    for (int page = 0; page < 3; ++page) {
        const auto items = resultOf(reader.page({}, before));
        QCOMPARE(items->isLast, page == 2);
        all += namesOf(items);
        before = items->items.last().number;
    }
    QCOMPARE(all.size(), 2500);
    for (int item = 0; item < 2500; ++item)
        QCOMPARE(all.at(item), QString::number(2499 - item));
    QCOMPARE(resultOf(reader.count({})).value_or(-1), 2500);
}

void HistoryReaderTest::rareItemsAreFoundBehindManyOthers()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    file.begin();
    file.addItem(run, u"needle"_s, Outcome::Deleted);
    for (int item = 0; item < 21'000; ++item)
        file.addItem(run, u"hay"_s, Outcome::Deleted);
    file.commit();
    HistoryReader reader(file.fileName());
    QCOMPARE(foundByText(reader, u"needle"_s), QStringList{u"needle"_s});
    HistoryFilter filter;
    filter.text = u"needle"_s;
    QCOMPARE(resultOf(reader.count(filter)).value_or(-1), 1);
}

void HistoryReaderTest::detailsTellEverything()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    const QByteArray definition = R"({"name":"Bridge","type":"Full"})";
    const qint64 item = file.addItem(run, u"Bridge"_s, Outcome::Refused, definition);
    NetworkFailure lost;
    lost.kind = NetworkFailure::Kind::ConnectionLost;
    file.addAnswer(item, lost, 0, 2);
    file.addAnswer(item, Testing::submittedMeanwhile());
    file.addCreation(item, {}, {});
    file.addCreation(item, CreationOutcome::Created, u"new-1"_s);
    HistoryReader reader(file.fileName());
    const auto found = resultOf(reader.details(item));
    QCOMPARE(found->size(), 1);
    const HistoryItemDetails &details = found->first();
    QCOMPARE(details.definition, definition);
    QCOMPARE(details.origin, u"https://api.bentley.com"_s);
    QCOMPARE(details.answers.size(), 2);
    QVERIFY(std::holds_alternative<NetworkFailure>(details.answers.at(0).error.value()));
    QCOMPARE(details.answers.at(1).exchange.verb, Verb::Delete);
    QCOMPARE(details.answers.at(1).exchange.serviceCorrelationId, u"service-1"_s);
    QCOMPARE(details.sends(), 3);
    QVERIFY(details.error() != nullptr);
    QCOMPARE(*details.error(), ApiError(Testing::submittedMeanwhile()));
    QCOMPARE(details.creations.size(), 2);
    QCOMPARE(details.creations.at(0).outcome, std::nullopt);
    QCOMPARE(details.creations.at(1).newId.text, u"new-1"_s);
    QVERIFY(resultOf(reader.details(item + 1))->isEmpty());
}

void HistoryReaderTest::errorsOfCreatingAgainDoNotExplainTheDeletion()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    const qint64 item = file.addRefused(run, u"Bridge"_s);
    HttpFailure refusedCreation;
    refusedCreation.status = 400;
    file.addAnswer(item, refusedCreation, 0, 1, Verb::Post);
    HistoryReader reader(file.fileName());
    const auto page = resultOf(reader.page({}));
    QCOMPARE(statusOf(*page->items.first().error), 422);
    const auto details = resultOf(reader.details(item));
    QCOMPARE(statusOf(*details->first().error()), 422);
    QCOMPARE(details->first().sends(), 1);
}

void HistoryReaderTest::definitionsAreThereForCreatingAgain()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    const qint64 first = file.addItem(run, u"a"_s, Outcome::Deleted, R"({"name":"a"})");
    file.addItem(run, u"b"_s, Outcome::Deleted);
    HistoryReader reader(file.fileName());
    const auto items = resultOf(reader.drafts({first}));
    QCOMPARE(items->size(), 1);
    QCOMPARE(items->first().id.text, u"job-1"_s);
    QCOMPARE(items->first().name, u"a"_s);
    QCOMPARE(items->first().definition, R"({"name":"a"})"_ba);
    QCOMPARE(items->first().item, u"00000000-0000-4000-9000-000000000001"_s);
}

void HistoryReaderTest::readsWhatTheHistoryWrites()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"history"_s);
    SqliteHistory history;
    QVERIFY(Testing::openAndWait(&history, name));
    const QDateTime time = Testing::someTime(5);
    const NewItem item = Testing::someItem(u"c-1"_s);
    QVERIFY(Testing::isDone(history.begin(Testing::someRun(u"r-1"_s), {item})));
    QVERIFY(Testing::isDone(history.intend({item.correlationId}, time)));
    AnswerRecord answer;
    answer.error = Testing::submittedMeanwhile();
    answer.status = 422;
    answer.exchange = exchangeOf(*answer.error);
    QVERIFY(Testing::isDone(history.answered(item.correlationId, answer)));
    QVERIFY(Testing::isDone(history.finish(item.correlationId, Outcome::Refused, time)));
    QVERIFY(Testing::isDone(history.intendCreation(item.correlationId, u"again"_s, time)));
    QVERIFY(Testing::isDone(
        history.finishCreation(u"again"_s, CreationOutcome::Created, {u"new-1"_s}, time)));

    HistoryReader reader(name);
    const auto runs = resultOf(reader.runs());
    QCOMPARE(runs->size(), 1);
    QCOMPARE(runs->first().summary, (RunSummary{.refused = 1}));
    QCOMPARE(foundByText(reader, u"CANNOT DELETE"_s), QStringList{item.name});
    const auto page = resultOf(reader.page({}));
    const auto details = resultOf(reader.details(page->items.first().number));
    const HistoryItemDetails &found = details->first();
    QCOMPARE(found.item.outcome, Outcome::Refused);
    QCOMPARE(found.item.finishedAt, time);
    QCOMPARE(found.item.createdAs.text, u"new-1"_s);
    QCOMPARE(found.definition, item.definition);
    QCOMPARE(found.answers.size(), 1);
    QCOMPARE(found.answers.first().exchange.verb, Verb::Delete);
    QCOMPARE(*found.error(), *answer.error);
}

void HistoryReaderTest::newerRequestDropsTheOlder()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    file.addItem(run, u"a"_s, Outcome::Deleted);
    HistoryReader reader(file.fileName());
    QList<QFuture<HistoryResult<HistoryPage>>> older;
    for (int i = 0; i < 20; ++i)
        older.append(reader.page({}));
    auto last = reader.page({});
    auto other = reader.runs();
    last.waitForFinished();
    other.waitForFinished();
    QVERIFY(!last.isCanceled());
    QVERIFY(!other.isCanceled());
    for (auto &future : older)
        QVERIFY(future.isFinished());
    // The thread may have been quick with the very first ones.
    QVERIFY(std::ranges::any_of(older, [](const auto &future) { return future.isCanceled(); }));
}

void HistoryReaderTest::readsWhatIsWrittenMeanwhile()
{
    WrittenHistory file;
    const qint64 run = file.addRun();
    HistoryReader reader(file.fileName());
    QCOMPARE(found(reader, {}), QStringList());
    file.begin();
    file.addItem(run, u"a"_s, Outcome::Deleted);
    // Reading does not wait for the writer.
    QCOMPARE(found(reader, {}), QStringList());
    file.commit();
    QCOMPARE(found(reader, {}), QStringList{u"a"_s});
}

void HistoryReaderTest::missingFileIsAnEmptyHistory()
{
    const QTemporaryDir folder;
    HistoryReader reader(folder.filePath(u"history"_s));
    QCOMPARE(found(reader, {}), QStringList());
    QVERIFY(resultOf(reader.runs())->isEmpty());
    QCOMPARE(resultOf(reader.count({})).value_or(-1), 0);
    QVERIFY(!QFile::exists(folder.filePath(u"history"_s)));
}

void HistoryReaderTest::emptyFileIsAnEmptyHistory()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    HistoryReader reader(file.fileName());
    QCOMPARE(found(reader, {}), QStringList());
}

void HistoryReaderTest::unusableFilesAreReported_data()
{
    using Kind = HistoryFailure::Kind;
    QTest::addColumn<QStringList>("changes");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("another program's")
        << QStringList{u"PRAGMA application_id = 7"_s} << Kind::ForeignFile;
    QTest::newRow("nobody's") << QStringList{u"PRAGMA application_id = 0"_s} << Kind::ForeignFile;
    QTest::newRow("newer") << QStringList{u"PRAGMA user_version = 99"_s} << Kind::NewerVersion;
    QTest::newRow("not yet migrated") << QStringList{u"PRAGMA user_version = 0"_s} << Kind::NotOpen;
    QTest::newRow("without a table") << QStringList{u"DROP TABLE answer"_s} << Kind::Broken;
}

void HistoryReaderTest::unusableFilesAreReported()
{
    QFETCH(const QStringList, changes);
    QFETCH(const HistoryFailure::Kind, kind);
    WrittenHistory file;
    file.addItem(file.addRun(), u"a"_s, Outcome::Deleted);
    for (const QString &change : changes)
        file.exec(change);
    file.exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    HistoryReader reader(file.fileName());
    const auto page = resultOf(reader.page({}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, kind);
    QCOMPARE(page.error().fileName, file.fileName());
}

void HistoryReaderTest::damageIsReportedAndMendingNoticed()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"history"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    HistoryReader reader(name);
    const auto page = resultOf(reader.page({}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, HistoryFailure::Kind::Damaged);
    QVERIFY(!page.error().technicalText.isEmpty());

    QVERIFY(QFile::remove(name));
    WrittenHistory mended;
    mended.addItem(mended.addRun(), u"a"_s, Outcome::Deleted);
    QVERIFY(QFile::copy(mended.fileName(), name));
    QVERIFY(QFile::copy(mended.fileName() + u"-wal"_s, name + u"-wal"_s));
    QCOMPARE(found(reader, {}), QStringList{u"a"_s});
}

QTEST_GUILESS_MAIN(HistoryReaderTest)
#include "tst_historyreader.moc"
