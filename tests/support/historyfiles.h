// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What tests of the history share: values to record, waiting for its answers, and a look into its
// file from outside.

#include "deletion/sqlitehistory.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>
#include <QUuid>
#include <QVariant>

namespace Jobsweep::Testing {

inline QDateTime someTime(int seconds = 0)
{
    return QDateTime({2026, 5, 4}, {3, 2, 1, 987}, Qt::UTC).addSecs(seconds);
}

inline NewRun someRun(const QString &id, const QDateTime &confirmedAt = someTime())
{
    return {.id = id,
            .origin = QStringLiteral("https://api.bentley.com"),
            .account = QStringLiteral("a@example.com"),
            .isTrial = false,
            .confirmedAt = confirmedAt};
}

inline NewItem someItem(const QString &correlationId)
{
    return {.correlationId = correlationId,
            .id = {QString(QStringLiteral("job-") % correlationId)},
            .name = QStringLiteral("Bridge's \"north\" \u6f22"),
            .definition = QByteArrayLiteral("{\"id\":\"x\",\"a\":\"\xc3\xbc\"}")};
}

/// PREFIX-0, PREFIX-1 and so on.
inline QList<NewItem> someItems(const QString &prefix, int count)
{
    QList<NewItem> items;
    items.reserve(count);
    for (int i = 0; i < count; ++i)
        items.append(someItem(QString(prefix % QLatin1Char('-') % QString::number(i))));
    return items;
}

/// The value of a future, waited for in the event loop; a default one when it does not come.
template<typename T>
T valueOf(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 30'000)
        || future.resultCount() == 0) {
        QTest::qFail("the history has not answered", __FILE__, __LINE__);
        return T();
    }
    return future.result();
}

/// Whether the write was carried out.
inline bool isDone(const QFuture<Recorded> &future)
{
    return valueOf(future).has_value();
}

/// Opens and waits: whether it can be written now.
inline bool openAndWait(SqliteHistory *history, const QString &fileName)
{
    QSignalSpy opened(history, &SqliteHistory::opened);
    QSignalSpy failed(history, &History::failureChanged);
    history->open(fileName);
    return QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, 30'000)
        && !history->failure();
}

/// Another program's connection to a database file.
class OtherConnection
{
public:
    explicit OtherConnection(const QString &fileName)
        : m_name(QUuid::createUuid().toString()),
          m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name))
    {
        m_database.setDatabaseName(fileName);
        m_database.open();
    }
    ~OtherConnection()
    {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(OtherConnection)

    bool execute(const QString &statement)
    {
        QSqlQuery query(m_database);
        const bool done = query.exec(statement);
        if (!done)
            qInfo("%s", qPrintable(query.lastError().text()));
        return done;
    }
    /// The rows, their columns with "|" between them.
    QStringList rows(const QString &statement)
    {
        QSqlQuery query(m_database);
        QStringList rows;
        if (!query.exec(statement))
            rows.append(query.lastError().text());
        while (query.next()) {
            QStringList row;
            for (int column = 0; column < query.record().count(); ++column)
                row.append(query.value(column).toString());
            rows.append(row.join(QLatin1Char('|')));
        }
        return rows;
    }

private:
    QString m_name;
    QSqlDatabase m_database;
};

inline QStringList rowsIn(const QString &fileName, const QString &statement)
{
    return OtherConnection(fileName).rows(statement);
}

} // namespace Jobsweep::Testing
