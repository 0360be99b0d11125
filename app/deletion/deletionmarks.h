// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/runitems.h"
#include "http/backoff.h"
#include "http/clock.h"
#include "jobs/jobmodel.h"
#include "jobs/jobsapi.h"

#include <QObject>
#include <QSet>

namespace Jobsweep {

/// Keeps the model's rows in step with a run: marks, errors, rows that leave, refused jobs that are
/// read again, and rows that a listing brings in the middle of it.
class DeletionMarks final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object.
    DeletionMarks(const RunItems &items, JobsApi &api, JobModel &model, Clock &clock,
                  Randomness random, QObject *parent = nullptr);

    /// Shows where an item stands now, and takes its row out when it is gone.
    void show(const RunItem &item);
    /// The item has left the run without an outcome.
    void forget(const JobId &id) { m_model.setMark(id, DeletionMark::None); }
    /// A refused job has changed: asks how it stands, more than once if need be.
    void readAgain(const RunItem &item);
    /// How many jobs are listed although the service said, before the present listing began, that
    /// they are gone. Their rows are shown: what the service lists is not called gone.
    [[nodiscard]] int listedAgain() const { return m_listedAgain; }

signals:
    void listedAgainChanged();

private:
    void readAgain(const JobId &id, const QString &correlationId, int attempt);
    void showInserted(int first, int last);
    void countListedAgain();

    static constexpr int maximumAttempts = 5;

    const RunItems &m_items;
    JobsApi &m_api;
    JobModel &m_model;
    Clock &m_clock;
    Randomness m_random;
    /// Gone by the present token; a page that was asked for earlier may still bring their rows.
    QSet<JobId> m_gone;
    /// Those that were gone when the present listing began.
    QSet<JobId> m_goneBefore;
    int m_listedAgain = 0;
};

} // namespace Jobsweep
