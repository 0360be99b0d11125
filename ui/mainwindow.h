// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/throttle.h"
#include "jobs/job.h"
#include "ui/mainactions.h"

#include <QMainWindow>

#include <optional>
#include <utility>

namespace Jobsweep {

struct Core;
class ClosingQuestion;
class CopyMenu;
class DeletionFlow;
class ErrorDock;
class FilterBar;
class FilterChips;
class FilterFlow;
class HistoryFlow;
class JobExportFlow;
class JobDock;
class JobSelection;
class JobTable;
class JobTableProxy;
class JobsPage;
class ListingFlow;
class MoreFilters;
class NoticeBar;
class Notices;
class PasteFlow;
class StatusLine;
class SummaryDock;
enum class NoticeAction;

/// The program's window: layout, actions and connections. What happens is decided in what it holds.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// `core` must outlive the window.
    explicit MainWindow(Core &core, QWidget *parent = nullptr);

public slots:
    void showDemoFailed();
    void openSettings();

    /// Also from behind other windows, and when it is hidden.
    void bringToFront();

signals:
    /// The program may end.
    void closed();
    /// The person saved the settings.
    void settingsSaved();
    /// The person wants to try the program without an account of their own.
    void demoRequested();
    /// The person wants to see where the log is.
    void logRequested();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    /// How many jobs are selected, and the one when it is one.
    using Selection = std::pair<int, std::optional<JobId>>;

    void setUpMenus();
    void setUpCentre();
    void setUpDocks();
    void sizeWhenFirstShown(QDockWidget *dock, Qt::Orientation orientation);
    void connectActions();
    void connectTable();
    void connectPage();
    void connectNotices();
    void restoreLayout();
    void saveLayout();
    [[nodiscard]] Selection selectionNow() const;
    void updateSoon();
    void updateNow();
    void updatePage();
    void updateTitle();

    Core &m_core;
    MainActions m_actions;
    JobTableProxy *m_proxy;
    JobTable *m_table;
    JobSelection *m_selection;
    FilterBar *m_filters;
    MoreFilters *m_moreFilters;
    FilterChips *m_chips;
    JobsPage *m_page;
    NoticeBar *m_noticeBar;
    Notices *m_notices;
    StatusLine *m_statusLine;
    /// When the message in the status line came.
    Selection m_messageSelection;
    ErrorDock *m_errorDock;
    JobDock *m_jobDock;
    CopyMenu *m_copyMenu;
    SummaryDock *m_summaryDock;
    QDockWidget *m_deletionDock;
    ListingFlow *m_listing;
    FilterFlow *m_filtering;
    DeletionFlow *m_deletion;
    ClosingQuestion *m_closing;
    HistoryFlow *m_history;
    JobExportFlow *m_export;
    PasteFlow *m_paste;
    Throttle m_updates{std::chrono::milliseconds(100), this};
};

} // namespace Jobsweep
