// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/singleinstance.h"

#include "account/privatefolder.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QSysInfo>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr auto question = "jobsweep: come to the front\n";
constexpr auto answer = "jobsweep: coming\n";
/// A peer that sends more, or takes longer, is not a copy of this program.
constexpr qint64 longestMessage = 64;
constexpr int longestVisitMilliseconds = 1000;

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

int left(const QDeadlineTimer &deadline)
{
    return static_cast<int>(deadline.remainingTime());
}

/// Waits for a whole line; an empty one when none comes in time.
QByteArray readLine(QLocalSocket &socket, const QDeadlineTimer &deadline)
{
    while (!socket.canReadLine() && socket.bytesAvailable() < longestMessage) {
        if (!socket.waitForReadyRead(left(deadline)))
            return {};
    }
    return socket.readLine(longestMessage);
}

} // namespace

SingleInstance::SingleInstance(const QString &folder, QObject *parent)
    : QObject(parent), m_folder(QDir(folder).absolutePath()), m_lock(m_folder % u"/jobsweep.lock"_s)
{
    // No lock grows old: whether its process lives decides, and a copy may run for weeks.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *peer = m_server.nextPendingConnection())
            serve(peer);
    });
}

SingleInstance::Result SingleInstance::claim()
{
    if (!makePrivateFolder(m_folder))
        return Result::CannotLock;
    LockState state = tryLock();
    if (state == LockState::Theirs) {
        if (askOtherCopy())
            return Result::AlreadyRunning;
        if (removeAbandonedLock())
            state = tryLock();
    }
    switch (state) {
    case LockState::Ours:
        listen();
        return Result::Claimed;
    case LockState::Theirs:
        return Result::NotAnswering;
    case LockState::Impossible:
        return Result::CannotLock;
    }
    Q_UNREACHABLE();
}

SingleInstance::LockState SingleInstance::tryLock()
{
    if (m_lock.isLocked() || m_lock.tryLock(0)) {
        // Qt makes it with the umask's mode.
        QFile::setPermissions(m_lock.fileName(), onlyOwner);
        return LockState::Ours;
    }
    return m_lock.error() == QLockFile::LockFailedError ? LockState::Theirs : LockState::Impossible;
}

/// A crashed copy's process number may belong to another program by now, one whose name cannot be
/// read. QLockFile removes the file only where no process of this machine holds its native lock.
bool SingleInstance::removeAbandonedLock()
{
    qint64 process = 0;
    QString host;
    QString program;
    return m_lock.getLockInfo(&process, &host, &program) && host == QSysInfo::machineHostName()
        && m_lock.removeStaleLockFile();
}

/// Without a socket the lock still holds; another copy is then not answered.
void SingleInstance::listen()
{
    if (m_server.isListening())
        return;
    // The lock is ours, so a socket that is there was left behind.
    QLocalServer::removeServer(socketPath());
    m_server.listen(socketPath());
}

void SingleInstance::serve(QLocalSocket *peer)
{
    connect(peer, &QLocalSocket::disconnected, peer, &QObject::deleteLater);
    connect(peer, &QLocalSocket::readyRead, this, [this, peer] {
        if (!peer->canReadLine() && peer->bytesAvailable() < longestMessage)
            return;
        const bool isOurs = peer->readLine(longestMessage) == question;
        if (!isOurs) {
            peer->abort();
            return;
        }
        peer->write(answer);
        peer->disconnectFromServer();
        emit activationRequested();
    });
    QTimer::singleShot(longestVisitMilliseconds, peer, &QLocalSocket::abort);
}

bool SingleInstance::askOtherCopy() const
{
    const QDeadlineTimer deadline(answerMilliseconds);
    QLocalSocket socket;
    socket.connectToServer(socketPath());
    if (!socket.waitForConnected(left(deadline)))
        return false;
    socket.write(question);
    socket.flush();
    return readLine(socket, deadline) == answer;
}

QString SingleInstance::socketPath() const
{
    return m_folder % u"/jobsweep.socket"_s;
}

} // namespace Jobsweep
