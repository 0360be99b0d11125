// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionqueue.h"

#include <QAbstractTableModel>

namespace Jobsweep {

/// The jobs of the run that did not simply go, with their outcome and the reason in words. Follows
/// DeletionQueue::problems(), which mostly grows at its end.
class ProblemModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, OutcomeColumn, ReasonColumn, Columns };

    /// `queue` must outlive the model.
    explicit ProblemModel(const DeletionQueue &queue, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] JobId idAt(const QModelIndex &index) const;
    /// Takes over what changed in the queue.
    void update();

private:
    [[nodiscard]] static QString text(const RunItem &item, int column);

    const DeletionQueue &m_queue;
    QList<JobId> m_shown;
};

} // namespace Jobsweep
