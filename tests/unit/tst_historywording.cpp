// SPDX-License-Identifier: GPL-3.0-or-later

// What people read about the history.

#include "tests/support/writtenhistory.h"
#include "ui/historywording.h"

#include <QLocale>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class HistoryWordingTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everyFailureSaysWhatHappenedAndWhatToDo_data();
    void everyFailureSaysWhatHappenedAndWhatToDo();
    void failureShowsForeignTextPlainly();
    void exportFailuresDiffer();
    void trialRunsAreMarked();
    void reasonsFollowTheOutcome();
    void creationsSayWhatBecameOfThem();
};

void HistoryWordingTest::everyFailureSaysWhatHappenedAndWhatToDo_data()
{
    using Kind = HistoryFailure::Kind;
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("whatToDo");
    QTest::newRow("not open") << Kind::NotOpen << u"not open yet"_s << u"try again"_s;
    QTest::newRow("not writable") << Kind::NotWritable << u"cannot be opened or written"_s
                                  << u"Give yourself permission"_s;
    QTest::newRow("foreign") << Kind::ForeignFile << u"is not a history"_s << u"Move it"_s;
    QTest::newRow("damaged") << Kind::Damaged << u"is damaged"_s << u"Move the file"_s;
    QTest::newRow("newer") << Kind::NewerVersion << u"A newer Jobsweep"_s << u"Use that version"_s;
    QTest::newRow("disk full") << Kind::DiskFull << u"The disk is full"_s << u"Make room"_s;
    QTest::newRow("locked") << Kind::Locked << u"Another program holds"_s << u"Close that"_s;
    QTest::newRow("broken") << Kind::Broken << u"failed"_s << u"Check the disk"_s;
}

void HistoryWordingTest::everyFailureSaysWhatHappenedAndWhatToDo()
{
    QFETCH(const HistoryFailure::Kind, kind);
    QFETCH(const QString, what);
    QFETCH(const QString, whatToDo);
    const QString text
        = Wording::historyFailure({kind, u"/home/ana/history"_s, u"disk I/O error"_s});
    QVERIFY2(text.contains(what), qPrintable(text));
    QVERIFY2(text.contains(whatToDo), qPrintable(text));
    QVERIFY2(text.contains(u"disk I/O error"_s), qPrintable(text));
    if (kind != HistoryFailure::Kind::NotOpen)
        QVERIFY2(text.contains(u"/home/ana/history"_s), qPrintable(text));
}

void HistoryWordingTest::failureShowsForeignTextPlainly()
{
    const QString text
        = Wording::historyFailure({HistoryFailure::Kind::Broken, u"/home/\u202Eana\n/x"_s, {}});
    QVERIFY2(text.contains(u"/home/\\u{202E}ana\\u{A}/x"_s), qPrintable(text));
}

void HistoryWordingTest::exportFailuresDiffer()
{
    const TargetFailure full{TargetFailure::Kind::DiskFull, u"/x.csv"_s, {}};
    const TargetFailure forbidden{TargetFailure::Kind::NotWritable, u"/x.csv"_s,
                                  u"Permission denied"_s};
    QVERIFY(Wording::exportFailure(full).contains(u"no room"_s));
    QVERIFY(Wording::exportFailure(forbidden).contains(u"cannot be written"_s));
    QVERIFY(Wording::exportFailure(forbidden).contains(u"Permission denied"_s));
    QSet<QString> sentences;
    for (const auto kind : {TargetFailure::Kind::NotWritable, TargetFailure::Kind::DiskFull,
                            TargetFailure::Kind::FolderGone, TargetFailure::Kind::NotAFile,
                            TargetFailure::Kind::Broken})
        sentences.insert(Wording::exportFailure(TargetFailure{kind, u"/x.csv"_s, {}}));
    QCOMPARE(sentences.size(), 5);
    const HistoryFailure damaged{HistoryFailure::Kind::Damaged, u"/h"_s, {}};
    QCOMPARE(Wording::exportFailure(damaged), Wording::historyFailure(damaged));
}

void HistoryWordingTest::trialRunsAreMarked()
{
    const QDateTime time = Testing::WrittenHistory::firstTime();
    QVERIFY(Wording::runTitle(time, true).endsWith(u"(demo)"_s));
    QVERIFY(!Wording::runTitle(time, false).contains(u"demo"_s));
}

void HistoryWordingTest::reasonsFollowTheOutcome()
{
    HistoryItem item;
    item.error = std::make_shared<const ApiError>(Testing::submittedMeanwhile());
    item.outcome = Outcome::Refused;
    QVERIFY(Wording::itemReason(item).contains(u"already submitted"_s));
    // The error of an attempt before says nothing about a job that is gone.
    item.outcome = Outcome::Deleted;
    QCOMPARE(Wording::itemReason(item), QString());
    item.outcome = Outcome::Unknown;
    QVERIFY(Wording::itemReason(item).startsWith(u"It may be deleted or not"_s));
    item.outcome.reset();
    item.stage = ItemStage::Intended;
    QVERIFY(Wording::itemReason(item).startsWith(u"It may be deleted or not"_s));
    QCOMPARE(Wording::itemOutcome(item), u"Not finished"_s);
    item.stage = ItemStage::Confirmed;
    QCOMPARE(Wording::itemReason(item), u"It was not sent yet."_s);
    QCOMPARE(Wording::itemOutcome(item), u"Not sent"_s);
}

void HistoryWordingTest::creationsSayWhatBecameOfThem()
{
    HistoryCreation creation;
    creation.intendedAt = Testing::WrittenHistory::firstTime();
    QVERIFY(Wording::creation(creation).contains(u"may have been created again or not"_s));
    creation.outcome = CreationOutcome::Unknown;
    QVERIFY(Wording::creation(creation).contains(u"may have been created again or not"_s));
    creation.outcome = CreationOutcome::Created;
    creation.newId.text = u"new-1"_s;
    QVERIFY(Wording::creation(creation).contains(u"new-1"_s));
}

QTEST_GUILESS_MAIN(HistoryWordingTest)
#include "tst_historywording.moc"
