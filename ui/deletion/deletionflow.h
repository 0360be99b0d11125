// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "deletion/deletionqueue.h"
#include "jobs/itwins.h"
#include "jobs/jobmodel.h"

#include <QObject>

class QWidget;

namespace Jobsweep {

struct DeletionQuestion;

/// From "delete these" to a confirmed run: sorts out what cannot go, asks, and hands what the
/// person agreed to to the queue. Nothing is deleted without that answer.
class DeletionFlow final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object; `window` is its parent and that of the questions.
    DeletionFlow(JobModel &jobs, ITwins &iTwins, DeletionQueue &queue, Connection &connection,
                 QWidget &window);

    void request(const QList<JobId> &ids);
    /// Asks whether to stop the run that is under way so that the window can be closed.
    void requestToClose();

signals:
    /// Why jobs that were asked or confirmed for are not deleted, in a sentence.
    void message(const QString &sentence);
    /// The run that stood in the way of closing is over.
    void readyToClose();

private:
    [[nodiscard]] DeletionQuestion questionFor(const QList<JobId> &ids) const;
    [[nodiscard]] QString iTwinText(const Job &job) const;
    [[nodiscard]] static QString whyNothing(const DeletionQuestion &question);
    void start(const QList<JobId> &confirmed);
    void stopAndClose();

    JobModel &m_jobs;
    ITwins &m_iTwins;
    DeletionQueue &m_queue;
    Connection &m_connection;
    QWidget &m_window;
};

} // namespace Jobsweep
