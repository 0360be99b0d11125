// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/rowselectionmodel.h"

#include "ui/jobs/rowproxy.h"

#include <QSignalBlocker>

#include <algorithm>
#include <limits>
#include <utility>

namespace Jobsweep {

namespace {

using Ranges = std::vector<RowRange>;

constexpr int noRow = std::numeric_limits<int>::max();

/// Goes through the rows at which ranges begin and end.
class Borders
{
public:
    explicit Borders(const Ranges &ranges) : m_ranges(ranges) { }

    [[nodiscard]] int next() const
    {
        if (m_passed / 2 >= m_ranges.size())
            return noRow;
        const RowRange &range = m_ranges[m_passed / 2];
        return isInside() ? range.last + 1 : range.first;
    }
    void passUntil(int row)
    {
        while (next() <= row && next() != noRow)
            ++m_passed;
    }
    [[nodiscard]] bool isInside() const { return m_passed % 2 == 1; }

private:
    const Ranges &m_ranges;
    size_t m_passed = 0;
};

/// The rows for which `keeps(is it in one?, is it in the other?)`, in one pass over both.
template<typename Keeps>
Ranges combined(const Ranges &one, const Ranges &other, Keeps keeps)
{
    Ranges result;
    Borders ofOne(one);
    Borders ofOther(other);
    bool isInside = false;
    for (int row = std::min(ofOne.next(), ofOther.next()); row != noRow;
         row = std::min(ofOne.next(), ofOther.next())) {
        ofOne.passUntil(row);
        ofOther.passUntil(row);
        const bool wasInside = std::exchange(isInside, keeps(ofOne.isInside(), ofOther.isInside()));
        if (isInside && !wasInside)
            result.push_back({row, row});
        else if (!isInside && wasInside)
            result.back().last = row - 1;
    }
    return result;
}

Ranges without(const Ranges &ranges, const Ranges &others)
{
    return combined(ranges, others, [](bool isIn, bool isOut) { return isIn && !isOut; });
}

Ranges applied(const Ranges &settled, const Ranges &latest,
               QItemSelectionModel::SelectionFlags command)
{
    if (command.testFlag(QItemSelectionModel::Toggle))
        return combined(settled, latest, [](bool was, bool toggles) { return was != toggles; });
    if (command.testFlag(QItemSelectionModel::Deselect))
        return without(settled, latest);
    return combined(settled, latest, [](bool was, bool comes) { return was || comes; });
}

Ranges rangesIn(const QItemSelection &selection)
{
    Ranges ranges;
    ranges.reserve(static_cast<size_t>(selection.size()));
    for (const QItemSelectionRange &range : selection) {
        if (range.isValid())
            ranges.push_back({range.top(), range.bottom()});
    }
    const auto isBefore = [](RowRange a, RowRange b) { return a.first < b.first; };
    if (!std::is_sorted(ranges.cbegin(), ranges.cend(), isBefore))
        std::sort(ranges.begin(), ranges.end(), isBefore);
    Ranges result;
    for (const RowRange range : ranges) {
        if (result.empty() || range.first > result.back().last + 1)
            result.push_back(range);
        else
            result.back().last = std::max(result.back().last, range.last);
    }
    return result;
}

/// Makes room for rows that were inserted: they are not among the others.
void moveBehind(Ranges &ranges, int first, int count)
{
    Ranges result;
    for (RowRange range : std::as_const(ranges)) {
        if (range.first < first && range.last >= first) {
            result.push_back({range.first, first - 1});
            range.first = first;
        }
        const int move = range.first >= first ? count : 0;
        result.push_back({range.first + move, range.last + move});
    }
    ranges = std::move(result);
}

void cutOut(Ranges &ranges, int first, int last)
{
    const int count = last - first + 1;
    ranges = without(ranges, {{first, last}});
    const auto behind = std::find_if(ranges.begin(), ranges.end(),
                                     [last](RowRange range) { return range.first > last; });
    for (auto range = behind; range != ranges.end(); ++range)
        *range = {range->first - count, range->last - count};
    // What was on both sides of the gap has become one.
    if (behind != ranges.begin() && behind != ranges.end()
        && std::prev(behind)->last + 1 == behind->first) {
        std::prev(behind)->last = behind->last;
        ranges.erase(behind);
    }
}

std::vector<int> sourceRowsOf(const Ranges &ranges, const RowProxy &model)
{
    std::vector<int> rows;
    for (const auto [first, last] : ranges) {
        for (int row = first; row <= last; ++row)
            rows.push_back(model.mapToSource(model.index(row, 0)).row());
    }
    return rows;
}

Ranges rangesOfSources(const std::vector<int> &sourceRows, const RowProxy &model)
{
    // Marked row by row, because sorting would take longer.
    std::vector<bool> isIn(static_cast<size_t>(model.rowCount()));
    for (const int sourceRow : sourceRows) {
        const QModelIndex index = model.mapFromSource(model.sourceModel()->index(sourceRow, 0));
        if (index.isValid())
            isIn[static_cast<size_t>(index.row())] = true;
    }
    std::vector<int> rows;
    rows.reserve(sourceRows.size());
    for (size_t row = 0; row < isIn.size(); ++row) {
        if (isIn[row])
            rows.push_back(static_cast<int>(row));
    }
    return rangesOf(rows);
}

} // namespace

RowSelectionModel::RowSelectionModel(RowProxy &model, QObject *parent)
    : QItemSelectionModel(nullptr, parent), m_model(model)
{
    using Model = QAbstractItemModel;
    // Before the base class connects, so that it finds little to do when rows move …
    connect(&model, &Model::layoutAboutToBeChanged, this, &RowSelectionModel::takeOut);
    setModel(&model);
    // … and after it, so that it does not do it again.
    connect(&model, &Model::layoutChanged, this, &RowSelectionModel::putBack);
    connect(&model, &Model::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { takeInserted(first, last); });
    connect(&model, &Model::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { takeRemoved(first, last); });
}

bool RowSelectionModel::containsRow(int row) const
{
    const auto range = std::lower_bound(m_rows.cbegin(), m_rows.cend(), row,
                                        [](RowRange r, int wanted) { return r.last < wanted; });
    return range != m_rows.cend() && range->first <= row;
}

int RowSelectionModel::selectedCount() const
{
    int count = 0;
    for (const auto [first, last] : m_rows)
        count += last - first + 1;
    return count;
}

void RowSelectionModel::selectRows(const std::vector<RowRange> &rows)
{
    m_settled.clear();
    m_latest = rows;
    m_command = Select;
    show(rows);
}

void RowSelectionModel::select(const QItemSelection &selection, SelectionFlags command)
{
    if (command == NoUpdate)
        return;
    if (command.testFlag(Clear)) {
        m_settled.clear();
        m_latest.clear();
    }
    if (!command.testFlag(Current)) {
        m_settled = applied(m_settled, m_latest, m_command);
        m_latest.clear();
    }
    if (command & (Toggle | Select | Deselect)) {
        m_command = command;
        m_latest = rangesIn(selection);
    }
    show(applied(m_settled, m_latest, m_command));
}

void RowSelectionModel::show(Ranges rows)
{
    const Ranges before = std::exchange(m_rows, std::move(rows));
    const Ranges coming = without(m_rows, before);
    const Ranges going = without(before, m_rows);
    if (coming.empty() && going.empty())
        return;
    const QItemSelection deselected = m_rows.empty() ? selection() : selectionOf(going);
    const QItemSelection whole = selectionOf(m_rows);
    mirror(whole);
    emit selectionChanged(before.empty() ? whole : selectionOf(coming), deselected);
}

/// In two steps: from one selection to another, the base class would compare each of their ranges
/// with each.
void RowSelectionModel::mirror(const QItemSelection &selection)
{
    const QSignalBlocker silent(this);
    QItemSelectionModel::select(QItemSelection(), Clear);
    QItemSelectionModel::select(selection, Select);
}

QItemSelection RowSelectionModel::selectionOf(const Ranges &ranges) const
{
    QItemSelection selection;
    selection.reserve(static_cast<qsizetype>(ranges.size()));
    const int lastColumn = m_model.columnCount() - 1;
    for (const auto [first, last] : ranges)
        selection.append({m_model.index(first, 0), m_model.index(last, lastColumn)});
    return selection;
}

void RowSelectionModel::takeInserted(int first, int last)
{
    moveBehind(m_rows, first, last - first + 1);
    settle();
}

void RowSelectionModel::takeRemoved(int first, int last)
{
    cutOut(m_rows, first, last);
    settle();
}

/// As the base class does when rows come and go.
void RowSelectionModel::settle()
{
    m_settled = m_rows;
    m_latest.clear();
}

void RowSelectionModel::takeOut()
{
    // Both may be there and nothing selected: the last command has taken back what was.
    m_isOut = !m_settled.empty() || !m_latest.empty();
    if (!m_isOut)
        return;
    m_settledSources = sourceRowsOf(m_settled, m_model);
    m_latestSources = sourceRowsOf(m_latest, m_model);
    mirror({});
}

void RowSelectionModel::putBack()
{
    if (!std::exchange(m_isOut, false))
        return;
    m_settled = rangesOfSources(std::exchange(m_settledSources, {}), m_model);
    m_latest = rangesOfSources(std::exchange(m_latestSources, {}), m_model);
    m_rows = applied(m_settled, m_latest, m_command);
    mirror(selectionOf(m_rows));
}

} // namespace Jobsweep
