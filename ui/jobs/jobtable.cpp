// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtable.h"

#include "ui/jobs/deletebuttondelegate.h"
#include "ui/jobs/jobcelldelegate.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/rowpainting.h"
#include "ui/jobs/rowselectionmodel.h"
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
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// Put before saved layouts; another number when columns change.
const QByteArray layoutVersion = "jobs1:"_ba;
/// Rows that are measured to size a column.
constexpr int measuredRows = 50;
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
    m_selection = new RowSelectionModel(proxy, this);
    setModel(&proxy);
    const std::unique_ptr<QItemSelectionModel> ofBaseClass(selectionModel());
    setSelectionModel(m_selection);
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
    connect(&m_proxy, &RowProxy::rowsAboutToLeave, this, [this](const std::vector<int> &rows) {
        setAutoScroll(false);
        rememberTopRow();
        moveOutOf(rows);
    });
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, [this] { setAutoScroll(true); });
}

void JobTable::watchRows()
{
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, &JobTable::fitColumnsOnce);
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &JobTable::announceSelection);
    connect(&m_proxy, &QAbstractItemModel::modelReset, this, &JobTable::announceSelection);
}

QList<JobId> JobTable::selectedIds() const
{
    QList<JobId> ids;
    ids.reserve(m_selection->selectedCount());
    for (const auto [first, last] : selectedRows()) {
        for (int row = first; row <= last; ++row)
            ids.append(m_proxy.jobAt(row).id);
    }
    return ids;
}

int JobTable::selectedCount() const
{
    return m_selection->selectedCount();
}

JobTable::SelectedCounts JobTable::selectedCounts() const
{
    SelectedCounts counts{.selected = m_selection->selectedCount()};
    for (const auto [first, last] : selectedRows()) {
        for (int row = first; row <= last; ++row) {
            counts.deletable += m_proxy.isDeletableAt(row) ? 1 : 0;
            counts.inDeletion += m_proxy.isInDeletionAt(row) ? 1 : 0;
        }
    }
    return counts;
}

const std::vector<RowRange> &JobTable::selectedRows() const
{
    return m_selection->rows();
}

void JobTable::selectRows(const std::vector<RowRange> &rows)
{
    m_selection->selectRows(rows);
}

std::optional<JobId> JobTable::currentJob() const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid() || !m_selection->containsRow(current.row()))
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

void JobTable::paintEvent(QPaintEvent *event)
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    paintRows(*this, *event, option, [this](int row) { return m_selection->containsRow(row); });
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

/// Rows that leave may be at the end before they do, where their neighbours are not.
void JobTable::moveOutOf(const std::vector<int> &leaving)
{
    const auto leaves
        = [&leaving](int row) { return std::binary_search(leaving.begin(), leaving.end(), row); };
    const auto neighbour = [this, &leaves](const QModelIndex &index) {
        int row = index.row();
        while (row < m_proxy.rowCount() && leaves(row))
            ++row;
        if (row == m_proxy.rowCount()) {
            row = index.row();
            while (row >= 0 && leaves(row))
                --row;
        }
        return m_proxy.index(row, index.column());
    };
    if (m_topRow.isValid() && leaves(m_topRow.row()))
        m_topRow = neighbour(m_topRow);
    const QModelIndex current = currentIndex();
    if (current.isValid() && leaves(current.row()))
        selectionModel()->setCurrentIndex(neighbour(current), QItemSelectionModel::NoUpdate);
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
