// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyfile.h"

#include "deletion/historyerrors.h"
#include "deletion/historyheader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUuid>

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using Kind = HistoryFailure::Kind;

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
/// Larger files are not read through at every start; damage shows when it is met.
constexpr qint64 largestFullCheck = 16 * 1024 * 1024;

/// An empty file for its owner alone, in place of one of that name: SQLite would give a new file
/// the umask's mode. An error text, or nothing.
QString makeEmpty(const QString &fileName)
{
    QFile::remove(fileName);
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, onlyOwner) ? QString()
                                                                           : file.errorString();
}

void removeWithLog(const QString &fileName)
{
    for (const auto part : {""_L1, "-wal"_L1, "-shm"_L1})
        QFile::remove(fileName % part);
}

bool makeDurable(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadWrite) && ::fsync(file.handle()) == 0;
}

std::pair<quint64, quint64> identityOf(const QString &fileName)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(fileName).constData(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino};
}

} // namespace

HistoryFile::HistoryFile(HistorySchema schema) : m_schema(std::move(schema)) { }

HistoryFile::~HistoryFile()
{
    close();
}

Recorded HistoryFile::open(const QString &fileName)
{
    close();
    m_fileName = fileName;
    if (!QFileInfo::exists(fileName)) {
        if (Recorded created = create(); !created)
            return created;
    }
    if (const auto obstacle = obstacleToOpening(fileName, m_schema.version))
        return tl::unexpected(*obstacle);
    Recorded opened = connectTo(fileName);
    if (opened)
        opened = prepareOpened();
    if (!opened)
        close();
    return opened;
}

void HistoryFile::close()
{
    m_statements.reset();
    if (m_connection.isEmpty())
        return;
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(std::exchange(m_connection, {}));
}

Recorded HistoryFile::inTransaction(const std::function<Recorded(HistoryStatements &)> &work)
{
    if (!isStillInPlace()) {
        close();
        return tl::unexpected(failure(Kind::Broken, u"the file was moved or removed"_s));
    }
    if (Recorded begun = m_statements->execute(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Recorded done = work(*m_statements);
    if (done)
        done = m_statements->execute(u"COMMIT"_s);
    // SQLite has rolled back by itself after some errors; then this one is refused.
    if (!done)
        m_statements->execute(u"ROLLBACK"_s);
    return done;
}

bool HistoryFile::emptyLog()
{
    // Its first column says whether a reader was in the way.
    const auto busy = m_statements->value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return busy && busy->toInt() == 0;
}

QString HistoryFile::backupName(const QString &fileName, int version)
{
    return u"%1.version-%2"_s.arg(fileName).arg(version);
}

void HistoryFile::removeBackupsBefore(const QDateTime &time) const
{
    for (int version = 0; version < m_schema.version; ++version) {
        const QString backup = backupName(m_fileName, version);
        if (QFileInfo(backup).lastModified() < time)
            QFile::remove(backup);
    }
}

/// Under another name first: so a file in its place is a whole one, and an empty or half one is
/// known to be damaged.
Recorded HistoryFile::create()
{
    // SQLite would take the log for the new file's.
    if (QFileInfo(QString(m_fileName % "-wal"_L1)).size() > 0)
        return tl::unexpected(failure(Kind::Damaged, u"its log is there, the file is not"_s));
    const QDir folder = QFileInfo(m_fileName).dir();
    if (!folder.exists()) {
        if (!folder.mkpath(u"."_s))
            return tl::unexpected(failure(Kind::NotWritable, u"the folder cannot be made"_s));
        QFile::setPermissions(folder.path(), onlyOwner | QFileDevice::ExeOwner);
    }
    const QString unfinished = m_fileName % ".new"_L1;
    if (const QString error = makeEmpty(unfinished); !error.isEmpty())
        return tl::unexpected(failure(Kind::NotWritable, error));
    Recorded done = connectTo(unfinished);
    QStringList statements{u"PRAGMA auto_vacuum = FULL"_s, u"PRAGMA journal_mode = WAL"_s,
                           u"BEGIN IMMEDIATE"_s,
                           u"PRAGMA application_id = %1"_s.arg(historyApplicationId)};
    for (int version = 1; version <= m_schema.version; ++version)
        statements += m_schema.migrationTo(version);
    statements += {u"PRAGMA user_version = %1"_s.arg(m_schema.version), u"COMMIT"_s};
    for (const QString &statement : std::as_const(statements)) {
        if (done)
            done = m_statements->execute(statement);
    }
    close();
    if (done && !QFile::rename(unfinished, m_fileName))
        done = tl::unexpected(failure(Kind::NotWritable, u"the file cannot be named"_s));
    if (!done)
        removeWithLog(unfinished);
    return done;
}

Recorded HistoryFile::connectTo(const QString &fileName)
{
    m_connection = "history-"_L1 % QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    database.setDatabaseName(fileName);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=250"_s);
    if (!database.open())
        return tl::unexpected(failureFrom(database.lastError(), m_fileName));
    m_statements = std::make_unique<HistoryStatements>(database, m_fileName);
    for (const QString &pragma :
         {u"PRAGMA foreign_keys = ON"_s, u"PRAGMA synchronous = FULL"_s,
          u"PRAGMA secure_delete = ON"_s, u"PRAGMA trusted_schema = OFF"_s}) {
        if (Recorded set = m_statements->execute(pragma); !set)
            return set;
    }
    return {};
}

Recorded HistoryFile::prepareOpened()
{
    // The log beside the file may know more than the header that was looked at.
    const auto applicationId = m_statements->value(u"PRAGMA application_id"_s);
    if (!applicationId)
        return tl::unexpected(applicationId.error());
    if (applicationId->toInt() != historyApplicationId)
        return tl::unexpected(failure(Kind::ForeignFile, u"a database of another program"_s));
    const auto stored = m_statements->value(u"PRAGMA user_version"_s);
    if (!stored)
        return tl::unexpected(stored.error());
    const int version = stored->toInt();
    if (version > m_schema.version)
        return tl::unexpected(failure(Kind::NewerVersion, u"version %1"_s.arg(version)));
    if (Recorded whole = checkPages(); !whole)
        return whole;
    if (version < m_schema.version) {
        if (Recorded migrated = migrateFrom(version); !migrated)
            return migrated;
    }
    if (Recorded set = m_statements->execute(u"PRAGMA journal_mode = WAL"_s); !set)
        return set;
    if (const Recorded prepared = m_statements->prepare(); !prepared) {
        // The file can be read, so its tables are not those that its version promises.
        HistoryFailure wrong = prepared.error();
        if (wrong.kind == Kind::Broken)
            wrong.kind = Kind::Damaged;
        return tl::unexpected(wrong);
    }
    m_identity = identityOf(m_fileName);
    return inTransaction([](HistoryStatements &statements) { return statements.touch(); });
}

Recorded HistoryFile::checkPages()
{
    if (QFileInfo(m_fileName).size() > largestFullCheck)
        return {};
    const auto verdict = m_statements->value(u"PRAGMA quick_check(1)"_s);
    if (!verdict)
        return tl::unexpected(verdict.error());
    if (verdict->toString() != "ok"_L1)
        return tl::unexpected(failure(Kind::Damaged, verdict->toString()));
    return {};
}

Recorded HistoryFile::migrateFrom(int version)
{
    if (Recorded backedUp = backUp(version); !backedUp)
        return backedUp;
    m_identity = identityOf(m_fileName);
    return inTransaction([this, version](HistoryStatements &statements) -> Recorded {
        for (int next = version + 1; next <= m_schema.version; ++next) {
            const QStringList steps = m_schema.migrationTo(next);
            for (const QString &step : steps) {
                if (Recorded done = statements.execute(step); !done)
                    return done;
            }
        }
        return statements.execute(u"PRAGMA user_version = %1"_s.arg(m_schema.version));
    });
}

Recorded HistoryFile::backUp(int version)
{
    const QString unfinished = m_fileName % ".backup"_L1;
    if (const QString error = makeEmpty(unfinished); !error.isEmpty())
        return tl::unexpected(failure(Kind::NotWritable, error));
    const QString quoted = QString(unfinished).replace(u'\'', "''"_L1);
    Recorded done = m_statements->execute(u"VACUUM INTO '%1'"_s.arg(quoted));
    const QString backup = backupName(m_fileName, version);
    if (done
        && !(makeDurable(unfinished) && (!QFile::exists(backup) || QFile::remove(backup))
             && QFile::rename(unfinished, backup)))
        done = tl::unexpected(failure(Kind::NotWritable, u"the backup cannot be kept"_s));
    if (!done)
        QFile::remove(unfinished);
    return done;
}

bool HistoryFile::isStillInPlace() const
{
    return identityOf(m_fileName) == m_identity;
}

HistoryFailure HistoryFile::failure(Kind kind, const QString &text) const
{
    return {kind, m_fileName, text};
}

} // namespace Jobsweep
