// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/problemmodel.h"

#include "ui/errorwording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <algorithm>

namespace Jobsweep {

namespace {

/// The item's error is the reason only where it is what led to the outcome.
const ApiError *errorBehind(const RunItem &item)
{
    const bool isOwnDecision = item.outcome == Outcome::Cancelled
        || item.outcome == Outcome::AlreadyGone || item.outcome == Outcome::Unknown;
    return item.error && !isOwnDecision ? &*item.error : nullptr;
}

Occasion occasionOf(const RunItem &item, const ApiError &error)
{
    return deletionOccasion(error, item.outcome == Outcome::Unknown);
}

} // namespace

ProblemModel::ProblemModel(const DeletionQueue &queue, QObject *parent)
    : QAbstractTableModel(parent), m_queue(queue)
{
    update();
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Columns);
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    const bool isKnown = checkIndex(index, CheckIndexOption::IndexIsValid);
    const RunItem *item = isKnown ? m_queue.item(m_shown.at(index.row())) : nullptr;
    if (item == nullptr)
        return {};
    if (role == Qt::DisplayRole)
        return text(*item, index.column());
    if (role == Qt::ToolTipRole) {
        const ApiError *error = errorBehind(*item);
        if (index.column() == ReasonColumn && error != nullptr)
            return escapedForRichText(errorLine(*error, occasionOf(*item, *error)));
        return escapedForRichText(text(*item, index.column()));
    }
    return {};
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Job");
    case OutcomeColumn:
        return tr("Outcome");
    case ReasonColumn:
        return tr("Reason");
    default:
        return {};
    }
}

JobId ProblemModel::idAt(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? m_shown.at(index.row()) : JobId();
}

void ProblemModel::update()
{
    const QList<JobId> &now = m_queue.problems();
    const auto [shownEnd, nowEnd] = std::ranges::mismatch(m_shown, now);
    const auto same = static_cast<int>(std::distance(now.begin(), nowEnd));
    if (shownEnd != m_shown.end()) {
        beginRemoveRows({}, same, rowCount() - 1);
        m_shown.resize(same);
        endRemoveRows();
    }
    if (same < now.size()) {
        beginInsertRows({}, same, static_cast<int>(now.size()) - 1);
        m_shown = now;
        endInsertRows();
    }
}

QString ProblemModel::text(const RunItem &item, int column)
{
    const Outcome outcome = item.outcome.value_or(Outcome::Failed);
    switch (column) {
    case NameColumn:
        return visibleText(item.name.isEmpty() ? item.id.text : item.name);
    case OutcomeColumn:
        return Wording::outcome(outcome);
    case ReasonColumn:
        if (const ApiError *error = errorBehind(item))
            return errorText(*error, occasionOf(item, *error)).what;
        return Wording::outcomeReason(outcome);
    default:
        return {};
    }
}

} // namespace Jobsweep
