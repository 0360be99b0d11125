// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"

#include <QMenu>

namespace Jobsweep {

class JobTable;
class JobTableProxy;

/// What can be copied of the selected jobs, as a menu for more than one place. The rows' shortcut
/// works in the table.
class CopyMenu final : public QMenu
{
    Q_OBJECT

public:
    /// The references must outlive the menu.
    CopyMenu(Core &core, JobTable &table, const JobTableProxy &proxy, QWidget *parent = nullptr);

signals:
    /// What is in the clipboard now, in a sentence.
    void message(const QString &sentence);

private:
    void addToTable();
    void updateActions();
    void copyLines(QString (*lineOf)(const Job &job));
    void copyRows();
    void copyCommand(Verb verb);
    void copy(const QString &text, int jobs);
    /// Of the selected rows, in their order.
    [[nodiscard]] QList<int> rows() const;

    Core &m_core;
    JobTable &m_table;
    const JobTableProxy &m_proxy;
    QAction *m_ids;
    QAction *m_names;
    QAction *m_rows;
    QAction *m_get;
    QAction *m_delete;
};

} // namespace Jobsweep
