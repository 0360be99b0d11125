// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/logfile.h"
#include "account/logline.h"
#include "account/programlog.h"
#include "http/requestlogging.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString secret = u"eyJhbGciOiJSUzI1NiJ9.eyJuYW1lIjoiQWRhIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4"_s;

AccessToken token(const QString &text = secret)
{
    return AccessToken::fromPasted(text).value();
}

QByteArray lineOf(const QString &text, const AccessToken &hidden = token())
{
    const QDateTime at(QDate(2024, 6, 24), QTime(13, 0, 1, 7), Qt::UTC);
    return logLine({.type = QtInfoMsg, .at = at, .category = u"jobsweep.http"_s, .text = text},
                   hidden);
}

QByteArray read(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

unsigned modeOf(const QString &fileName)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(fileName).constData(), &status) == 0 ? status.st_mode & 07777U
                                                                          : 0U;
}

} // namespace

class TestLog final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_name = m_folder->filePath(u"state/jobsweep/jobsweep.log"_s);
    }
    static void cleanup() { ProgramLog::setDetailed(false); }

    void aLineHasTimeKindCategoryAndText()
    {
        QCOMPARE(lineOf(u"a text"_s), "2024-06-24T13:00:01.007Z info jobsweep.http a text\n"_ba);
    }

    void nothingOfATokenIsInALine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const QString signature = secret.section(u'.', 2);
        QTest::newRow("whole") << u"sent "_s + secret + u"."_s << u"sent [redacted]."_s;
        QTest::newRow("part") << u"cut "_s + signature << u"cut [redacted]"_s;
        QTest::newRow("inside of a part")
            << u"<"_s + signature.mid(3, 14) + u">"_s << u"<[redacted]>"_s;
        QTest::newRow("another token")
            << u"x eyJ0eXAiOiJKV1QifQ.eyJhIjoxfQ.c2ln y"_s << u"x [redacted] y"_s;
        QTest::newRow("not a JSON Web Token")
            << u"Authorization: Bearer 0123456789abcdef"_s << u"Authorization: Bearer [redacted]"_s;
    }
    void nothingOfATokenIsInALine()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, expected);
        const QByteArray end = ' ' + expected.toUtf8() + '\n';
        QVERIFY2(lineOf(text).endsWith(end), lineOf(text).constData());
    }

    void aTextIsOneLine()
    {
        const QByteArray line = lineOf(u"a\nb\r\u2028c\u202Ed\x1b[31m\0e"_s);
        QCOMPARE(line.count('\n'), 1);
        QVERIFY2(line.endsWith("a\\nb\\u000d\\u2028c\\u202ed\\u001b[31m\\u0000e\n"),
                 line.constData());
        QVERIFY(lineOf(QString(2 * longestLogText, u'x')).size() < longestLogText + 100);
    }

    void theFileAndItsFolderAreForTheirOwnerAlone()
    {
        LogFile file(m_name);
        QVERIFY(!QFile::exists(m_name));
        QCOMPARE(file.write("a\n"), 0);
        QCOMPARE(modeOf(m_name), 0600U);
        QCOMPARE(modeOf(QFileInfo(m_name).path()), 0700U);
    }

    void modesThatWereTooOpenAreMended()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_name).path()));
        QCOMPARE(::chmod(QFile::encodeName(QFileInfo(m_name).path()).constData(), 0755), 0);
        QFile before(m_name);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("before\n");
        before.close();
        QCOMPARE(::chmod(QFile::encodeName(m_name).constData(), 0644), 0);
        LogFile file(m_name);
        QCOMPARE(file.write("a\n"), 0);
        QCOMPARE(modeOf(m_name), 0600U);
        QCOMPARE(modeOf(QFileInfo(m_name).path()), 0700U);
        QCOMPARE(read(m_name), "before\na\n"_ba);
    }

    void aFullFileMakesRoomAndTheOldestGoes()
    {
        LogFile file(m_name);
        const QByteArray filler(LogFile::maximumBytes / 4 - 4, 'x');
        for (int number = 100; number < 120; ++number)
            QCOMPARE(file.write(QByteArray::number(number) + filler + '\n'), 0);
        const QFileInfoList files = QDir(QFileInfo(m_name).path()).entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 1 + LogFile::olderFiles);
        for (const QFileInfo &each : files) {
            QVERIFY(each.size() <= LogFile::maximumBytes);
            QCOMPARE(modeOf(each.filePath()), 0600U);
        }
        QVERIFY(read(m_name).contains("119xxx"));
        QVERIFY(read(m_name + u".2"_s).startsWith("108xxx"));
    }

    void theFullFileOfAnEarlierSessionMakesRoom()
    {
        const QByteArray half(LogFile::maximumBytes / 2 + 1, 'x');
        QCOMPARE(LogFile(m_name).write(half), 0);
        QCOMPARE(LogFile(m_name).write(half), 0);
        QCOMPARE(read(m_name), half);
        QCOMPARE(read(m_name + u".1"_s), half);
    }

    void aLinkIsNotFollowed()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_name).path()));
        const QString target = m_folder->filePath(u"of-somebody-else"_s);
        QVERIFY(QFile::link(target, m_name));
        LogFile file(m_name);
        QVERIFY(file.write("a\n") != 0);
        QVERIFY(!QFile::exists(target));
    }

    void aPipeDoesNotStopTheProgram()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_name).path()));
        QCOMPARE(::mkfifo(QFile::encodeName(m_name).constData(), 0600), 0);
        LogFile file(m_name);
        QVERIFY(file.write("a\n") != 0);
    }

    void aFolderThatCannotBeMadeIsAnError()
    {
        QFile inTheWay(m_folder->filePath(u"state"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        LogFile file(m_name);
        QVERIFY(file.write("a\n") != 0);
        // The next line tries again.
        inTheWay.remove();
        QCOMPARE(file.write("a\n"), 0);
    }

    void everyMessageOfEveryThreadIsInTheFile()
    {
        ProgramLog log(m_name);
        log.hide(token());
        qWarning() << "from Qt:" << secret;
        const std::unique_ptr<QThread> other(
            QThread::create([] { qCritical("from another thread %s", qPrintable(secret)); }));
        other->start();
        QVERIFY(other->wait(20'000));
        const QByteArray text = read(m_name);
        QVERIFY(text.contains(" warning default from Qt: \"[redacted]\"\n"));
        QVERIFY(text.contains(" critical default from another thread [redacted]\n"));
        QVERIFY(!text.contains(secret.section(u'.', 2).toLatin1()));
    }

    void aLogThatCannotBeWrittenStopsNothing()
    {
        QFile inTheWay(m_folder->filePath(u"state"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        ProgramLog log(m_name);
        qWarning("one");
        qWarning("two");
        QVERIFY(!QFile::exists(m_name));
    }

    void theHandlerFromBeforeComesBack()
    {
        {
            const ProgramLog log(m_name);
        }
        QTest::ignoreMessage(QtWarningMsg, "as before");
        qWarning("as before");
        QVERIFY(!QFile::exists(m_name));
    }

    void aRequestIsToldWithoutItsQuery()
    {
        const ProgramLog log(m_name);
        Exchange exchange;
        exchange.verb = Verb::Delete;
        exchange.target = u"/contextcapture/jobs/a%20b?$filter=name&continuationToken=abc"_s;
        exchange.correlationId = u"6f9619ff"_s;
        exchange.duration = std::chrono::milliseconds(17);
        exchange.sends = 2;
        logRequest(exchange, 422);
        QVERIFY2(read(m_name).endsWith(" info jobsweep.http 6f9619ff DELETE "
                                       "/contextcapture/jobs/a%20b 422 17 ms 2 sends\n"),
                 read(m_name).constData());
    }

    void successesAreDetail()
    {
        const ProgramLog log(m_name);
        logRequest({}, 204);
        QVERIFY(!QFile::exists(m_name));
        ProgramLog::setDetailed(true);
        logRequest({}, 204);
        QVERIFY(read(m_name).contains(" debug jobsweep.http "));
    }

    void theFileIsInTheStateFolder()
    {
        const QByteArray before = qgetenv("XDG_STATE_HOME");
        qputenv("XDG_STATE_HOME", "/somewhere");
        QCOMPARE(personsLogFile(), u"/somewhere/jobsweep/jobsweep.log"_s);
        qputenv("XDG_STATE_HOME", "relative");
        QCOMPARE(personsLogFile(),
                 QString(QDir::homePath() + u"/.local/state/jobsweep/jobsweep.log"_s));
        qputenv("XDG_STATE_HOME", before);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_name;
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
