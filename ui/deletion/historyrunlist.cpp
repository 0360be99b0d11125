// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historyrunlist.h"

#include "ui/historywording.h"
#include "ui/jobs/jobcelldelegate.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr int numberRole = Qt::UserRole;
constexpr int widthInCharacters = 30;

} // namespace

HistoryRunList::HistoryRunList(const HistoryRunModel &runs, QWidget *parent)
    : QListWidget(parent), m_runs(runs)
{
    setAccessibleName(tr("Runs"));
    setItemDelegate(new JobCellDelegate(JobCellDelegate::Room::AllAround, this));
    setWordWrap(true);
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addItem(tr("All runs"));
    setCurrentRow(0);

    // The row of a run is one further down than in the model.
    connect(&runs, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                for (int run = first; run <= last; ++run) {
                    insertItem(run + 1, new QListWidgetItem);
                    describe(run);
                }
            });
    connect(&runs, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                // Its successor would be chosen instead, which nobody asked for.
                if (currentRow() > first && currentRow() <= last + 1)
                    chooseAll();
                for (int run = last; run >= first; --run)
                    delete takeItem(run + 1);
            });
    connect(&runs, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                for (int run = first.row(); run <= last.row(); ++run)
                    describe(run);
            });
    connect(this, &QListWidget::currentRowChanged, this, &HistoryRunList::runChosen);
}

void HistoryRunList::describe(int run)
{
    const HistoryRun &described = m_runs.runAt(run);
    const QString title = Wording::runTitle(described.confirmedAt, described.isTrial);
    const QString counts = Wording::runResult(described.summary);
    QListWidgetItem *entry = item(run + 1);
    entry->setData(numberRole, described.number);
    entry->setText(title % u'\n' % counts);
    entry->setData(Qt::AccessibleTextRole, QString(title % u" — "_s % counts));
    const QString who = described.account.isEmpty()
        ? described.origin
        : tr("%1, %2", "account, service address").arg(described.account, described.origin);
    entry->setToolTip(escapedForRichText(tr("%1 — %2", "counts of a run, who").arg(counts, who)));
}

std::optional<qint64> HistoryRunList::chosenRun() const
{
    const QVariant number = currentItem() != nullptr ? currentItem()->data(numberRole) : QVariant();
    return number.isNull() ? std::nullopt : std::optional(number.toLongLong());
}

QSize HistoryRunList::sizeHint() const
{
    return {widthInCharacters * fontMetrics().averageCharWidth(), QListWidget::sizeHint().height()};
}

} // namespace Jobsweep
