// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobmodel.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace Jobsweep {
namespace {

/// Ten thousand single announcements would keep the view busy with nothing else.
constexpr std::chrono::milliseconds betweenAnnouncements{100};
/// More ranges of changed rows are announced as one.
constexpr size_t maximumRanges = 50;

int toInt(size_t size)
{
    return static_cast<int>(size);
}

QVariant valueOf(const Job &job, JobModel::Column column)
{
    using Column = JobModel::Column;
    switch (column) {
    case Column::Delete:
        return {};
    case Column::Name:
        return job.name;
    case Column::State:
        return job.stateText;
    case Column::Type:
        return job.type;
    case Column::Created:
        return job.created;
    case Column::Modified:
        return job.modified;
    case Column::ITwin:
        return job.iTwinId;
    case Column::CreatedBy:
        return job.email;
    case Column::Location:
        return job.location;
    case Column::EstimatedCost:
        return job.estimatedCost ? QVariant(*job.estimatedCost) : QVariant();
    case Column::Id:
        return job.id.text;
    }
    Q_UNREACHABLE();
}

} // namespace

bool isInDeletion(DeletionMark mark)
{
    switch (mark) {
    case DeletionMark::Queued:
    case DeletionMark::Deleting:
    case DeletionMark::InDoubt:
    case DeletionMark::Checking:
        return true;
    case DeletionMark::None:
    case DeletionMark::Refused:
    case DeletionMark::Failed:
    case DeletionMark::Unknown:
    case DeletionMark::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
}

JobModel::JobModel(QObject *parent)
    : QAbstractTableModel(parent), m_announcements(betweenAnnouncements, this)
{
    connect(&m_announcements, &Throttle::due, this, &JobModel::announce);
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : toInt(m_slotOfRow.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return valueOf(jobAt(index.row()), static_cast<Column>(index.column()));
}

void JobModel::beginListing()
{
    ++m_listing;
    emit listingBegan();
}

int JobModel::append(const QList<Job> &jobs)
{
    int fresh = 0;
    QList<Job> added;
    added.reserve(jobs.size());
    QSet<JobId> seen;
    seen.reserve(jobs.size());
    for (const Job &job : jobs) {
        if (Entry *entry = entryOf(job.id)) {
            if (std::exchange(entry->listing, m_listing) != m_listing) {
                ++fresh;
                if (entry->mark == DeletionMark::Refused)
                    setMark(job.id, DeletionMark::None);
            }
            update(job);
        } else if (!seen.contains(job.id)) {
            seen.insert(job.id);
            added.append(job);
        }
    }
    if (added.isEmpty())
        return fresh;
    // Whoever sorts looks for their places between the rows that it knows.
    announceChanges();
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
    for (Job &job : added) {
        int slot = toInt(m_slots.size());
        if (m_freeSlots.empty()) {
            m_slots.emplace_back();
            m_rowOfSlot.push_back(-1);
        } else {
            slot = m_freeSlots.back();
            m_freeSlots.pop_back();
        }
        m_slotOfId.insert(job.id, slot);
        m_rowOfSlot[slot] = toInt(m_slotOfRow.size());
        m_slotOfRow.push_back(slot);
        m_slots[slot] = {std::move(job), DeletionMark::None, m_listing, Change::None};
    }
    endInsertRows();
    return fresh + static_cast<int>(added.size());
}

bool JobModel::hasNew(const QList<Job> &jobs) const
{
    return std::ranges::any_of(jobs, [this](const Job &job) {
        const int slot = slotOf(job.id);
        return slot < 0 || m_slots[slot].listing != m_listing;
    });
}

void JobModel::endListing(ListingEnd end)
{
    if (end == ListingEnd::Partial)
        return;
    std::vector<int> stale;
    for (int row = 0; row < rowCount(); ++row) {
        const Entry &entry = entryAt(row);
        if (entry.listing != m_listing && !isInDeletion(entry.mark))
            stale.push_back(row);
    }
    removeRowsSorted(stale);
}

void JobModel::clear()
{
    beginResetModel();
    m_slots.clear();
    m_freeSlots.clear();
    m_slotOfRow.clear();
    m_rowOfSlot.clear();
    m_slotOfId.clear();
    m_errors.clear();
    m_leaving.clear();
    m_changed.clear();
    endResetModel();
}

const Job *JobModel::find(const JobId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &jobAt(row);
}

int JobModel::rowOf(const JobId &id) const
{
    const int slot = slotOf(id);
    return slot < 0 ? -1 : m_rowOfSlot[slot];
}

DeletionMark JobModel::markOf(const JobId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? DeletionMark::None : markAt(row);
}

const ApiError *JobModel::errorOf(const JobId &id) const
{
    const auto error = m_errors.constFind(id);
    return error == m_errors.cend() ? nullptr : &*error;
}

std::optional<Obstacle> JobModel::obstacleAt(int row) const
{
    const Entry &entry = entryAt(row);
    const auto obstacle = obstacleToDeletion(entry.job);
    if (!obstacle && entry.mark == DeletionMark::Refused)
        return Obstacle::RefusedByService;
    return obstacle;
}

bool JobModel::isDeletableAt(int row) const
{
    const Entry &entry = entryAt(row);
    return !isInDeletion(entry.mark) && !obstacleAt(row) && !m_leaving.contains(entry.job.id);
}

void JobModel::update(const Job &job)
{
    Entry *entry = entryOf(job.id);
    if (!entry || entry->job == job)
        return;
    entry->job = job;
    announceSoon(slotOf(job.id), Change::Job);
}

void JobModel::setMark(const JobId &id, DeletionMark mark)
{
    Entry *entry = entryOf(id);
    if (!entry || entry->mark == mark)
        return;
    entry->mark = mark;
    announceSoon(slotOf(id), Change::Mark);
}

void JobModel::setError(const JobId &id, const std::optional<ApiError> &error)
{
    if (!entryOf(id))
        return;
    if (error) {
        m_errors.insert(id, *error);
    } else if (!m_errors.remove(id)) {
        return;
    }
    emit errorChanged(id);
}

void JobModel::removeSoon(const JobId &id)
{
    if (rowOf(id) < 0)
        return;
    m_leaving.insert(id);
    m_announcements.request();
}

const JobModel::Entry &JobModel::entryAt(int row) const
{
    return m_slots[m_slotOfRow[row]];
}

int JobModel::slotOf(const JobId &id) const
{
    return m_slotOfId.value(id, -1);
}

JobModel::Entry *JobModel::entryOf(const JobId &id)
{
    const int slot = slotOf(id);
    return slot < 0 ? nullptr : &m_slots[slot];
}

void JobModel::announceSoon(int slot, Change change)
{
    Change &unannounced = m_slots[slot].unannounced;
    if (unannounced == Change::None)
        m_changed.push_back(slot);
    unannounced = std::max(unannounced, change);
    m_announcements.request();
}

void JobModel::announce()
{
    // In this order, because most rows that changed in a deletion leave after it.
    removeLeaving();
    announceChanges();
}

void JobModel::removeLeaving()
{
    std::vector<int> rows;
    rows.reserve(m_leaving.size());
    for (const JobId &id : std::as_const(m_leaving))
        rows.push_back(rowOf(id));
    m_leaving.clear();
    std::ranges::sort(rows);
    removeRowsSorted(rows);
}

void JobModel::announceChanges()
{
    std::vector<int> ofJobs;
    std::vector<int> ofMarks;
    for (const int slot : std::exchange(m_changed, {})) {
        switch (std::exchange(m_slots[slot].unannounced, Change::None)) {
        case Change::None:
            break;
        case Change::Mark:
            ofMarks.push_back(m_rowOfSlot[slot]);
            break;
        case Change::Job:
            ofJobs.push_back(m_rowOfSlot[slot]);
            break;
        }
    }
    announceRows(std::move(ofJobs), {});
    announceRows(std::move(ofMarks), {markRole});
}

void JobModel::announceRows(std::vector<int> rows, const QList<int> &roles)
{
    std::ranges::sort(rows);
    std::vector<RowRange> ranges = rangesOf(rows);
    if (ranges.size() > maximumRanges)
        ranges = {{rows.front(), rows.back()}};
    for (const auto [first, last] : std::as_const(ranges))
        emit dataChanged(index(first, 0), index(last, columns - 1), roles);
}

void JobModel::removeRowsSorted(const std::vector<int> &rows)
{
    if (rows.empty())
        return;
    const int count = toInt(rows.size());
    if (rows.back() - rows.front() + 1 == count) {
        removeRange({rows.front(), rows.back()});
    } else {
        moveToTheEnd(rows);
        removeRange({rowCount() - count, rowCount() - 1});
    }
}

/// Removing a thousand scattered rows range by range, each one renumbers the rows after it, here
/// and in everything that looks on.
void JobModel::moveToTheEnd(const std::vector<int> &rows)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<int> newRows(m_slotOfRow.size());
    const std::vector<int> before = std::exchange(m_slotOfRow, movedToTheEnd(m_slotOfRow, rows));
    for (int row = 0; row < rowCount(); ++row)
        m_rowOfSlot[m_slotOfRow[row]] = row;
    for (size_t row = 0; row < before.size(); ++row)
        newRows[row] = m_rowOfSlot[before[row]];
    const QModelIndexList kept = persistentIndexList();
    for (const QModelIndex &index : kept)
        changePersistentIndex(index, createIndex(newRows[index.row()], index.column()));
    emit rowsRearranged(newRows);
    emit layoutChanged({}, VerticalSortHint);
}

void JobModel::removeRange(RowRange range)
{
    const auto [first, last] = range;
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        const int slot = m_slotOfRow[row];
        m_errors.remove(m_slots[slot].job.id);
        m_slotOfId.remove(m_slots[slot].job.id);
        // A listing that ends can be faster than removeSoon().
        m_leaving.remove(m_slots[slot].job.id);
        m_slots[slot] = {};
        m_rowOfSlot[slot] = -1;
        m_freeSlots.push_back(slot);
    }
    m_slotOfRow.erase(m_slotOfRow.begin() + first, m_slotOfRow.begin() + last + 1);
    for (int row = first; row < rowCount(); ++row)
        m_rowOfSlot[m_slotOfRow[row]] = row;
    endRemoveRows();
}

} // namespace Jobsweep
