// SPDX-License-Identifier: GPL-3.0-or-later

// Hostile names and hostile answers while jobs are deleted, in the real window: summary,
// confirmation, problems, error panel, report, notices; and in the history and the settings.

#include "tests/support/findwidgets.h"
#include "tests/support/testconnection.h"
#include "tests/support/testwindow.h"
#include "tests/support/writtenhistory.h"
#include "tests/ui/textaudit.h"
#include "ui/account/settingsdialog.h"
#include "ui/deletion/confirmdeletion.h"
#include "ui/deletion/createagain.h"
#include "ui/deletion/errorpanel.h"
#include "ui/deletion/historytable.h"
#include "ui/deletion/historywindow.h"
#include "ui/deletion/runannouncer.h"
#include "ui/jobs/barlist.h"
#include "ui/jobs/summarypanel.h"

#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTreeView>
#include <QTreeWidget>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;
using Phase = DeletionQueue::Phase;

namespace {

/// Longest value in the error panel.
constexpr qsizetype maximumFact = 2000;
constexpr qsizetype maximumRaw = 64 * 1024;
/// As many as the summary and the confirmation name.
constexpr qsizetype atOnce = SummaryPanel::shownGroups;

QByteArray refusalWith(const QString &text)
{
    const QJsonObject cause{{u"code"_s, text}, {u"message"_s, text}, {u"target"_s, text}};
    const QJsonObject error{{u"code"_s, text},
                            {u"message"_s, text},
                            {u"target"_s, text},
                            {u"details"_s, QJsonArray{cause}}};
    return QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson();
}

/// A header has no control characters; a server that sends some is cut off by Qt.
QByteArray headerWith(const QString &text)
{
    QByteArray header = text.toUtf8();
    header.removeIf([](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return header.left(4000);
}

Answer::Headers headersWith(const QString &text)
{
    Answer::Headers headers;
    for (const char *name : {"x-correlation-id", "ITwinPlatform-RateLimited-Tier",
                             "ITwinPlatform-RateLimited-API", "ITwinPlatform-RateLimited-Operation",
                             "ITwinPlatform-RateLimited-Application", "Content-Type"})
        headers.append({name, headerWith(text)});
    return headers;
}

/// What such a header is read as.
HostileText inHeader(const HostileText &text)
{
    return {text.name, QString::fromUtf8(headerWith(text.text))};
}

Job draftWith(const QString &text, qsizetype number)
{
    Job job = someJob(u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0')), text);
    job.type = text;
    job.email = text;
    job.iTwinId = u"11111111-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'));
    return job;
}

QString valueIn(const QWidget &panel, const QString &name)
{
    const auto labels = panel.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->accessibleName() == name && label->isVisibleTo(&panel))
            return label->text();
    }
    return u"(no such label)"_s;
}

/// Everything that labels say now.
QString shownTexts(const QWidget &parent)
{
    QStringList texts;
    const auto labels = parent.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&parent))
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

void auditCauses(TextAudit &audit, const ErrorPanel &panel, const HostileText &text)
{
    const auto *causes = panel.findChild<QTableWidget *>();
    for (int column = 0; column < causes->columnCount() && causes->rowCount() > 0; ++column) {
        const QTableWidgetItem *item = causes->item(0, column);
        audit.plain(u"cause"_s, text, item->text(), maximumFact);
        if (!text.text.isEmpty())
            audit.toolTip(u"tool tip of a cause"_s, text, item->toolTip());
    }
}

} // namespace

class HostileDeletionTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void cleanupTestCase() { m_audit.print("Deleting", m_texts.size()); }

    void namesAndAnswersAreShownAsText();
    void limitsAreShownAsText();
    void networkReasonsAreShownAsText();
    void noticesShowText();
    void historyShowsText();
    void creatingAgainShowsText();
    void settingsShowText();

private:
    void auditSummary(qsizetype first, qsizetype end);
    void auditConfirmation(const QDialog &dialog, qsizetype first, qsizetype end);
    void auditProblems(const TestWindow &test, qsizetype first, qsizetype end);

    const Bait m_bait;
    const QList<HostileText> m_texts = hostileTexts(m_bait);
    TextAudit m_audit;
    FakeClock m_clock;
};

void HostileDeletionTest::init()
{
    static_cast<void>(m_bait.timesOpened());
}

void HostileDeletionTest::cleanup()
{
    QCOMPARE(m_bait.timesOpened(), 0);
    const QStringList problems = m_audit.problems();
    m_audit.forgetProblems();
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void HostileDeletionTest::auditSummary(qsizetype first, qsizetype end)
{
    const auto windows = QApplication::topLevelWidgets();
    for (const QWidget *window : windows) {
        const auto bars = window->findChildren<BarButton *>();
        QStringList sentences;
        for (const BarButton *bar : bars) {
            if (!bar->isVisible())
                continue;
            sentences.append(bar->accessibleName());
            // The same sentence: an escape that is seen would make it another.
            m_audit.toolTip(u"tool tip of a bar"_s, {{}, bar->accessibleName()}, bar->toolTip());
        }
        if (sentences.isEmpty())
            continue;
        for (qsizetype i = first; i < end; ++i) {
            if (!m_texts.at(i).text.isEmpty())
                m_audit.plain(u"summary"_s, {m_texts.at(i).name, {}},
                              sentences.join(u' ').left(300));
            QVERIFY2(sentences.join(u'\n').contains(visibleText(m_texts.at(i).text)),
                     qPrintable(m_texts.at(i).name));
        }
    }
}

void HostileDeletionTest::auditConfirmation(const QDialog &dialog, qsizetype first, qsizetype end)
{
    const auto *list = dialog.findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), end - first);
    for (int row = 0; row < list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = list->topLevelItem(row);
        const HostileText &text = m_texts.at(first + row);
        m_audit.plain(u"confirmation"_s, text, item->text(0));
        m_audit.toolTip(u"tool tip of the confirmation"_s, text, item->toolTip(0));
        if (isNothing(text))
            continue;
        m_audit.plain(u"iTwin in the confirmation"_s, text, item->text(1));
        m_audit.toolTip(u"iTwin's tool tip in the confirmation"_s, text, item->toolTip(1));
    }
    m_audit.everyWidget(u"confirmation"_s);
}

void HostileDeletionTest::auditProblems(const TestWindow &test, qsizetype first, qsizetype end)
{
    auto *problems = test.named<QTreeView>(u"Problems"_s);
    const auto *panel
        = test.window.findChild<QDockWidget *>(u"errorDock"_s)->findChild<ErrorPanel *>();
    QTRY_COMPARE(problems->model()->rowCount(), end - first);
    for (int row = 0; row < problems->model()->rowCount(); ++row) {
        const QModelIndex name = problems->model()->index(row, 0);
        problems->setCurrentIndex(name);
        const QString shown = valueIn(*panel, u"Job"_s);
        HostileText text;
        for (qsizetype i = first; i < end; ++i) {
            if (withoutOwnMarks(shown) == visibleText(m_texts.at(i).text))
                text = m_texts.at(i);
        }
        if (isNothing(text))
            continue;
        m_audit.plain(u"problem"_s, text, name.data().toString());
        m_audit.toolTip(u"tool tip of a problem"_s, text, name.data(Qt::ToolTipRole).toString());
        m_audit.toolTip(u"reason of a problem"_s, {},
                        problems->model()->index(row, 2).data(Qt::ToolTipRole).toString());
        m_audit.plain(u"job of an error"_s, text, shown);
        for (const QString &fact : {u"Code"_s, u"Message"_s, u"Target"_s})
            m_audit.plain(u"error, "_s % fact, text, valueIn(*panel, fact), maximumFact);
        m_audit.plain(u"correlation id"_s, inHeader(text), valueIn(*panel, u"Correlation id"_s));
        auditCauses(m_audit, *panel, text);
        const QString raw = named<QPlainTextEdit>(*panel, u"Raw answer"_s)->toPlainText();
        m_audit.lines(u"raw answer"_s, {text.name, {}}, raw, maximumRaw);
        button(*panel, u"Copy Report"_s)->click();
        m_audit.lines(u"report"_s, text, QGuiApplication::clipboard()->text(), 3 * maximumRaw);
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasHtml());
    }
    m_audit.everyWidget(u"problems"_s);
}

void HostileDeletionTest::namesAndAnswersAreShownAsText()
{
    int narrowest = 0;
    int worst = 0;
    for (qsizetype first = 0; first < m_texts.size(); first += atOnce) {
        TestWindow test;
        const qsizetype end = std::min(first + atOnce, m_texts.size());
        for (qsizetype i = first; i < end; ++i) {
            const HostileText &text = m_texts.at(i);
            const Job job = draftWith(text.text, i);
            test.service.jobs.append(job);
            test.service.iTwins.append({{u"id"_s, job.iTwinId}, {u"displayName"_s, text.text}});
            test.service.refusals.insert(
                job.id.text,
                Answer::withStatus(422, refusalWith(text.text), headersWith(text.text)));
        }
        test.window.show();
        QVERIFY(QTest::qWaitForWindowActive(&test.window));
        test.open();
        QTRY_COMPARE(test.table()->model()->rowCount(), end - first);
        QTRY_COMPARE(test.core.iTwins.all().size(), end - first);
        test.table()->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
        QTest::keyClick(&test.window, Qt::Key_F8);
        const auto *count = test.named<QLabel>(u"Number of drafts"_s);
        QTRY_VERIFY(count != nullptr && count->text().startsWith(QString::number(end - first)));
        auditSummary(first, end);

        const RunAnnouncer announcer(test.core.queue, test.window);
        QSignalSpy announced(&announcer, &RunAnnouncer::announced);
        test.table()->setFocus();
        test.table()->selectAll();
        QAction *remove = actionFor(test.window, Qt::Key_Delete);
        QVERIFY(remove != nullptr);
        QTRY_VERIFY(remove->isEnabled());
        remove->trigger();
        QTRY_VERIFY(test.window.findChild<ConfirmDeletion *>() != nullptr);
        const QPointer<ConfirmDeletion> dialog = test.window.findChild<ConfirmDeletion *>();
        auditConfirmation(*dialog, first, end);
        QVERIFY(dialog->width() <= 1400);
        QPushButton *yes = test.button(end - first == 1 ? u"Delete 1 Job"_s
                                                        : u"Delete %1 Jobs"_s.arg(end - first));
        QVERIFY(yes != nullptr);
        yes->click();
        QTRY_COMPARE(test.core.queue.phase(), Phase::Idle);
        QTRY_COMPARE(test.core.queue.problems().size(), end - first);
        QTRY_VERIFY(!dialog);
        auditProblems(test, first, end);
        // What goes to the desktop is the program's own, and has nothing that came from the
        // service.
        for (const QList<QVariant> &said : std::as_const(announced))
            QVERIFY(!said.at(1).toString().contains(u'<'));
        for (const Seen &seen : std::as_const(test.network.seen))
            QCOMPARE(seen.url.host(), u"api.bentley.com"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const int width = test.window.minimumSizeHint().width();
        narrowest = narrowest == 0 ? width : std::min(narrowest, width);
        worst = std::max(worst, width);
        QVERIFY(!test.window.grab().isNull());
    }
    qInfo("the window is at least %d to %d wide", narrowest, worst);
    QVERIFY(worst <= narrowest * 4 / 3);
}

void HostileDeletionTest::limitsAreShownAsText()
{
    ErrorPanel panel(m_clock, [](const QString &text) { return text; });
    panel.resize(400, 800);
    panel.show();
    HttpFailure harmless;
    harmless.status = 429;
    harmless.code = harmless.message = harmless.target = QString(longestWord, u'W');
    panel.setError(harmless, Occasion::Deleting, u"Bridge"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const int narrowest = panel.minimumSizeHint().width();
    for (const HostileText &text : m_texts) {
        if (isNothing(text))
            continue;
        HttpFailure failure;
        failure.status = 429;
        failure.rawBody = refusalWith(text.text);
        readErrorBody(failure.rawBody, &failure);
        failure.limit = {text.text, text.text, text.text, text.text};
        failure.exchange.serviceCorrelationId = text.text;
        failure.contentType = text.text;
        panel.setError(failure, Occasion::Deleting, text.text);
        for (const QString &fact :
             {u"Code"_s, u"Message"_s, u"Target"_s, u"Limited tier"_s, u"Limited API"_s,
              u"Limited operation"_s, u"Limited application"_s})
            m_audit.plain(u"limit, "_s % fact, text, valueIn(panel, fact), maximumFact);
        auditCauses(m_audit, panel, text);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QVERIFY2(panel.minimumSizeHint().width() <= narrowest * 4 / 3,
                 qPrintable(u"%1: %2 instead of %3"_s.arg(text.name)
                                .arg(panel.minimumSizeHint().width())
                                .arg(narrowest)));
        QVERIFY(!panel.grab().isNull());
        m_audit.everyWidget(u"limit"_s);
    }
}

void HostileDeletionTest::networkReasonsAreShownAsText()
{
    ErrorPanel panel(m_clock, [](const QString &text) { return text; });
    panel.show();
    for (const HostileText &text : m_texts) {
        if (isNothing(text))
            continue;
        // The technical reason has the service's reason phrase in it.
        panel.setError(NetworkFailure{NetworkFailure::Kind::ConnectionLost, text.text, {}},
                       Occasion::Listing, {});
        m_audit.plain(u"technical reason"_s, text, valueIn(panel, u"Technical reason"_s),
                      maximumFact);
        MalformedReply reply;
        reply.status = 200;
        reply.contentType = text.text;
        reply.rawBody = text.text.toUtf8();
        panel.setError(reply, Occasion::Listing, {});
        m_audit.plain(u"content type"_s, text, valueIn(panel, u"Content type"_s), maximumFact);
        m_audit.lines(u"raw answer that is no JSON"_s, {text.name, {}},
                      named<QPlainTextEdit>(panel, u"Raw answer"_s)->toPlainText(), maximumRaw);
        HttpFailure bad;
        bad.status = 400;
        bad.message = text.text;
        panel.setError(bad, Occasion::Listing, {});
        QVERIFY2(withoutOwnMarks(shownTexts(panel)).contains(visibleText(text.text)),
                 qPrintable(text.name));
        m_audit.everyWidget(u"reason"_s);
    }
}

void HostileDeletionTest::noticesShowText()
{
    TestWindow test;
    test.window.show();
    QVERIFY(QTest::qWaitForWindowActive(&test.window));
    test.load(3);
    const int narrowest = test.window.minimumSizeHint().width();
    const Job job = someJob(0);
    for (const HostileText &text : m_texts) {
        if (isNothing(text))
            continue;
        test.service.iTwins = {{{u"id"_s, job.iTwinId}, {u"displayName"_s, text.text}}};
        test.service.always.reset();
        test.open();
        QTRY_COMPARE(test.core.iTwins.all().size(), 1);
        QTRY_COMPARE(test.core.iTwins.nameOf(job.iTwinId), text.text);
        QTRY_COMPARE(test.core.lister.state(), JobLister::State::Complete);
        test.service.always
            = Answer::withStatus(400, refusalWith(text.text), headersWith(text.text));
        QTest::keyClick(&test.window, Qt::Key_F5);
        QTRY_VERIFY(!test.noticeText().isEmpty());
        m_audit.plain(u"notice"_s, {}, test.noticeText());
        m_audit.everyWidget(u"notice"_s);
        QCOMPARE(test.window.minimumSizeHint().width(), narrowest);
    }
}

void HostileDeletionTest::historyShowsText()
{
    WrittenHistory file;
    // SQLite takes some of them for no text; the program's own writer has tests of its own.
    QList<HostileText> texts;
    for (const HostileText &text : m_texts) {
        if (QString::fromUtf8("x" + text.text.toUtf8()) == u'x' + text.text
            && !text.text.contains(QChar(0xFFFE)) && !text.text.contains(QChar(0xFFFF))
            && !text.text.contains(QChar::Null))
            texts.append(text);
    }
    file.begin();
    for (const HostileText &text : std::as_const(texts)) {
        const qint64 run = file.addRun();
        const qint64 item = file.addItem(run, text.text, Outcome::Refused, refusalWith(text.text));
        HttpFailure failure;
        failure.status = 422;
        failure.rawBody = refusalWith(text.text);
        readErrorBody(failure.rawBody, &failure);
        failure.exchange.serviceCorrelationId = text.text;
        failure.exchange.verb = Verb::Delete;
        file.addAnswer(item, failure);
        file.addCreation(item, CreationOutcome::Created, text.text);
    }
    file.exec(u"UPDATE run SET account = (SELECT name FROM item WHERE item.run = run.number)"_s);
    file.commit();

    QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.ini"_s));
    FakeHistory history;
    HistoryReader reader(file.fileName());
    HistoryWindow window({.history = history,
                          .reader = reader,
                          .settings = settings,
                          .clock = m_clock,
                          .redact = [](const QString &text) { return text; }});
    window.show();
    auto *table = window.findChild<HistoryTable *>();
    QTRY_VERIFY(table->model()->rowCount() > 0);
    while (table->model()->canFetchMore({}))
        table->model()->fetchMore({});
    QTRY_COMPARE(table->model()->rowCount(), texts.size());
    const auto *panel = window.findChild<ErrorPanel *>();
    const int narrowest = window.minimumSizeHint().width();
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        // The newest comes first.
        const HostileText &text = texts.at(texts.size() - 1 - row);
        const QModelIndex job
            = table->model()->index(row, static_cast<int>(HistoryModel::Column::Job));
        if (isNothing(text))
            continue;
        m_audit.plain(u"history"_s, text, job.data().toString());
        m_audit.toolTip(u"tool tip of the history"_s, text, job.data(Qt::ToolTipRole).toString());
        const QModelIndex created
            = job.siblingAtColumn(static_cast<int>(HistoryModel::Column::CreatedAs));
        m_audit.plain(u"created again as"_s, text, created.data().toString());
        m_audit.toolTip(u"created again as"_s, text, created.data(Qt::ToolTipRole).toString());
        table->selectRow(row);
        QTRY_COMPARE(withoutOwnMarks(valueIn(*panel, u"Message"_s)),
                     visibleText(text.text, maximumFact));
        auditCauses(m_audit, *panel, text);
        m_audit.everyWidget(u"history of "_s % text.name);
        QVERIFY2(window.minimumSizeHint().width() <= std::max(narrowest, 1000),
                 qPrintable(text.name));
    }
    QVERIFY(!window.grab().isNull());
}

void HostileDeletionTest::creatingAgainShowsText()
{
    for (const HostileText &text : m_texts) {
        const QJsonObject definition{{u"name"_s, text.text},
                                     {u"type"_s, text.text},
                                     {u"workspaceId"_s, text.text},
                                     {text.text, text.text}};
        CreationQuestion question;
        DeletedDraft draft;
        draft.name = text.text;
        draft.definition = QJsonDocument(definition).toJson();
        question.drafts = {draft};
        question.account = text.text;
        question.host = u"api.bentley.com"_s;
        FakeNetwork network;
        RateLimiter limiter;
        RestClient client(network, limiter, m_clock, [] { return 1.0; });
        JobsApi api(client);
        FakeHistory history;
        CreateAgain dialog(question,
                           std::make_unique<Recreation>(api, history, m_clock, [] { return 1.0; }),
                           m_clock, [](const QString &one) { return one; });
        dialog.show();
        if (!text.text.isEmpty())
            QVERIFY2(withoutOwnMarks(shownTexts(dialog)).contains(visibleText(text.text)),
                     qPrintable(text.name));
        m_audit.plain(u"creating again"_s, {}, shownTexts(dialog).replace(u'\n', u' ').left(500));
        m_audit.everyWidget(u"creating again"_s);
        QVERIFY2(dialog.minimumSizeHint().width() <= 1400, qPrintable(text.name));
    }
}

void HostileDeletionTest::settingsShowText()
{
    TestConnection test;
    test.settings.setServiceAddress(test.address);
    SettingsDialog dialog(test.connection, test.settings);
    test.connection.open();
    QTRY_COMPARE(test.connection.tokenState(), Connection::TokenState::Missing);
    dialog.open();
    int widest = 0;
    for (const HostileText &text : m_texts) {
        if (isNothing(text))
            continue;
        const QJsonObject user{{u"displayName"_s, text.text}};
        test.answers.insert(u"/users/me"_s,
                            Answer::ok(QJsonDocument(QJsonObject{{u"user"_s, user}}).toJson()));
        const QJsonObject claims{{u"name"_s, text.text}, {u"scope"_s, QJsonArray{text.text}}};
        named<QLineEdit>(dialog, u"Access token"_s)
            ->setText(QString::fromLatin1(tokenWith(QJsonDocument(claims).toJson()).bytes()));
        named<QPushButton>(dialog, u"Test Connection"_s)->click();
        QTRY_VERIFY(shownTexts(dialog).contains(u"The connection works"_s));
        const QStringList said = shownTexts(dialog).split(u'\n');
        for (const QString &line : said) {
            if (line.startsWith(u"Account: "_s) || line.startsWith(u"Scopes: "_s)
                || line.startsWith(u"The connection works."_s))
                m_audit.plain(line.section(u':', 0, 0), text, line);
        }
        m_audit.everyWidget(u"settings"_s);
        widest = std::max(widest, dialog.minimumSizeHint().width());
    }
    QVERIFY2(widest <= 900, qPrintable(QString::number(widest)));
}

QTEST_MAIN(HostileDeletionTest)
#include "tst_hostiledeletion.moc"
