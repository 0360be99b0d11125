// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/rowproxy.h"

#include "jobs/rowranges.h"

#include <algorithm>
#include <utility>

namespace Jobsweep {

namespace {

/// More ranges of changed rows are announced as one.
constexpr size_t maximumRanges = 50;

size_t at(int index)
{
    return static_cast<size_t>(index);
}

int sizeOf(const std::vector<int> &rows)
{
    return static_cast<int>(rows.size());
}

} // namespace

RowProxy::RowProxy(QObject *parent) : QAbstractProxyModel(parent) { }

void RowProxy::setSourceModel(QAbstractItemModel *source)
{
    using Model = QAbstractItemModel;
    beginResetModel();
    QAbstractProxyModel::setSourceModel(source);
    const auto toRange = [this](void (RowProxy::*take)(int, int)) {
        return
            [this, take](const QModelIndex &, int first, int last) { (this->*take)(first, last); };
    };
    connect(source, &Model::rowsInserted, this, toRange(&RowProxy::takeInserted));
    connect(source, &Model::rowsAboutToBeRemoved, this, toRange(&RowProxy::hideRange));
    connect(source, &Model::rowsRemoved, this, toRange(&RowProxy::forgetRange));
    connect(source, &Model::dataChanged, this,
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight,
                   const QList<int> &roles) {
                takeChanged(topLeft.row(), bottomRight.row(), decidesPlaces(roles));
            });
    connect(source, &Model::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(source, &Model::modelReset, this, [this] {
        rebuild();
        endResetModel();
    });
    rebuild();
    endResetModel();
}

QModelIndex RowProxy::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex RowProxy::parent(const QModelIndex &) const
{
    return {};
}

int RowProxy::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : sizeOf(m_rows);
}

int RowProxy::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !sourceModel() ? 0 : sourceModel()->columnCount();
}

Qt::ItemFlags RowProxy::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

bool RowProxy::hasChildren(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_rows.empty();
}

QModelIndex RowProxy::mapToSource(const QModelIndex &index) const
{
    return index.isValid() ? sourceModel()->index(sourceRow(index.row()), index.column())
                           : QModelIndex();
}

QModelIndex RowProxy::mapFromSource(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= sizeOf(m_places))
        return {};
    const int place = m_places[at(index.row())];
    return place < 0 ? QModelIndex() : createIndex(place, index.column());
}

void RowProxy::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    sortAgain();
}

void RowProxy::sortAgain()
{
    std::vector<int> rows = m_rows;
    sortRows(&rows);
    rearrange(std::move(rows));
}

void RowProxy::renumber(const std::vector<int> &newSourceRows)
{
    for (int &row : m_rows)
        row = newSourceRows[at(row)];
    std::fill(m_places.begin(), m_places.end(), -1);
    updatePlaces();
}

void RowProxy::filterMore()
{
    std::vector<int> going;
    // In the order of the source, in which its rows lie next to each other in memory.
    for (int row = 0; row < sizeOf(m_places); ++row) {
        const int place = m_places[at(row)];
        if (place >= 0 && !accepts(row))
            going.push_back(place);
    }
    std::sort(going.begin(), going.end());
    hide(going);
}

void RowProxy::filterAgain()
{
    std::vector<int> going;
    std::vector<int> coming;
    for (int row = 0; row < sizeOf(m_places); ++row) {
        const int place = m_places[at(row)];
        const bool isAccepted = accepts(row);
        if (place >= 0 && !isAccepted)
            going.push_back(place);
        else if (place < 0 && isAccepted)
            coming.push_back(row);
    }
    std::sort(going.begin(), going.end());
    hide(going);
    add(std::move(coming));
}

void RowProxy::takeInserted(int first, int last)
{
    const int count = last - first + 1;
    if (first < sizeOf(m_places)) {
        for (int &row : m_rows)
            row += row >= first ? count : 0;
    }
    m_places.insert(m_places.begin() + first, at(count), -1);
    std::vector<int> accepted;
    for (int row = first; row <= last; ++row) {
        if (accepts(row))
            accepted.push_back(row);
    }
    add(std::move(accepted));
}

void RowProxy::takeChanged(int first, int last, bool mayMove)
{
    std::vector<int> going;
    std::vector<int> coming;
    std::vector<int> changed;
    // Somebody who heard of new rows earlier may change them before takeInserted() was called.
    const int end = std::min(last + 1, sizeOf(m_places));
    for (int row = first; row < end; ++row) {
        const int place = m_places[at(row)];
        const bool isAccepted = accepts(row);
        if (place >= 0)
            (isAccepted ? changed : going).push_back(place);
        else if (isAccepted)
            coming.push_back(row);
    }
    std::sort(changed.begin(), changed.end());
    std::vector<RowRange> ranges = rangesOf(changed);
    if (ranges.size() > maximumRanges)
        ranges = {{changed.front(), changed.back()}};
    for (const auto [top, bottom] : std::as_const(ranges))
        emit dataChanged(index(top, 0), index(bottom, columnCount() - 1));
    const auto isInPlace = [this](int place) {
        return (place == 0 || comesBefore(sourceRow(place - 1), sourceRow(place)))
            && (place + 1 == rowCount() || comesBefore(sourceRow(place), sourceRow(place + 1)));
    };
    const bool isInOrder = !mayMove || std::all_of(changed.cbegin(), changed.cend(), isInPlace);
    std::sort(going.begin(), going.end());
    hide(going);
    if (!isInOrder)
        sortAgain();
    add(std::move(coming));
}

void RowProxy::hideRange(int first, int last)
{
    std::vector<int> going;
    for (int row = first; row <= last; ++row) {
        if (const int place = m_places[at(row)]; place >= 0)
            going.push_back(place);
    }
    std::sort(going.begin(), going.end());
    hide(going);
}

void RowProxy::forgetRange(int first, int last)
{
    const int count = last - first + 1;
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
    for (int &row : m_rows)
        row -= row > last ? count : 0;
}

void RowProxy::rebuild()
{
    m_rows.clear();
    m_places.assign(at(sourceModel()->rowCount()), -1);
    for (int row = 0; row < sizeOf(m_places); ++row) {
        if (accepts(row))
            m_rows.push_back(row);
    }
    sortRows(&m_rows);
    updatePlaces();
}

void RowProxy::add(std::vector<int> sourceRows)
{
    if (sourceRows.empty())
        return;
    sortRows(&sourceRows);
    std::vector<int> all = merged(m_rows, sourceRows);
    const int before = sizeOf(m_rows);
    beginInsertRows({}, before, before + sizeOf(sourceRows) - 1);
    m_rows.insert(m_rows.end(), sourceRows.cbegin(), sourceRows.cend());
    updatePlaces(before);
    endInsertRows();
    rearrange(std::move(all));
}

void RowProxy::hide(const std::vector<int> &rows)
{
    if (rows.empty())
        return;
    emit rowsAboutToLeave(rows);
    const int count = sizeOf(rows);
    if (rows.back() - rows.front() + 1 == count) {
        removeRange(rows.front(), rows.back());
    } else {
        rearrange(movedToTheEnd(m_rows, rows));
        removeRange(sizeOf(m_rows) - count, sizeOf(m_rows) - 1);
    }
}

void RowProxy::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_places[at(m_rows[at(row)])] = -1;
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    updatePlaces(first);
    endRemoveRows();
}

void RowProxy::rearrange(std::vector<int> rows)
{
    if (rows == m_rows)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> sourceRows;
    sourceRows.reserve(at(static_cast<int>(before.size())));
    for (const QModelIndex &index : before)
        sourceRows.push_back(sourceRow(index.row()));
    m_rows = std::move(rows);
    updatePlaces();
    QModelIndexList after;
    after.reserve(before.size());
    for (int i = 0; i < sizeOf(sourceRows); ++i)
        after.append(createIndex(m_places[at(sourceRows[at(i)])], before.at(i).column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

std::vector<int> RowProxy::merged(const std::vector<int> &rows, const std::vector<int> &added) const
{
    std::vector<int> result;
    result.reserve(rows.size() + added.size());
    merge(rows, added, &result);
    return result;
}

/// Looks for the place of the middle one first: a page that comes to 100 000 rows is compared with
/// few of them, and those that lie far apart in memory are fetched once.
void RowProxy::merge(std::span<const int> rows, std::span<const int> added,
                     std::vector<int> *result) const
{
    if (added.empty()) {
        result->insert(result->end(), rows.begin(), rows.end());
        return;
    }
    const size_t middle = added.size() / 2;
    const auto place
        = std::upper_bound(rows.begin(), rows.end(), added[middle],
                           [this](int row, int other) { return comesBefore(row, other); });
    const auto before = static_cast<size_t>(place - rows.begin());
    merge(rows.first(before), added.first(middle), result);
    result->push_back(added[middle]);
    merge(rows.subspan(before), added.subspan(middle + 1), result);
}

void RowProxy::updatePlaces(int firstRow)
{
    for (int row = firstRow; row < sizeOf(m_rows); ++row)
        m_places[at(m_rows[at(row)])] = row;
}

} // namespace Jobsweep
