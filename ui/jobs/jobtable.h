// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "jobs/rowranges.h"

#include <QList>
#include <QPersistentModelIndex>
#include <QTableView>

#include <optional>
#include <vector>

class QMenu;

namespace Jobsweep {

class JobTableProxy;
class RowSelectionModel;

/// The table of jobs. Keeps what people look at in its place while rows arrive and leave, and hands
/// out ids, never rows.
class JobTable final : public QTableView
{
    Q_OBJECT

public:
    /// The proxy must outlive the table.
    explicit JobTable(JobTableProxy &proxy, QWidget *parent = nullptr);

    /// In the order of the rows.
    [[nodiscard]] QList<JobId> selectedIds() const;
    struct SelectedCounts
    {
        int selected = 0;
        int deletable = 0;
        int inDeletion = 0;
    };
    /// Looks at every selected row; the number alone is kept.
    [[nodiscard]] SelectedCounts selectedCounts() const;
    [[nodiscard]] int selectedCount() const;
    /// In ascending order, none next to another.
    [[nodiscard]] const std::vector<RowRange> &selectedRows() const;
    /// Selects these rows and no others; in the same form as selectedRows().
    void selectRows(const std::vector<RowRange> &rows);
    /// The current job if it is selected; nothing otherwise, also when the row that was current has
    /// left and the keyboard focus went to its neighbour.
    [[nodiscard]] std::optional<JobId> currentJob() const;
    /// Selects this job alone; nothing when it has no row or the search and the filters hide it.
    void selectJob(const JobId &id);

    /// Columns' order, widths, visibility and sorting.
    /// Empty as long as there were no rows.
    [[nodiscard]] QByteArray saveLayout() const;
    /// Ignores what saveLayout() did not make.
    void restoreLayout(const QByteArray &layout);
    /// One checkable action for each column that can be hidden, which is its data.
    [[nodiscard]] const QList<QAction *> &columnActions() const { return m_columnActions; }

    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;

signals:
    /// A Delete button in a row was pressed; nothing is deleted yet.
    void deleteRequested(const QList<Jobsweep::JobId> &ids);
    /// selectedIds() or currentJob() changed; once for a group of changes.
    void jobSelectionChanged();
    /// The context menu of a cell is about to be shown, with the table's own actions in it; whoever
    /// has something to offer for the cell adds it.
    void menuAboutToShow(QMenu *menu, const QModelIndex &cell);

protected:
    void paintEvent(QPaintEvent *event) override;
    void updateGeometries() override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags
    selectionCommand(const QModelIndex &index, const QEvent *event) const override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] bool isInView(int firstRow, int lastRow) const;
    void setUpColumns();
    void keepPlaceOfRows();
    void watchRows();
    void announceSelection();
    void rememberTopRow();
    void moveOutOf(const std::vector<int> &leaving);
    void fitColumns();
    void fitColumnsOnce();

    JobTableProxy &m_proxy;
    RowSelectionModel *m_selection;
    QList<QAction *> m_columnActions;
    /// The row that must not move on the screen, while rows come and go above it.
    QPersistentModelIndex m_topRow;
    int m_topRowOffset = 0;
    bool m_columnsAreSized = false;
    bool m_announcing = false;
};

} // namespace Jobsweep
