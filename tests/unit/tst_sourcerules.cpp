// SPDX-License-Identifier: GPL-3.0-or-later

// What the program's own source may not have, because no test of its behaviour could be complete:
// ways past the check of certificates, ways to show foreign text as markup, a second user of the
// network, and constructs that the compiler does not check.

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
         u"ignoreSslErrors|VerifyNone|setPeerVerifyMode"_s,
         {},
         u"reply->ignoreSslErrors();"_s},
        {"no token outside the keychain",
         u"setInsecureFallback\\((?!false\\))"_s,
         {},
         u"job->setInsecureFallback(true);"_s},
        {"one user of the network",
         u"QNetworkAccessManager\\b"_s,
         {{u"app/http/restclient."_s, u"the user"_s},
          {u"app/core.h"_s, u"hands it over"_s},
          {u"app/main.cpp"_s, u"makes it"_s}},
         u"QNetworkAccessManager other;"_s},
        {"one maker of requests",
         u"QNetworkRequest\\s+\\w+\\s*[;({]"_s,
         {{u"app/http/request."_s, u"the maker"_s}},
         u"QNetworkRequest request(url);"_s},
        {"no message box without a format",
         u"QMessageBox::(information|warning|critical|question|about)\\b"_s,
         {},
         u"QMessageBox::warning(this, title, text);"_s},
        {"message boxes show plain text",
         u"new QMessageBox\\((?:(?!setTextFormat\\(Qt::PlainText\\)).)*?\\bopen\\(\\)"_s,
         {},
         u"auto *box = new QMessageBox(a, b, c); box->open();"_s},
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
        {"only one place makes markup",
         u"toHtmlEscaped|<(span|br|b|i|p|qt)\\b[^:\"]*>\""_s,
         {{u"ui/plaintext.cpp"_s, u"the helper"_s},
          {u"ui/jobs/jobtableproxy.cpp"_s, u"tool tips that wrap, and their second line"_s},
          {u"ui/desktopnotifier.cpp"_s, u"for desktops that read markup"_s},
          {u"ui/statusline.cpp"_s, u"the second line of a tool tip"_s},
          {u"ui/deletion/deletionflow.cpp"_s, u"an informative text of several lines"_s}},
         u"text = name.toHtmlEscaped();"_s},
        {"nothing is opened outside",
         u"openUrl|QProcess|\\bsystem\\(|popen"_s,
         {{u"ui/showinfolder.cpp"_s, u"the folder of a file that the person chose"_s}},
         u"QDesktopServices::openUrl(url);"_s},
        {"the compiler checks connections",
         u"\\bsender\\(\\)|\\b(SIGNAL|SLOT)\\("_s,
         {{u"ui/desktopnotifier.cpp"_s, u"QDBusConnection takes slots by name only"_s}},
         u"connect(a, SIGNAL(b()), c, SLOT(d()));"_s},
        {"no nested event loop",
         u"QEventLoop|(\\.|->)exec\\(|processEvents"_s,
         {{u"app/deletion/historystatements.cpp"_s, u"SQL"_s},
          {u"app/deletion/historyqueries.cpp"_s, u"SQL"_s}},
         u"dialog.exec();"_s},
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
            // A program of its own, and a service: it asks nobody and shows nothing.
            const QString path = source.relativeFilePath(file);
            if (!path.startsWith(u"app/demo/"_s))
                m_code.insert(path, codeOf(file));
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
