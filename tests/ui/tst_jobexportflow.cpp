// SPDX-License-Identifier: GPL-3.0-or-later

// From the table over the dialogs to a file, which is read back.

#include "tests/support/csv.h"
#include "tests/support/testwindow.h"
#include "ui/jobs/exportdialog.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QRadioButton>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;
using Row = QStringList;

namespace {

constexpr qsizetype markSize = 3;

/// The window's filter lets them all through.
QList<Job> drafts(int count)
{
    QList<Job> jobs = someJobs(count);
    for (Job &job : jobs) {
        job.state = JobState::Unsubmitted;
        job.stateText = textOf(job.state);
        job.submitted = {};
    }
    return jobs;
}

struct Exporting
{
    explicit Exporting(int count)
    {
        shown.window.show();
        shown.service.jobs = drafts(count);
        shown.open();
        QTRY_COMPARE(shown.core.lister.state(), JobLister::State::Complete);
        shown.table()->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
        target = folder.filePath(u"Ärger.csv"_s);
    }

    [[nodiscard]] QAction *action() const
    {
        const auto all = shown.window.findChildren<QAction *>();
        for (QAction *one : all) {
            if (one->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_E))
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] ExportDialog *dialog() const { return shown.window.findChild<ExportDialog *>(); }
    [[nodiscard]] QFileDialog *fileDialog() const
    {
        return shown.window.findChild<QFileDialog *>();
    }
    [[nodiscard]] QRadioButton *choice(const QString &beginning) const
    {
        const auto all = dialog()->findChildren<QRadioButton *>();
        for (QRadioButton *one : all) {
            if (QString(one->text()).remove(u'&').startsWith(beginning))
                return one;
        }
        return nullptr;
    }
    /// What the person chose with the radio buttons is taken.
    void confirm() const
    {
        dialog()->accept();
        QTRY_VERIFY(dialog() == nullptr);
        QVERIFY(fileDialog() != nullptr);
    }
    void exportTo(const QString &fileName) const
    {
        emit fileDialog()->fileSelected(fileName);
        fileDialog()->close();
        QTRY_VERIFY(fileDialog() == nullptr);
    }
    [[nodiscard]] QString said() const
    {
        const auto *row = shown.named<QWidget>(u"Export"_s);
        return row->isVisible() ? row->accessibleDescription() : QString();
    }
    [[nodiscard]] QByteArray bytes() const
    {
        QFile file(target);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QList<Row> rows() const { return parsedCsv(bytes().mid(markSize)); }

    TestWindow shown;
    QTemporaryDir folder;
    QString target;
};

} // namespace

/// Receives what would be opened on the desktop.
class OpenedFiles final : public QObject
{
    Q_OBJECT

public:
    OpenedFiles() { QDesktopServices::setUrlHandler(u"file"_s, this, "take"); }
    ~OpenedFiles() override { QDesktopServices::unsetUrlHandler(u"file"_s); }
    Q_DISABLE_COPY_MOVE(OpenedFiles)

    QList<QUrl> urls;

public slots:
    void take(const QUrl &url) { urls.append(url); }
};

class TestJobExportFlow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // No file manager of the person who runs the test.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    }

    void emptyTableHasNothingToExport()
    {
        const Exporting empty(0);
        QVERIFY(!empty.action()->isEnabled());
    }

    void shownJobsGoToTheFileAsShown()
    {
        const Exporting exporting(9);
        auto *table = exporting.shown.table();
        table->sortByColumn(static_cast<int>(Column::Id), Qt::DescendingOrder);
        table->setColumnHidden(static_cast<int>(Column::Location), true);
        auto *header = table->horizontalHeader();
        header->moveSection(header->visualIndex(static_cast<int>(Column::Id)), 2);
        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"Shown (9)"_s)->isChecked());
        QVERIFY(!exporting.choice(u"Selected (0)"_s)->isEnabled());
        exporting.confirm();
        const QString name = QFileInfo(exporting.fileDialog()->selectedFiles().value(0)).fileName();
        QCOMPARE(name,
                 QString(u"jobs-"_s
                         % exporting.shown.clock.utc().toLocalTime().date().toString(Qt::ISODate)
                         % u".csv"_s));
        exporting.exportTo(exporting.target);
        QTRY_VERIFY(exporting.said().startsWith(u"Exported 9 jobs to "_s));
        QVERIFY(exporting.said().contains(exporting.target));
        const QList<Row> rows = exporting.rows();
        QCOMPARE(rows.size(), 10);
        QCOMPARE(rows.at(0).mid(0, 3), Row({u"name"_s, u"id"_s, u"state"_s}));
        QVERIFY(!rows.at(0).contains(u"location"_s));
        for (int row = 0; row < 9; ++row)
            QCOMPARE(rows.at(row + 1).at(1), someJob(8 - row).id.text);
    }

    void severalSelectedAreMeant()
    {
        const Exporting exporting(9);
        exporting.shown.clickCell(2, Column::Name);
        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"Shown (9)"_s)->isChecked());
        exporting.dialog()->reject();
        QTRY_VERIFY(exporting.dialog() == nullptr);
        QVERIFY(exporting.fileDialog() == nullptr);

        QTest::keyClick(exporting.shown.table(), Qt::Key_Down, Qt::ShiftModifier);
        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"Selected (2)"_s)->isChecked());
        exporting.choice(u"All"_s)->click();
        exporting.confirm();
        exporting.exportTo(exporting.target);
        QTRY_VERIFY(exporting.said().startsWith(u"Exported 2 jobs to "_s));
        QCOMPARE(exporting.rows().size(), 3);
        QCOMPARE(exporting.rows().at(1).at(0), someJob(2).id.text);
        QVERIFY(exporting.rows().at(0).contains(u"workspaceId"_s));
    }

    void endingSaysTheFormat()
    {
        Exporting exporting(1);
        exporting.action()->trigger();
        exporting.choice(u"All"_s)->click();
        exporting.confirm();
        exporting.target = exporting.folder.filePath(u"one.JSON"_s);
        exporting.exportTo(exporting.target);
        QTRY_VERIFY(exporting.said().startsWith(u"Exported 1 job to "_s));
        const QJsonArray jobs = QJsonDocument::fromJson(exporting.bytes()).array();
        QCOMPARE(jobs, QJsonArray{jsonOf(someJob(0))});
    }

    void choicesAreRemembered()
    {
        Exporting exporting(3);
        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"Visible"_s)->isChecked());
        QVERIFY(exporting.choice(u"CSV"_s)->isChecked());
        exporting.choice(u"All"_s)->click();
        exporting.choice(u"JSON"_s)->click();
        exporting.confirm();
        exporting.target = exporting.folder.filePath(u"jobs.json"_s);
        exporting.exportTo(exporting.target);
        QTRY_VERIFY(!exporting.said().isEmpty());

        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"All"_s)->isChecked());
        QVERIFY(exporting.choice(u"JSON"_s)->isChecked());
        exporting.confirm();
        QCOMPARE(exporting.fileDialog()->directory().path(), exporting.folder.path());
        QVERIFY(exporting.fileDialog()->selectedFiles().value(0).endsWith(u".json"_s));
    }

    void returnExportsWhereverTheFocusIs()
    {
        Exporting exporting(3);
        exporting.action()->trigger();
        QRadioButton *json = exporting.choice(u"JSON"_s);
        json->setFocus();
        QTest::keyClick(json, Qt::Key_Return);
        QTRY_VERIFY(exporting.fileDialog());
    }

    void dialogFollowsTheTable()
    {
        Exporting exporting(9);
        exporting.shown.table()->selectAll();
        exporting.action()->trigger();
        QVERIFY(exporting.choice(u"Selected (9)"_s)->isChecked());
        exporting.shown.core.jobs.removeSoon(someJob(0).id);
        QTRY_VERIFY(exporting.choice(u"Selected (8)"_s) != nullptr);
        exporting.shown.table()->clearSelection();
        QTRY_VERIFY(exporting.choice(u"Selected (0)"_s) != nullptr);
        QVERIFY(exporting.choice(u"Shown (8)"_s)->isChecked());
    }

    void incompleteListIsSaidToBe_data()
    {
        QTest::addColumn<JobLister::State>("state");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("loading") << JobLister::State::Loading << u"more jobs are to come"_s;
        QTest::newRow("stopped") << JobLister::State::Stopped << u"not loaded to its end"_s;
        QTest::newRow("failed") << JobLister::State::Failed << u"not loaded to its end"_s;
        QTest::newRow("complete") << JobLister::State::Complete << QString();
    }
    void incompleteListIsSaidToBe()
    {
        QFETCH(const JobLister::State, state);
        QFETCH(const QString, sentence);
        const ExportDialog dialog({.shown = 3, .selected = 0, .listing = state}, {}, nullptr);
        QString said;
        const auto labels = dialog.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisibleTo(&dialog) && label->text().startsWith(u"The list"_s))
                said = label->text();
        }
        QCOMPARE(said.isEmpty(), sentence.isEmpty());
        QVERIFY2(said.contains(sentence), qPrintable(said));
    }

    void failureIsExplained()
    {
        const Exporting exporting(3);
        exporting.action()->trigger();
        exporting.confirm();
        exporting.exportTo(exporting.folder.filePath(u"gone/jobs.csv"_s));
        QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()) != nullptr);
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(box->informativeText().contains(u"its folder is not there"_s));
        box->close();
        QCOMPARE(exporting.said(), QString());
        QTRY_VERIFY(exporting.action()->isEnabled());
    }

    void folderIsShown()
    {
        const Exporting exporting(3);
        exporting.action()->trigger();
        exporting.confirm();
        exporting.exportTo(exporting.target);
        QTRY_VERIFY(exporting.shown.button(u"Show in Folder"_s) != nullptr);
        const OpenedFiles opened;
        exporting.shown.button(u"Show in Folder"_s)->click();
        QTRY_COMPARE(opened.urls, QList<QUrl>{QUrl::fromLocalFile(exporting.folder.path())});
        exporting.shown.button(u"Dismiss"_s)->click();
        QCOMPARE(exporting.said(), QString());
    }

    void cancelIsSaid()
    {
        // Enough to take longer than the click.
        Exporting exporting(1);
        QList<Job> jobs = drafts(20'000);
        for (Job &job : jobs)
            job.definition = QByteArray(32 * 1024, 'x');
        exporting.shown.core.jobs.append(jobs);
        QTRY_VERIFY(exporting.action()->isEnabled());
        exporting.action()->trigger();
        exporting.choice(u"All"_s)->click();
        exporting.choice(u"JSON"_s)->click();
        exporting.confirm();
        exporting.target = exporting.folder.filePath(u"jobs.json"_s);
        exporting.exportTo(exporting.target);
        QVERIFY(exporting.shown.button(u"Cancel Export"_s) != nullptr);
        QVERIFY(!exporting.action()->isEnabled());
        exporting.shown.button(u"Cancel Export"_s)->click();
        QTRY_VERIFY(exporting.said().contains(u"cancelled"_s));
        QVERIFY(!QFileInfo::exists(exporting.target));
        QVERIFY(exporting.action()->isEnabled());
    }

    void contextMenuOffersIt()
    {
        const Exporting exporting(3);
        exporting.shown.clickCell(1, Column::Name);
        QContextMenuEvent event(QContextMenuEvent::Mouse, {5, 5}, {5, 5});
        QCoreApplication::sendEvent(exporting.shown.table()->viewport(), &event);
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        QVERIFY(QApplication::activePopupWidget()->actions().contains(exporting.action()));
        QApplication::activePopupWidget()->close();
    }
};

QTEST_MAIN(TestJobExportFlow)
#include "tst_jobexportflow.moc"
