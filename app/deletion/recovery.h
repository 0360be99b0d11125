// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"
#include "deletion/history.h"
#include "http/restclient.h"

#include <QHash>
#include <QObject>

namespace Jobsweep {

/// What becomes of a run that an earlier session did not end. As soon as there is a token for its
/// service, items that may have been sent are checked with GET; items that certainly are still
/// there wait for a person: nothing left over is ever sent by itself.
class Recovery final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object.
    Recovery(History &history, DeletionQueue &queue, RestClient &client, Clock &clock,
             QObject *parent = nullptr);

    /// What a person has to look at, for the present service address.
    [[nodiscard]] const QList<UnfinishedItem> &toReview() const { return m_toReview; }
    /// How many are being checked or will be when the queue can take them.
    [[nodiscard]] int checking() const { return static_cast<int>(m_checking.size()); }

    /// The person confirmed these of toReview() again; returns how many were taken.
    int deleteReviewed(const QList<JobId> &ids, const RunTerms &terms);
    /// The person keeps all of toReview(): their outcome is Cancelled.
    void keepReviewed();

signals:
    /// toReview() changed.
    void changed();

private:
    void lookIfPossible();
    void take(const QList<UnfinishedItem> &left);
    void takeBack(const JobId &id);
    void forgetAll();

    History &m_history;
    DeletionQueue &m_queue;
    RestClient &m_client;
    Clock &m_clock;
    QList<UnfinishedItem> m_toReview;
    QHash<JobId, UnfinishedItem> m_checking;
    /// The address that was asked about in this session; once is enough.
    QString m_lookedAt;
};

} // namespace Jobsweep
