// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Jobsweep {

/// A file that lines are added to and that does not grow without end: a full one becomes NAME.1,
/// that one NAME.2, and the oldest goes. File and folder are for their owner alone (0600, 0700).
/// Never warns and never throws, so that a message handler may use it. For one thread at a time.
class LogFile final
{
public:
    static constexpr qint64 maximumBytes = 1024 * 1024;
    static constexpr int olderFiles = 2;

    /// Nothing is opened or made before the first write().
    explicit LogFile(const QString &fileName);
    ~LogFile();
    Q_DISABLE_COPY_MOVE(LogFile)

    [[nodiscard]] const QString &fileName() const { return m_fileName; }

    /// Adds the whole line, or returns an error number of the system. The next call tries again.
    [[nodiscard]] int write(const QByteArray &line);

private:
    [[nodiscard]] int open();
    void close();
    void rotate();

    QString m_fileName;
    int m_descriptor = -1;
    qint64 m_size = 0;
};

} // namespace Jobsweep
