// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A disk of a test's own, small, that it can fill up and make read-only. In a namespace of their
// own users may mount what they like, so the test is started once more in a process that has one.

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace Jobsweep::Testing {

inline constexpr auto ownDiskVariable = "JOBSWEEP_MOUNTED_FOLDER";

/// Only where isOnOwnDisk().
[[nodiscard]] inline QString ownDisk()
{
    return qEnvironmentVariable(ownDiskVariable);
}

/// Whether this process has the disk. If not, runs the test function named in one that has, fails
/// or skips as that does, and is false: the caller returns.
[[nodiscard]] inline bool isOnOwnDisk(const char *test, const QString &mountOptions)
{
    using namespace Qt::Literals::StringLiterals;
    if (qEnvironmentVariableIsSet(ownDiskVariable))
        return true;
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(ownDiskVariable), folder.path());
    QProcess mounted;
    mounted.setProcessEnvironment(environment);
    mounted.setProcessChannelMode(QProcess::MergedChannels);
    mounted.start(u"unshare"_s,
                  {u"--user"_s, u"--map-root-user"_s, u"--mount"_s, u"sh"_s, u"-c"_s,
                   u"mount -t tmpfs -o \"$1\" none \"$2\" && exec \"$3\" \"$4\""_s, u"sh"_s,
                   mountOptions, folder.path(), QCoreApplication::applicationFilePath(),
                   QString::fromLatin1(test)});
    const bool hasEnded = mounted.waitForFinished(120'000);
    const QByteArray output = mounted.readAll();
    if (!output.contains("Totals:"))
        QTest::qSkip("this system lets no user mount a disk in a namespace of its own", __FILE__,
                     __LINE__);
    else if (!hasEnded || mounted.exitCode() != 0)
        QTest::qFail(output.constData(), __FILE__, __LINE__);
    return false;
}

/// To the last byte.
inline void fillUp(const QString &fileName)
{
    QFile filler(fileName);
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (const qint64 size : {4096, 1}) {
        while (filler.write(QByteArray(size, 'x')) == size) { }
    }
}

/// `mode` is "ro" or "rw".
[[nodiscard]] inline bool remountOwnDisk(const QString &mode)
{
    using namespace Qt::Literals::StringLiterals;
    return QProcess::execute(u"mount"_s, {u"-o"_s, QString("remount,bind,"_L1 % mode), ownDisk()})
        == 0;
}

} // namespace Jobsweep::Testing
