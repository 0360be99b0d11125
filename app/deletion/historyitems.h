// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is read out of the history, for showing and for export. All times are UTC, invalid where
// nothing is recorded.

#include "deletion/historyrecords.h"

#include <memory>

namespace Jobsweep {

/// What was asked for, or why it could not be read.
template<typename T>
using HistoryResult = tl::expected<T, HistoryFailure>;

/// Which items are wanted; all conditions together.
struct HistoryFilter
{
    /// Part of the job's name or id, or of the code or message of an answer about it, in upper or
    /// lower case.
    QString text;
    std::optional<Outcome> outcome;
    /// Only items without an outcome; then `outcome` says nothing.
    bool isUnfinishedOnly = false;
    /// From this time on, and before that one, by HistoryItem::when().
    QDateTime from;
    QDateTime to;
    /// HistoryRun::number.
    std::optional<qint64> run;

    friend bool operator==(const HistoryFilter &, const HistoryFilter &) = default;
};

struct HistoryRun
{
    /// Counted up from one run to the next.
    qint64 number = 0;
    QString id;
    QString origin;
    QString account;
    bool isTrial = false;
    QDateTime confirmedAt;
    RunSummary summary;

    friend bool operator==(const HistoryRun &, const HistoryRun &) = default;
};

/// What a row shows of an item.
struct HistoryItem
{
    /// Counted up from one item to the next.
    qint64 number = 0;
    qint64 run = 0;
    QString correlationId;
    JobId id;
    QString name;
    ItemStage stage = ItemStage::Confirmed;
    std::optional<Outcome> outcome;
    QDateTime confirmedAt;
    QDateTime intendedAt;
    QDateTime finishedAt;
    bool isTrial = false;
    /// The last error about the item, with only the beginning of its raw body; shared, because few
    /// items have one. May be null.
    std::shared_ptr<const ApiError> error;
    /// The job that was created in its place, the last one if there are several.
    JobId createdAs;

    /// The latest time that is known.
    [[nodiscard]] QDateTime when() const;

    /// Errors are compared, not where they are kept.
    friend bool operator==(const HistoryItem &one, const HistoryItem &other);
};

/// The error that explains the item's outcome; null where the outcome needs none, because the job
/// went, or because it was never sent.
[[nodiscard]] const ApiError *errorBehind(const HistoryItem &item);

/// An attempt to create the item's job again.
struct HistoryCreation
{
    QString correlationId;
    QDateTime intendedAt;
    QDateTime finishedAt;
    std::optional<CreationOutcome> outcome;
    JobId newId;

    friend bool operator==(const HistoryCreation &, const HistoryCreation &) = default;
};

/// Everything that is recorded about an item.
struct HistoryItemDetails
{
    HistoryItem item;
    QString origin;
    QString account;
    QByteArray definition;
    /// In the order of their arrival.
    QList<AnswerRecord> answers;
    QList<HistoryCreation> creations;

    /// How often its DELETE was put on the wire.
    [[nodiscard]] int sends() const;
    /// The last answer's error in full where errorBehind(item) is one.
    [[nodiscard]] const ApiError *error() const;

    friend bool operator==(const HistoryItemDetails &, const HistoryItemDetails &) = default;
};

/// Some items, newest first.
struct HistoryPage
{
    QList<HistoryItem> items;
    bool isLast = true;
};

} // namespace Jobsweep
