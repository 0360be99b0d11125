// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtableproxy.h"

#include "ui/errorwording.h"
#include "ui/icons.h"
#include "ui/jobs/naturalkey.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// Characters of one value that take part in the quick search.
constexpr qsizetype maximumSearched = 400;

Column columnOf(const QModelIndex &index)
{
    return static_cast<Column>(index.column());
}

bool isRightAligned(Column column)
{
    return column == Column::Created || column == Column::Modified
        || column == Column::EstimatedCost;
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
    case DeletionMark::Refused:
    case DeletionMark::Failed:
    case DeletionMark::Unknown:
        return IconName::Warning;
    case DeletionMark::Cancelled:
        return IconName::StateCancelled;
    }
    return IconName::StateUnknown;
}

bool isEmptyIn(const Job &job, Column column)
{
    switch (column) {
    case Column::Delete:
    case Column::State:
        return false;
    case Column::Name:
        return job.name.isEmpty();
    case Column::Type:
        return job.type.isEmpty();
    case Column::Created:
        return !job.created.isValid();
    case Column::Modified:
        return !job.modified.isValid();
    case Column::ITwin:
        return job.iTwinId.isEmpty();
    case Column::CreatedBy:
        return job.email.isEmpty();
    case Column::Location:
        return job.location.isEmpty();
    case Column::EstimatedCost:
        return !job.estimatedCost.has_value();
    case Column::Id:
        return job.id.text.isEmpty();
    }
    return true;
}

/// Rich text, because tool tips break only its lines.
QString wrappingToolTip(const QString &sentence)
{
    return u"<span>"_s % sentence.toHtmlEscaped() % u"</span>"_s;
}

template<typename T>
int order(const T &left, const T &right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

bool isOrderedAsText(Column column)
{
    return column == Column::Name || column == Column::Type || column == Column::ITwin
        || column == Column::CreatedBy || column == Column::Location;
}

} // namespace

JobTableProxy::JobTableProxy(JobModel &jobs, const ITwins &iTwins, QObject *parent)
    : RowProxy(parent), m_jobs(jobs), m_iTwins(iTwins)
{
    // These come before the base class's own slots, so that it filters by fresh texts.
    connect(&jobs, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight) {
                forgetSearchTexts(topLeft.row(), bottomRight.row());
            });
    connect(&jobs, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { forgetSearchTexts(first, last); });
    connect(&jobs, &QAbstractItemModel::modelReset, this, [this] { m_searchTexts.clear(); });
    connect(&iTwins, &ITwins::changed, this, &JobTableProxy::takeITwinNames);
    setSourceModel(&jobs);
}

void JobTableProxy::takeITwinNames()
{
    m_searchTexts.clear();
    const int column = static_cast<int>(Column::ITwin);
    if (rowCount() > 0)
        emit dataChanged(index(0, column), index(rowCount() - 1, column));
    if (sortColumn() == column)
        sortAgain();
    if (isSearching())
        filterAgain();
}

void JobTableProxy::setSearch(const QString &text)
{
    QStringList words = text.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = std::move(words);
    filterAgain();
}

void JobTableProxy::setQuery(const JobQuery &query, const QDateTime &now)
{
    // The same days before now are another time than they were.
    if (query == m_query && !query.created.olderThanDays)
        return;
    m_query = query;
    m_matcher = JobMatcher(query, now);
    filterAgain();
}

const Job &JobTableProxy::jobAt(int row) const
{
    return m_jobs.jobAt(sourceRow(row));
}

bool JobTableProxy::isDeletableAt(int row) const
{
    return m_jobs.isDeletableAt(sourceRow(row));
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

bool JobTableProxy::comesBefore(int sourceRow, int otherSourceRow) const
{
    if (sortColumn() < 0)
        return sourceRow < otherSourceRow;
    const Job &a = m_jobs.jobAt(sourceRow);
    const Job &b = m_jobs.jobAt(otherSourceRow);
    const auto column = static_cast<Column>(sortColumn());
    const bool aEmpty = isEmptyIn(a, column);
    const bool bEmpty = isEmptyIn(b, column);
    if (aEmpty != bEmpty)
        return bEmpty;

    int result = 0;
    switch (column) {
    case Column::Delete:
        result = order(!m_jobs.isDeletableAt(sourceRow), !m_jobs.isDeletableAt(otherSourceRow));
        break;
    case Column::Name:
    case Column::Type:
    case Column::ITwin:
    case Column::CreatedBy:
    case Column::Location:
        result = orderOfTexts(sourceRow, otherSourceRow, column);
        break;
    case Column::State:
        result = order(a.state, b.state);
        break;
    case Column::Created:
        result = order(a.created, b.created);
        break;
    case Column::Modified:
        result = order(a.modified, b.modified);
        break;
    case Column::EstimatedCost:
        result = order(a.estimatedCost.value_or(0), b.estimatedCost.value_or(0));
        break;
    case Column::Id:
        break;
    }
    if (result == 0)
        result = a.id.text.compare(b.id.text);
    return sortOrder() == Qt::AscendingOrder ? result < 0 : result > 0;
}

bool JobTableProxy::decidesPlaces(const QList<int> &roles) const
{
    // What a deletion makes of a job is no order, except whether it has a Delete button.
    return roles != QList<int>{JobModel::markRole}
    || sortColumn() == static_cast<int>(Column::Delete);
}

void JobTableProxy::beginSorting()
{
    const auto column = static_cast<Column>(sortColumn());
    if (!isOrderedAsText(column))
        return;
    m_sortKeys.reserve(static_cast<size_t>(m_jobs.rowCount()));
    for (int row = 0; row < m_jobs.rowCount(); ++row)
        m_sortKeys.push_back(sortKey(row, column));
}

void JobTableProxy::endSorting()
{
    m_sortKeys = {};
}

QString JobTableProxy::sortKey(int sourceRow, Column column) const
{
    const Job &job = m_jobs.jobAt(sourceRow);
    switch (column) {
    case Column::Name:
        return naturalKey(job.name);
    case Column::Type:
        return naturalKey(job.type);
    case Column::ITwin:
        return naturalKey(iTwinText(job));
    case Column::CreatedBy:
        return naturalKey(job.email);
    case Column::Location:
        return naturalKey(job.location);
    case Column::Delete:
    case Column::State:
    case Column::Created:
    case Column::Modified:
    case Column::EstimatedCost:
    case Column::Id:
        break;
    }
    return {};
}

int JobTableProxy::orderOfTexts(int sourceRow, int otherSourceRow, Column column) const
{
    if (m_sortKeys.empty())
        return sortKey(sourceRow, column).compare(sortKey(otherSourceRow, column));
    return m_sortKeys[static_cast<size_t>(sourceRow)].compare(
        m_sortKeys[static_cast<size_t>(otherSourceRow)]);
}

bool JobTableProxy::accepts(int sourceRow) const
{
    const bool inDeletion = m_jobs.markAt(sourceRow) != DeletionMark::None;
    if (!inDeletion && !m_matcher.matches(m_jobs.jobAt(sourceRow)))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString &searched = searchText(sourceRow);
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&searched](const QString &word) { return searched.contains(word); });
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
        return visibleText(iTwinText(job));
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
        return job.iTwinId.isEmpty()
            ? QString()
            : escapedForRichText(iTwinText(job)) % u"<br>"_s % escapedForRichText(job.iTwinId);
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

QString JobTableProxy::iTwinText(const Job &job) const
{
    const QString name = m_iTwins.nameOf(job.iTwinId);
    return name.isEmpty() ? job.iTwinId : name;
}

const QString &JobTableProxy::searchText(int sourceRow) const
{
    const auto found = m_searchTexts.constFind(m_jobs.jobAt(sourceRow).id);
    if (found != m_searchTexts.cend())
        return *found;
    QString all;
    for (int column = 0; column < JobModel::columns; ++column) {
        // A line break keeps a word from matching over the border of two columns.
        all += text(sourceRow, static_cast<Column>(column)).left(maximumSearched) % u'\n';
    }
    return *m_searchTexts.insert(m_jobs.jobAt(sourceRow).id, all.toCaseFolded());
}

void JobTableProxy::forgetSearchTexts(int firstSourceRow, int lastSourceRow)
{
    if (m_searchTexts.isEmpty())
        return;
    for (int row = firstSourceRow; row <= lastSourceRow; ++row)
        m_searchTexts.remove(m_jobs.jobAt(row).id);
}

} // namespace Jobsweep
