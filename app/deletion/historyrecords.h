// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The values that go into the history and come out of it. Never a token, nor anything made from it.

#include "deletion/outcome.h"
#include "http/result.h"
#include "jobs/job.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace Jobsweep {

/// Why the history cannot be opened or written.
struct HistoryFailure
{
    enum class Kind {
        /// It was not opened yet.
        NotOpen,
        /// Its folder or file cannot be made, or may not be written.
        NotWritable,
        /// The file is something else than a history.
        ForeignFile,
        /// The file is damaged.
        Damaged,
        /// A newer version of the program has written it.
        NewerVersion,
        DiskFull,
        /// Another program holds it.
        Locked,
        /// Reading or writing failed for another reason.
        Broken,
    };
    Kind kind = Kind::NotOpen;
    QString fileName;
    /// The technical text of the database or the system; may be empty.
    QString technicalText;

    friend bool operator==(const HistoryFailure &, const HistoryFailure &) = default;
};

/// The end of a write: durable, or why not.
using Recorded = tl::expected<void, HistoryFailure>;

/// A run at its confirmation. All times are UTC.
struct NewRun
{
    /// A GUID.
    QString id;
    /// The service address it was confirmed for.
    QString origin;
    /// See accountName(); may be empty.
    QString account;
    /// A run against the demo: forgotten when the history is opened the next time.
    bool isTrial = false;
    QDateTime confirmedAt;
};

struct NewItem
{
    /// The GUID that all requests about the item carry; the item's key in the history.
    QString correlationId;
    JobId id;
    QString name;
    /// The job object as it was listed, compact JSON.
    QByteArray definition;
};

/// How far an item got.
enum class ItemStage {
    /// Nothing was sent.
    Confirmed,
    /// About to be sent or sent, and no outcome yet.
    Intended,
    /// It has its outcome.
    Finished,
};

/// One answer about an item, or the lack of one.
struct AnswerRecord
{
    /// 204, 201 or 200 of an answer as documented; then there is no error.
    int status = 0;
    std::optional<ApiError> error;
    Exchange exchange;

    friend bool operator==(const AnswerRecord &, const AnswerRecord &) = default;
};

/// An item that an earlier session left without an outcome.
struct UnfinishedItem
{
    NewItem item;
    QString run;
    QDateTime confirmedAt;
    /// Who confirmed it; empty when that is not known.
    QString account;
    /// Confirmed, or Intended, also for one whose outcome is Unknown.
    ItemStage stage = ItemStage::Confirmed;
    /// Whether a DELETE may ever have been sent: then a 404 means that it was ours.
    bool wasIntended = false;
};

/// A draft that was deleted, as the history gives it to be created again.
struct DeletedDraft
{
    /// The item's key: NewItem::correlationId.
    QString item;
    /// The service address it was deleted at.
    QString origin;
    /// The deleted job's; it does not come back.
    JobId id;
    QString name;
    /// The job object as it was listed.
    QByteArray definition;
    /// How many jobs were created from it already, as far as is known.
    int timesCreated = 0;
};

/// What became of creating a deleted draft again.
enum class CreationOutcome {
    Created,
    /// The service refused it; see the answer.
    Refused,
    /// Certainly not created, for another reason.
    Failed,
    /// It may exist or not: nobody answered when asked.
    Unknown,
    /// There are several that may be it.
    Doubled,
};

/// An attempt to create an item's job again that has no outcome: it may exist.
struct UnfinishedCreation
{
    QString correlationId;
    QDateTime intendedAt;
};

} // namespace Jobsweep
