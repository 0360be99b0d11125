// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyerrors.h"

#include <QSqlError>
#include <QTemporaryFile>

#include <unistd.h>

#include <cerrno>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using Kind = HistoryFailure::Kind;

/// SQLite's primary result codes (https://sqlite.org/rescode.html); the bits above the lowest eight
/// say more about an error of the same kind.
enum PrimaryCode {
    Permission = 3,
    Busy = 5,
    TableLocked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Protocol = 15,
    TooBig = 18,
    Constraint = 19,
    NotADatabase = 26,
};

int primaryCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

/// SQLite reports a quota, and the file of shared memory that finds no room, as input/output
/// errors; so this tries whether the folder takes the bytes of a small group.
bool hasNoRoom(const QString &fileName)
{
    QTemporaryFile probe(fileName % ".room-XXXXXX"_L1);
    if (!probe.open())
        return false;
    const QByteArray bytes(64 * 1024, 'x');
    const auto size = static_cast<size_t>(bytes.size());
    const auto written = ::write(probe.handle(), bytes.constData(), size);
    if (written >= 0 && static_cast<size_t>(written) < size)
        return true;
    const bool isKept = written > 0 && ::fsync(probe.handle()) == 0;
    return !isKept && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG);
}

Kind kindOf(const QSqlError &error, const QString &fileName)
{
    switch (primaryCode(error)) {
    case Full:
        return Kind::DiskFull;
    case Corrupt:
    case NotADatabase:
        return Kind::Damaged;
    case Busy:
    case TableLocked:
    case Protocol:
        return Kind::Locked;
    case Permission:
    case ReadOnly:
        return Kind::NotWritable;
    case CannotOpen:
    case InputOutput:
        if (hasNoRoom(fileName))
            return Kind::DiskFull;
        return primaryCode(error) == CannotOpen ? Kind::NotWritable : Kind::Broken;
    default:
        return Kind::Broken;
    }
}

} // namespace

HistoryFailure failureFrom(const QSqlError &error, const QString &fileName)
{
    return {kindOf(error, fileName), fileName, error.databaseText()};
}

bool isContradiction(const QSqlError &error)
{
    return primaryCode(error) == Constraint || primaryCode(error) == TooBig;
}

} // namespace Jobsweep
