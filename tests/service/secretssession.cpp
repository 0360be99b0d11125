// SPDX-License-Identifier: GPL-3.0-or-later

// A plugin that Qt loads into the program as people have it, when QT_QPA_GENERIC_PLUGINS names it.
// Plays a session of every feature there, with mouse and keyboard, and writes down all that can be
// seen, read by a screen reader or pasted at the end of each step. What it needs comes as one line
// of JSON on the standard input: neither arguments nor environment may have the token.

#include "tests/walkthrough/stage.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGenericPlugin>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <cstdio>

#include <sys/prctl.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

namespace {

/// Enough for every widget and the cells in sight.
constexpr int mostFaces = 4000;
constexpr int deletedJobs = 8;

QJsonObject readOrders()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(input.readLine()).object();
}

void readFace(QAccessibleInterface *face, QStringList *texts)
{
    if (face == nullptr || !face->isValid() || texts->size() > mostFaces)
        return;
    for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value,
                            QAccessible::Help, QAccessible::Accelerator}) {
        if (const QString text = face->text(kind); !text.isEmpty())
            texts->append(text);
    }
    if (auto *text = face->textInterface())
        texts->append(text->text(0, text->characterCount()));
    for (int child = 0; child < face->childCount(); ++child)
        readFace(face->child(child), texts);
}

QByteArray contentOf(QClipboard::Mode mode)
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData(mode);
    QByteArray content;
    const QStringList formats = data ? data->formats() : QStringList();
    for (const QString &format : formats)
        content += format.toUtf8() + ": " + data->data(format) + '\n';
    return content;
}

} // namespace

class Session final : public QObject
{
    Q_OBJECT

public:
    Session()
        : m_orders(readOrders()), m_folder(m_orders.value("folder"_L1).toString()),
          m_token(m_orders.value("token"_L1).toString()),
          m_observed(m_orders.value("observed"_L1).toString()), m_stage(m_folder)
    {
        QCoreApplication::instance()->installEventFilter(this);
    }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && object->inherits("QMainWindow")) {
            QCoreApplication::instance()->removeEventFilter(this);
            m_window = qobject_cast<QWidget *>(object);
            QTimer::singleShot(0, this, &Session::run);
        }
        return false;
    }

private:
    void run()
    {
        try {
            if (!m_observed.open(QIODevice::WriteOnly))
                throw CheckFailed{u"no place to write to"_s};
            play();
            // From outside root sees no difference.
            std::printf("dumpable: %d\n", prctl(PR_GET_DUMPABLE));
            std::puts("session: complete");
        } catch (const CheckFailed &failed) {
            m_stage.pictureAs(u"failed.png"_s);
            std::printf("session: failed: %s\n", qUtf8Printable(failed.why));
        }
        std::fflush(stdout);
    }

    void play()
    {
        m_stage.turnTo(*m_window);
        observe("first page");
        enterToken();
        list();
        readJob();
        pasteIds();
        exportJobs();
        deleteJobs();
        readErrors();
        history();
        forgetToken();
        enterToken();
        m_stage.waitFor(u"the jobs are listed again"_s, [this] { return rows() > 0; });
        observe("last");
    }

    /// Everything that leaves the program without being written or printed.
    void observe(const char *step)
    {
        QStringList texts;
        const auto windows = QApplication::topLevelWidgets();
        for (QWidget *window : windows) {
            texts.append(window->windowTitle());
            if (window->isVisible())
                readFace(QAccessible::queryAccessibleInterface(window), &texts);
        }
        m_observed.write("== "_ba + step + ": " + QByteArray::number(texts.size()) + " texts\n"
                         + texts.join(u'\n').toUtf8() + "\n-- clipboard\n"
                         + contentOf(QClipboard::Clipboard));
        if (QGuiApplication::clipboard()->supportsSelection())
            m_observed.write("-- selection\n" + contentOf(QClipboard::Selection));
        m_observed.flush();
    }

    void openSettings()
    {
        m_stage.press(Qt::Key_Comma, Qt::ControlModifier);
        m_stage.waitForDialog(u"Settings"_s);
    }

    void enterToken()
    {
        m_stage.begin(u"Enter the token"_s);
        openSettings();
        auto &address = m_stage.the<QLineEdit>(u"Service address"_s);
        m_stage.click(address);
        m_stage.press(Qt::Key_A, Qt::ControlModifier);
        m_stage.type(m_orders.value("address"_L1).toString());
        auto &token = m_stage.the<QLineEdit>(u"Access token"_s);
        m_stage.paste(token, u"Authorization: Bearer "_s + m_token);
        m_stage.check(token.text() == m_token, u"it is taken out of a header line"_s);
        observe("token pasted");
        // In the pause that the service has just asked for, the test is put off with a sentence.
        m_stage.waitFor(u"the connection is tested"_s, [this] {
            if (m_stage.says(u"The connection works."_s))
                return true;
            if (!m_stage.shows<QProgressBar>(u"Testing the connection"_s))
                m_stage.clickButton(u"Test Connection"_s);
            return false;
        });
        observe("connection tested");
        // Shown and selected, it is in the primary selection as long as the person looks at it.
        m_stage.click(m_stage.the<QCheckBox>(u"Show access token"_s));
        QTest::mouseDClick(&token, Qt::LeftButton);
        auto &isDetailed = m_stage.the<QCheckBox>(u"Write a detailed log"_s);
        if (!isDetailed.isChecked())
            m_stage.click(isDetailed);
        m_stage.the<QSpinBox>(u"Undo time"_s).setValue(0);
        m_stage.clickButton(u"Save"_s);
        m_stage.waitForDialogToClose();
        observe("token saved");
    }

    void list()
    {
        m_stage.begin(u"List, search, sum up"_s);
        m_stage.waitFor(u"the jobs are listed"_s, [this] { return rows() > deletedJobs; });
        m_stage.press(Qt::Key_F, Qt::ControlModifier);
        m_stage.type(u"survey"_s);
        m_stage.press(Qt::Key_Escape);
        m_stage.press(Qt::Key_F8);
        m_stage.waitFor(u"the summary is open"_s,
                        [this] { return m_stage.shows<QWidget>(u"Summary"_s); });
        observe("summary");
        m_stage.press(Qt::Key_F8);
    }

    void readJob()
    {
        m_stage.begin(u"Read a job and copy it"_s);
        m_stage.clickCell(table(), table().model()->index(0, 1));
        m_stage.press(Qt::Key_F9);
        m_stage.clickButton(u"Raw JSON"_s);
        m_stage.clickButton(u"Copy Raw JSON"_s);
        observe("job");
        for (const auto &entry :
             {u"Name"_s, u"Row"_s, u"Request as curl"_s, u"Deletion as curl"_s}) {
            m_stage.openContextMenu(table(), table().model()->index(0, 1));
            m_stage.clickEntry(u"Copy"_s);
            m_stage.clickEntry(entry);
            observe(qPrintable(entry));
        }
        m_stage.press(Qt::Key_F9);
    }

    void pasteIds()
    {
        m_stage.begin(u"Look up a pasted id"_s);
        QGuiApplication::clipboard()->setText(u"5f3b2a10-1111-4222-8333-944444444444"_s);
        table().setFocus();
        m_stage.press(Qt::Key_V, Qt::ControlModifier);
        m_stage.waitForDialog(u"Paste Job Ids"_s);
        m_stage.clickButton(u"Look Up 1 Job"_s);
        m_stage.waitForDialogToClose();
        m_stage.waitFor(u"it is listed"_s, [this] { return rows() == 1; });
        observe("pasted ids");
        m_stage.clickButton(u"Leave Pasted List"_s);
        m_stage.waitFor(u"the jobs are back"_s, [this] { return rows() > deletedJobs; });
    }

    void exportJobs()
    {
        m_stage.begin(u"Export the jobs"_s);
        for (const auto &format : {u"CSV, for spreadsheets"_s, u"JSON, for programs"_s}) {
            m_stage.press(Qt::Key_E, Qt::ControlModifier);
            m_stage.waitForDialog(u"Export Jobs"_s);
            m_stage.clickButton(u"All"_s);
            m_stage.clickButton(format);
            m_stage.clickButton(u"Export…"_s);
            save(u"Export Jobs"_s, u"jobs."_s + format.first(3));
            m_stage.waitFor(u"they are exported"_s,
                            [this] { return m_stage.says(u"Exported "_s); });
            observe("exported");
            m_stage.clickButton(u"Dismiss"_s);
        }
    }

    void save(const QString &title, const QString &fileName)
    {
        m_stage.waitFor(u"it asks for the file"_s,
                        [this] { return m_stage.shows<QLineEdit>(u"File name:"_s); });
        m_stage.waitForDialog(title);
        m_stage.paste(m_stage.the<QLineEdit>(u"File name:"_s), m_folder + u'/' + fileName);
        m_stage.clickButton(u"Save"_s);
        m_stage.waitForDialogToClose();
    }

    /// What becomes of them is the service's business, which goes through its refusals.
    void deleteJobs()
    {
        m_stage.begin(u"Delete jobs, through every refusal"_s);
        table().setFocus();
        m_stage.clickCell(table(), table().model()->index(0, 1));
        for (int row = 1; row < deletedJobs; ++row)
            m_stage.press(Qt::Key_Down, Qt::ShiftModifier);
        m_stage.waitFor(u"they are selected"_s, [this] {
            return m_stage.textOf(u"Job counts"_s).contains(u"%1 selected"_s.arg(deletedJobs));
        });
        m_stage.press(Qt::Key_Delete);
        m_stage.waitForDialog(u"Delete jobs?"_s);
        m_stage.clickButton(u"What Will Happen"_s);
        observe("confirmation");
        m_stage.clickButton(u"Delete %1 Jobs"_s.arg(deletedJobs));
        m_stage.waitForDialogToClose();
        m_stage.waitFor(
            u"the service refuses the token"_s,
            [this] { return m_stage.textOf(u"HTTP status"_s).startsWith(u"401"_s); }, 60s);
        m_stage.clickButton(u"Copy Report"_s);
        observe("401");
        enterToken();
        m_stage.waitFor(
            u"the deletion ends"_s,
            [this] { return m_stage.textOf(u"Deletion summary"_s).contains(u", 0 left"_s); }, 60s);
        observe("deleted");
    }

    void readErrors()
    {
        m_stage.begin(u"Read and copy the errors"_s);
        auto &problems = m_stage.the<QTreeView>(u"Problems"_s);
        for (int row = 0; row < problems.model()->rowCount(); ++row) {
            problems.scrollTo(problems.model()->index(row, 0));
            m_stage.clickCell(problems, problems.model()->index(row, 0));
            m_stage.clickButton(u"Copy Report"_s);
            observe("error");
        }
        m_stage.check(problems.model()->rowCount() > 0, u"there were some"_s);
    }

    void history()
    {
        m_stage.begin(u"Read and export the history, create again"_s);
        m_stage.press(Qt::Key_H, Qt::ControlModifier);
        m_stage.turnToWindow(u"History"_s);
        auto &items = m_stage.the<QTableView>(u"History items"_s);
        const auto choose = [this, &items](const QString &outcome) {
            m_stage.choose(m_stage.the<QComboBox>(u"Outcome"_s), outcome);
            m_stage.waitFor(u"such items are shown"_s, [&items, &outcome] {
                const int rows = items.model()->rowCount();
                if (outcome == u"Any"_s)
                    return rows == deletedJobs;
                bool areSuch = rows > 0;
                for (int row = 0; row < rows; ++row)
                    areSuch = areSuch && items.model()->index(row, 1).data() == outcome;
                return areSuch;
            });
        };
        choose(u"Refused"_s);
        m_stage.clickCell(items, items.model()->index(0, 0));
        m_stage.waitFor(u"the error is shown"_s,
                        [this] { return m_stage.textOf(u"HTTP status"_s).startsWith(u"422"_s); });
        m_stage.clickButton(u"Copy Report"_s);
        observe("history");
        choose(u"Any"_s);
        m_stage.clickButton(u"Export…"_s);
        m_stage.waitForDialog(u"Export History"_s);
        save(u"Export History"_s, u"history.csv"_s);
        choose(u"Deleted"_s);
        m_stage.clickCell(items, items.model()->index(0, 0));
        const auto &again = m_stage.the<QAbstractButton>(u"Create Again…"_s);
        m_stage.waitFor(u"it can be created again"_s, [&again] { return again.isEnabled(); });
        m_stage.clickButton(u"Create Again…"_s);
        m_stage.waitForDialog(u"Create jobs again?"_s);
        observe("create again");
        m_stage.clickButton(u"Create 1 Job"_s);
        m_stage.turnToWindow(u"Jobs created again"_s);
        m_stage.clickButton(u"Close"_s);
        m_stage.turnToWindow(u"History"_s);
        m_stage.press(Qt::Key_Escape);
        m_stage.turnTo(*m_window);
    }

    void forgetToken()
    {
        m_stage.begin(u"Forget the token"_s);
        QGuiApplication::clipboard()->setText(u"curl -H 'Authorization: Bearer "_s + m_token
                                              + u"' https://example.com"_s);
        openSettings();
        auto &token = m_stage.the<QLineEdit>(u"Access token"_s);
        m_stage.click(token);
        m_stage.press(Qt::Key_V, Qt::ControlModifier);
        m_stage.check(token.text() == m_token, u"it is taken out of a curl command"_s);
        m_stage.clickButton(u"Forget Token"_s);
        m_stage.check(QGuiApplication::clipboard()->text().isEmpty(),
                      u"the clipboard has it no longer"_s);
        m_stage.click(m_stage.the<QCheckBox>(u"Show access token"_s));
        m_stage.click(token);
        m_stage.press(Qt::Key_Z, Qt::ControlModifier);
        m_stage.check(token.text().isEmpty(), u"Undo does not bring it back"_s);
        m_stage.waitFor(u"the keychain has it no longer"_s,
                        [this] { return m_stage.says(u"The token was forgotten."_s); });
        observe("forgotten");
        m_stage.clickButton(u"Cancel"_s);
        m_stage.waitForDialogToClose();
    }

    [[nodiscard]] QTableView &table() const { return m_stage.the<QTableView>(u"Jobs"_s); }
    [[nodiscard]] int rows() const
    {
        return m_stage.shows<QTableView>(u"Jobs"_s) ? table().model()->rowCount() : 0;
    }

    QJsonObject m_orders;
    QString m_folder;
    QString m_token;
    QFile m_observed;
    Stage m_stage;
    QPointer<QWidget> m_window;
};

class SessionPlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "secretssession.json")

public:
    QObject *create(const QString &, const QString &) override { return new Session; }
};

} // namespace Jobsweep::Testing

#include "secretssession.moc"
