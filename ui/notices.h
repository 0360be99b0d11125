// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides which one notice the bar shows.

#include "account/connection.h"
#include "deletion/deletionqueue.h"
#include "jobs/joblister.h"
#include "ui/noticebar.h"

#include <QObject>

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
    bool isListing = false;
    /// The pause of the whole connection.
    std::optional<Instant> connectionUntil;
    /// Of a listing that left rows in the table; the table itself explains one that left none.
    std::optional<ApiError> listingError;
    /// Of the run that ended last, as long as it is news.
    std::optional<RunSummary> finished;
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
    /// The references must outlive this object.
    Notices(Connection &connection, RestClient &client, JobLister &lister, const JobModel &model,
            DeletionQueue &queue, QObject *parent = nullptr);

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

private:
    void watchQueue();
    void watchLister();
    void update();
    [[nodiscard]] NoticeFacts facts() const;

    Connection &m_connection;
    RestClient &m_client;
    JobLister &m_lister;
    const JobModel &m_model;
    DeletionQueue &m_queue;
    std::optional<RunSummary> m_finished;
    bool m_isAlarmDismissed = false;
    std::optional<Notice> m_notice;
};

} // namespace Jobsweep
