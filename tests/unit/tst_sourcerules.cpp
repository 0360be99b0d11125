// SPDX-License-Identifier: GPL-3.0-or-later

// What the program's own source may not have, because no test of its behaviour could be complete:
// ways past the check of certificates, ways to show foreign text as markup, a second user of the
// network, ways out for the token, and constructs that the compiler does not check.

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Exception
{
    /// Of a file, or of several; from the source folder on.
    QString path;
    QString reason;
};

struct Rule
{
    const char *name;
    /// Searched for in the code of app/ and ui/ without its comments.
    QString forbidden;
    QList<Exception> exceptions;
    /// A line that breaks it.
    QString example;
};

const QString ownWords = u"says nothing but the program's own words"_s;

QList<Rule> rules()
{
    return {
        {"certificates are checked",
         u"ignoreSslErrors|VerifyNone|setPeerVerifyMode|QSsl\\w*|sslErrors|setSslConfiguration"
         u"|(add|set)CaCertificate"_s,
         {},
         u"reply->ignoreSslErrors();"_s},
        {"no token outside the keychain",
         u"setInsecureFallback\\((?!false\\))"_s,
         {},
         u"job->setInsecureFallback(true);"_s},
        {"few read the token",
         u"[tT]oken\\w*(\\(\\))?(\\.|->)bytes\\("_s,
         {{u"app/http/accesstoken."_s, u"takes it out of texts"_s},
          {u"app/http/request."_s, u"sends it"_s},
          {u"app/account/tokenstore."_s, u"keeps it"_s},
          {u"ui/account/settingsdialog."_s, u"the person edits it"_s}},
         u"log(m_token->bytes());"_s},
        {"no output past the log",
         u"q(Debug|Info|Warning|Critical)\\(|std::c(out|err)"_s,
         {},
         u"qWarning() << job.name;"_s},
        {"few write to the log",
         u"qC(Debug|Info|Warning|Critical)\\("_s,
         {{u"app/main.cpp"_s, u"versions"_s},
          {u"app/account/connection.cpp"_s, u"states and codes"_s},
          {u"app/http/requestlogging.cpp"_s, u"every exchange"_s},
          {u"app/deletion/deletionqueuerun.cpp"_s, u"ids, codes and counts"_s},
          {u"app/deletion/sqlitehistory.cpp"_s, u"why the file cannot be written"_s}},
         u"qCInfo(lcJobs) << job.name;"_s},
        {"one user of the network",
         u"QNetworkAccessManager\\b"_s,
         {{u"app/http/restclient."_s, u"the user"_s},
          {u"app/core.h"_s, u"hands it over"_s},
          {u"app/main.cpp"_s, u"makes it"_s}},
         u"QNetworkAccessManager other;"_s},
        {"one maker of requests",
         u"QNetworkRequest(\\s+\\w+\\s*[;({]|\\s*[({])"_s,
         {{u"app/http/request."_s, u"the maker"_s}},
         u"network.get(QNetworkRequest(url));"_s},
        {"no other way into the network",
         u"Q(Tcp|Ssl|Udp|Web)Socket|sys/socket\\.h|curl_"_s,
         {{u"app/demo/"_s, u"the demo's service listens"_s}},
         u"QTcpSocket socket;"_s},
        {"one local socket",
         u"QLocal(Socket|Server)"_s,
         {{u"app/account/singleinstance."_s, u"finds the program that already runs"_s}},
         u"QLocalSocket socket;"_s},
        {"only get, post and delete",
         u"sendCustomRequest|\\bput\\("_s,
         {},
         u"network.put(built, body);"_s},
        {"one place deletes",
         u"deleteResource"_s,
         {{u"app/http/restclient.cpp"_s, u"the place"_s}},
         u"network.deleteResource(built);"_s},
        {"headers are set where requests are made",
         u"setRawHeader"_s,
         {{u"app/http/request.cpp"_s, u"makes them"_s},
          {u"app/http/restclient.cpp"_s, u"adds the id of the exchange"_s}},
         u"built.setRawHeader(name, value);"_s},
        {"no other version of the service",
         u"reality-(modeling|analysis)"_s,
         {},
         u"path = u\"reality-modeling/jobs\"_s;"_s},
        {"the environment changes nothing",
         u"getenv|qEnvironmentVariable"_s,
         {{u"app/account/programlog.cpp"_s, u"the folder of the log"_s}},
         u"qgetenv(\"JOBSWEEP_SERVICE\");"_s},
        {"no message box without a format",
         u"QMessageBox::(information|warning|critical|question|about)\\b"_s,
         {},
         u"QMessageBox::warning(this, title, text);"_s},
        // Those too that another function shows.
        {"message boxes show plain text",
         u"(new QMessageBox|QMessageBox\\s+\\w+)\\s*[({](?:(?!setTextFormat\\(Qt::PlainText\\)).)*?"
         u"(\\b(open|show)\\(\\)|\\n\\})"_s,
         {},
         u"auto *box = new QMessageBox(a, b, c); box->open();"_s},
        {"every deletion is asked about",
         u"setCheckBox\\(|[dD]on.t ask"_s,
         {},
         u"box->setCheckBox(again);"_s},
        {"informative text guesses at markup",
         u"setInformativeText\\((?!escapedForRichText\\(|\\s*tr\\()"_s,
         {},
         u"box->setInformativeText(why);"_s},
        {"dialogs that guess at markup",
         u"QErrorMessage|QProgressDialog|QInputDialog|QWhatsThis|setWhatsThis"_s,
         {},
         u"QErrorMessage message;"_s},
        {"nothing is shown as markup",
         u"Qt::(AutoText|RichText|MarkdownText)|[sS]etHtml|insertHtml|appendHtml|setMarkdown"
         u"|QTextBrowser|\\bQTextEdit\\b|QTextDocument|QStaticText|QLabel\\s*::\\s*linkActivated"
         u"|setOpenExternalLinks|setOpenLinks"_s,
         {},
         u"label->setTextFormat(Qt::RichText);"_s},
        {"labels come from the plain-text helper",
         u"new QLabel\\b|\\bQLabel\\s+\\w+\\s*[;({]|\\bQLabel\\("_s,
         {{u"ui/plaintext.cpp"_s, u"the helper"_s},
          {u"ui/valuelabel.cpp"_s, u"sets the format itself"_s}},
         u"auto *label = new QLabel(name);"_s},
        {"tool tips are escaped or the program's own",
         u"QToolTip|setToolTip\\((?!(\\w+, )?escapedForRichText\\(|\\s*(Words::)?tr\\()"_s,
         {{u"ui/account/deletionsettings.cpp"_s, ownWords},
          {u"ui/jobs/morefilters.cpp"_s, ownWords},
          {u"ui/jobs/jobselection.cpp"_s, ownWords},
          {u"ui/statusline.cpp"_s, u"two lines, each of them escaped"_s},
          {u"ui/deletion/historywindow.cpp"_s, ownWords}},
         u"item->setToolTip(job.name);"_s},
        {"what is put into the program's own words is escaped",
         u"set(InformativeText|ToolTip)\\((?![^;]*(escapedForRichText|toHtmlEscaped))[^;]*"
         u"\\.arg\\("_s,
         {{u"ui/mainactions.cpp"_s, u"shortcuts"_s}},
         u"item->setToolTip(tr(\"Job %1\").arg(job.name));"_s},
        // An action without a tool tip shows its text, which may be a name.
        {"few menus show tool tips",
         u"setToolTipsVisible"_s,
         {{u"ui/jobs/jobselection.cpp"_s, ownWords}},
         u"menu->setToolTipsVisible(true);"_s},
        {"only one place makes markup",
         u"toHtmlEscaped|<(span|br|b|i|p|qt)\\b[^:\"]*>\""_s,
         {{u"ui/plaintext.cpp"_s, u"the helper"_s},
          {u"ui/jobs/jobtableproxy.cpp"_s, u"tool tips that wrap, and their second line"_s},
          {u"ui/desktopnotifier.cpp"_s, u"for desktops that read markup"_s},
          {u"app/demo/demogenerator.cpp"_s, u"a name that must not be read as markup"_s},
          {u"ui/statusline.cpp"_s, u"the second line of a tool tip"_s},
          {u"ui/deletion/deletionflow.cpp"_s, u"an informative text of several lines"_s}},
         u"text = name.toHtmlEscaped();"_s},
        {"no markup on the clipboard",
         u"text/html"_s,
         {},
         u"data->setData(u\"text/html\"_s, text);"_s},
        {"no parsers for foreign markup and pictures",
         u"QXml|QDom|QMovie|loadFromData|QImage::fromData"_s,
         {},
         u"picture.loadFromData(body);"_s},
        {"nothing is opened outside",
         u"openUrl|QProcess|\\bsystem\\(|popen"_s,
         {{u"ui/showinfolder.cpp"_s, u"the folder of a file that the person chose"_s}},
         u"QDesktopServices::openUrl(url);"_s},
        {"the compiler checks connections",
         u"\\bsender\\(\\)|\\b(SIGNAL|SLOT)\\("_s,
         {{u"ui/desktopnotifier.cpp"_s, u"QDBusConnection takes slots by name only"_s}},
         u"connect(a, SIGNAL(b()), c, SLOT(d()));"_s},
        {"the compiler checks calls",
         u"invokeMethod\\([^;]*?,\\s*\""_s,
         {},
         u"QMetaObject::invokeMethod(a, \"b\");"_s},
        {"no nested event loop",
         u"QEventLoop|(\\.|->)exec\\(|processEvents"_s,
         {{u"app/deletion/historystatements.cpp"_s, u"SQL"_s},
          {u"app/deletion/historyqueries.cpp"_s, u"SQL"_s}},
         u"dialog.exec();"_s},
        {"no dialog with an event loop of its own",
         u"QFileDialog::get|QColorDialog::get|QFontDialog::get|QMenu::exec"_s,
         {},
         u"QFileDialog::getSaveFileName(this);"_s},
        {"nobody waits for other threads",
         u"waitForFinished|msleep"_s,
         {{u"ui/exportrow.cpp"_s, u"when it closes, for a stopped export"_s}},
         u"watcher.waitForFinished();"_s},
    };
}

QString codeOf(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression comments(u"(?<![:\"])//[^\n]*"_s);
    return QString::fromUtf8(file.readAll()).remove(comments);
}

QRegularExpression expressionOf(const Rule &rule)
{
    return QRegularExpression(rule.forbidden, QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

class TestSourceRules final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void holds_data();
    void holds();

private:
    /// By path from the source folder on.
    QMap<QString, QString> m_code;
};

void TestSourceRules::initTestCase()
{
    const QDir source(QStringLiteral(JOBSWEEP_SOURCE));
    for (const QString &folder : {u"app"_s, u"ui"_s}) {
        QDirIterator files(source.filePath(folder), {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            m_code.insert(source.relativeFilePath(file), codeOf(file));
        }
    }
    QVERIFY(m_code.size() > 200);
}

void TestSourceRules::holds_data()
{
    QTest::addColumn<int>("number");
    const QList<Rule> all = rules();
    for (int number = 0; number < all.size(); ++number)
        QTest::newRow(all.at(number).name) << number;
}

void TestSourceRules::holds()
{
    QFETCH(const int, number);
    const Rule rule = rules().at(number);
    const QRegularExpression forbidden = expressionOf(rule);
    QVERIFY2(forbidden.isValid(), qPrintable(forbidden.errorString()));
    QVERIFY(forbidden.match(rule.example).hasMatch());

    QStringList found;
    QList<bool> isUsed(rule.exceptions.size(), false);
    for (auto file = m_code.cbegin(); file != m_code.cend(); ++file) {
        const auto match = forbidden.match(file.value());
        // A search that gave up finds nothing either.
        QVERIFY2(match.isValid(), qPrintable(file.key()));
        if (!match.hasMatch())
            continue;
        const auto isAbout
            = [&file](const Exception &one) { return file.key().startsWith(one.path); };
        const auto exception
            = std::find_if(rule.exceptions.cbegin(), rule.exceptions.cend(), isAbout);
        if (exception == rule.exceptions.cend())
            found.append(file.key() % u": "_s % match.captured().left(60).simplified());
        else
            isUsed[exception - rule.exceptions.cbegin()] = true;
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    for (qsizetype i = 0; i < isUsed.size(); ++i)
        QVERIFY2(isUsed.at(i), qPrintable(rule.exceptions.at(i).path + u" needs no exception"_s));
}

QTEST_GUILESS_MAIN(TestSourceRules)
#include "tst_sourcerules.moc"
