// SPDX-License-Identifier: GPL-3.0-or-later

// Real processes that want the same profile. The program is its own helper: with an argument
// it is a copy that claims the folder given, says what came of it and stays if it has it.

#include "account/singleinstance.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QMetaEnum>
#include <QProcess>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

void say(const char *line)
{
    std::puts(line);
    std::fflush(stdout);
}

int runCopy(const QString &folder)
{
    SingleInstance instance(folder);
    QObject::connect(&instance, &SingleInstance::activationRequested, &instance,
                     [] { say("activated"); });
    const auto result = instance.claim();
    say(QMetaEnum::fromType<SingleInstance::Result>().valueToKey(static_cast<int>(result)));
    return result == SingleInstance::Result::Claimed ? QCoreApplication::exec() : 0;
}

class Copy final
{
public:
    explicit Copy(const QString &folder)
    {
        m_process.start(QCoreApplication::applicationFilePath(), {u"--copy"_s, folder});
    }
    ~Copy() { kill(); }
    Q_DISABLE_COPY_MOVE(Copy)

    /// The next line it says; empty when none comes.
    [[nodiscard]] QByteArray nextLine()
    {
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 20'000))
            return {};
        return m_process.readLine().trimmed();
    }
    [[nodiscard]] bool isSilent()
    {
        return !m_process.canReadLine() && m_process.state() == QProcess::Running;
    }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

void writeLock(const QString &folder, qint64 process, const QByteArray &program)
{
    QFile file(folder % u"/jobsweep.lock"_s);
    file.open(QIODevice::WriteOnly);
    file.write(QByteArray::number(process) + '\n' + program + '\n'
               + QSysInfo::machineHostName().toUtf8() + '\n' + QSysInfo::machineUniqueId() + '\n'
               + QSysInfo::bootUniqueId() + '\n');
}

} // namespace

class SingleInstanceTest final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->filePath(u"data/jobsweep"_s);
    }

    void theSecondCopyBringsTheFirstToTheFront();
    void profilesAreApart();
    void theNextStartFollowsAnEnd();
    void aKilledCopyBlocksNobody();
    void aCopyThatHangsKeepsItsProfile();
    void aLockOfAnotherProgramIsRemoved();
    void foreignBytesAreIgnored();
    void theFolderIsPrivate();
    void saysWhenNothingCanBeLocked();

private:
    [[nodiscard]] QString socketPath() const { return m_folder % u"/jobsweep.socket"_s; }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;
};

void SingleInstanceTest::theSecondCopyBringsTheFirstToTheFront()
{
    Copy first(m_folder);
    QCOMPARE(first.nextLine(), "Claimed"_ba);
    for (int time = 0; time < 2; ++time) {
        Copy second(m_folder);
        QCOMPARE(second.nextLine(), "AlreadyRunning"_ba);
        QCOMPARE(first.nextLine(), "activated"_ba);
    }
}

void SingleInstanceTest::profilesAreApart()
{
    Copy first(m_folder);
    QCOMPARE(first.nextLine(), "Claimed"_ba);
    Copy other(m_home->filePath(u"other"_s));
    QCOMPARE(other.nextLine(), "Claimed"_ba);
    QVERIFY(first.isSilent());
}

void SingleInstanceTest::theNextStartFollowsAnEnd()
{
    {
        SingleInstance here(m_folder);
        QCOMPARE(here.claim(), SingleInstance::Result::Claimed);
    }
    QVERIFY(!QFile::exists(socketPath()));
    Copy next(m_folder);
    QCOMPARE(next.nextLine(), "Claimed"_ba);
}

void SingleInstanceTest::aKilledCopyBlocksNobody()
{
    Copy first(m_folder);
    QCOMPARE(first.nextLine(), "Claimed"_ba);
    first.kill();
    QVERIFY(QFileInfo::exists(socketPath()));
    Copy second(m_folder);
    QCOMPARE(second.nextLine(), "Claimed"_ba);
    Copy third(m_folder);
    QCOMPARE(third.nextLine(), "AlreadyRunning"_ba);
    QCOMPARE(second.nextLine(), "activated"_ba);
}

void SingleInstanceTest::aCopyThatHangsKeepsItsProfile()
{
    Copy first(m_folder);
    QCOMPARE(first.nextLine(), "Claimed"_ba);
    first.signal(SIGSTOP);
    {
        Copy second(m_folder);
        QCOMPARE(second.nextLine(), "NotAnswering"_ba);
    }
    first.signal(SIGCONT);
    // What the second asked is still read, although nobody waits for the answer any more.
    QCOMPARE(first.nextLine(), "activated"_ba);
    Copy third(m_folder);
    QCOMPARE(third.nextLine(), "AlreadyRunning"_ba);
}

void SingleInstanceTest::aLockOfAnotherProgramIsRemoved()
{
    QVERIFY(QDir().mkpath(m_folder));
    // The number of a process that lives, under the name that QLockFile will find for it.
    writeLock(m_folder, QCoreApplication::applicationPid(),
              QFileInfo(QCoreApplication::applicationFilePath()).fileName().toUtf8());
    Copy copy(m_folder);
    QCOMPARE(copy.nextLine(), "Claimed"_ba);
}

void SingleInstanceTest::foreignBytesAreIgnored()
{
    Copy first(m_folder);
    QCOMPARE(first.nextLine(), "Claimed"_ba);
    const QList<QByteArray> messages
        = {"\n"_ba, "GET / HTTP/1.1\r\n\r\n"_ba, "jobsweep: come to the front!\n"_ba,
           QByteArray(1024 * 1024, 'x'), QByteArray(64, '\0')};
    for (const QByteArray &message : messages) {
        QLocalSocket stranger;
        stranger.connectToServer(socketPath());
        QVERIFY(stranger.waitForConnected());
        stranger.write(message);
        QTRY_COMPARE(stranger.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(stranger.readAll(), QByteArray());
    }
    QLocalSocket silent;
    silent.connectToServer(socketPath());
    QVERIFY(silent.waitForConnected());
    Copy second(m_folder);
    QCOMPARE(second.nextLine(), "AlreadyRunning"_ba);
    QCOMPARE(first.nextLine(), "activated"_ba);
    QTRY_COMPARE(silent.state(), QLocalSocket::UnconnectedState);
    QVERIFY(first.isSilent());
}

void SingleInstanceTest::theFolderIsPrivate()
{
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QVERIFY(QDir().mkpath(m_folder));
    QVERIFY(QFile::setPermissions(m_folder, QFile::permissions(m_folder) | others));
    SingleInstance instance(m_folder);
    QCOMPARE(instance.claim(), SingleInstance::Result::Claimed);
    QVERIFY(!(QFile::permissions(m_folder) & others));
    QVERIFY(!(QFile::permissions(socketPath()) & others));

    SingleInstance fresh(m_home->filePath(u"fresh"_s));
    QCOMPARE(fresh.claim(), SingleInstance::Result::Claimed);
    QVERIFY(!(QFile::permissions(m_home->filePath(u"fresh"_s)) & others));
}

void SingleInstanceTest::saysWhenNothingCanBeLocked()
{
    const QString file = m_home->filePath(u"file"_s);
    QFile(file).open(QIODevice::WriteOnly);
    QCOMPARE(SingleInstance(file).claim(), SingleInstance::Result::CannotLock);
    QCOMPARE(SingleInstance(file % u"/below"_s).claim(), SingleInstance::Result::CannotLock);
    QCOMPARE(SingleInstance(u"/proc/jobsweep"_s).claim(), SingleInstance::Result::CannotLock);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--copy"_L1)
        return runCopy(arguments.value(2));
    SingleInstanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_singleinstance.moc"
