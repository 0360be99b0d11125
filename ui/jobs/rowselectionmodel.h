// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/rowranges.h"

#include <QItemSelectionModel>

#include <vector>

namespace Jobsweep {

class RowProxy;

/// A selection of whole rows that stays fast when tens of thousands of them lie scattered among
/// others. Behaves like its base class, which keeps a copy for the view; but looks rows up by
/// halving, compares selections in one pass, and does not keep an index per row while rows move.
class RowSelectionModel final : public QItemSelectionModel
{
    Q_OBJECT

public:
    /// The model must outlive the selection. To be made before the view connects to the model.
    explicit RowSelectionModel(RowProxy &model, QObject *parent = nullptr);

    /// In ascending order, none next to another.
    [[nodiscard]] const std::vector<RowRange> &rows() const { return m_rows; }
    [[nodiscard]] bool containsRow(int row) const;
    [[nodiscard]] int selectedCount() const;
    /// Selects these and no others; in the same form as rows().
    void selectRows(const std::vector<RowRange> &rows);

    using QItemSelectionModel::select;
    void select(const QItemSelection &selection, SelectionFlags command) override;

private:
    using Ranges = std::vector<RowRange>;

    void show(Ranges rows);
    void mirror(const QItemSelection &selection);
    [[nodiscard]] QItemSelection selectionOf(const Ranges &ranges) const;
    void takeInserted(int first, int last);
    void takeRemoved(int first, int last);
    void settle();
    void takeOut();
    void putBack();

    RowProxy &m_model;
    /// What earlier commands selected …
    Ranges m_settled;
    /// … and what the last one does with it: commands with the flag Current replace that one.
    Ranges m_latest;
    SelectionFlags m_command = NoUpdate;
    /// What both come to.
    Ranges m_rows;
    /// Source rows of the first two, while rows move.
    std::vector<int> m_settledSources;
    std::vector<int> m_latestSources;
    bool m_isOut = false;
};

} // namespace Jobsweep
