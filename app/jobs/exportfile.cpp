// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/exportfile.h"

#include "jobs/csv.h"

#include <QFileInfo>

#include <cerrno>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

TargetFailure::Kind kindOf(int error)
{
    using Kind = TargetFailure::Kind;
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return Kind::NotWritable;
    case ENOSPC:
    case EDQUOT:
        return Kind::DiskFull;
    case ENOENT:
    case ENOTDIR:
        return Kind::FolderGone;
    default:
        return Kind::Broken;
    }
}

} // namespace

ExportFile::ExportFile(const QString &fileName, ExportFormat format)
    : m_format(format), m_fileName(fileName), m_file(fileName)
{ }

ExportFile::Written ExportFile::begin(const QStringList &titles)
{
    // It would be replaced by a file: a device or a pipe is not what people mean by that.
    const QFileInfo present(m_fileName);
    if (present.exists() && !present.isFile())
        return tl::unexpected(TargetFailure{TargetFailure::Kind::NotAFile, m_fileName, {}});
    errno = 0;
    if (!m_file.open(QIODevice::WriteOnly))
        return failed(errno);
    return write(m_format == ExportFormat::Csv ? byteOrderMark + csvRow(titles) : "[\n"_ba);
}

ExportFile::Written ExportFile::add(const QByteArray &row)
{
    const bool isSeparated = m_format == ExportFormat::Json && m_rows > 0;
    ++m_rows;
    return write(isSeparated ? ",\n" + row : row);
}

ExportFile::Written ExportFile::commit()
{
    if (m_format == ExportFormat::Json) {
        if (Written end = write("\n]\n"_ba); !end)
            return end;
    }
    // Flushed first: what the buffer still holds may find no room.
    errno = 0;
    if (!m_file.flush() || !m_file.commit())
        return failed(errno);
    return {};
}

ExportFile::Written ExportFile::write(const QByteArray &bytes)
{
    errno = 0;
    if (m_file.write(bytes) != bytes.size())
        return failed(errno);
    return {};
}

ExportFile::Written ExportFile::failed(int error)
{
    const QString text = error != 0 ? qt_error_string(error) : m_file.errorString();
    m_file.cancelWriting();
    return tl::unexpected(TargetFailure{kindOf(error), m_fileName, text});
}

} // namespace Jobsweep
