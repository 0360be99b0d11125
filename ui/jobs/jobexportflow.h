// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"
#include "jobs/jobexporter.h"
#include "ui/jobs/exportdialog.h"

#include <QPointer>

class QAction;

namespace Jobsweep {

class ExportRow;
class JobTable;
class JobTableProxy;

/// From "Export…" over its dialogs to a file with the shown or the selected jobs, and to a row that
/// says what came of it. Also adds itself to the table's context menu.
class JobExportFlow final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object; `window` is its parent and that of its dialogs.
    JobExportFlow(Core &core, JobTable &table, JobTableProxy &proxy, QWidget &window);

    [[nodiscard]] QAction *action() const { return m_action; }
    /// To be put into the window, which then owns it.
    [[nodiscard]] ExportRow *row() const { return m_row; }

private:
    void watchTable();
    void update();
    void open();
    void takeChoices();
    void askForTarget(const JobExportOrder &order);
    void start(const JobExportOrder &order);
    void finish();
    [[nodiscard]] ExportDialog::Facts facts() const;
    [[nodiscard]] QList<Job> jobs(bool isOnlySelected) const;

    Core &m_core;
    JobTable &m_table;
    JobTableProxy &m_proxy;
    QWidget &m_window;
    QAction *m_action;
    ExportRow *m_row;
    QPointer<ExportDialog> m_dialog;
    QFuture<JobExportResult> m_result;
    Throttle m_dialogUpdates{std::chrono::milliseconds(100), this};
};

} // namespace Jobsweep
