// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"
#include "deletion/history.h"
#include "http/restclient.h"

#include <QObject>

namespace Jobsweep {

/// What becomes of a run that an earlier session did not end. As soon as there is a token for its
/// service that belongs to its account, items that may have been sent are checked with GET; items
/// that certainly are still there wait for a person: nothing left over is ever sent by itself.
class Recovery final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object.
    Recovery(History &history, DeletionQueue &queue, RestClient &client, Clock &clock,
             QObject *parent = nullptr);

    /// There is a token, and it belongs to this account; empty when nobody knows. Leftovers of
    /// another account are left alone, and while nobody knows those of any: to this one their jobs
    /// may be invisible, which looks as if they were gone.
    void lookFor(const QString &account);

    /// What a person has to look at, for the present service address and account; empty until it is
    /// known whose a new token is.
    [[nodiscard]] const QList<UnfinishedItem> &toReview() const { return m_toReview; }
    /// How many wait for their check, or for its end.
    [[nodiscard]] int checking() const { return static_cast<int>(m_checking.size()); }

    /// The person confirmed these of toReview() again; returns how many were taken.
    int deleteReviewed(const QList<JobId> &ids, const RunTerms &terms);
    /// The person keeps these of toReview(): their outcome is Cancelled.
    void keepReviewed(const QList<JobId> &ids);

signals:
    /// toReview() changed.
    void changed();

private:
    void lookIfPossible();
    void take(const QList<UnfinishedItem> &left);
    void checkIfPossible();
    void takeBack(const JobId &id);
    void settle(const JobId &id, Outcome outcome);
    void setAside();
    void forgetAll();

    History &m_history;
    DeletionQueue &m_queue;
    RestClient &m_client;
    Clock &m_clock;
    QString m_account;
    bool m_mayLook = false;
    QList<UnfinishedItem> m_toReview;
    /// Was to be reviewed with the token before this one.
    QList<UnfinishedItem> m_setAside;
    QList<UnfinishedItem> m_checking;
    /// Address and account that were asked about in this session; once is enough.
    QString m_lookedFor;
};

} // namespace Jobsweep
