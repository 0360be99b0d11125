// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A file of rows that a person keeps, written piece by piece, so that a hundred thousand of them
// need no memory of their own. Blocks: for a thread that may wait.

#include <QByteArray>
#include <QSaveFile>
#include <QStringList>

#include <tl/expected.hpp>

namespace Jobsweep {

enum class ExportFormat {
    /// RFC 4180, in UTF-8 with a byte order mark.
    Csv,
    /// One array of objects.
    Json,
};

/// The target could not be written; it is as it was before.
struct TargetFailure
{
    enum class Kind {
        /// No permission, or a disk that is read-only.
        NotWritable,
        DiskFull,
        /// The folder is not there.
        FolderGone,
        /// Something with this name is there, and it is no ordinary file.
        NotAFile,
        /// Whatever else the system has against it.
        Broken,
    };

    Kind kind = Kind::Broken;
    QString fileName;
    /// The system's own words; may be empty.
    QString technicalText;

    friend bool operator==(const TargetFailure &, const TargetFailure &) = default;
};

/// What an export came to, when it did not fail.
struct ExportEnd
{
    qint64 rows = 0;
    /// Stopped in time: the target is as it was before.
    bool isCancelled = false;

    friend bool operator==(const ExportEnd &, const ExportEnd &) = default;
};

/// Replaces the target only in commit(), once everything is on the disk; until then, and after any
/// failure, it is as it was. Without a commit() nothing is left behind.
class ExportFile final
{
public:
    using Written = tl::expected<void, TargetFailure>;

    ExportFile(const QString &fileName, ExportFormat format);

    /// The titles are for a CSV; an array has none.
    [[nodiscard]] Written begin(const QStringList &titles);
    /// A csvRow() or a JSON value.
    [[nodiscard]] Written add(const QByteArray &row);
    [[nodiscard]] Written commit();
    /// Of add().
    [[nodiscard]] qint64 rows() const { return m_rows; }

private:
    [[nodiscard]] Written write(const QByteArray &bytes);
    [[nodiscard]] Written failed(int error);

    ExportFormat m_format;
    QString m_fileName;
    QSaveFile m_file;
    qint64 m_rows = 0;
};

} // namespace Jobsweep
