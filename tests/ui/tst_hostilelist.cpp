// SPDX-License-Identifier: GPL-3.0-or-later

// Jobs, iTwins and workspaces with hostile names in the real window: what the table, its tool tips
// and menus, the filters, the details of a job, copies and exports make of them.

#include "tests/support/csv.h"
#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "tests/ui/textaudit.h"
#include "ui/filterwording.h"
#include "ui/jobs/exportdialog.h"
#include "ui/jobs/filterchips.h"
#include "ui/jobs/itwinpicker.h"

#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLoggingCategory>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QToolButton>
#include <QToolTip>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;

namespace {

/// Longest value in the details of a job.
constexpr qsizetype maximumValue = 2000;
constexpr qsizetype maximumJson = 256 * 1024;

QString idOf(qsizetype number)
{
    return u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'));
}

QString iTwinOf(qsizetype number)
{
    return u"11111111-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'));
}

/// Has `text` wherever the service may write what it likes.
Job jobWith(const QString &text, qsizetype number)
{
    Job job = someJob(idOf(number), text);
    job.type = text;
    job.email = text;
    job.location = text;
    job.iTwinId = iTwinOf(number);
    const QJsonObject input{{u"id"_s, text}, {u"description"_s, text}};
    const QJsonObject message{{u"title"_s, text},
                              {u"message"_s, text},
                              {u"code"_s, text},
                              {u"params"_s, QJsonArray{text}}};
    job.definition
        = QJsonDocument(QJsonObject{{u"workspaceId"_s, u"w-%1"_s.arg(number)},
                                    {u"inputs"_s, QJsonArray{input}},
                                    {u"executionInformation"_s,
                                     QJsonObject{{u"errors"_s, QJsonArray{message}}}},
                                    {u"jobSettings"_s, QJsonObject{{u"quality"_s, text}}},
                                    {text, text}})
              .toJson();
    return job;
}

/// Further ones have ids and the like.
QString firstLine(const QString &value)
{
    return value.section(u'\n', 0, 0);
}

QByteArray userNamed(const QString &name)
{
    const QJsonObject user{{u"displayName"_s, name}, {u"email"_s, name}};
    return QJsonDocument(QJsonObject{{u"user"_s, user}}).toJson();
}

} // namespace

class HostileListTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void baitIsSeenWhenItIsTaken();
    void auditSeesWhatIsWrong();
    void tableShowsText();
    void realToolTipsShowText();
    void cellMenusAndChipsShowText();
    void statesAreShownAsTheyCame();
    void searchFindsWhatIsShown();
    void iTwinsAreShownAsText();
    void detailsShowText();
    void accountIsShownAsText();
    void copiesAreExact();
    void exportsAreExact();
    void logHasOneLineForEachRequest();
    void windowStaysAsItIs();
    void hugeTextsBlockNothing();

private:
    /// All of them as drafts, a row for each text in its order.
    void load(const QList<HostileText> &texts);
    void showAllStates() const;
    [[nodiscard]] QModelIndex cell(qsizetype row, Column column) const
    {
        return m_test->table()->model()->index(static_cast<int>(row), static_cast<int>(column));
    }
    [[nodiscard]] QMenu *menuOf(qsizetype row, Column column) const;
    void openDetails() const;
    [[nodiscard]] QString value(const QString &name) const;
    void exportTo(const QString &fileName) const;

    const Bait m_bait;
    const QList<HostileText> m_texts = hostileTexts(m_bait);
    TextAudit m_audit;
    std::unique_ptr<TestWindow> m_test;
    QString m_account = u"Ana Silva"_s;
};

void HostileListTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QVERIFY(m_texts.size() >= 150);
}

void HostileListTest::init()
{
    m_account = u"Ana Silva"_s;
    m_test = std::make_unique<TestWindow>();
    m_test->network.answerWith = [this](const Seen &seen) {
        return seen.url.path() == u"/users/me"_s ? Answer::ok(userNamed(m_account))
                                                 : m_test->service.answer(seen);
    };
    m_test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    static_cast<void>(m_bait.timesOpened());
}

void HostileListTest::cleanup()
{
    m_audit.everyWidget(QString::fromLatin1(QTest::currentTestFunction()));
    if (m_bait.timesOpened() > 0)
        QFAIL("a file that a text names was opened");
    m_test.reset();
    const QStringList problems = m_audit.problems();
    m_audit.forgetProblems();
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void HostileListTest::cleanupTestCase()
{
    m_audit.print("Listing", m_texts.size() + hugeTexts().size());
}

void HostileListTest::load(const QList<HostileText> &texts)
{
    for (qsizetype i = 0; i < texts.size(); ++i) {
        m_test->service.jobs.append(jobWith(texts.at(i).text, i));
        m_test->service.iTwins.append(
            {{u"id"_s, iTwinOf(i)}, {u"displayName"_s, texts.at(i).text}, {u"number"_s, u"7"_s}});
        m_test->service.workspaces.insert(u"w-%1"_s.arg(i), texts.at(i).text);
    }
    m_test->open();
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    QTRY_COMPARE(m_test->core.iTwins.all().size(), texts.size());
    m_test->table()->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
    QCOMPARE(m_test->table()->model()->rowCount(), texts.size());
}

void HostileListTest::showAllStates() const
{
    QTest::keyClick(m_test->named<QComboBox>(u"State"_s), Qt::Key_Up);
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
}

QMenu *HostileListTest::menuOf(qsizetype row, Column column) const
{
    QTableView *table = m_test->table();
    table->scrollTo(cell(row, column));
    const QPoint place = table->visualRect(cell(row, column)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &event);
    const auto menus = table->findChildren<QMenu *>();
    for (QMenu *menu : menus) {
        if (menu->isVisible())
            return menu;
    }
    return nullptr;
}

void HostileListTest::openDetails() const
{
    QTest::keyClick(&m_test->window, Qt::Key_F9);
    QTRY_VERIFY(m_test->window.findChild<QDockWidget *>(u"jobDock"_s)->isVisible());
    const auto toggles = m_test->window.findChildren<QToolButton *>();
    for (QToolButton *toggle : toggles) {
        if (toggle->text() == u"Raw JSON"_s)
            toggle->setChecked(true);
    }
}

QString HostileListTest::value(const QString &name) const
{
    const auto *dock = m_test->window.findChild<QDockWidget *>(u"jobDock"_s);
    const auto labels = dock->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->accessibleName() == name && label->isVisibleTo(dock))
            return label->text();
    }
    return u"(no such label)"_s;
}

void HostileListTest::baitIsSeenWhenItIsTaken()
{
    QVERIFY(m_bait.isWatched());
    QLabel naive(u"<img src=\"%1\">"_s.arg(m_bait.url()));
    static_cast<void>(naive.sizeHint());
    QVERIFY(m_bait.timesOpened() > 0);
    naive.clear();
}

void HostileListTest::auditSeesWhatIsWrong()
{
    const HostileText bold{u"bold"_s, u"<b>Bridge</b>"_s};
    const HostileText turned{u"turned"_s, u"a\u202Eb"_s};
    const HostileText sons{u"sons"_s, u"Smith & Sons"_s};
    const auto problemsOf = [](const auto &look) {
        TextAudit audit;
        look(audit);
        return audit.problems().size();
    };
    QCOMPARE(problemsOf([&](TextAudit &a) { a.plain({}, bold, u"<b>Bridge</b>"_s); }), 0);
    QVERIFY(problemsOf([&](TextAudit &a) { a.toolTip({}, bold, u"<b>Bridge</b>"_s); }) > 0);
    QCOMPARE(problemsOf([&](TextAudit &a) { a.toolTip({}, bold, escapedForRichText(bold.text)); }),
             0);
    QCOMPARE(problemsOf([&](TextAudit &a) { a.plain({}, turned, u"a\\u{202E}b"_s); }), 0);
    QVERIFY(problemsOf([&](TextAudit &a) { a.plain({}, turned, turned.text); }) > 0);
    QVERIFY(problemsOf([&](TextAudit &a) { a.mnemonic({}, sons, sons.text); }) > 0);
    QCOMPARE(problemsOf([&](TextAudit &a) { a.mnemonic({}, sons, u"Smith && Sons"_s); }), 0);
    // Where nothing looks like a tag, Qt shows an escaped text with its escapes.
    QVERIFY(problemsOf([&](TextAudit &a) { a.toolTip({}, sons, sons.text.toHtmlEscaped()); }) > 0);
    QLabel naive(u"<b>Bridge</b>"_s);
    QVERIFY(problemsOf([&](TextAudit &a) { a.everyWidget({}); }) > 0);
}

void HostileListTest::tableShowsText()
{
    load(m_texts);
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        for (const Column column :
             {Column::Name, Column::Type, Column::CreatedBy, Column::Location}) {
            const QModelIndex index = cell(row, column);
            const QString shown = index.data().toString();
            m_audit.plain(u"cell"_s, text, shown);
            QVERIFY(shown.size() <= maximumShownLength);
            m_audit.plain(u"accessible cell"_s, text,
                          QAccessible::queryAccessibleInterface(m_test->table())
                              ->tableInterface()
                              ->cellAt(index.row(), index.column())
                              ->text(QAccessible::Name));
        }
        for (const Column column : {Column::Name, Column::CreatedBy, Column::ITwin}) {
            const QVariant toolTip = cell(row, column).data(Qt::ToolTipRole);
            m_audit.toolTip(u"tool tip of a cell"_s, text, toolTip.toString());
        }
        if (!text.text.isEmpty()) {
            m_audit.plain(u"iTwin of a cell"_s, text, cell(row, Column::ITwin).data().toString());
            m_audit.toolTip(u"tool tip of a Delete button"_s, text,
                            cell(row, Column::Delete).data(Qt::ToolTipRole).toString());
        }
    }
    // Each row is painted once.
    for (qsizetype row = 0; row < m_texts.size(); row += 10) {
        m_test->table()->scrollTo(cell(row, Column::Name), QAbstractItemView::PositionAtTop);
        QVERIFY(!m_test->window.grab().isNull());
    }
}

void HostileListTest::realToolTipsShowText()
{
    load(m_texts);
    QTableView *table = m_test->table();
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        if (text.text.isEmpty())
            continue;
        const QModelIndex index = cell(row, Column::Name);
        table->scrollTo(index);
        const QPoint place = table->visualRect(index).center();
        QHelpEvent help(QEvent::ToolTip, place, table->viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(table->viewport(), &help);
        QVERIFY2(QToolTip::isVisible(), qPrintable(text.name));
        m_audit.toolTip(u"tool tip on the screen"_s, text, QToolTip::text());
        const auto windows = QApplication::topLevelWidgets();
        for (const QWidget *window : windows) {
            if (window->inherits("QTipLabel") && window->isVisible())
                QVERIFY2(window->width() <= window->screen()->availableGeometry().width(),
                         qPrintable(text.name));
        }
    }
    QToolTip::hideText();
}

void HostileListTest::cellMenusAndChipsShowText()
{
    load(m_texts);
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        if (text.text.isEmpty())
            continue;
        const QPointer<QMenu> menu = menuOf(row, Column::Name);
        QVERIFY(menu);
        QAction *only = nullptr;
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (!action->text().endsWith(u" in Name"_s))
                continue;
            only = only == nullptr ? action : only;
            m_audit.mnemonic(u"menu of a cell"_s, text, action->text(),
                             Wording::maximumFilterValue);
            QVERIFY(!menu->toolTipsVisible());
        }
        QVERIFY(only);
        only->trigger();
        menu->close();
        auto *chips = m_test->window.findChild<FilterChips *>();
        QTRY_VERIFY(chips->isVisible());
        const auto labels = chips->findChildren<QLabel *>();
        int found = 0;
        for (const QLabel *label : labels) {
            if (!label->isVisible() || label->accessibleName() == u"Matches"_s)
                continue;
            ++found;
            m_audit.plain(u"chip"_s, text, label->text(), Wording::maximumFilterValue);
        }
        QCOMPARE(found, 1);
        const auto buttons = chips->findChildren<QToolButton *>();
        for (const QToolButton *button : buttons) {
            if (button->isVisible())
                m_audit.plain(u"accessible chip"_s, text, button->accessibleName(),
                              Wording::maximumFilterValue);
        }
        // Exactly those with this name, and no other text that looks the same.
        QVERIFY2(m_test->table()->model()->rowCount() >= 1, qPrintable(text.name));
        for (int shown = 0; shown < m_test->table()->model()->rowCount(); ++shown)
            QCOMPARE(cell(shown, Column::Name).data().toString().left(40),
                     visibleText(text.text).left(40));
        QVERIFY(m_test->button(u"Clear All"_s));
        m_test->button(u"Clear All"_s)->click();
        QTRY_COMPARE(m_test->table()->model()->rowCount(), m_texts.size());
    }
}

void HostileListTest::statesAreShownAsTheyCame()
{
    load(m_texts);
    for (qsizetype i = 0; i < m_texts.size(); ++i)
        if (!m_texts.at(i).text.isEmpty())
            m_test->service.jobs[i].stateText = m_texts.at(i).text;
    showAllStates();
    QTRY_COMPARE(m_test->table()->model()->rowCount(), m_texts.size());
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        const bool isKnown = jobStateFromText(text.text) != JobState::Unknown;
        if (text.text.isEmpty() || isKnown)
            continue;
        m_audit.plain(u"state"_s, text, cell(row, Column::State).data().toString());
        m_audit.toolTip(u"why it cannot be deleted"_s, {},
                        cell(row, Column::Delete).data(Qt::ToolTipRole).toString());
        QVERIFY(!m_test->core.jobs.isDeletableAt(m_test->core.jobs.rowOf({idOf(row)})));
    }
}

void HostileListTest::searchFindsWhatIsShown()
{
    load(m_texts);
    auto *search = m_test->named<QLineEdit>(u"Search jobs"_s);
    for (const HostileText &text : m_texts) {
        // What a person sees, they can search for.
        const QString seen = visibleText(text.text);
        if (visibleText(text.text).contains(QChar(0x2026)))
            continue;
        const bool isEverywhere = seen == u"unsubmitted"_s || seen.trimmed().size() < 3;
        if (isEverywhere)
            continue;
        search->setText(seen);
        emit search->returnPressed();
        QTRY_VERIFY2(m_test->table()->model()->rowCount() < m_texts.size(), qPrintable(text.name));
        QVERIFY2(m_test->table()->model()->rowCount() > 0, qPrintable(text.name));
        search->clear();
        QTRY_COMPARE(m_test->table()->model()->rowCount(), m_texts.size());
    }
}

void HostileListTest::iTwinsAreShownAsText()
{
    load(m_texts);
    auto *box = m_test->named<QComboBox>(u"iTwin"_s);
    ITwinPicker picker(m_test->core.iTwins.all(), {});
    picker.show();
    const auto *list = picker.findChild<QListView *>();
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        const HostileText &text = m_texts.at(i);
        if (text.text.isEmpty())
            continue;
        const int entry = box->findData(iTwinOf(i));
        QVERIFY(entry >= 0);
        m_audit.plain(u"iTwin in the list"_s, text, box->itemText(entry));
        box->setCurrentIndex(entry);
        m_audit.plain(u"iTwin in the field"_s, text, box->lineEdit()->text());
        m_audit.plain(u"accessible iTwin"_s, text,
                      QAccessible::queryAccessibleInterface(box)->text(QAccessible::Value));
        bool isInPicker = false;
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QString shown = list->model()->index(row, 0).data().toString();
            isInPicker = isInPicker || shown.startsWith(visibleText(text.text));
        }
        QVERIFY2(isInPicker, qPrintable(text.name));
    }
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        m_audit.plain(u"iTwin to choose"_s, {}, index.data().toString());
        m_audit.toolTip(u"iTwin to choose"_s, {}, index.data(Qt::ToolTipRole).toString());
    }
    m_audit.everyWidget(u"picker"_s);
    QVERIFY(!picker.grab().isNull());
}

void HostileListTest::detailsShowText()
{
    load(m_texts);
    openDetails();
    auto *json = m_test->named<QPlainTextEdit>(u"Raw JSON"_s);
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        m_test->table()->selectRow(static_cast<int>(row));
        QTRY_COMPARE(value(u"Id"_s), idOf(row));
        if (isNothing(text))
            continue;
        m_audit.plain(u"title of the details"_s, text, value(u"Name"_s));
        for (const QString &name :
             {u"Type"_s, u"Created by"_s, u"Location"_s, u"Quality"_s, u"iTwin"_s})
            m_audit.plain(u"details, "_s % name, text, firstLine(value(name)), maximumValue);
        m_test->core.workspaces.want(u"w-%1"_s.arg(row));
        QTRY_VERIFY2(
            value(u"Workspace"_s) != u"w-%1"_s.arg(row),
            qPrintable(
                value(u"Workspace"_s) + u"; "_s
                + m_test->network.lines().mid(m_test->network.lines().size() - 3).join(u", "_s)));
        m_audit.plain(u"details, workspace"_s, text, firstLine(value(u"Workspace"_s)),
                      maximumValue);
        for (const QString &name : {u"Input 1"_s, u"Error 1"_s}) {
            m_audit.plain(u"details, "_s % name, text, firstLine(value(name)), maximumValue);
        }
        m_audit.lines(u"raw JSON"_s, {text.name, {}}, json->toPlainText(), maximumJson);
        m_audit.everyWidget(u"details of "_s % text.name);
    }
}

void HostileListTest::accountIsShownAsText()
{
    load({{u"harmless"_s, u"Bridge"_s}});
    const auto *account = m_test->named<QLabel>(u"Connection"_s);
    const QString title = m_test->window.windowTitle();
    const auto setAccount = [this](const QString &name) {
        m_account = name;
        // The limit of the tier is about a minute, and time stands still.
        m_test->clock.advance(std::chrono::seconds(5));
        m_test->open();
        QTRY_COMPARE(m_test->core.connection.account().displayName, name);
    };
    setAccount(QString(longestWord, u'W'));
    const int widest = m_test->window.minimumSizeHint().width();
    // For letters that are wider, and for the ellipsis.
    const int tolerance = widest / 4;
    for (const HostileText &text : m_texts) {
        if (isNothing(text))
            continue;
        setAccount(text.text);
        m_audit.plain(u"status bar"_s, text, account->text(), longestWord);
        m_audit.toolTip(u"tool tip of the status bar"_s, text, account->toolTip());
        QCOMPARE(m_test->window.windowTitle(), title);
        QVERIFY2(m_test->window.minimumSizeHint().width() <= widest + tolerance,
                 qPrintable(text.name));
    }
}

void HostileListTest::copiesAreExact()
{
    load(m_texts);
    QTableView *table = m_test->table();
    QAction *copy = actionFor(m_test->window, QKeySequence::Copy);
    QVERIFY(copy != nullptr);
    for (qsizetype row = 0; row < m_texts.size(); ++row) {
        const HostileText &text = m_texts.at(row);
        table->selectRow(static_cast<int>(row));
        copy->trigger();
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(!copied.contains(u'\n'), qPrintable(text.name));
        QVERIFY2(!copied.contains(QChar(0x2028)), qPrintable(text.name));
        QVERIFY2(!copied.contains(QChar::Null), qPrintable(text.name));
        const QStringList cells = copied.split(u'\t');
        QVERIFY2(cells.size() == 10, qPrintable(visibleText(copied)));
        QVERIFY2(cells.contains(idOf(row)), qPrintable(text.name));
        // No cell begins with what a spreadsheet takes for a formula.
        for (const QString &one : cells)
            QVERIFY2(!QRegularExpression(u"^\\s*[=+@-]"_s).match(one).hasMatch(),
                     qPrintable(text.name));
        const auto *mime = QGuiApplication::clipboard()->mimeData();
        QVERIFY(!mime->hasHtml());
    }
}

void HostileListTest::exportTo(const QString &fileName) const
{
    m_test->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    QTest::keyClick(m_test->table(), Qt::Key_E, Qt::ControlModifier);
    auto *dialog = m_test->window.findChild<ExportDialog *>();
    QVERIFY(dialog);
    dialog->accept();
    auto *files = m_test->window.findChild<QFileDialog *>();
    QVERIFY(files);
    emit files->fileSelected(fileName);
    files->close();
    const auto *row = m_test->named<QWidget>(u"Export"_s);
    QTRY_VERIFY(row->isVisible() && row->accessibleDescription().startsWith(u"Exported "_s)
                && row->accessibleDescription().contains(fileName));
    QTRY_VERIFY(!m_test->window.findChild<QFileDialog *>());
}

void HostileListTest::exportsAreExact()
{
    load(m_texts);
    const QTemporaryDir folder;
    const auto bytesOf = [](const QString &fileName) {
        QFile file(fileName);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    exportTo(folder.filePath(u"jobs.json"_s));
    const QJsonArray jobs
        = QJsonDocument::fromJson(bytesOf(folder.filePath(u"jobs.json"_s))).array();
    QCOMPARE(jobs.size(), m_texts.size());
    exportTo(folder.filePath(u"jobs.csv"_s));
    const QList<QStringList> rows = parsedCsv(bytesOf(folder.filePath(u"jobs.csv"_s)).mid(3));
    QCOMPARE(rows.size(), m_texts.size() + 1);
    const qsizetype name = rows.at(0).indexOf(u"name"_s);
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        const HostileText &text = m_texts.at(i);
        // Half a character is no UTF-8.
        const auto asWritten
            = [](const QString &one) { return QString::fromUtf8("x" + one.toUtf8()).sliced(1); };
        const QString written = asWritten(text.text);
        if (isNothing(text))
            continue;
        QCOMPARE(asWritten(jobs.at(i)[u"name"_s].toString()), written);
        const QString inTable = rows.at(i + 1).at(name);
        const bool isDefused = inTable == u'\'' % written;
        QVERIFY2(inTable == written || isDefused, qPrintable(text.name));
        QVERIFY2(!QRegularExpression(u"^[=+@\\-\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]"_s)
                      .match(inTable)
                      .hasMatch(),
                 qPrintable(text.name));
    }
}

void HostileListTest::logHasOneLineForEachRequest()
{
    static QStringList lines;
    lines.clear();
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { lines.append(line); });
    QLoggingCategory::setFilterRules(u"jobsweep.*=true"_s);
    load(m_texts);
    for (const HostileText &text : m_texts)
        m_test->core.workspaces.want(text.text);
    QTRY_VERIFY(m_test->core.workspaces.nameOf(u"undefined"_s).isEmpty());
    QLoggingCategory::setFilterRules({});
    qInstallMessageHandler(before);
    QVERIFY(lines.size() >= 3);
    for (const QString &line : std::as_const(lines)) {
        m_audit.plain(u"log"_s, {}, line);
        QVERIFY2(line.size() < 300 && !line.contains(u'\n'), qPrintable(line));
    }
}

void HostileListTest::windowStaysAsItIs()
{
    m_test->window.resize(1600, 900);
    m_test->open();
    QTest::keyClick(&m_test->window, Qt::Key_F8);
    openDetails();
    QAction *refresh = actionFor(m_test->window, QKeySequence(Qt::Key_F5));
    QVERIFY(refresh != nullptr);
    // What a harmless list needs, in which an id stands for every name.
    QList<HostileText> texts{{u"id"_s, idOf(1)}};
    texts.append(m_texts);
    QSize size;
    int narrowest = 0;
    int worst = 0;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        m_test->service.jobs = {jobWith(texts.at(i).text, i)};
        m_test->service.iTwins = {{{u"id"_s, iTwinOf(i)}, {u"displayName"_s, texts.at(i).text}}};
        m_test->clock.advance(std::chrono::seconds(5));
        QTRY_VERIFY(refresh->isEnabled());
        refresh->trigger();
        QTRY_VERIFY(m_test->core.jobs.find({idOf(i)}) != nullptr);
        QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
        m_test->table()->selectRow(0);
        QTRY_COMPARE(value(u"Id"_s), idOf(i));
        const auto *count = m_test->named<QLabel>(u"Number of drafts"_s);
        QTRY_VERIFY(count != nullptr && count->text().startsWith(u'1'));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const int width = m_test->window.minimumSizeHint().width();
        narrowest = i == 0 ? width : narrowest;
        size = i == 0 ? m_test->window.size() : size;
        worst = std::max(worst, width);
        QVERIFY2(m_test->window.size() == size, qPrintable(texts.at(i).name));
    }
    qInfo("the window is at least %d wide with a harmless text, %d with a hostile one", narrowest,
          worst);
    QVERIFY(worst <= narrowest * 5 / 4);
}

void HostileListTest::hugeTextsBlockNothing()
{
    const QList<HostileText> huge = hugeTexts();
    QElapsedTimer watch;
    watch.start();
    for (qsizetype i = 0; i < huge.size(); ++i) {
        Job job = someJob(idOf(i), huge.at(i).text);
        job.iTwinId = iTwinOf(0);
        m_test->service.jobs.append(job);
    }
    m_test->service.iTwins = {{{u"id"_s, iTwinOf(0)}, {u"displayName"_s, huge.at(0).text}}};
    m_test->open();
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    m_test->table()->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
    openDetails();
    for (qsizetype row = 0; row < huge.size(); ++row) {
        m_audit.plain(u"cell"_s, huge.at(row), cell(row, Column::Name).data().toString());
        m_audit.toolTip(u"tool tip"_s, huge.at(row),
                        cell(row, Column::Name).data(Qt::ToolTipRole).toString());
        m_test->table()->selectRow(static_cast<int>(row));
        QTRY_COMPARE(value(u"Id"_s), idOf(row));
        m_audit.plain(u"title of the details"_s, huge.at(row), value(u"Name"_s));
        const QString json = m_test->named<QPlainTextEdit>(u"Raw JSON"_s)->toPlainText();
        QVERIFY(json.size() <= maximumJson);
        QVERIFY(!m_test->window.grab().isNull());
    }
    m_test->named<QLineEdit>(u"Search jobs"_s)->setText(u"<"_s.repeated(100));
    QTRY_COMPARE(m_test->table()->model()->rowCount(), 1);
    qInfo("%lld huge texts in %lld ms", static_cast<long long>(huge.size()),
          static_cast<long long>(watch.elapsed()));
}

QTEST_MAIN(HostileListTest)
#include "tst_hostilelist.moc"
