// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtable.h"

#include "ui/jobs/deletebuttondelegate.h"
#include "ui/jobs/jobcelldelegate.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/rowtable.h"
#include "ui/wording.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// Put before saved layouts; another number when columns change.
const QByteArray layoutVersion = "jobs1:"_ba;
/// Rows that are measured to size a column.
constexpr int measuredRows = 200;
/// No column is made wider than this many average characters.
constexpr int widestColumn = 42;

constexpr int indexOf(Column column)
{
    return static_cast<int>(column);
}

} // namespace

JobTable::JobTable(JobTableProxy &proxy, QWidget *parent) : QTableView(parent), m_proxy(proxy)
{
    setAccessibleName(tr("Jobs"));
    keepPlaceOfRows();
    setModel(&proxy);
    setUpRowTable(*this);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);

    setItemDelegate(new JobCellDelegate(this));
    auto *deleteButtons = new DeleteButtonDelegate(this);
    setItemDelegateForColumn(indexOf(Column::Delete), deleteButtons);
    connect(deleteButtons, &DeleteButtonDelegate::clicked, this, [this](const QModelIndex &index) {
        emit deleteRequested({m_proxy.jobAt(index.row()).id});
    });
    setUpColumns();
    watchRows();
}

void JobTable::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(false);
    header->setHighlightSections(false);
    // An empty one: to paint itself, a header asks of every row whether its column is selected.
    header->setSelectionModel(new QItemSelectionModel(&m_proxy, header));
    header->setResizeContentsPrecision(measuredRows);
    header->setSectionResizeMode(indexOf(Column::Delete), QHeaderView::ResizeToContents);
    setSortingEnabled(true);
    sortByColumn(indexOf(Column::Name), Qt::AscendingOrder);

    for (int column = 0; column < JobModel::columns; ++column) {
        // A table without names would be one of bare ids: what goes could not be recognized.
        if (column == indexOf(Column::Name))
            continue;
        auto *action = new QAction(Wording::columnTitle(static_cast<Column>(column)), this);
        action->setData(QVariant::fromValue(static_cast<Column>(column)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { setColumnHidden(column, !shown); });
        m_columnActions.append(action);
    }
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this](const QPoint &place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions(m_columnActions);
        menu->addSeparator();
        menu->addAction(tr("Fit Columns to Content"), this, &JobTable::fitColumns);
        menu->popup(horizontalHeader()->mapToGlobal(place));
    });
}

/// Before setModel(), so that it comes before what the base class and its selection model do: when
/// the current row leaves they make a neighbour current and would scroll to it.
void JobTable::keepPlaceOfRows()
{
    connect(&m_proxy, &QAbstractItemModel::rowsAboutToBeInserted, this, &JobTable::rememberTopRow);
    connect(&m_proxy, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                rememberTopRow();
                moveTopRowOutOf(first, last);
                setAutoScroll(false);
            });
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, [this] { setAutoScroll(true); });
}

void JobTable::watchRows()
{
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, &JobTable::fitColumnsOnce);
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &JobTable::announceSelection);
    connect(&m_proxy, &QAbstractItemModel::modelReset, this, &JobTable::announceSelection);
}

std::vector<int> JobTable::selectedRows() const
{
    std::vector<int> rows;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QList<JobId> JobTable::selectedIds() const
{
    const std::vector<int> rows = selectedRows();
    QList<JobId> ids;
    ids.reserve(static_cast<qsizetype>(rows.size()));
    for (const int row : rows)
        ids.append(m_proxy.jobAt(row).id);
    return ids;
}

JobTable::SelectedCounts JobTable::selectedCounts() const
{
    const std::vector<int> rows = selectedRows();
    const auto deletable = std::count_if(rows.cbegin(), rows.cend(),
                                         [this](int row) { return m_proxy.isDeletableAt(row); });
    return {static_cast<int>(rows.size()), static_cast<int>(deletable)};
}

std::optional<JobId> JobTable::currentJob() const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid() || !selectionModel()->isSelected(current))
        return {};
    return m_proxy.jobAt(current.row()).id;
}

void JobTable::selectJob(const JobId &id)
{
    const int row = m_proxy.rowOf(id);
    if (row < 0) {
        clearSelection();
        return;
    }
    selectionModel()->setCurrentIndex(m_proxy.index(row, indexOf(Column::Name)),
                                      QItemSelectionModel::ClearAndSelect
                                          | QItemSelectionModel::Rows);
}

QByteArray JobTable::saveLayout() const
{
    // The widths of a table that never had rows mean nothing, and would keep it from being fitted.
    if (!m_columnsAreSized)
        return {};
    return QByteArray(layoutVersion + horizontalHeader()->saveState());
}

void JobTable::restoreLayout(const QByteArray &layout)
{
    if (!layout.startsWith(layoutVersion)
        || !horizontalHeader()->restoreState(layout.sliced(layoutVersion.size())))
        return;
    m_columnsAreSized = true;
    setColumnHidden(indexOf(Column::Name), false);
    int action = 0;
    for (int column = 0; column < JobModel::columns; ++column) {
        if (column != indexOf(Column::Name))
            m_columnActions.at(action++)->setChecked(!isColumnHidden(column));
    }
}

void JobTable::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                           const QList<int> &roles)
{
    // The base class would paint the whole table anew for rows that nobody sees.
    if (QAccessible::isActive() || isInView(topLeft.row(), bottomRight.row()))
        QTableView::dataChanged(topLeft, bottomRight, roles);
}

bool JobTable::isInView(int firstRow, int lastRow) const
{
    const int top = rowAt(0);
    const int bottom = rowAt(viewport()->height() - 1);
    return top >= 0 && lastRow >= top && (bottom < 0 || firstRow <= bottom);
}

void JobTable::updateGeometries()
{
    QTableView::updateGeometries();
    if (!m_topRow.isValid())
        return;
    const int place = verticalHeader()->sectionPosition(m_topRow.row());
    m_topRow = QPersistentModelIndex();
    verticalScrollBar()->setValue(place - m_topRowOffset);
}

QItemSelectionModel::SelectionFlags JobTable::selectionCommand(const QModelIndex &index,
                                                               const QEvent *event) const
{
    // A row's button is about that row alone; the selection is for something else and stays.
    const bool byMouse = event
        && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease
            || event->type() == QEvent::MouseMove);
    if (byMouse && index.isValid() && index.column() == indexOf(Column::Delete)
        && index.data(JobTableProxy::DeletableRole).toBool())
        return QItemSelectionModel::NoUpdate;
    return QTableView::selectionCommand(index, event);
}

void JobTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    announceSelection();
}

void JobTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    announceSelection();
}

void JobTable::focusInEvent(QFocusEvent *event)
{
    // The base class would put the focus on the first Delete button, one Space from a deletion.
    const QModelIndex first = m_proxy.index(0, indexOf(Column::Name));
    if (!currentIndex().isValid() && first.isValid())
        selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    QTableView::focusInEvent(event);
}

void JobTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex cell = isByKeyboard ? currentIndex() : indexAt(event->pos());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    if (cell.isValid())
        emit menuAboutToShow(menu, cell);
    const QPoint place = isByKeyboard ? visualRect(cell).bottomLeft() : event->pos();
    menu->popup(viewport()->mapToGlobal(place));
}

void JobTable::announceSelection()
{
    if (std::exchange(m_announcing, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_announcing = false;
        emit jobSelectionChanged();
    });
}

void JobTable::rememberTopRow()
{
    if (m_topRow.isValid())
        return;
    // Someone who has only opened the program sees the beginning of the list grow.
    const bool watched = viewport()->underMouse() || selectionModel()->hasSelection();
    if (verticalScrollBar()->value() == verticalScrollBar()->minimum() && !watched)
        return;
    const int row = rowAt(0);
    if (row < 0)
        return;
    m_topRow = m_proxy.index(row, 0);
    m_topRowOffset = rowViewportPosition(row);
}

void JobTable::moveTopRowOutOf(int first, int last)
{
    if (!m_topRow.isValid() || m_topRow.row() < first || m_topRow.row() > last)
        return;
    const int row = last + 1 < m_proxy.rowCount() ? last + 1 : first - 1;
    m_topRow = row >= 0 ? QPersistentModelIndex(m_proxy.index(row, 0)) : QPersistentModelIndex();
}

void JobTable::fitColumns()
{
    resizeColumnsToContents();
    const int widest = widestColumn * fontMetrics().averageCharWidth();
    for (int column = 0; column < JobModel::columns; ++column) {
        if (columnWidth(column) > widest)
            setColumnWidth(column, widest);
    }
}

void JobTable::fitColumnsOnce()
{
    if (!std::exchange(m_columnsAreSized, true))
        fitColumns();
}

} // namespace Jobsweep
