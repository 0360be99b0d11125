// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/logfile.h"

#include "account/privatefolder.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace Jobsweep {

namespace {

constexpr mode_t onlyOwner = 0600;

QByteArray numbered(const QString &fileName, int number)
{
    const QByteArray name = QFile::encodeName(fileName);
    return number == 0 ? name : name + '.' + QByteArray::number(number);
}

} // namespace

LogFile::LogFile(const QString &fileName) : m_fileName(fileName) { }

LogFile::~LogFile()
{
    close();
}

int LogFile::write(const QByteArray &line)
{
    if (m_descriptor >= 0 && m_size + line.size() > maximumBytes)
        rotate();
    if (m_descriptor < 0) {
        if (const int error = open(); error != 0)
            return error;
        if (m_size > 0 && m_size + line.size() > maximumBytes) {
            rotate();
            if (const int error = open(); error != 0)
                return error;
        }
    }
    for (qsizetype done = 0; done < line.size();) {
        const auto written = ::write(m_descriptor, line.constData() + done,
                                     static_cast<size_t>(line.size() - done));
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0) {
            done += written;
            m_size += written;
        }
    }
    return 0;
}

int LogFile::open()
{
    close();
    if (!makePrivateFolder(QFileInfo(m_fileName).path()))
        return EACCES;
    // Not through a link that somebody put there, and not into a pipe that nobody reads.
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    const int descriptor = ::open(numbered(m_fileName, 0).constData(), flags, onlyOwner);
    if (descriptor < 0)
        return errno;
    m_descriptor = descriptor;
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close();
        return EINVAL;
    }
    if (::fchmod(descriptor, onlyOwner) != 0) {
        const int error = errno;
        close();
        return error;
    }
    m_size = status.st_size;
    return 0;
}

void LogFile::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_size = 0;
}

/// Where a name cannot be changed, the file is begun anew all the same: it must not grow.
void LogFile::rotate()
{
    close();
    for (int number = olderFiles; number > 0; --number) {
        const QByteArray older = numbered(m_fileName, number);
        if (std::rename(numbered(m_fileName, number - 1).constData(), older.constData()) != 0
            && number == 1)
            ::unlink(numbered(m_fileName, 0).constData());
    }
}

} // namespace Jobsweep
