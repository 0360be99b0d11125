// SPDX-License-Identifier: GPL-3.0-or-later

// What several steps of the walkthrough do alike: use the table, confirm, wait, read the ledger.

#include "tests/walkthrough/walkthrough.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

using Column = JobModel::Column;

void Walkthrough::sortByCreation()
{
    const QHeaderView *header = table().horizontalHeader();
    const auto isNewestFirst = [header] {
        return header->sortIndicatorSection() == columnOf(Column::Created)
            && header->sortIndicatorOrder() == Qt::DescendingOrder;
    };
    for (int clicks = 0; clicks < 2 && !isNewestFirst(); ++clicks)
        m_stage.clickHeader(table(), columnOf(Column::Created));
    m_stage.check(isNewestFirst(), u"two clicks on a header sort by it, newest first"_s);
}

bool Walkthrough::isAtTop() const
{
    return table().verticalScrollBar()->value() == 0;
}

QStringList Walkthrough::selectRows(int first, int count)
{
    table().setFocus();
    m_stage.press(Qt::Key_Home, Qt::ControlModifier);
    m_stage.clickCell(table(), table().model()->index(first, columnOf(Column::Name)));
    for (int row = 1; row < count; ++row)
        m_stage.press(Qt::Key_Down, Qt::ShiftModifier);
    QStringList ids;
    for (int row = first; row < first + count; ++row)
        ids.append(cell(row, Column::Id));
    const auto selected = table().selectionModel()->selectedRows(columnOf(Column::Id));
    const bool areSame
        = std::all_of(selected.cbegin(), selected.cend(), [&ids](const QModelIndex &index) {
              return ids.contains(index.data().toString());
          });
    m_stage.check(selected.size() == count && areSame, u"Shift+Down selects %1 rows"_s.arg(count));
    m_stage.waitFor(u"the status bar counts them"_s, [this, count] {
        return m_stage.textOf(u"Job counts"_s).contains(u"%1 selected"_s.arg(count));
    });
    return ids;
}

void Walkthrough::confirm(const QString &button, const QStringList &ids)
{
    m_stage.clickButton(button);
    m_stage.waitForDialogToClose();
    m_confirmed.unite(QSet<QString>(ids.cbegin(), ids.cend()));
}

void Walkthrough::waitForErrorPanel(int status)
{
    m_stage.waitFor(u"the error panel shows HTTP status %1"_s.arg(status), [this, status] {
        return m_stage.textOf(u"HTTP status"_s).startsWith(QString::number(status));
    });
}

void Walkthrough::waitUntilFinished()
{
    m_stage.waitFor(
        u"the deletion ends"_s, [this] { return !m_program.core.queue.isBusy(); }, 60s);
    const QSet<QString> deleted = idsWith(Outcome::Deleted);
    m_stage.waitFor(u"the rows of deleted jobs leave the table"_s, [this, &deleted] {
        return std::none_of(deleted.cbegin(), deleted.cend(), [this](const QString &id) {
            return m_program.core.jobs.find({id}) != nullptr;
        });
    });
}

QTableView &Walkthrough::table() const
{
    return m_stage.the<QTableView>(u"Jobs"_s);
}

int Walkthrough::rows() const
{
    return m_stage.shows<QTableView>(u"Jobs"_s) ? table().model()->rowCount() : 0;
}

QString Walkthrough::cell(int row, JobModel::Column column) const
{
    return table().model()->index(row, columnOf(column)).data().toString();
}

ServiceLedger Walkthrough::ledger() const
{
    return ServiceLedger::read(m_program.ledgerFile);
}

QSet<QString> Walkthrough::idsWith(Outcome outcome) const
{
    const QStringList ids = m_outcomes.keys(outcome);
    return {ids.cbegin(), ids.cend()};
}

} // namespace Jobsweep::Testing
