// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historymodel.h"

#include "deletion/codes.h"
#include "deletion/historyreader.h"
#include "http/whendone.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace Jobsweep {
namespace {

constexpr qsizetype manyItems = 10'000;

QVariant valueOf(const HistoryItem &item, HistoryModel::Column column)
{
    switch (column) {
    case HistoryModel::Column::Job:
        return item.name;
    case HistoryModel::Column::Outcome:
        return item.outcome ? codeOf(*item.outcome) : codeOf(item.stage);
    case HistoryModel::Column::When:
        return item.when();
    case HistoryModel::Column::Run:
        return item.run;
    case HistoryModel::Column::Reason:
        return item.error ? codeOf(*item.error) : QString();
    case HistoryModel::Column::CreatedAs:
        return item.createdAs.text;
    }
    return {};
}

} // namespace

HistoryModel::HistoryModel(HistoryReader &reader, QObject *parent)
    : QAbstractTableModel(parent), m_reader(reader)
{ }

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return valueOf(itemAt(index.row()), static_cast<Column>(index.column()));
}

void HistoryModel::setFilter(const HistoryFilter &filter)
{
    m_filter = filter;
    m_isOther = true;
    m_total.reset();
    read();
}

void HistoryModel::refresh()
{
    // A long reading would never end if everything that is written began it anew.
    if (m_isLoading)
        m_isRefreshWanted = true;
    else
        read();
}

void HistoryModel::read()
{
    ++m_reading;
    m_isRefreshWanted = false;
    m_isLoading = true;
    m_taken = 0;
    m_lastRead.reset();
    emit stateChanged();
    readNext();
}

void HistoryModel::readNext()
{
    whenDone(m_reader.page(m_filter, m_lastRead), this,
             [this, reading = m_reading](const HistoryResult<HistoryPage> &page) {
                 // An answer may have been on its way already when the filter changed.
                 if (reading == m_reading)
                     take(page);
             });
}

void HistoryModel::take(const HistoryResult<HistoryPage> &page)
{
    if (!page) {
        m_failure = page.error();
        m_isLoading = false;
        m_isOther = true;
        m_total.reset();
        reset({});
        emit stateChanged();
        return;
    }
    m_failure.reset();
    if (m_isOther)
        reset(page->items);
    else
        merge(*page);
    m_isOther = false;
    m_isLoading = !page->isLast;
    if (page->isLast) {
        m_total = m_items.size();
    } else {
        const bool isFirst = !m_lastRead;
        m_lastRead = page->items.last().number;
        readNext();
        if (isFirst)
            askForTotal();
    }
    emit stateChanged();
    if (page->isLast && m_isRefreshWanted)
        read();
}

void HistoryModel::askForTotal()
{
    whenDone(m_reader.count(m_filter), this,
             [this, reading = m_reading](const HistoryResult<qint64> &count) {
                 // When all rows are there, they are the better count.
                 if (!count || !m_isLoading || reading != m_reading)
                     return;
                 m_total = *count;
                 m_items.reserve(std::max(m_items.size(), static_cast<qsizetype>(*count)));
                 emit stateChanged();
             });
}

void HistoryModel::reset(const QList<HistoryItem> &items)
{
    beginResetModel();
    const QList<HistoryItem> old = std::exchange(m_items, items);
    m_taken = items.size();
    endResetModel();
    // Hundred thousand texts are not freed in the time of a frame.
    if (old.size() > manyItems)
        QThreadPool::globalInstance()->start([old] { });
}

void HistoryModel::merge(const HistoryPage &page)
{
    const QList<HistoryItem> &items = page.items;
    qsizetype next = 0;
    while (next < items.size()) {
        removeDown(items.at(next).number);
        if (const qsizetype count = newOnes(items, next); count > 0) {
            insert(items, next, count);
            next += count;
            continue;
        }
        if (m_items.at(m_taken) != items.at(next)) {
            m_items[m_taken] = items.at(next);
            const int row = static_cast<int>(m_taken);
            emit dataChanged(index(row, 0), index(row, columns - 1));
        }
        ++m_taken;
        ++next;
    }
    if (page.isLast)
        removeDown(0);
}

void HistoryModel::removeDown(qint64 number)
{
    const auto first = m_items.cbegin() + m_taken;
    const auto last = std::find_if(
        first, m_items.cend(), [number](const HistoryItem &item) { return item.number <= number; });
    const auto count = std::distance(first, last);
    if (count == 0)
        return;
    beginRemoveRows({}, static_cast<int>(m_taken), static_cast<int>(m_taken + count) - 1);
    m_items.remove(m_taken, count);
    endRemoveRows();
}

qsizetype HistoryModel::newOnes(const QList<HistoryItem> &items, qsizetype first) const
{
    const qint64 nextRow = m_taken < m_items.size() ? m_items.at(m_taken).number : 0;
    const auto end
        = std::find_if(items.cbegin() + first, items.cend(),
                       [nextRow](const HistoryItem &item) { return item.number <= nextRow; });
    return std::distance(items.cbegin() + first, end);
}

void HistoryModel::insert(const QList<HistoryItem> &items, qsizetype first, qsizetype count)
{
    beginInsertRows({}, static_cast<int>(m_taken), static_cast<int>(m_taken + count) - 1);
    m_items.insert(m_taken, count, {});
    std::copy_n(items.cbegin() + first, count, m_items.begin() + m_taken);
    m_taken += count;
    endInsertRows();
}

} // namespace Jobsweep
