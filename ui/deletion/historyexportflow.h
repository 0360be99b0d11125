// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyexporter.h"

#include <QObject>

namespace Jobsweep {

class ExportRow;

/// Asks where to, exports a part of the history, and says in its row what came of it.
class HistoryExportFlow final : public QObject
{
    Q_OBJECT

public:
    explicit HistoryExportFlow(QObject *parent);

    /// To be put into the window, which then owns it.
    [[nodiscard]] ExportRow *row() const { return m_row; }
    [[nodiscard]] bool isRunning() const;
    /// `order` without format and target: those are asked for.
    void request(const ExportOrder &order);

signals:
    /// isRunning() is another one.
    void runningChanged();

private:
    void start(const ExportOrder &order);
    void finish();

    QFuture<ExportResult> m_result;
    ExportRow *m_row;
};

} // namespace Jobsweep
