// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides which one notice the bar shows; pure.

#include "core.h"
#include "ui/noticebar.h"

#include <QStringList>

#include <optional>

namespace Jobsweep {

/// Everything the choice depends on.
struct NoticeFacts
{
    bool isTokenRejected = false;
    bool isTokenMissing = false;
    /// The end of the token in use, from ten minutes before it on, as long as the person has not
    /// put it off.
    std::optional<Instant> tokenEnd;
    bool hasTokenEnded = false;
    /// Jobs are listed, also when the search shows none of them.
    bool hasJobs = false;
    DeletionQueue::Phase phase = DeletionQueue::Phase::Idle;
    QueueReason reason = QueueReason::None;
    std::optional<Instant> queueUntil;
    /// What the keychain did not do, and why; as long as the person has not put it off.
    Connection::KeychainTask keychainTask = Connection::KeychainTask::None;
    KeychainResult keychainResult = KeychainResult::Done;
    /// What can still be undone, and when that ends.
    int held = 0;
    std::optional<Hold> hold;
    /// Why nothing can be recorded, in a pause for NoRecord.
    std::optional<HistoryFailure> recordFailure;
    /// How many the person has just taken back, as long as it is news.
    int undone = 0;
    /// Left over by an interrupted deletion, as long as the person has not put it off.
    int toReview = 0;
    bool isListing = false;
    /// The pause of the whole connection.
    std::optional<Instant> connectionUntil;
    /// Of a listing that left rows in the table; the table itself explains one that left none.
    std::optional<ApiError> listingError;
    /// The iTwins, by name, whose jobs that listing could not bring. Foreign text.
    QStringList unlistedITwins;
    /// Jobs that this listing brought although the service had said that they are gone.
    int listedAgain = 0;
    /// Of the run that ended last, as long as it is news.
    std::optional<RunSummary> finished;
    /// It was a check of what an earlier session left; see DeletionQueue::isRecovery().
    bool isRecovery = false;
    bool isAlarmDismissed = false;
};

/// The most urgent of them; nothing when there is nothing to say.
[[nodiscard]] std::optional<Notice> chooseNotice(const NoticeFacts &facts);

} // namespace Jobsweep
