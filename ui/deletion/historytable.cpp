// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historytable.h"

#include "ui/deletion/historyitemwords.h"
#include "ui/historywording.h"
#include "ui/jobs/jobcelldelegate.h"
#include "ui/rowtable.h"
#include "ui/wording.h"

#include <QHeaderView>

#include <algorithm>

namespace Jobsweep {

namespace {

using Column = HistoryModel::Column;

} // namespace

HistoryTable::HistoryTable(HistoryModel &items, QWidget *parent)
    : QTableView(parent), m_items(items)
{
    setAccessibleName(tr("History items"));
    setModel(new HistoryItemWords(items, this));
    setItemDelegate(new JobCellDelegate(this));
    setUpRowTable(*this);
    horizontalHeader()->setHighlightSections(false);
    sizeColumns();
    connect(&items, &QAbstractItemModel::dataChanged, this, &HistoryTable::itemSelectionChanged);
    // A reset takes the selection away without a word.
    connect(model(), &QAbstractItemModel::modelReset, this, &HistoryTable::itemSelectionChanged);
}

void HistoryTable::sizeColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto widthFor = [this, letter](const QString &text) {
        return fontMetrics().horizontalAdvance(text) + 4 * letter;
    };
    const auto resize = [this](Column column, int width) {
        horizontalHeader()->resizeSection(static_cast<int>(column), width);
    };
    resize(Column::Job, 30 * letter);
    resize(Column::Outcome, widthFor(Wording::outcome(Outcome::AlreadyGone)));
    resize(Column::When, widthFor(Wording::dateTime(now)));
    resize(Column::Reason, 46 * letter);
    resize(Column::CreatedAs, 26 * letter);
    resize(Column::Run, widthFor(Wording::runTitle(now, true)));
}

QList<qint64> HistoryTable::selectedNumbers() const
{
    QList<qint64> numbers;
    QItemSelection selection = selectionModel()->selection();
    std::ranges::sort(selection, {}, &QItemSelectionRange::top);
    for (const QItemSelectionRange &range : std::as_const(selection)) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            numbers.append(m_items.itemAt(row).number);
    }
    return numbers;
}

int HistoryTable::selectedCount() const
{
    int count = 0;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        count += range.height();
    return count;
}

bool HistoryTable::areSelectedGone() const
{
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const std::optional<Outcome> &outcome = m_items.itemAt(row).outcome;
            if (!outcome || !isGone(*outcome))
                return false;
        }
    }
    return !selection.isEmpty();
}

std::optional<qint64> HistoryTable::currentNumber() const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid() || !selectionModel()->isSelected(current))
        return std::nullopt;
    return m_items.itemAt(current.row()).number;
}

void HistoryTable::selectionChanged(const QItemSelection &selected,
                                    const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    emit itemSelectionChanged();
}

void HistoryTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    emit itemSelectionChanged();
}

} // namespace Jobsweep
