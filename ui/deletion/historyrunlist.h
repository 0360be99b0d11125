// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyrunmodel.h"

#include <QListWidget>

#include <optional>

namespace Jobsweep {

/// The runs of the history with their counts, beneath an entry for all of them.
class HistoryRunList final : public QListWidget
{
    Q_OBJECT

public:
    /// `runs` must outlive the list.
    explicit HistoryRunList(const HistoryRunModel &runs, QWidget *parent = nullptr);

    /// HistoryRun::number; nothing for all runs.
    [[nodiscard]] std::optional<qint64> chosenRun() const;
    void chooseAll() { setCurrentRow(0); }

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void runChosen();

private:
    void describe(int run);

    const HistoryRunModel &m_runs;
};

} // namespace Jobsweep
