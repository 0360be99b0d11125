// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyexporter.h"

#include <QFutureWatcher>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Jobsweep {

/// Asks where to, exports, and shows how far it is; a row that is invisible when it has nothing to
/// say. One export at a time.
class HistoryExportFlow final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryExportFlow(QWidget *parent = nullptr);
    /// Cancels a running export, so that the target stays as it was.
    ~HistoryExportFlow() override;
    Q_DISABLE_COPY_MOVE(HistoryExportFlow)

    [[nodiscard]] bool isRunning() const { return m_watcher.isRunning(); }
    /// `order` without format and target: those are asked for.
    void request(const ExportOrder &order);

signals:
    /// isRunning() is another one.
    void runningChanged();

private:
    void start(ExportOrder order, const QString &target, bool isJson);
    void finish();
    void say(const QString &sentence);
    void showFailure(const ExportFailure &failure);

    QFutureWatcher<ExportResult> m_watcher;
    QString m_target;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
};

} // namespace Jobsweep
