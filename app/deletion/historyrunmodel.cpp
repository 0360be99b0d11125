// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyrunmodel.h"

#include "deletion/historyreader.h"
#include "http/whendone.h"

#include <algorithm>

namespace Jobsweep {

HistoryRunModel::HistoryRunModel(HistoryReader &reader, QObject *parent)
    : QAbstractListModel(parent), m_reader(reader)
{ }

int HistoryRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant HistoryRunModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return runAt(index.row()).number;
}

int HistoryRunModel::rowOf(qint64 number) const
{
    const auto found = std::ranges::find(m_runs, number, &HistoryRun::number);
    return found == m_runs.cend() ? -1 : static_cast<int>(std::distance(m_runs.cbegin(), found));
}

void HistoryRunModel::refresh()
{
    whenDone(m_reader.runs(), this, [this](const HistoryResult<QList<HistoryRun>> &runs) {
        if (runs)
            take(*runs);
    });
}

void HistoryRunModel::take(const QList<HistoryRun> &runs)
{
    int row = 0;
    for (const HistoryRun &run : runs) {
        while (row < m_runs.size() && runAt(row).number > run.number)
            takeOut(row);
        takeRun(row, run);
        ++row;
    }
    while (row < m_runs.size())
        takeOut(row);
}

void HistoryRunModel::takeRun(int row, const HistoryRun &run)
{
    const bool isThere = row < m_runs.size() && runAt(row).number == run.number;
    if (!isThere) {
        beginInsertRows({}, row, row);
        m_runs.insert(row, run);
        endInsertRows();
    } else if (runAt(row) != run) {
        m_runs[row] = run;
        emit dataChanged(index(row), index(row));
    }
}

void HistoryRunModel::takeOut(int row)
{
    beginRemoveRows({}, row, row);
    m_runs.removeAt(row);
    endRemoveRows();
}

} // namespace Jobsweep
