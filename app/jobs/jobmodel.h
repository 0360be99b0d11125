// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/throttle.h"
#include "jobs/job.h"
#include "jobs/rowranges.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <deque>
#include <optional>
#include <vector>

namespace Jobsweep {

/// Where a job stands in a deletion, as its row shows it.
enum class DeletionMark {
    None,
    Queued,
    Deleting,
    /// Its answer was lost; the service will be asked …
    InDoubt,
    /// … and is being asked.
    Checking,
    Refused,
    Failed,
    Unknown,
    Cancelled,
};

/// Whether a run has the job and has not come to its outcome.
[[nodiscard]] bool isInDeletion(DeletionMark mark);

/// All listed jobs, by id, with what deletion makes of each. Gives values, not words: texts, icons
/// and order belong to the view's side. What it gives is up to date at once; rows that changed and
/// rows that leave are announced soon after the first and then ten times a second at most: changes
/// in merged ranges, of which few are wider than needed, and rows that leave as one range, to which
/// they are moved first when they are scattered. The model is reset only by clear().
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column {
        Delete,
        Name,
        State,
        Type,
        Created,
        Modified,
        ITwin,
        CreatedBy,
        Location,
        EstimatedCost,
        Id,
    };
    Q_ENUM(Column)
    static constexpr int columns = static_cast<int>(Column::Id) + 1;
    /// What dataChanged() names alone when only the deletion marks of rows changed.
    static constexpr int markRole = Qt::UserRole;

    explicit JobModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole gives the column's raw value (text, QDateTime, number).
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// Begins to take in a listing. Rows stay until endListing(Complete) finds that they were not
    /// in it.
    void beginListing();
    /// Adds new jobs and updates known ones; returns how many ids are new to this listing.
    int append(const QList<Job> &jobs);
    /// Whether append() would find an id among these that is new to this listing.
    [[nodiscard]] bool hasNew(const QList<Job> &jobs) const;
    enum class ListingEnd { Complete, Partial };
    /// After a complete listing, rows that it did not contain leave, except those in a deletion.
    void endListing(ListingEnd end);
    void clear();

    [[nodiscard]] const Job &jobAt(int row) const { return entryAt(row).job; }
    [[nodiscard]] const Job *find(const JobId &id) const;
    /// -1 when there is no such row.
    [[nodiscard]] int rowOf(const JobId &id) const;
    /// A small number that stays the job's as long as it has a row, whatever becomes of the row's
    /// number; afterwards another job may get it.
    [[nodiscard]] int slotAt(int row) const { return m_slotOfRow[static_cast<size_t>(row)]; }
    [[nodiscard]] DeletionMark markAt(int row) const { return entryAt(row).mark; }
    [[nodiscard]] DeletionMark markOf(const JobId &id) const;
    /// The last error of a deletion of this job; nullptr when there is none.
    [[nodiscard]] const ApiError *errorOf(const JobId &id) const;
    /// What the job itself, or the service's refusal, has against its deletion. A listing that
    /// still calls it a draft takes a refusal back.
    [[nodiscard]] std::optional<Obstacle> obstacleAt(int row) const;
    /// Whether a click may delete it now: no obstacle, and not already in a deletion.
    [[nodiscard]] bool isDeletableAt(int row) const;

    /// Each of these ignores an id that has no row.
    void update(const Job &job);
    void setMark(const JobId &id, DeletionMark mark);
    void setError(const JobId &id, const std::optional<ApiError> &error);
    /// Takes the row out with the next announcement.
    void removeSoon(const JobId &id);

signals:
    /// By beginListing().
    void listingBegan();
    /// Between layoutAboutToBeChanged() and layoutChanged(): where each row went. Quicker than
    /// asking with persistent indexes of all rows.
    void rowsRearranged(const std::vector<int> &newRows);
    /// The last error of a job was set, replaced or removed.
    void errorChanged(const Jobsweep::JobId &id);

private:
    /// In ascending order of what depends on it.
    enum class Change { None, Mark, Job };
    struct Entry
    {
        Job job;
        DeletionMark mark = DeletionMark::None;
        int listing = 0;
        Change unannounced = Change::None;
    };

    [[nodiscard]] const Entry &entryAt(int row) const;
    [[nodiscard]] int slotOf(const JobId &id) const;
    [[nodiscard]] Entry *entryOf(const JobId &id);
    void announceSoon(int slot, Change change);
    void announce();
    void removeLeaving();
    void announceChanges();
    void announceRows(std::vector<int> rows, const QList<int> &roles);
    void removeRowsSorted(const std::vector<int> &rows);
    void moveToTheEnd(const std::vector<int> &rows);
    void removeRange(RowRange range);

    /// Slots keep their place while rows move: id → slot is never renumbered.
    /// Not in one piece, which would be moved with every growth.
    std::deque<Entry> m_slots;
    std::vector<int> m_freeSlots;
    std::vector<int> m_slotOfRow;
    std::vector<int> m_rowOfSlot;
    QHash<JobId, int> m_slotOfId;
    QHash<JobId, ApiError> m_errors;
    QSet<JobId> m_leaving;
    /// Slots; a row that left meanwhile has nothing to announce any more.
    std::vector<int> m_changed;
    Throttle m_announcements;
    int m_listing = 0;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::DeletionMark)
