// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historymodel.h"

#include <QTableView>

#include <optional>

namespace Jobsweep {

/// The table of the history's items.
class HistoryTable final : public QTableView
{
    Q_OBJECT

public:
    /// `items` must outlive the table.
    explicit HistoryTable(HistoryModel &items, QWidget *parent = nullptr);

    /// HistoryItem::number of the selected rows, in their order.
    [[nodiscard]] QList<qint64> selectedNumbers() const;
    [[nodiscard]] int selectedCount() const;
    /// Whether something is selected and every selected job is gone.
    [[nodiscard]] bool areSelectedGone() const;
    /// The item to explain: the current one if it is selected.
    [[nodiscard]] std::optional<qint64> currentNumber() const;

signals:
    /// What is selected or current, or what is in it, is another one.
    void itemSelectionChanged();

protected:
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void sizeColumns();

    const HistoryModel &m_items;
};

} // namespace Jobsweep
