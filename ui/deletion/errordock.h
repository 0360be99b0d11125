// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"
#include "jobs/jobmodel.h"
#include "ui/errorwording.h"

#include <QDockWidget>

#include <optional>

namespace Jobsweep {

class ErrorPanel;

/// Chooses which error the panel beside the table explains: that of the selected job, or what holds
/// up the deletion. Opens itself when there is something to say and stays until it is closed.
class ErrorDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// The references must outlive the dock.
    ErrorDock(const JobModel &jobs, const DeletionQueue &queue, RestClient &client, Clock &clock,
              QWidget *parent = nullptr);

    /// The job whose last error is to be shown; nothing when none is selected.
    void showJob(const std::optional<JobId> &id);
    /// A job of the present run, also one that has no row any more.
    void showProblem(const JobId &id);
    void showError(const ApiError &error, Occasion occasion, const QString &jobName = {});

private:
    void takePhase();
    void takeOutcome(const JobId &id);
    void updateCountdown();

    const JobModel &m_jobs;
    const DeletionQueue &m_queue;
    RestClient &m_client;
    ErrorPanel *m_panel;
    std::optional<JobId> m_selected;
    /// What is shown came from elsewhere than the selection, and stays until that changes.
    bool m_showsPhase = false;
    /// The error goes with the selection, also when its job has left.
    bool m_showsSelected = false;
};

} // namespace Jobsweep
