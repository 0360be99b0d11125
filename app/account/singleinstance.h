// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>

class QLocalSocket;

namespace Jobsweep {

/// Lets one copy of the program work with a profile: the lock decides, and a socket beside it
/// carries the one message there is, "come to the front". Both are files of the profile's folder.
///
/// The lock ends with the process, however it ends: the system gives back its native lock, and a
/// lock file whose process is gone blocks nobody. A copy on another machine that shares the folder
/// is respected and cannot be asked.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    enum class Result {
        /// This is the only copy; activationRequested() may follow.
        Claimed,
        /// Another copy has the profile, and was told to come to the front.
        AlreadyRunning,
        /// Another copy has the profile and does not answer, or is on another machine.
        NotAnswering,
        /// Nobody has the profile, and it cannot be claimed: its folder is not writable.
        CannotLock,
    };
    Q_ENUM(Result)

    /// How long claim() waits for the other copy's answer, all in all.
    static constexpr int answerMilliseconds = 1000;

    /// `folder` is where the profile's history is; claim() makes it, for its owner alone.
    explicit SingleInstance(const QString &folder, QObject *parent = nullptr);

    /// Blocks for at most answerMilliseconds, and only when there is another copy. May be called
    /// again after a result other than Claimed.
    [[nodiscard]] Result claim();

signals:
    /// Another copy was started and has ended itself: the person expects to see this one.
    void activationRequested();

private:
    enum class LockState { Ours, Theirs, Impossible };

    [[nodiscard]] LockState tryLock();
    [[nodiscard]] bool removeAbandonedLock();
    void listen();
    void serve(QLocalSocket *peer);
    [[nodiscard]] bool askOtherCopy() const;
    [[nodiscard]] QString socketPath() const;

    QString m_folder;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace Jobsweep
