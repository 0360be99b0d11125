// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractProxyModel>

#include <span>
#include <vector>

namespace Jobsweep {

/// Filters and sorts the rows of a table for 100 000 rows and more. Where QSortFilterProxyModel
/// announces every range of rows that comes or goes on its own, this announces one: rows that come
/// are added at the end and then put into their places, rows that go are moved to the end first
/// (but see rowsAboutToLeave()).
class RowProxy : public QAbstractProxyModel
{
    Q_OBJECT

public:
    explicit RowProxy(QObject *parent = nullptr);

    /// A table without children; to be set once, after what accepts() needs is there.
    void setSourceModel(QAbstractItemModel *source) override;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// The same for all rows; a view asks for them all when it looks for selected columns.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    /// Before these rows (ascending, at least one) are removed, which may move them to the end
    /// first. Whoever keeps to one of them should go to a neighbour that stays.
    void rowsAboutToLeave(const std::vector<int> &rows);

protected:
    [[nodiscard]] virtual bool accepts(int sourceRow) const = 0;
    /// A strict order without equals, also of the sort order's direction.
    [[nodiscard]] virtual bool comesBefore(int sourceRow, int otherSourceRow) const = 0;
    /// Whether comesBefore() may have changed its mind when these roles of a row changed.
    [[nodiscard]] virtual bool decidesPlaces(const QList<int> &roles) const = 0;

    [[nodiscard]] int sourceRow(int row) const { return m_rows[static_cast<size_t>(row)]; }
    /// Puts source rows into the order of comesBefore().
    virtual void sortRows(std::vector<int> *sourceRows) const = 0;
    /// To be called when source rows got other numbers, before anything is asked of them.
    void renumber(const std::vector<int> &newSourceRows);
    /// -1 when nothing was sorted yet.
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }
    /// To be called when accepts() may have changed its mind …
    void filterAgain();
    /// … and only to refuse more than before …
    void filterMore();
    /// … and when comesBefore() may.
    void sortAgain();

private:
    void takeInserted(int first, int last);
    void takeChanged(int first, int last, bool mayMove);
    void hideRange(int first, int last);
    void forgetRange(int first, int last);
    void rebuild();
    void add(std::vector<int> sourceRows);
    void hide(const std::vector<int> &rows);
    void removeRange(int first, int last);
    void rearrange(std::vector<int> rows);
    [[nodiscard]] std::vector<int> merged(const std::vector<int> &rows,
                                          const std::vector<int> &added) const;
    void merge(std::span<const int> rows, std::span<const int> added,
               std::vector<int> *result) const;
    void updatePlaces(int firstRow = 0);

    /// Source rows in the order in which they are shown …
    std::vector<int> m_rows;
    /// … and the other way round; -1 for those that are not.
    std::vector<int> m_places;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace Jobsweep
