// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides which one notice the bar shows.

#include "core.h"
#include "ui/noticebar.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace Jobsweep {

/// Everything the choice depends on.
struct NoticeFacts
{
    bool isTokenRejected = false;
    bool isTokenMissing = false;
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
    /// Of the run that ended last, as long as it is news.
    std::optional<RunSummary> finished;
    /// It was a check of what an earlier session left; see DeletionQueue::isRecovery().
    bool isRecovery = false;
    bool isAlarmDismissed = false;
};

/// The most urgent of them; nothing when there is nothing to say.
[[nodiscard]] std::optional<Notice> chooseNotice(const NoticeFacts &facts);

/// Watches what notices are about. Show notice() in a NoticeBar and hand its triggered() to
/// perform().
class Notices final : public QObject
{
    Q_OBJECT

public:
    /// `core` must outlive this object.
    explicit Notices(Core &core, QObject *parent = nullptr);

    [[nodiscard]] const std::optional<Notice> &notice() const { return m_notice; }
    void perform(NoticeAction action);

signals:
    /// notice() changed.
    void changed();
    void tokenWanted();
    /// The person wants the listing again.
    void retryWanted();
    /// The person wants to see what did not go.
    void problemsWanted();
    /// The person wants to see what an interrupted deletion left over.
    void reviewWanted();

private:
    void watchQueue();
    void watchLister();
    void update();
    [[nodiscard]] NoticeFacts facts() const;

    Core &m_core;
    DeletionQueue &m_queue;
    std::optional<RunSummary> m_finished;
    int m_undone = 0;
    bool m_isReviewPutOff = false;
    bool m_isKeychainPutOff = false;
    bool m_isAlarmDismissed = false;
    std::optional<Notice> m_notice;
};

} // namespace Jobsweep
