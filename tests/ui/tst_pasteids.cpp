// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/pasteids.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include <memory>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Its number is part of its label.
QPushButton *lookUpButton(const QWidget &dialog)
{
    const QList<QPushButton *> buttons = dialog.findChildren<QPushButton *>();
    for (QPushButton *one : buttons) {
        if (one->text().startsWith(u"Look Up"_s))
            return one;
    }
    return nullptr;
}

QAction *pasteActionOf(const QWidget &window)
{
    const QList<QAction *> actions = window.findChildren<QAction *>();
    for (QAction *action : actions) {
        if (action->text() == u"&Paste Job Ids…"_s)
            return action;
    }
    return nullptr;
}

/// Drops like a person would who lets the text go over the page.
void drop(QWidget *place, QMimeData *data)
{
    QDragEnterEvent enter({5, 5}, Qt::CopyAction | Qt::MoveAction, data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(place, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event({5, 5}, Qt::CopyAction | Qt::MoveAction, data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(place, &event);
}

} // namespace

/// Pasted and dropped lists of ids: the question, the list of them alone, and the way back.
class TestPasteIds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_test.reset(); }
    void saysWhatIsRecognizedBeforeAnythingIsLookedUp();
    void listsTheseJobsAloneAndGoesBack();
    void idsThatFailedCanBeCopied();
    void theFiltersNarrowThePastedList();
    void dropsAreTaken();
    void withoutATokenThereIsNothingToPaste();

private:
    [[nodiscard]] PasteIds *dialog() const { return m_test->window.findChild<PasteIds *>(); }
    [[nodiscard]] int shown() const { return m_test->table()->model()->rowCount(); }
    void paste(const QString &text);

    std::unique_ptr<TestWindow> m_test;
};

void TestPasteIds::init()
{
    m_test = std::make_unique<TestWindow>();
    m_test->window.show();
    m_test->load(9);
}

void TestPasteIds::paste(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    pasteActionOf(m_test->window)->trigger();
    QVERIFY(dialog());
    lookUpButton(*dialog())->click();
}

void TestPasteIds::saysWhatIsRecognizedBeforeAnythingIsLookedUp()
{
    PasteIds dialog(u"Id\n"_s + someJob(1).id.text);
    const auto *recognized = named<QLabel>(dialog, u"Recognized ids"_s);
    auto *text = named<QPlainTextEdit>(dialog, u"Job Ids"_s);
    QPushButton *lookUp = lookUpButton(dialog);
    QVERIFY(recognized && text && lookUp);
    QCOMPARE(recognized->text(), u"1 job id is recognized. 1 line or word is not understood."_s);
    QCOMPARE(lookUp->text(), u"Look Up 1 Job"_s);
    text->setPlainText(u"nothing"_s);
    QVERIFY(!lookUp->isEnabled());
    const QString two = someJob(1).id.text + u' ' + someJob(2).id.text;
    text->setPlainText(two + u' ' + two);
    QCOMPARE(recognized->text(), u"2 job ids are recognized. 2 repetitions are left out."_s);
    const QSignalSpy chosen(&dialog, &PasteIds::chosen);
    lookUp->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).value<QList<JobId>>(),
             QList<JobId>({someJob(1).id, someJob(2).id}));
}

void TestPasteIds::listsTheseJobsAloneAndGoesBack()
{
    const int before = shown();
    QVERIFY(before > 2);
    auto *const table = m_test->table();
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QVERIFY(!named<QWidget>(m_test->window, u"Pasted list"_s));
    const QString unknown = u"99999999-0000-4000-8000-000000000000"_s;
    paste(someJob(0).id.text + u'\n' + someJob(1).id.text + u'\n' + unknown);
    QTRY_COMPARE(shown(), 3);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    const auto *bar = named<QWidget>(m_test->window, u"Pasted list"_s);
    QVERIFY(bar);
    QTRY_COMPARE(named<QLabel>(*bar, u"What the pasted list has come to"_s)->text(),
                 u"Pasted list of 3 jobs: 3 looked up, 1 not found"_s);
    QVERIFY(!button(*bar, u"Copy Failed Ids"_s));
    const int row = m_test->core.jobs.rowOf({unknown});
    QVERIFY(row >= 0 && !m_test->core.jobs.isDeletableAt(row));
    const auto *proxy = qobject_cast<JobTableProxy *>(m_test->table()->model());
    const int shownRow = proxy->rowOf({unknown});
    const auto text = [&](JobModel::Column column) {
        return proxy->index(shownRow, static_cast<int>(column)).data().toString();
    };
    QCOMPARE(text(JobModel::Column::State), u"Not found"_s);
    QCOMPARE(text(JobModel::Column::Name), unknown);
    table->selectRow(shownRow);
    QTRY_VERIFY(shows(m_test->window, u"The service has no job with this id"_s));
    // Not "Mine": somebody else may have made them.
    const auto *iTwin = named<QComboBox>(m_test->window, u"iTwin"_s);
    QCOMPARE(iTwin->currentText(), u"Any iTwin"_s);
    // It is for the session: the next start shows what was shown before.
    QCOMPARE(m_test->settings.query(), JobQuery());

    button(*bar, u"Leave Pasted List"_s)->click();
    QTRY_COMPARE(shown(), before);
    QVERIFY(!bar->isVisible());
    QCOMPARE(iTwin->currentText(), u"Mine"_s);
    QCOMPARE(m_test->core.lister.query(), JobQuery());
}

void TestPasteIds::idsThatFailedCanBeCopied()
{
    const QString failing = someJob(2).id.text;
    m_test->network.answerWith = [this, failing](const Seen &seen) {
        const QString path = seen.url.path();
        if (path == u"/contextcapture/jobs"_s || path.endsWith(failing))
            return Answer::withStatus(403);
        return m_test->service.answer(seen);
    };
    paste(someJob(1).id.text + u' ' + failing);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Failed);
    const auto *bar = named<QWidget>(m_test->window, u"Pasted list"_s);
    QVERIFY(bar);
    QTRY_COMPARE(named<QLabel>(*bar, u"What the pasted list has come to"_s)->text(),
                 u"Pasted list of 2 jobs: 2 looked up, 1 failed"_s);
    button(*bar, u"Copy Failed Ids"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), failing);
    button(*bar, u"Leave Pasted List"_s)->click();
}

void TestPasteIds::theFiltersNarrowThePastedList()
{
    paste(someJob(0).id.text + u' ' + someJob(1).id.text);
    QTRY_COMPARE(shown(), 2);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    const auto requests = m_test->network.seen.size();
    auto *table = m_test->window.findChild<JobTable *>();
    auto *proxy = qobject_cast<JobTableProxy *>(table->model());
    QVERIFY(proxy);
    JobQuery drafts = proxy->query();
    drafts.state = JobState::Unsubmitted;
    proxy->setQuery(drafts);
    QCOMPARE(shown(), 1);
    QCOMPARE(m_test->network.seen.size(), requests);

    // Clearing the filters is not leaving the list.
    auto *search = named<QLineEdit>(m_test->window, u"Search jobs"_s);
    search->setFocus();
    QTest::keyClicks(search, u"nothing like this"_s);
    QTRY_COMPARE(shown(), 0);
    QTRY_VERIFY(button(m_test->window, u"Clear All"_s));
    button(m_test->window, u"Clear All"_s)->click();
    QCOMPARE(shown(), 1);
    QCOMPARE(proxy->query().ids.size(), 2);
    QCOMPARE(m_test->network.seen.size(), requests);
}

void TestPasteIds::dropsAreTaken()
{
    auto *table = m_test->window.findChild<JobTable *>();
    QMimeData text;
    text.setText(someJob(1).id.text);
    drop(table->parentWidget(), &text);
    QVERIFY(dialog());
    QCOMPARE(named<QPlainTextEdit>(*dialog(), u"Job Ids"_s)->toPlainText(), text.text());
    dialog()->reject();
    QTRY_VERIFY(!dialog());

    const QTemporaryDir folder;
    QFile file(folder.filePath(u"ids.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id,name\n" + someJob(2).id.text.toLatin1() + ",x\n");
    file.close();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(file.fileName())});
    drop(table->parentWidget(), &files);
    QVERIFY(dialog());
    QCOMPARE(lookUpButton(*dialog())->text(), u"Look Up 1 Job"_s);
}

void TestPasteIds::withoutATokenThereIsNothingToPaste()
{
    TestWindow fresh;
    QVERIFY(!pasteActionOf(fresh.window)->isEnabled());
    QVERIFY(pasteActionOf(m_test->window)->isEnabled());
}

QTEST_MAIN(TestPasteIds)
#include "tst_pasteids.moc"
