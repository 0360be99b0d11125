// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QWidget>

#include <functional>
#include <stop_token>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Jobsweep {

/// A row that shows how far an export is and what came of it; invisible when it has nothing to say.
/// One export at a time.
class ExportRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportRow(QWidget *parent = nullptr);
    /// Stops a running export and waits for it, so that the target stays as it was.
    ~ExportRow() override;
    Q_DISABLE_COPY_MOVE(ExportRow)

    /// Begins an export that ends early when the token says so.
    using Start = std::function<QFuture<void>(std::stop_token stop)>;
    void run(const QString &targetFile, const Start &start);
    [[nodiscard]] bool isRunning() const { return m_watcher.isRunning(); }

    /// The last one, as sentences name it.
    [[nodiscard]] QString shownTarget() const;

    /// What came of it; each replaces the progress.
    void sayExported(const QString &sentence);
    void sayCancelled();
    void showFailure(const QString &title, const QString &what, const QString &why);

signals:
    /// isRunning() became true …
    void started();
    /// … and false.
    void finished();

private:
    void say(const QString &sentence);
    void cancel();

    QFutureWatcher<void> m_watcher;
    std::stop_source m_stop;
    QString m_targetFile;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QPushButton *m_showInFolder;
    QPushButton *m_dismiss;
};

} // namespace Jobsweep
