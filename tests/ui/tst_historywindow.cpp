// SPDX-License-Identifier: GPL-3.0-or-later

// The history window over a history file, found by accessible names as a screen reader finds it.

#include "tests/support/fakeclock.h"
#include "tests/support/fakehistory.h"
#include "tests/support/findwidgets.h"
#include "tests/support/writtenhistory.h"
#include "ui/deletion/historytable.h"
#include "ui/deletion/historywindow.h"
#include "ui/namedcombobox.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::button;
using Testing::FakeClock;
using Testing::FakeHistory;
using Testing::named;
using Testing::shows;
using Testing::WrittenHistory;

namespace {

/// A window over a file, as the program would build it.
struct Shown
{
    Shown() = default;
    Q_DISABLE_COPY_MOVE(Shown)

    void show() { window.show(); }
    [[nodiscard]] HistoryTable &table() const { return *window.findChild<HistoryTable *>(); }
    [[nodiscard]] int rows() const { return table().model()->rowCount(); }
    [[nodiscard]] QString cell(int row, HistoryModel::Column column) const
    {
        return table().model()->index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < rows(); ++row)
            all.append(cell(row, HistoryModel::Column::Job));
        return all;
    }
    void choose(const QString &filter, const QString &entry) const
    {
        auto *box = named<NamedComboBox>(window, filter);
        box->setCurrentText(entry);
        emit box->activated(box->currentIndex());
    }
    [[nodiscard]] QString fact(const QString &name) const
    {
        const auto *label = named<QLabel>(window, name);
        return label == nullptr ? u"(no such label)"_s : label->text();
    }

    WrittenHistory file;
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.ini"_s)};
    FakeClock clock;
    FakeHistory history;
    HistoryReader reader{file.fileName()};
    HistoryWindow window{{.history = history,
                          .reader = reader,
                          .settings = settings,
                          .clock = clock,
                          .redact = [](const QString &text) { return text; }}};
};

} // namespace

class HistoryWindowTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        // All but what the platform without a screen says about every window.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void itemsAreInWords();
    void runsAreListedWithTheirCounts();
    void runNarrowsTheItems();
    void searchRunsWhileTyping();
    void outcomeAndPeriodFilter();
    void nothingMatchesOffersToClearTheFilters();
    void refusalIsExplainedAsWhenItHappened();
    void deletedItemShowsItsRecordAndDefinition();
    void hostileNamesStayPlainText();
    void emptyHistorySaysSo();
    void unreadableHistorySaysWhy();
    void createAgainIsForGoneJobsOnly();
    void createAgainHandsOverWhatIsNeeded();
    void clearAsksFirst();
    void escapeClearsNothing();
    void failedClearingIsExplained();
    void exportWritesWhatIsShown();
    void exportOfSeveralSelectedWritesThose();
    void failedExportIsExplained();
    void followsWhatIsWritten();
    void keyboardReachesAll();
    void geometryIsRemembered();

private:
    static void exportTo(Shown &shown, const QString &fileName);
    static QMessageBox *box();
};

QMessageBox *HistoryWindowTest::box()
{
    return qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
}

void HistoryWindowTest::exportTo(Shown &shown, const QString &fileName)
{
    QTest::mouseClick(button(shown.window, u"Export…"_s), Qt::LeftButton);
    auto *dialog = shown.window.findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr);
    emit dialog->fileSelected(fileName);
    dialog->close();
}

void HistoryWindowTest::itemsAreInWords()
{
    using Column = HistoryModel::Column;
    Shown shown;
    const qint64 run = shown.file.addRun(true);
    const qint64 gone = shown.file.addItem(run, u"Bridge"_s, Outcome::Deleted);
    shown.file.addCreation(gone, CreationOutcome::Created, u"new-1"_s);
    shown.file.addRefused(run, u"Quarry"_s);
    shown.file.addItem(run, QString(), {});
    shown.show();
    QTRY_COMPARE(shown.rows(), 3);
    QCOMPARE(shown.names(), (QStringList{u"job-3"_s, u"Quarry"_s, u"Bridge"_s}));
    QCOMPARE(shown.cell(0, Column::Outcome), u"Not sent"_s);
    QCOMPARE(shown.cell(1, Column::Outcome), u"Refused"_s);
    QCOMPARE(shown.cell(1, Column::Reason),
             u"This job was already submitted, so it can no longer be deleted."_s);
    QCOMPARE(shown.cell(2, Column::Outcome), u"Deleted"_s);
    QCOMPARE(shown.cell(2, Column::CreatedAs), u"new-1"_s);
    QVERIFY(shown.cell(2, Column::Run).endsWith(u"(demo)"_s));
    QTRY_COMPARE(shown.fact(u"Shown items"_s), u"3 items"_s);
}

void HistoryWindowTest::runsAreListedWithTheirCounts()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"a"_s, Outcome::Deleted);
    shown.file.addItem(run, u"b"_s, Outcome::Deleted);
    shown.file.addRefused(run, u"c"_s);
    shown.show();
    const auto *runs = named<QListWidget>(shown.window, u"Runs"_s);
    QVERIFY(runs != nullptr);
    QTRY_COMPARE(runs->count(), 2);
    QCOMPARE(runs->item(0)->text(), u"All runs"_s);
    QVERIFY(runs->item(1)->text().endsWith(u"3 jobs: 2 deleted, 1 refused"_s));
}

void HistoryWindowTest::runNarrowsTheItems()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"a"_s, Outcome::Deleted);
    shown.file.addItem(shown.file.addRun(), u"b"_s, Outcome::Deleted);
    shown.show();
    auto *runs = named<QListWidget>(shown.window, u"Runs"_s);
    QTRY_COMPARE(runs->count(), 3);
    runs->setCurrentRow(2);
    QTRY_COMPARE(shown.names(), QStringList{u"a"_s});
    runs->setCurrentRow(0);
    QTRY_COMPARE(shown.rows(), 2);
}

void HistoryWindowTest::searchRunsWhileTyping()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"Bridge"_s, Outcome::Deleted);
    shown.file.addItem(run, u"Quarry"_s, Outcome::Deleted);
    shown.show();
    QTRY_COMPARE(shown.rows(), 2);
    auto *search = named<QLineEdit>(shown.window, u"Search history"_s);
    QVERIFY(search != nullptr);
    QTest::keyClicks(search, u"QUARR"_s);
    QTRY_COMPARE(shown.names(), QStringList{u"Quarry"_s});
    search->clear();
    QTRY_COMPARE(shown.rows(), 2);
}

void HistoryWindowTest::outcomeAndPeriodFilter()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"deleted"_s, Outcome::Deleted);
    shown.file.addRefused(run, u"refused"_s);
    shown.file.addItem(run, u"open"_s, {});
    shown.clock.setUtc(WrittenHistory::firstTime().addDays(2));
    shown.show();
    QTRY_COMPARE(shown.rows(), 3);
    shown.choose(u"Outcome"_s, u"Refused"_s);
    QTRY_COMPARE(shown.names(), QStringList{u"refused"_s});
    shown.choose(u"Outcome"_s, u"Not finished"_s);
    QTRY_COMPARE(shown.names(), QStringList{u"open"_s});
    shown.choose(u"Outcome"_s, u"Any"_s);
    shown.choose(u"Period"_s, u"Today"_s);
    QTRY_COMPARE(shown.rows(), 0);
    shown.choose(u"Period"_s, u"Last 7 days"_s);
    QTRY_COMPARE(shown.rows(), 3);
}

void HistoryWindowTest::nothingMatchesOffersToClearTheFilters()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    shown.choose(u"Outcome"_s, u"Failed"_s);
    QTRY_VERIFY(shows(shown.window, u"Nothing matches"_s));
    QTest::mouseClick(button(shown.window, u"Clear Search and Filters"_s), Qt::LeftButton);
    QTRY_COMPARE(shown.rows(), 1);
    QTRY_VERIFY(!shows(shown.window, u"Nothing matches"_s));
}

void HistoryWindowTest::refusalIsExplainedAsWhenItHappened()
{
    Shown shown;
    shown.file.addRefused(shown.file.addRun(), u"Quarry"_s);
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    shown.table().selectRow(0);
    QTRY_VERIFY(named<QWidget>(shown.window, u"Error details"_s) != nullptr);

    FakeClock clock;
    ErrorPanel live(clock, [](const QString &text) { return text; });
    live.setError(Testing::submittedMeanwhile(), Occasion::Deleting, u"Quarry"_s);
    const auto textsOf = [](const QWidget &panel) {
        QStringList texts;
        const QList<QLabel *> labels = panel.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        return texts;
    };
    QTRY_COMPARE(textsOf(*named<ErrorPanel>(shown.window, u"Error details"_s)), textsOf(live));
}

void HistoryWindowTest::deletedItemShowsItsRecordAndDefinition()
{
    Shown shown;
    const qint64 item = shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted,
                                           R"({"name":"Bridge","type":"Full"})");
    shown.file.addAnswer(item, {}, 204, 2);
    shown.file.addCreation(item, CreationOutcome::Created, u"new-1"_s);
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    shown.table().selectRow(0);
    QTRY_COMPARE(shown.fact(u"Job id"_s), u"job-1"_s);
    QCOMPARE(shown.fact(u"Times sent"_s), u"2"_s);
    QCOMPARE(shown.fact(u"Account"_s), u"ana.silva@example.com"_s);
    QVERIFY(shown.fact(u"Answers"_s).endsWith(u"status 204"_s));
    QVERIFY(shows(shown.window, u"created again as"_s));
    QVERIFY(named<QWidget>(shown.window, u"Error details"_s) == nullptr);

    auto *tabs = shown.window.findChild<QTabWidget *>();
    tabs->setCurrentIndex(2);
    const auto *definition = named<QPlainTextEdit>(shown.window, u"Definition"_s);
    QVERIFY(definition != nullptr);
    QVERIFY(definition->toPlainText().contains(u"    \"type\": \"Full\""_s));
    QTest::mouseClick(named<QPushButton>(shown.window, u"Copy Definition"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"type\": \"Full\""_s));
}

void HistoryWindowTest::hostileNamesStayPlainText()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"<b>x</b>\u202Egpj\n"_s, Outcome::Deleted,
                       "{\"name\":\"<img src=x>\"}");
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    QCOMPARE(shown.names(), QStringList{u"<b>x</b>\\u{202E}gpj\\u{A}"_s});
    const QString toolTip = shown.table().model()->index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY(toolTip.contains(u"&lt;b&gt;"_s));
    shown.table().selectRow(0);
    QTRY_COMPARE(shown.fact(u"Job"_s), u"<b>x</b>\\u{202E}gpj\\u{A}"_s);
    const QList<QLabel *> labels = shown.window.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void HistoryWindowTest::emptyHistorySaysSo()
{
    Shown shown;
    shown.show();
    QTRY_VERIFY(shows(shown.window, u"Nothing was deleted yet"_s));
    QVERIFY(!button(shown.window, u"Export…"_s)->isEnabled());
    QVERIFY(!button(shown.window, u"Clear History…"_s)->isEnabled());
}

void HistoryWindowTest::unreadableHistorySaysWhy()
{
    Shown shown;
    shown.file.exec(u"PRAGMA user_version = 99"_s);
    shown.show();
    QTRY_VERIFY(shows(shown.window, u"The history cannot be read"_s));
    QVERIFY(shows(shown.window, u"A newer Jobsweep has written the history"_s));
}

void HistoryWindowTest::createAgainIsForGoneJobsOnly()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"deleted"_s, Outcome::Deleted);
    shown.file.addItem(run, u"gone"_s, Outcome::AlreadyGone);
    shown.file.addRefused(run, u"refused"_s);
    shown.file.addItem(run, u"open"_s, {});
    shown.show();
    QTRY_COMPARE(shown.rows(), 4);
    const QPushButton *again = button(shown.window, u"Create Again…"_s);
    QVERIFY(!again->isEnabled());
    shown.table().selectRow(3); // deleted
    QTRY_VERIFY(again->isEnabled());
    shown.table().selectRow(1); // refused
    QTRY_VERIFY(!again->isEnabled());
    shown.table().selectRow(2); // gone
    QTRY_VERIFY(again->isEnabled());
    shown.table().selectRow(0); // open
    QTRY_VERIFY(!again->isEnabled());
    shown.table().selectAll();
    QTRY_VERIFY(shown.fact(u"Shown items"_s).contains(u"4 selected"_s));
    QVERIFY(!again->isEnabled());
}

void HistoryWindowTest::createAgainHandsOverWhatIsNeeded()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"Bridge"_s, Outcome::Deleted, R"({"name":"Bridge"})");
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    shown.table().selectRow(0);
    QPushButton *again = button(shown.window, u"Create Again…"_s);
    QTRY_VERIFY(again->isEnabled());
    QSignalSpy requests(&shown.window, &HistoryWindow::createAgainRequested);
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_COMPARE(requests.count(), 1);
    const auto items = requests.first().first().value<QList<DeletedDraft>>();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items.first().id.text, u"job-1"_s);
    QCOMPARE(items.first().name, u"Bridge"_s);
    QCOMPARE(items.first().definition, R"({"name":"Bridge"})"_ba);
    QVERIFY(!items.first().item.isEmpty());
}

void HistoryWindowTest::clearAsksFirst()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.history.items.insert(u"job-1"_s, {.item = {}, .run = {}, .stage = ItemStage::Finished});
    shown.show();
    QPushButton *clear = button(shown.window, u"Clear History…"_s);
    QTRY_VERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(box() != nullptr);
    QVERIFY(box()->informativeText().contains(u"not finished stay"_s));
    QVERIFY(qobject_cast<QPushButton *>(box()->button(QMessageBox::Cancel))->isDefault());
    QCoreApplication::processEvents();
    QCOMPARE(shown.history.items.size(), 1);
    QTest::mouseClick(button(*box(), u"Clear History"_s), Qt::LeftButton);
    QTRY_COMPARE(shown.history.items.size(), 0);
}

void HistoryWindowTest::escapeClearsNothing()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.history.items.insert(u"job-1"_s, {.item = {}, .run = {}, .stage = ItemStage::Finished});
    shown.show();
    QPushButton *clear = button(shown.window, u"Clear History…"_s);
    QTRY_VERIFY(clear->isEnabled());
    for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_Return}) {
        QTest::mouseClick(clear, Qt::LeftButton);
        QVERIFY(box() != nullptr);
        QTest::keyClick(box(), key);
        QTRY_VERIFY(box() == nullptr);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(shown.history.items.size(), 1);
    }
}

void HistoryWindowTest::failedClearingIsExplained()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, u"/x/history"_s, {}});
    shown.show();
    QPushButton *clear = button(shown.window, u"Clear History…"_s);
    QTRY_VERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    QTest::mouseClick(button(*box(), u"Clear History"_s), Qt::LeftButton);
    QTRY_VERIFY(box() != nullptr && box()->text().contains(u"The disk is full"_s));
    box()->close();
}

void HistoryWindowTest::exportWritesWhatIsShown()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"Bridge"_s, Outcome::Deleted);
    shown.file.addRefused(run, u"Quarry"_s);
    shown.show();
    QTRY_COMPARE(shown.rows(), 2);
    shown.choose(u"Outcome"_s, u"Refused"_s);
    QTRY_COMPARE(shown.rows(), 1);
    const QString target = shown.folder.filePath(u"out.csv"_s);
    exportTo(shown, target);
    QTRY_VERIFY(shows(shown.window, u"1 item was exported"_s));
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY(csv.contains("Quarry"));
    QVERIFY(!csv.contains("Bridge"));
}

void HistoryWindowTest::exportOfSeveralSelectedWritesThose()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    for (const QString &name : {u"north"_s, u"south"_s, u"west"_s})
        shown.file.addItem(run, name, Outcome::Deleted);
    shown.show();
    QTRY_COMPARE(shown.rows(), 3);
    shown.table().selectRow(0);
    QTest::keyClick(&shown.table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(shown.table().selectedCount(), 2);
    const QString target = shown.folder.filePath(u"out.json"_s);
    exportTo(shown, target);
    QTRY_VERIFY(shows(shown.window, u"2 items were exported"_s));
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QVERIFY(json.startsWith('['));
    QVERIFY(json.contains("west"));
    QVERIFY(json.contains("south"));
    QVERIFY(!json.contains("north"));
}

void HistoryWindowTest::failedExportIsExplained()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.show();
    QTRY_COMPARE(shown.rows(), 1);
    QTRY_VERIFY(button(shown.window, u"Export…"_s)->isEnabled());
    exportTo(shown, u"/no/such/folder/out.csv"_s);
    QTRY_VERIFY(box() != nullptr);
    QVERIFY(box()->informativeText().contains(u"cannot be written"_s));
    box()->close();
    QTRY_VERIFY(button(shown.window, u"Export…"_s)->isEnabled());
}

void HistoryWindowTest::followsWhatIsWritten()
{
    Shown shown;
    const qint64 run = shown.file.addRun();
    shown.file.addItem(run, u"Bridge"_s, Outcome::Deleted);
    shown.file.addItem(run, u"Quarry"_s, {});
    shown.show();
    QTRY_COMPARE(shown.rows(), 2);
    shown.table().selectRow(0);
    QTRY_VERIFY(shows(shown.window, u"It was not sent yet."_s));
    shown.file.exec(u"UPDATE item SET stage = 'finished', outcome = 'deleted'"_s);
    shown.file.addItem(run, u"Dam"_s, {});
    emit shown.history.changed();
    QTRY_COMPARE(shown.rows(), 3);
    QCOMPARE(shown.table().currentIndex().row(), 1);
    QTRY_VERIFY(!shows(shown.window, u"It was not sent yet."_s));
}

void HistoryWindowTest::keyboardReachesAll()
{
    Shown shown;
    shown.file.addItem(shown.file.addRun(), u"Bridge"_s, Outcome::Deleted);
    shown.show();
    QVERIFY(QTest::qWaitForWindowActive(&shown.window));
    QTRY_COMPARE(shown.rows(), 1);
    shown.table().setFocus();
    QTest::keyClick(&shown.table(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(named<QLineEdit>(shown.window, u"Search history"_s)->hasFocus());
    shown.table().selectRow(0);
    QTest::keyClick(&shown.table(), Qt::Key_Delete);
    QVERIFY(box() == nullptr);
    QCOMPARE(shown.rows(), 1);
    QTest::keyClick(&shown.table(), Qt::Key_Escape);
    QVERIFY(!shown.window.isVisible());
}

void HistoryWindowTest::geometryIsRemembered()
{
    Shown shown;
    shown.show();
    shown.window.resize(900, 500);
    shown.window.close();
    HistoryWindow again({.history = shown.history,
                         .reader = shown.reader,
                         .settings = shown.settings,
                         .clock = shown.clock,
                         .redact = {}});
    QCOMPARE(again.size(), QSize(900, 500));
}

QTEST_MAIN(HistoryWindowTest)
#include "tst_historywindow.moc"
