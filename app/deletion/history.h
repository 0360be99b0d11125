// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyrecords.h"
#include "http/requestcount.h"

#include <QFuture>
#include <QObject>

namespace Jobsweep {

/// The durable record of every run, as those see it who write it. Calls are carried out in their
/// order; none of them waits for the disk. A future that ends with a value means that what was
/// asked for survives the end of the process and of the machine. What contradicts the record, such
/// as an intent for an item that is not in it, ends as Broken; that is no failure() of the history.
/// Futures end through the event loop, never from inside the call.
class History : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Why nothing can be recorded now; nothing when it can.
    [[nodiscard]] virtual std::optional<HistoryFailure> failure() const = 0;

    /// A new run with its items; more items may follow with addItems().
    virtual QFuture<Recorded> begin(const NewRun &run, const QList<NewItem> &items) = 0;
    virtual QFuture<Recorded> addItems(const QString &run, const QList<NewItem> &items) = 0;
    /// "About to be sent": no DELETE may leave before this is durable.
    virtual QFuture<Recorded> intend(const QStringList &correlationIds, const QDateTime &at) = 0;
    virtual QFuture<Recorded> answered(const QString &correlationId, const AnswerRecord &answer)
        = 0;
    virtual QFuture<Recorded> finish(const QString &correlationId, Outcome outcome,
                                     const QDateTime &at)
        = 0;
    /// Takes items back to Confirmed: for another try, or because they are certainly still there
    /// and a person has to look before they are sent again.
    virtual QFuture<Recorded> reopen(const QStringList &correlationIds) = 0;

    /// What earlier sessions left without an outcome for this service address, oldest first; never
    /// an item of a run that this session has begun. Empty when the history cannot be read.
    [[nodiscard]] virtual QFuture<QList<UnfinishedItem>> unfinished(const QString &origin) = 0;

    /// The item's job is about to be created again under this correlation id: no POST may leave
    /// before this is durable.
    virtual QFuture<Recorded> intendCreation(const QString &item, const QString &correlationId,
                                             const QDateTime &at)
        = 0;
    /// `newId` is the new job's id; empty when there is none.
    virtual QFuture<Recorded> finishCreation(const QString &correlationId, CreationOutcome outcome,
                                             const JobId &newId, const QDateTime &at)
        = 0;
    /// Attempts for this item that have no outcome or the outcome Unknown.
    [[nodiscard]] virtual QFuture<QList<UnfinishedCreation>>
    unfinishedCreations(const QString &item) = 0;

    /// Forgets every run whose items all have their outcome, unless one of their jobs is being
    /// created again; the person asked for it.
    virtual QFuture<Recorded> clear() = 0;

    /// Requests of the connection, so that its hourly limit survives a restart. Written with the
    /// next group of other writes, or after a second.
    virtual void countRequests(const QString &origin, const RequestCount &count) = 0;
    /// By the second, at its end, oldest first. Older than an hour they are forgotten.
    [[nodiscard]] virtual QFuture<QList<RequestCount>> requestsSince(const QString &origin,
                                                                     const QDateTime &since)
        = 0;

signals:
    /// failure() is another one, or is no more.
    void failureChanged();
    /// Something was written: what a window shows may be out of date. Once a second at most.
    void changed();
};

} // namespace Jobsweep
