// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A history file as the program writes it, made by plain SQL, so that reading is not tested with
// the writer's own mistakes.

#include "deletion/historyitems.h"

#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QVariantList>

namespace Jobsweep::Testing {

class WrittenHistory
{
public:
    WrittenHistory();
    ~WrittenHistory();
    Q_DISABLE_COPY_MOVE(WrittenHistory)

    [[nodiscard]] QString fileName() const { return m_folder.filePath(QStringLiteral("history")); }

    /// Numbers of what was added. The n-th run of a test was confirmed n hours after `firstTime`.
    qint64 addRun(bool isTrial = false);
    /// The n-th item is "job-n"; it finished n minutes after `firstTime` when it has an outcome.
    qint64 addItem(qint64 run, const QString &name, std::optional<Outcome> outcome,
                   const QByteArray &definition = R"({"name":"A draft","type":"Full"})");
    void addAnswer(qint64 item, const std::optional<ApiError> &error, int status = 204,
                   int sends = 1, Verb verb = Verb::Delete);
    void addCreation(qint64 item, std::optional<CreationOutcome> outcome, const QString &newId);
    /// An item that was refused because it was submitted meanwhile.
    qint64 addRefused(qint64 run, const QString &name);

    void exec(const QString &sql, const QVariantList &values = {});
    /// Everything between them is one transaction, which is a thousand times faster.
    void begin() { m_database.transaction(); }
    void commit() { m_database.commit(); }

    [[nodiscard]] static QDateTime firstTime();

private:
    qint64 insert(const QString &table, const QVariantList &values);

    QTemporaryDir m_folder;
    QString m_connection;
    QSqlDatabase m_database;
    qint64 m_runs = 0;
    qint64 m_items = 0;
};

/// The answer to deleting a job that was submitted meanwhile.
[[nodiscard]] HttpFailure submittedMeanwhile();

} // namespace Jobsweep::Testing
