// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyschema.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

QStringList firstTables()
{
    return {
        u"CREATE TABLE run ("
        "number INTEGER PRIMARY KEY AUTOINCREMENT,"
        "id TEXT NOT NULL UNIQUE,"
        "origin TEXT NOT NULL,"
        "account TEXT NOT NULL,"
        "is_trial INTEGER NOT NULL,"
        "confirmed_at INTEGER NOT NULL)"_s,
        u"CREATE TABLE item ("
        "number INTEGER PRIMARY KEY,"
        "run INTEGER NOT NULL REFERENCES run(number) ON DELETE CASCADE,"
        "correlation_id TEXT NOT NULL UNIQUE,"
        "job_id TEXT NOT NULL,"
        "name TEXT NOT NULL,"
        "definition BLOB NOT NULL,"
        "stage TEXT NOT NULL,"
        "outcome TEXT,"
        "intended_at INTEGER,"
        "finished_at INTEGER)"_s,
        u"CREATE INDEX item_of_run ON item(run)"_s,
        u"CREATE INDEX item_unfinished ON item(stage) WHERE stage <> 'finished'"_s,
        u"CREATE TABLE answer ("
        "number INTEGER PRIMARY KEY,"
        "item INTEGER NOT NULL REFERENCES item(number) ON DELETE CASCADE,"
        // of the item, or of the attempt to create its job again
        "correlation_id TEXT NOT NULL,"
        "verb TEXT NOT NULL,"
        "ended_at INTEGER NOT NULL,"
        "duration INTEGER NOT NULL,"
        "sends INTEGER NOT NULL,"
        "status INTEGER NOT NULL,"
        "code TEXT NOT NULL,"
        "message TEXT NOT NULL,"
        // JSON: [{"code", "message", "target"}], the error's details
        "causes TEXT NOT NULL,"
        "service_correlation_id TEXT NOT NULL,"
        // JSON of the whole error, see errorjson.h; NULL where there was none
        "error TEXT)"_s,
        u"CREATE INDEX answer_of_item ON answer(item)"_s,
        // Few have one; searching would look at all others, too.
        u"CREATE INDEX answer_with_error ON answer(item) WHERE error IS NOT NULL"_s,
        u"CREATE TABLE creation ("
        "number INTEGER PRIMARY KEY,"
        "item INTEGER NOT NULL REFERENCES item(number) ON DELETE CASCADE,"
        "correlation_id TEXT NOT NULL UNIQUE,"
        "intended_at INTEGER NOT NULL,"
        "finished_at INTEGER,"
        "outcome TEXT,"
        "new_job_id TEXT)"_s,
        u"CREATE INDEX creation_of_item ON creation(item)"_s,
        // Requests by the second since 1970, for the hourly limit.
        u"CREATE TABLE request ("
        "origin TEXT NOT NULL,"
        "second INTEGER NOT NULL,"
        "requests INTEGER NOT NULL,"
        "PRIMARY KEY (origin, second)) WITHOUT ROWID"_s,
    };
}

} // namespace

QStringList historyMigrationTo(int version)
{
    return version == 1 ? firstTables() : QStringList();
}

} // namespace Jobsweep
