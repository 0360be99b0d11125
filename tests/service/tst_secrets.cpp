// SPDX-License-Identifier: GPL-3.0-or-later

// A session of every feature in the program as people have it, with a token that nothing else has;
// afterwards that token is looked for in all that the session left behind. Started by keychain.sh,
// in a home folder, a message bus and a keychain of its own. The keychain's file is looked through
// like any other: what is in it is encrypted.

#include "demo/demobackend.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tokensearch.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int aWhile = 20'000;
constexpr int aSession = 240'000;

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// A JSON Web Token that nothing else has anything in common with.
QByteArray makeCanary()
{
    QByteArray random(256, '\0');
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const qint64 expiry = QDateTime::currentSecsSinceEpoch() + 3600;
    return base64Url(R"({"alg":"RS256","kid":"canary","typ":"JWT"})") + '.'
        + base64Url(R"({"jti":")" + random.first(24).toHex()
                    + R"(","scope":["itwin-platform"],"exp":)" + QByteArray::number(expiry) + '}')
        + '.' + base64Url(random);
}

QByteArray read(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What was said of requests.
QByteArray httpLines(const QByteArray &log)
{
    QByteArray lines;
    for (const QByteArray &line : log.split('\n')) {
        if (line.contains(" jobsweep.http "))
            lines += line + '\n';
    }
    return lines;
}

/// The demo service at the end of a wire of our own. It goes through every refusal, one deletion
/// after the other, and quotes the token wherever an answer has room for text.
class QuotingService final
{
public:
    explicit QuotingService(QByteArray token) : m_token(std::move(token))
    {
        m_backend.prepare();
        m_server.answerWith = [this](const ReceivedRequest &request) { return answer(request); };
    }

    [[nodiscard]] QString address() const { return m_server.address(); }
    [[nodiscard]] const QList<ReceivedRequest> &received() const { return m_server.received; }
    [[nodiscard]] int refusals() const { return m_refusals; }

private:
    WireAction answer(const ReceivedRequest &request)
    {
        const bool isKnown = request.header("Authorization") == "Bearer " + m_token;
        if (!isKnown)
            return quoting(401, "");
        if (request.verb() == "DELETE") {
            switch (++m_deletions) {
            case 2:
                return quoting(422,
                               R"({"code":"InvalidChange","message":"Cannot delete an already )"
                               R"(submitted job.","target":")"
                                   + m_token + R"("})");
            case 3:
                return quoting(403, "");
            case 4:
                return quoting(500, "");
            case 5:
                return quoting(429, "");
            case 6:
                return quoting(401, "");
            default:
                break;
            }
        }
        const QByteArray target = request.target();
        const qsizetype query = target.indexOf('?');
        DemoAnswer answer
            = m_backend.answer({.method = QString::fromLatin1(request.verb()),
                                .path = query < 0 ? target : target.first(query),
                                .query = query < 0 ? QByteArray() : target.sliced(query + 1),
                                .body = request.body(),
                                .accept = request.header("Accept"),
                                .authorization = "Bearer " + m_backend.token()},
                               m_time.elapsed());
        // In a job's name, and in the name of the account.
        answer.body.replace(R"("name":"B)", QByteArray(R"("name":")" + m_token + " B"));
        answer.body.replace(R"("displayName":")", QByteArray(R"("displayName":")" + m_token + ' '));
        return WireAction::withStatus(answer.status, answer.body,
                                      answer.headers
                                          + WireAction::Headers{{"X-Correlation-ID", m_token}});
    }

    WireAction quoting(int status, const QByteArray &detail)
    {
        ++m_refusals;
        const QByteArray signature = m_token.split('.').constLast();
        const QByteArray code = status == 422 ? "InvalidContextCaptureRequest" : "Refused";
        const QByteArray body = R"({"error":{"code":")" + code + R"(","message":"Bearer )" + m_token
            + " and " + signature + " and " + signature.mid(20, 40) + R"(","target":")"
            + signature.first(30) + R"(","details":[)" + detail + "]}}";
        QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Refused " + m_token + "\r\n";
        for (const char *name :
             {"X-Correlation-ID", "ITwinPlatform-RateLimited-Tier", "ITwinPlatform-RateLimited-API",
              "ITwinPlatform-RateLimited-Operation", "ITwinPlatform-RateLimited-Application",
              "WWW-Authenticate", "Set-Cookie", "Location", "X-Echo"})
            head += name + (": " + m_token) + "\r\n";
        head += "Content-Type: application/json; token=" + m_token + "\r\n";
        if (status == 429)
            head += "Retry-After: 1\r\n";
        return WireAction::answer(head + "Content-Length: " + QByteArray::number(body.size())
                                  + "\r\n\r\n" + body);
    }

    QByteArray m_token;
    DemoBackend m_backend{DemoOptions{.jobs = 400}};
    QElapsedTimer m_time = [] {
        QElapsedTimer time;
        time.start();
        return time;
    }();
    ScriptedServer m_server;
    int m_deletions = 0;
    int m_refusals = 0;
};

} // namespace

class TestSecrets final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("JOBSWEEP_PRIVATE_KEYCHAIN"))
            QSKIP("needs dbus-run-session and gnome-keyring-daemon, started by keychain.sh");
        m_home = QDir::homePath();
        QVERIFY(QDir(m_home).mkpath(u"exports"_s) && QDir(m_home).mkpath(u"tmp"_s));
    }

    /// A search that finds nothing proves nothing unless it finds what is there.
    void theSearchFindsEveryForm()
    {
        const QByteArray haystack
            = QByteArray(4096, 'x') + "Nothing of it is here." + base64Url("y");
        QCOMPARE(m_search.hits(haystack), 0);
        for (const TokenSearch::Form &form : m_search.forms())
            QVERIFY2(m_search.hits(haystack + form.bytes + haystack) > 0, form.name.constData());
    }

    void aSessionLeavesNoTokenBehind()
    {
        QProcess display;
        QStringList platform{u"QT_QPA_PLATFORM=offscreen"_s};
        if (startDisplay(display))
            platform = {u"QT_QPA_PLATFORM=xcb"_s,
                        u"DISPLAY=:"_s + QString::fromLatin1(display.readLine().trimmed())};
        QProcess bus;
        bus.setStandardOutputFile(watched(u"bus"_s));
        bus.start(u"dbus-monitor"_s, {u"--session"_s, u"--binary"_s});

        allowCoreDumps();
        QuotingService service(m_token);
        QProcess program;
        start(program, platform);
        program.write(QJsonDocument(QJsonObject{
                                        {u"address"_s, service.address()},
                                        {u"token"_s, QString::fromLatin1(m_token)},
                                        {u"folder"_s, QString(m_home + u"/exports"_s)},
                                        {u"observed"_s, watched(u"observed"_s)},
                                    })
                          .toJson(QJsonDocument::Compact)
                      + '\n');
        QVERIFY(QTest::qWaitFor(
            [&] {
                return program.state() == QProcess::NotRunning
                    || read(watched(u"output"_s)).contains("session: ");
            },
            aSession));
        const QByteArray output = read(watched(u"output"_s));
        if (!output.contains("session: complete"))
            qWarning().noquote() << output << httpLines(read(watched(u"errors"_s)));
        QVERIFY(output.contains("session: complete"));
        QVERIFY(output.contains("dumpable: 0"));

        lookAtProcess(program.processId());
        crash(program);
        bus.terminate();
        bus.waitForFinished(aWhile);
        display.terminate();
        display.waitForFinished(aWhile);
        searchFiles();
        checkModes();
        searchWire(service);

        QVERIFY(service.refusals() >= 5);
        qInfo().noquote() << m_files << "files," << m_bytes / 1024 << "KiB," << m_sources
                          << "sources in all," << service.received().size() << "requests,"
                          << service.refusals() << "answers that quote the token,"
                          << m_search.forms().size() << "forms:" << m_hits << "hits";
        QCOMPARE(m_hits, 0);
    }

private:
    static bool startDisplay(QProcess &display)
    {
        display.setProcessChannelMode(QProcess::SeparateChannels);
        display.start(u"Xvfb"_s,
                      {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1400x1000x24"_s,
                       u"-nolisten"_s, u"tcp"_s});
        return display.waitForStarted(aWhile)
            && QTest::qWaitFor([&display] { return display.canReadLine(); }, aWhile);
    }

    void start(QProcess &program, const QStringList &platform)
    {
        QStringList environment = QProcess::systemEnvironment();
        environment.removeIf([](const QString &variable) {
            return variable.startsWith("QT_QPA_PLATFORM="_L1) || variable.startsWith("TMPDIR="_L1);
        });
        environment += platform;
        environment += {u"TMPDIR="_s + m_home + u"/tmp"_s,
                        u"XDG_STATE_HOME="_s + m_home + u"/state"_s, u"QT_LOGGING_RULES=*=true"_s,
                        u"QT_QPA_GENERIC_PLUGINS=secretssession"_s, u"LC_ALL=C.UTF-8"_s};
        program.setEnvironment(environment);
        program.setWorkingDirectory(m_home);
        program.setStandardOutputFile(watched(u"output"_s));
        program.setStandardErrorFile(watched(u"errors"_s));
        program.start(QStringLiteral(JOBSWEEP_PROGRAM), QStringList());
        QVERIFY(program.waitForStarted(aWhile));
    }

    static void allowCoreDumps()
    {
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        limit.rlim_cur = limit.rlim_max;
        QCOMPARE(::setrlimit(RLIMIT_CORE, &limit), 0);
    }

    void lookAtProcess(qint64 process)
    {
        const QString folder = u"/proc/%1/"_s.arg(process);
        count(folder + u"cmdline"_s, read(folder + u"cmdline"_s));
        // Closed to others than root.
        count(folder + u"environ"_s, read(folder + u"environ"_s));
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(folder + u"mem"_s).constData(), &status), 0);
        QCOMPARE(status.st_uid, 0U);
        QVERIFY2(
            read(folder + u"limits"_s).contains("Max core file size        0                    0"),
            read(folder + u"limits"_s).constData());
    }

    void crash(QProcess &program)
    {
        QVERIFY(program.state() == QProcess::Running);
        ::kill(static_cast<pid_t>(program.processId()), SIGABRT);
        QVERIFY(program.waitForFinished(aWhile));
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);
        QCOMPARE(QDir(m_home).entryList({u"core*"_s}, QDir::Files), QStringList());
        // The same crash of another program, to see whether this system would have written one.
        QProcess other;
        QTemporaryDir folder;
        other.setWorkingDirectory(folder.path());
        other.start(u"sh"_s, {u"-c"_s, u"kill -ABRT $$"_s});
        QVERIFY(other.waitForFinished(aWhile));
        qInfo() << "core files: 0 of jobsweep,"
                << QDir(folder.path()).entryList({u"core*"_s}, QDir::Files).size()
                << "of another program";
    }

    void searchFiles()
    {
        for (const QString &folder : {m_home, m_watched.path()}) {
            QDirIterator entries(folder, QDir::Files | QDir::Hidden | QDir::System,
                                 QDirIterator::Subdirectories);
            while (entries.hasNext()) {
                const QString name = entries.next();
                if (!QFileInfo(name).isFile() || QFileInfo(name).isSymLink())
                    continue;
                const QByteArray content = read(name);
                ++m_files;
                m_bytes += content.size();
                count(name, content);
                count(name, QFile::encodeName(name));
            }
        }
        QVERIFY(!read(m_home + u"/state/jobsweep/jobsweep.log"_s).isEmpty());
        // With everything that Qt has to say, the file has room for the end alone.
        const QByteArray log = read(watched(u"errors"_s));
        for (const char *status : {" 200 ", " 204 ", " 401 ", " 403 ", " 422 ", " 429 ", " 500 "})
            QVERIFY2(httpLines(log).contains(status), status);
        QVERIFY(read(m_home + u"/exports/jobs.CSV"_s).contains("[redacted]"));
        QVERIFY(read(watched(u"observed"_s)).contains("[redacted]"));
        QVERIFY(read(watched(u"bus"_s)).contains("org.freedesktop.Secret"));
    }

    /// What the person asked to be written is theirs, and has the mode that they are used to.
    void checkModes()
    {
        for (const QString &part : {u"/config"_s, u"/data"_s, u"/state"_s}) {
            const QString folder = m_home + part + u"/jobsweep"_s;
            QCOMPARE(modeOf(folder), 0700U);
            int files = 0;
            const QFileInfoList entries = QDir(folder).entryInfoList(
                QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
            for (const QFileInfo &entry : entries) {
                ++files;
                QVERIFY2((modeOf(entry.filePath()) & 0077U) == 0, qPrintable(entry.filePath()));
            }
            QVERIFY2(files > 0, qPrintable(folder));
        }
    }

    static unsigned modeOf(const QString &name)
    {
        struct stat status = {};
        return ::lstat(QFile::encodeName(name).constData(), &status) == 0 ? status.st_mode & 0777U
                                                                          : 0U;
    }

    /// In what was sent to the service it is in one header and nowhere else.
    void searchWire(const QuotingService &service)
    {
        for (const ReceivedRequest &request : service.received()) {
            QCOMPARE(request.headers("Authorization").size(), 1);
            const QByteArray header = "Authorization: Bearer " + m_token;
            QByteArray rest = request.raw;
            const qsizetype at = rest.indexOf(header);
            QVERIFY(at >= 0);
            rest.remove(at, header.size());
            count(QString::fromLatin1(request.startLine()), rest);
        }
    }

    void count(const QString &source, const QByteArray &content)
    {
        ++m_sources;
        const int hits = m_search.hits(content);
        m_hits += hits;
        if (hits > 0)
            qWarning().noquote() << hits << "hits in" << source << m_search.where(content);
    }

    [[nodiscard]] QString watched(const QString &name) const { return m_watched.filePath(name); }

    const QByteArray m_token = makeCanary();
    const TokenSearch m_search{m_token};
    QString m_home;
    /// Output and transcripts of the session, which are no files of the program's own.
    QTemporaryDir m_watched;
    int m_files = 0;
    int m_sources = 0;
    int m_hits = 0;
    qint64 m_bytes = 0;
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
