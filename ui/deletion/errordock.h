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
    /// A job of the present run that was chosen in the list of problems, also one that has no row.
    /// Stays until another job is selected.
    void showProblem(const JobId &id);
    void showError(const ApiError &error, Occasion occasion);

private:
    void showInFront();
    void takeError(const JobId &id);
    void takePhase();
    void takeOutcome(const JobId &id);
    void explain(const ApiError &error, Occasion occasion, const QString &jobName);
    /// Returns whether the selected job has an error.
    bool explainSelected();
    void explainItem(const RunItem &item);
    void updateCountdown();

    const JobModel &m_jobs;
    const DeletionQueue &m_queue;
    RestClient &m_client;
    ErrorPanel *m_panel;
    std::optional<JobId> m_selected;
    /// What was chosen in the list of problems, as long as it is shown.
    std::optional<JobId> m_problem;
    /// What the phase was last explained with: the same once more is no news.
    std::optional<ApiError> m_phaseError;
    /// What is shown came from elsewhere than the selection, and stays until that changes.
    bool m_showsPhase = false;
    /// The error goes with the selection, also when its job has left.
    bool m_showsSelected = false;
};

} // namespace Jobsweep
