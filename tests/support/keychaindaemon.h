// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The keychain of a test: GNOME's, on the private bus and in the private folders that
// tests/service/keychain.sh made; never the person's own.

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

namespace Jobsweep::Testing {

class KeychainDaemon final
{
public:
    /// There is nobody to unlock a locked one, because there is no display to ask at.
    enum class Ring { Unlocked, Locked };

    KeychainDaemon() = default;
    Q_DISABLE_COPY_MOVE(KeychainDaemon)
    ~KeychainDaemon() { kill(); }

    /// What keychain.sh was asked for; empty when the test was not started by it.
    [[nodiscard]] static QByteArray surroundings() { return qgetenv("JOBSWEEP_PRIVATE_KEYCHAIN"); }
    [[nodiscard]] static bool isPossible()
    {
        return surroundings() == "bus"
            && !QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty();
    }

    /// Whether it is there to be asked. The first unlocked one makes the ring that a locked one
    /// needs to be locked.
    [[nodiscard]] bool start(Ring ring)
    {
        kill();
        QStringList arguments{QStringLiteral("--foreground"),
                              QStringLiteral("--components=secrets")};
        if (ring == Ring::Unlocked)
            arguments << QStringLiteral("--unlock");
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral("gnome-keyring-daemon"), arguments);
        // It takes all bytes up to the end for the password.
        if (ring == Ring::Unlocked)
            m_process.write("private");
        m_process.closeWriteChannel();
        return QTest::qWaitFor([] { return isOnBus(); }, patience);
    }
    /// As by a crash.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
        QVERIFY(QTest::qWaitFor([] { return !isOnBus(); }, patience));
    }
    /// Keeps everybody waiting until goOn().
    void standStill() const { QCOMPARE(::kill(processId(), SIGSTOP), 0); }
    void goOn() const { QCOMPARE(::kill(processId(), SIGCONT), 0); }

private:
    static constexpr int patience = 20'000;

    [[nodiscard]] pid_t processId() const { return static_cast<pid_t>(m_process.processId()); }
    [[nodiscard]] static bool isOnBus()
    {
        const auto *bus = QDBusConnection::sessionBus().interface();
        return bus->isServiceRegistered(QStringLiteral("org.freedesktop.secrets"));
    }

    QProcess m_process;
};

} // namespace Jobsweep::Testing
