// SPDX-License-Identifier: GPL-3.0-or-later

// The models over the history, under Qt's own model tester.

#include "deletion/historymodel.h"
#include "deletion/historyreader.h"
#include "deletion/historyrunmodel.h"
#include "tests/support/writtenhistory.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::WrittenHistory;

namespace {

QStringList names(const HistoryModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.index(row, 0).data().toString());
    return all;
}

} // namespace

class HistoryModelTest final : public QObject
{
    Q_OBJECT

    struct Tested
    {
        WrittenHistory file;
        HistoryReader reader{file.fileName()};
        HistoryModel model{reader};
        QAbstractItemModelTester tester{&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest};

        /// Until the reader is done with what it was asked before; no answer arrives meanwhile.
        void waitUntilRead() { reader.runs().waitForFinished(); }
    };

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void givesValues();
    void allPagesComeByThemselves();
    void filterReplacesTheRows();
    void oldRowsStayUntilTheNewOnesAreThere();
    void lastOfSeveralFiltersWins();
    void refreshChangesOnlyWhatIsDifferent();
    void refreshTakesRowsOut();
    void refreshDuringReadingIsNotLost();
    void failureLeavesNoRows();
    void runsFollowTheFile();
};

void HistoryModelTest::givesValues()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addRefused(run, u"Bridge"_s);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 1);
    const auto value = [&tested](HistoryModel::Column column) {
        return tested.model.index(0, static_cast<int>(column)).data();
    };
    using Column = HistoryModel::Column;
    QCOMPARE(value(Column::Job), u"Bridge"_s);
    QCOMPARE(value(Column::Outcome), u"refused"_s);
    QCOMPARE(value(Column::When).toDateTime(), WrittenHistory::firstTime().addSecs(60));
    QCOMPARE(value(Column::Run).toLongLong(), run);
    QCOMPARE(value(Column::CreatedAs), QString());
    QCOMPARE(tested.model.total(), 1);
}

void HistoryModelTest::allPagesComeByThemselves()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.begin();
    for (int item = 0; item < 3000; ++item)
        tested.file.addItem(run, QString::number(item), Outcome::Deleted);
    tested.file.commit();
    tested.model.setFilter({});
    QVERIFY(tested.model.isLoading());
    QTRY_VERIFY(!tested.model.isLoading());
    QCOMPARE(tested.model.rowCount(), 3000);
    QCOMPARE(tested.model.itemAt(0).name, u"2999"_s);
    QCOMPARE(tested.model.itemAt(2999).name, u"0"_s);
    QCOMPARE(tested.model.total(), 3000);
}

void HistoryModelTest::filterReplacesTheRows()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addItem(run, u"deleted"_s, Outcome::Deleted);
    tested.file.addItem(run, u"failed"_s, Outcome::Failed);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 2);
    HistoryFilter filter;
    filter.outcome = Outcome::Failed;
    tested.model.setFilter(filter);
    QTRY_COMPARE(names(tested.model), QStringList{u"failed"_s});
    filter.text = u"nothing like this"_s;
    tested.model.setFilter(filter);
    QTRY_COMPARE(names(tested.model), QStringList());
    QCOMPARE(tested.model.total(), 0);
}

void HistoryModelTest::oldRowsStayUntilTheNewOnesAreThere()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addItem(run, u"deleted"_s, Outcome::Deleted);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 1);
    HistoryFilter filter;
    filter.text = u"other"_s;
    tested.model.setFilter(filter);
    QCOMPARE(tested.model.rowCount(), 1);
    QTRY_COMPARE(tested.model.rowCount(), 0);
}

void HistoryModelTest::lastOfSeveralFiltersWins()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    for (const QString &name : {u"alpha"_s, u"beta"_s, u"gamma"_s})
        tested.file.addItem(run, name, Outcome::Deleted);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 3);
    QSignalSpy resets(&tested.model, &QAbstractItemModel::modelReset);
    for (const QString &text : {u"alpha"_s, u"beta"_s, u"gamma"_s}) {
        HistoryFilter filter;
        filter.text = text;
        tested.model.setFilter(filter);
        // Its answer is on its way when the next filter comes.
        if (text != "gamma"_L1)
            tested.waitUntilRead();
    }
    QTRY_COMPARE(resets.count(), 1);
    QCOMPARE(names(tested.model), QStringList{u"gamma"_s});
}

void HistoryModelTest::refreshChangesOnlyWhatIsDifferent()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addItem(run, u"a"_s, Outcome::Deleted);
    tested.file.addItem(run, u"b"_s, {});
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 2);
    QSignalSpy resets(&tested.model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&tested.model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changes(&tested.model, &QAbstractItemModel::dataChanged);
    tested.file.exec(u"UPDATE item SET stage = 'finished', outcome = 'failed' WHERE name = 'b'"_s);
    tested.file.addItem(run, u"c"_s, {});
    tested.file.addItem(run, u"d"_s, {});
    tested.model.refresh();
    QTRY_VERIFY(!tested.model.isLoading());
    QCOMPARE(names(tested.model), (QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(inserts.count(), 1);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(tested.model.itemAt(2).outcome, Outcome::Failed);
}

void HistoryModelTest::refreshTakesRowsOut()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        tested.file.addItem(run, name, Outcome::Deleted);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 4);
    tested.file.exec(u"DELETE FROM item WHERE name IN ('a', 'c')"_s);
    tested.model.refresh();
    QTRY_COMPARE(names(tested.model), (QStringList{u"d"_s, u"b"_s}));
    tested.file.exec(u"DELETE FROM item"_s);
    tested.model.refresh();
    QTRY_COMPARE(tested.model.rowCount(), 0);
}

void HistoryModelTest::refreshDuringReadingIsNotLost()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addItem(run, u"a"_s, Outcome::Deleted);
    tested.model.setFilter({});
    // The answer is made now, and does not have what is written next.
    tested.waitUntilRead();
    tested.file.addItem(run, u"b"_s, Outcome::Deleted);
    tested.model.refresh();
    QTRY_COMPARE(names(tested.model), (QStringList{u"b"_s, u"a"_s}));
}

void HistoryModelTest::failureLeavesNoRows()
{
    Tested tested;
    const qint64 run = tested.file.addRun();
    tested.file.addItem(run, u"a"_s, Outcome::Deleted);
    tested.model.setFilter({});
    QTRY_COMPARE(tested.model.rowCount(), 1);
    tested.file.exec(u"ALTER TABLE answer RENAME TO away"_s);
    tested.model.refresh();
    QTRY_VERIFY(tested.model.failure().has_value());
    QCOMPARE(tested.model.failure()->kind, HistoryFailure::Kind::Broken);
    QCOMPARE(tested.model.rowCount(), 0);
    QVERIFY(!tested.model.isLoading());
    tested.file.exec(u"ALTER TABLE away RENAME TO answer"_s);
    tested.model.refresh();
    QTRY_COMPARE(tested.model.rowCount(), 1);
    QVERIFY(!tested.model.failure());
}

void HistoryModelTest::runsFollowTheFile()
{
    WrittenHistory file;
    HistoryReader reader(file.fileName());
    HistoryRunModel runs(reader);
    const QAbstractItemModelTester tester(&runs,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const qint64 first = file.addRun();
    file.addItem(first, u"a"_s, {});
    runs.refresh();
    QTRY_COMPARE(runs.rowCount(), 1);
    QCOMPARE(runs.runAt(0).summary, (RunSummary{.left = 1}));

    QSignalSpy changes(&runs, &QAbstractItemModel::dataChanged);
    file.exec(u"UPDATE item SET stage = 'finished', outcome = 'deleted'"_s);
    const qint64 second = file.addRun();
    runs.refresh();
    QTRY_COMPARE(runs.rowCount(), 2);
    QCOMPARE(runs.rowOf(second), 0);
    QCOMPARE(runs.rowOf(first), 1);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(runs.runAt(1).summary, (RunSummary{.deleted = 1}));

    file.exec(u"DELETE FROM item"_s);
    file.exec(u"DELETE FROM run WHERE number = ?"_s, {first});
    runs.refresh();
    QTRY_COMPARE(runs.rowCount(), 1);
    QCOMPARE(runs.runAt(0).number, second);
    QCOMPARE(runs.rowOf(first), -1);
}

QTEST_GUILESS_MAIN(HistoryModelTest)
#include "tst_historymodel.moc"
