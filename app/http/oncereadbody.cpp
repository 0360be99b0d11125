// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/oncereadbody.h"

#include <algorithm>
#include <cstring>

namespace Jobsweep {

OnceReadBody::OnceReadBody(const QByteArray &bytes, QObject *parent)
    : QIODevice(parent), m_bytes(bytes)
{
    // Unbuffered: what a buffer of QIODevice holds could be read again.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OnceReadBody::bytesAvailable() const
{
    return m_bytes.size() - m_read + QIODevice::bytesAvailable();
}

qint64 OnceReadBody::readData(char *data, qint64 maximum)
{
    const qint64 count = std::min<qint64>(maximum, m_bytes.size() - m_read);
    if (count == 0)
        return -1;
    std::memcpy(data, m_bytes.constData() + m_read, static_cast<std::size_t>(count));
    m_read += count;
    return count;
}

qint64 OnceReadBody::writeData(const char * /*data*/, qint64 /*size*/)
{
    return -1;
}

} // namespace Jobsweep
