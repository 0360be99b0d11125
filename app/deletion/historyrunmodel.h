// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"

#include <QAbstractListModel>

namespace Jobsweep {

class HistoryReader;

/// The runs of the history, newest first. Gives values, not words. refresh() changes only what
/// became different.
class HistoryRunModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// `reader` must outlive the model.
    explicit HistoryRunModel(HistoryReader &reader, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole gives the run's number.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const HistoryRun &runAt(int row) const { return m_runs.at(row); }
    /// -1 when there is no such run.
    [[nodiscard]] int rowOf(qint64 number) const;
    /// Reads them anew; they stay as they are when that fails.
    void refresh();

private:
    void take(const QList<HistoryRun> &runs);
    void takeRun(int row, const HistoryRun &run);
    void takeOut(int row);

    HistoryReader &m_reader;
    QList<HistoryRun> m_runs;
};

} // namespace Jobsweep
