// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtableproxy.h"

#include "ui/errorwording.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

Column columnOf(const QModelIndex &index)
{
    return static_cast<Column>(index.column());
}

bool isRightAligned(Column column)
{
    return column == Column::EstimatedCost;
}

IconName iconOf(JobState state)
{
    switch (state) {
    case JobState::Unsubmitted:
        return IconName::StateUnsubmitted;
    case JobState::Active:
        return IconName::StateActive;
    case JobState::Success:
        return IconName::StateSuccess;
    case JobState::Failed:
        return IconName::StateFailed;
    case JobState::Cancelled:
        return IconName::StateCancelled;
    case JobState::Unknown:
        break;
    }
    return IconName::StateUnknown;
}

IconName iconOf(DeletionMark mark, JobState state)
{
    switch (mark) {
    case DeletionMark::None:
        return iconOf(state);
    case DeletionMark::Queued:
    case DeletionMark::Deleting:
    case DeletionMark::Checking:
        return IconName::StateActive;
    case DeletionMark::InDoubt:
    case DeletionMark::Refused:
    case DeletionMark::Failed:
    case DeletionMark::Unknown:
        return IconName::Warning;
    case DeletionMark::Cancelled:
        return IconName::StateCancelled;
    }
    return IconName::StateUnknown;
}

/// Rich text, because tool tips break only its lines.
QString wrappingToolTip(const QString &sentence)
{
    return u"<span>"_s % breakable(sentence).toHtmlEscaped() % u"</span>"_s;
}

} // namespace

JobTableProxy::JobTableProxy(JobModel &jobs, const ITwins &iTwins, QObject *parent)
    : RowProxy(parent), m_jobs(jobs), m_iTwins(iTwins), m_order(jobs, iTwins),
      m_search(jobs, [this](int sourceRow, Column column) { return text(sourceRow, column); })
{
    m_order.read(0, jobs.rowCount() - 1);
    // These come before the base class's own slots, so that it compares by fresh keys.
    connect(&jobs, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { m_order.read(first, last); });
    connect(&jobs, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight,
                   const QList<int> &roles) {
                if (decidesPlaces(roles))
                    m_order.read(topLeft.row(), bottomRight.row());
            });
    connect(&jobs, &JobModel::rowsRearranged, this, &JobTableProxy::renumber);
    connect(&iTwins, &ITwins::changed, this, &JobTableProxy::takeITwinNames);
    setSourceModel(&jobs);
}

void JobTableProxy::takeITwinNames()
{
    m_search.forgetValues();
    const int column = static_cast<int>(Column::ITwin);
    if (rowCount() > 0)
        emit dataChanged(index(0, column), index(rowCount() - 1, column));
    if (sortColumn() == column)
        sort(column, sortOrder());
    if (isSearching())
        filterAgain();
}

void JobTableProxy::setSearch(const QString &text)
{
    switch (m_search.setText(text)) {
    case QuickSearch::Change::None:
        break;
    case QuickSearch::Change::Narrower:
        filterMore();
        break;
    case QuickSearch::Change::Other:
        filterAgain();
        break;
    }
}

void JobTableProxy::setQuery(const JobQuery &query, const QDateTime &now)
{
    if (takeQuery(query, now))
        filterAgain();
}

void JobTableProxy::setValueFilters(const QList<ValueFilter> &filters)
{
    if (takeValueFilters(filters))
        filterAgain();
}

void JobTableProxy::setFilters(const JobQuery &query, const QDateTime &now,
                               const QList<ValueFilter> &values, const QString &search)
{
    const bool isOtherQuery = takeQuery(query, now);
    const bool areOtherValues = takeValueFilters(values);
    const bool isOtherSearch = m_search.setText(search) != QuickSearch::Change::None;
    if (isOtherQuery || areOtherValues || isOtherSearch)
        filterAgain();
}

bool JobTableProxy::takeQuery(const JobQuery &query, const QDateTime &now)
{
    // The same days before now are another time than they were.
    if (query == m_query && !query.created.olderThanDays)
        return false;
    m_query = query;
    m_matcher = JobMatcher(query, now);
    return true;
}

bool JobTableProxy::takeValueFilters(const QList<ValueFilter> &filters)
{
    if (filters == m_valueFilters)
        return false;
    m_valueFilters = filters;
    m_values = ValueMatcher(filters);
    return true;
}

const Job &JobTableProxy::jobAt(int row) const
{
    return m_jobs.jobAt(sourceRow(row));
}

bool JobTableProxy::isDeletableAt(int row) const
{
    return m_jobs.isDeletableAt(sourceRow(row));
}

bool JobTableProxy::isInDeletionAt(int row) const
{
    return isInDeletion(m_jobs.markAt(sourceRow(row)));
}

int JobTableProxy::rowOf(const JobId &id) const
{
    const int sourceRow = m_jobs.rowOf(id);
    return sourceRow < 0 ? -1 : mapFromSource(m_jobs.index(sourceRow, 0)).row();
}

QVariant JobTableProxy::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = sourceRow(index.row());
    const Column column = columnOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case Qt::AccessibleTextRole:
        if (column == Column::Delete)
            return deleteSentence(row);
        return isEmptyIn(m_jobs.jobAt(row), column) ? tr("empty", "a cell, for screen readers")
                                                    : text(row, column);
    case Qt::DecorationRole:
        if (column == Column::State)
            return icon(iconOf(m_jobs.markAt(row), m_jobs.jobAt(row).state));
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case DeletableRole:
        return m_jobs.isDeletableAt(row);
    default:
        return {};
    }
}

QVariant JobTableProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= JobModel::columns)
        return {};
    const auto column = static_cast<Column>(section);
    switch (role) {
    case Qt::DisplayRole:
        // The buttons in it explain the column; its title would only make it wide.
        return column == Column::Delete ? QString() : Wording::columnTitle(column);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return Wording::columnTitle(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

void JobTableProxy::sort(int column, Qt::SortOrder order)
{
    if (column >= 0)
        m_order.setColumn(static_cast<Column>(column), order);
    RowProxy::sort(column, order);
}

bool JobTableProxy::comesBefore(int sourceRow, int otherSourceRow) const
{
    return sortColumn() < 0 ? sourceRow < otherSourceRow
                            : m_order.comesBefore(sourceRow, otherSourceRow);
}

void JobTableProxy::sortRows(std::vector<int> *sourceRows) const
{
    if (sortColumn() < 0)
        std::sort(sourceRows->begin(), sourceRows->end());
    else
        m_order.sort(sourceRows);
}

bool JobTableProxy::decidesPlaces(const QList<int> &roles) const
{
    // What a deletion makes of a job is no order, except whether it has a Delete button.
    return roles != QList<int>{JobModel::markRole}
    || sortColumn() == static_cast<int>(Column::Delete);
}

bool JobTableProxy::accepts(int sourceRow) const
{
    const Job &job = m_jobs.jobAt(sourceRow);
    const StateFilter state = m_jobs.markAt(sourceRow) == DeletionMark::None ? StateFilter::Looked
                                                                             : StateFilter::Passed;
    return m_matcher.matches(job, state) && m_values.matches(job, state)
        && (m_search.isEmpty() || m_search.matches(sourceRow));
}

QString JobTableProxy::text(int sourceRow, Column column) const
{
    const Job &job = m_jobs.jobAt(sourceRow);
    switch (column) {
    case Column::Delete:
        return {};
    case Column::Name:
        // The id is all that is known of it.
        return visibleText(job.isMissing ? job.id.text : job.name);
    case Column::State: {
        const QString mark = Wording::mark(m_jobs.markAt(sourceRow));
        return mark.isEmpty() ? visibleText(Wording::stateOf(job)) : mark;
    }
    case Column::Type:
        return visibleText(job.type);
    case Column::Created:
        return Wording::dateTime(job.created);
    case Column::Modified:
        return Wording::dateTime(job.modified);
    case Column::ITwin:
        return visibleText(m_iTwins.nameOrId(job.iTwinId));
    case Column::CreatedBy:
        return visibleText(job.email);
    case Column::Location:
        return visibleText(job.location);
    case Column::EstimatedCost:
        return job.estimatedCost ? Wording::cost(*job.estimatedCost) : QString();
    case Column::Id:
        return visibleText(job.id.text);
    }
    return {};
}

QString JobTableProxy::toolTip(int sourceRow, Column column) const
{
    const Job &job = m_jobs.jobAt(sourceRow);
    switch (column) {
    case Column::Delete:
        return wrappingToolTip(deleteSentence(sourceRow));
    case Column::State:
        if (const ApiError *error = m_jobs.errorOf(job.id)) {
            const bool isUnknown = m_jobs.markAt(sourceRow) == DeletionMark::Unknown;
            return wrappingToolTip(errorLine(*error, deletionOccasion(*error, isUnknown)));
        }
        return {};
    case Column::ITwin:
        return job.iTwinId.isEmpty() ? QString()
                                     : escapedForRichText(m_iTwins.nameOrId(job.iTwinId))
                % u"<br>"_s % escapedForRichText(job.iTwinId);
    case Column::Name:
    case Column::CreatedBy:
        return escapedForRichText(text(sourceRow, column));
    case Column::Type:
    case Column::Created:
    case Column::Modified:
    case Column::Location:
    case Column::EstimatedCost:
    case Column::Id:
        break;
    }
    return {};
}

QString JobTableProxy::deleteSentence(int sourceRow) const
{
    const Job &job = m_jobs.jobAt(sourceRow);
    if (m_jobs.isDeletableAt(sourceRow))
        return tr("Delete %1").arg(visibleText(job.name.isEmpty() ? job.id.text : job.name));
    if (const auto obstacle = m_jobs.obstacleAt(sourceRow))
        return Wording::obstacle(*obstacle);
    return tr("This job is already being deleted.");
}

} // namespace Jobsweep
