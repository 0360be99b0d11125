// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"
#include "http/throttle.h"

#include <QDockWidget>
#include <QTimer>

#include <optional>

class QAction;

namespace Jobsweep {

class JobPanel;
class JobTable;

/// Shows the selected job whole, beside the table. Follows the selection and the job itself, at
/// most ten times a second and only as long as it can be seen; the job's details never wait for a
/// name. What it shows stays when the job leaves the list, with what became of it.
class JobDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// The references must outlive the dock.
    /// Puts an action that opens the dock into the table.
    JobDock(Core &core, JobTable &table, QWidget *parent = nullptr);

    /// Opens the dock, or closes it when it is in front.
    [[nodiscard]] QAction *toggleAction() const { return m_toggle; }
    void showInFront();

private:
    void watch();
    void openFrom(JobTable &table);
    void setInFront(bool isInFront);
    void updateSoon();
    void updateNow();
    void showJob(const Job &job);
    void explainAbsence();
    void showHint(const QString &sentence);
    void takeChangedRows(int first, int last);
    void wantWorkspace();

    Core &m_core;
    const JobTable &m_table;
    JobPanel *m_panel;
    QAction *m_toggle;
    bool m_isInFront = false;
    std::optional<JobId> m_shown;
    Throttle m_updates{std::chrono::milliseconds(100), this};
    /// Names are asked for when the person stays with a job.
    QTimer m_stay;
    /// "3 minutes ago" gets older.
    QTimer m_minute;
};

} // namespace Jobsweep
