// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyheader.h"

#include "deletion/historyschema.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using Kind = HistoryFailure::Kind;

// https://sqlite.org/fileformat2.html#the_database_header
constexpr qsizetype headerSize = 100;
constexpr qsizetype pageSizeAt = 16;
constexpr qsizetype changeCounterAt = 24;
constexpr qsizetype pageCountAt = 28;
constexpr qsizetype userVersionAt = 60;
constexpr qsizetype applicationIdAt = 68;
constexpr qsizetype pageCountValidForAt = 92;

QByteArray magic()
{
    return "SQLite format 3\0"_ba;
}

quint32 fieldAt(const QByteArray &header, qsizetype offset)
{
    return qFromBigEndian<quint32>(header.constData() + offset);
}

qint64 pageSizeIn(const QByteArray &header)
{
    const auto stored = qFromBigEndian<quint16>(header.constData() + pageSizeAt);
    return stored == 1 ? 65536 : stored;
}

/// The log beside the file may hold the pages that it lacks.
bool hasLog(const QString &fileName)
{
    return QFileInfo(QString(fileName % "-wal"_L1)).size() > 0;
}

bool isCutOff(const QByteArray &header, const QString &fileName, qint64 size)
{
    const bool countIsValid
        = fieldAt(header, changeCounterAt) == fieldAt(header, pageCountValidForAt);
    const qint64 pages = fieldAt(header, pageCountAt);
    return countIsValid && !hasLog(fileName) && size < pages * pageSizeIn(header);
}

} // namespace

std::optional<HistoryFailure> obstacleToOpening(const QString &fileName, int newestVersion)
{
    const auto failure = [&fileName](Kind kind, const QString &text) {
        return HistoryFailure{kind, fileName, text};
    };
    if (!QFileInfo(fileName).isFile())
        return failure(Kind::ForeignFile, u"not a file"_s);
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Kind::NotWritable, file.errorString());
    const QByteArray header = file.read(headerSize);
    if (header.isEmpty())
        return failure(Kind::Damaged, u"the file is empty"_s);
    if (!magic().startsWith(header.first(std::min(header.size(), magic().size()))))
        return failure(Kind::ForeignFile, u"not a database"_s);
    if (header.size() < headerSize || isCutOff(header, fileName, file.size()))
        return failure(Kind::Damaged, u"the file is cut off"_s);
    if (fieldAt(header, applicationIdAt) != historyApplicationId)
        return failure(Kind::ForeignFile, u"a database of another program"_s);
    const auto version = static_cast<int>(fieldAt(header, userVersionAt));
    if (version > newestVersion)
        return failure(Kind::NewerVersion, u"version %1"_s.arg(version));
    return std::nullopt;
}

} // namespace Jobsweep
