// SPDX-License-Identifier: GPL-3.0-or-later

// Jobs as text for the clipboard, and as commands that a real shell reads.

#include "tests/support/offlinecore.h"
#include "tests/support/somejobs.h"
#include "ui/jobs/jobcopy.h"
#include "ui/jobs/jobtableproxy.h"

#include <QProcess>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;

namespace {

/// What a shell makes of the words after the first one, each on a line.
QStringList wordsIn(const QString &command, const QString &token)
{
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TOKEN"_s, token);
    shell.setProcessEnvironment(environment);
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"curl() { printf '%s\\n' \"$@\"; }; "_s + command});
    if (!shell.waitForFinished() || shell.exitCode() != 0)
        return {u"the shell failed"_s};
    return QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class JobCopyTest final : public QObject
{
    Q_OBJECT

private slots:
    void foreignTextStaysInItsCell_data();
    void foreignTextStaysInItsCell();
    void rowsAreWholeAndInOrder();
    void shellReadsQuotedTextAsOneWord_data();
    void shellReadsQuotedTextAsOneWord();
    void commandIsOneRequestToTheAddress();
    void commandKeepsToTheMachine();
    void noCommandForWhatMustNotBeSent();
};

void JobCopyTest::foreignTextStaysInItsCell_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << u"Bridge, north"_s << u"Bridge, north"_s;
    QTest::newRow("tab and lines") << u"a\tb\nc\r\nd"_s << u"a b c  d"_s;
    QTest::newRow("other separators") << u"a\u2028b\u2029c\u000Bd\u0085e"_s << u"a b c d e"_s;
    QTest::newRow("accents and signs stay")
        << u"Brücke 東 \U0001F600 \u200C"_s << u"Brücke 東 \U0001F600 \u200C"_s;
    QTest::newRow("formula") << u"=HYPERLINK(\"x\")"_s << u"'=HYPERLINK(\"x\")"_s;
    QTest::newRow("formula after a tab") << u"\t@SUM(A1)"_s << u"' @SUM(A1)"_s;
    QTest::newRow("minus") << u"-2"_s << u"'-2"_s;
    QTest::newRow("empty") << QString() << QString();
}

void JobCopyTest::foreignTextStaysInItsCell()
{
    QFETCH(const QString, text);
    QFETCH(const QString, cell);
    QCOMPARE(tableCell(text), cell);
}

void JobCopyTest::rowsAreWholeAndInOrder()
{
    OfflineCore core;
    JobTableProxy proxy(core.jobs, core.iTwins);
    Job longName = someJob(u"b"_s, QString(500, u'n'));
    longName.email = u"ana\t@example.com"_s;
    longName.estimatedCost = 1.25;
    core.jobs.append({someJob(u"a"_s, u"First"_s), longName});
    proxy.sort(static_cast<int>(Column::Id));
    const QString text = copiedRows(proxy, {1, 0},
                                    {Column::Name, Column::Id, Column::State, Column::CreatedBy,
                                     Column::Created, Column::EstimatedCost});
    const QStringList lines = text.split(u'\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).split(u'\t'),
             (QStringList{longName.name, u"b"_s, u"Unsubmitted"_s, u"ana @example.com"_s, QString(),
                          u"1.25"_s}));
    QCOMPARE(lines.at(1).split(u'\t'),
             (QStringList{u"First"_s, u"a"_s, u"Unsubmitted"_s, QString(), QString(), QString()}));
}

void JobCopyTest::shellReadsQuotedTextAsOneWord_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u"plain"_s, u"it's"_s, u"''"_s, u"$TOKEN `id` \\ \"x\" !1 *"_s,
                                u"; rm -rf x & # \u00e9"_s})
        QTest::addRow("%s", qPrintable(text)) << text;
}

void JobCopyTest::shellReadsQuotedTextAsOneWord()
{
    QFETCH(const QString, text);
    QCOMPARE(wordsIn(u"curl "_s + shellQuoted(text), u"secret"_s), QStringList{text});
}

void JobCopyTest::commandIsOneRequestToTheAddress()
{
    const JobId id{u"9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s};
    const QString command = curlCommand(Verb::Get, id, ServiceAddress()).value();
    QCOMPARE(
        command,
        u"curl --globoff --proto '=https' --request GET "
        "--header 'Accept: application/vnd.bentley.itwin-platform.v1+json' "
        "--header \"Authorization: Bearer $TOKEN\" "
        "'https://api.bentley.com/contextcapture/jobs/9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad'"_s);
    const QStringList words
        = wordsIn(curlCommand(Verb::Delete, id, ServiceAddress()).value(), u"a b"_s);
    const QStringList expected{
        u"--globoff"_s,
        u"--proto"_s,
        u"=https"_s,
        u"--request"_s,
        u"DELETE"_s,
        u"--header"_s,
        u"Accept: application/vnd.bentley.itwin-platform.v1+json"_s,
        u"--header"_s,
        u"Authorization: Bearer a b"_s,
        u"https://api.bentley.com/contextcapture/jobs/9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s};
    QCOMPARE(words, expected);
}

void JobCopyTest::commandKeepsToTheMachine()
{
    const ServiceAddress here = ServiceAddress::parse(u"http://[::1]:8080"_s).value();
    const QString command = curlCommand(Verb::Get, {u"a"_s}, here).value();
    QVERIFY(command.contains(u"--proto '=http' "_s));
    QVERIFY(command.endsWith(u" 'http://[::1]:8080/contextcapture/jobs/a'"_s));
}

void JobCopyTest::noCommandForWhatMustNotBeSent()
{
    for (const QString &id : {QString(), u".."_s, u"a/b"_s, u"a'b"_s, u"a b"_s, u"a?b"_s}) {
        QVERIFY2(!curlCommand(Verb::Get, {id}, ServiceAddress()), qPrintable(id));
        QVERIFY2(!curlCommand(Verb::Delete, {id}, ServiceAddress()), qPrintable(id));
    }
    QVERIFY(!curlCommand(Verb::Post, {u"a"_s}, ServiceAddress()));
}

QTEST_GUILESS_MAIN(JobCopyTest)
#include "tst_jobcopy.moc"
