// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historymodel.h"

#include <QIdentityProxyModel>

namespace Jobsweep {

/// The items of the history in words, row by row as the model has them.
class HistoryItemWords final : public QIdentityProxyModel
{
    Q_OBJECT

public:
    /// `items` must outlive it.
    explicit HistoryItemWords(HistoryModel &items, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    const HistoryModel &m_items;
};

} // namespace Jobsweep
