// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"

#include <QAbstractTableModel>

namespace Jobsweep {

class HistoryReader;

/// The items of the history that pass a filter, newest first. Gives values, not words. The first
/// page is there at once and the others follow by themselves; the rows of the old filter stay until
/// the first page of the new one is there. refresh() changes only what became different, so that
/// the selection and the place in the table stay.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Job, Outcome, When, Reason, CreatedAs, Run };
    Q_ENUM(Column)
    static constexpr int columns = static_cast<int>(Column::Run) + 1;

    /// `reader` must outlive the model.
    explicit HistoryModel(HistoryReader &reader, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole gives the column's raw value (text, code, QDateTime, number).
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const HistoryItem &itemAt(int row) const { return m_items.at(row); }
    [[nodiscard]] const HistoryFilter &filter() const { return m_filter; }
    /// Reads anew with this filter.
    void setFilter(const HistoryFilter &filter);
    /// Reads anew with the same filter; while it is being read, once more afterwards.
    void refresh();

    /// Whether pages are still to come.
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// How many items pass the filter; nothing as long as that is not known.
    [[nodiscard]] std::optional<qint64> total() const { return m_total; }
    /// Why there are no rows.
    [[nodiscard]] const std::optional<HistoryFailure> &failure() const { return m_failure; }

signals:
    /// isLoading(), total() or failure() changed.
    void stateChanged();

private:
    void read();
    void readNext();
    void take(const HistoryResult<HistoryPage> &page);
    void reset(const QList<HistoryItem> &items);
    void merge(const HistoryPage &page);
    /// Takes out the rows from the next one on that are newer than `number`.
    void removeDown(qint64 number);
    /// Of `items`, how many from `first` on come before the next row.
    [[nodiscard]] qsizetype newOnes(const QList<HistoryItem> &items, qsizetype first) const;
    void insert(const QList<HistoryItem> &items, qsizetype first, qsizetype count);
    void askForTotal();

    HistoryReader &m_reader;
    HistoryFilter m_filter;
    /// Counts the readings; answers to an older one are dropped.
    int m_reading = 0;
    QList<HistoryItem> m_items;
    /// Rows before this one are as the present reading found them.
    qsizetype m_taken = 0;
    /// The number of the last item that was read.
    std::optional<qint64> m_lastRead;
    bool m_isLoading = false;
    /// The rows belong to another filter than the one that is being read.
    bool m_isOther = true;
    bool m_isRefreshWanted = false;
    std::optional<qint64> m_total;
    std::optional<HistoryFailure> m_failure;
};

} // namespace Jobsweep
