// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "core.h"
#include "ui/account/settingsdialog.h"
#include "ui/deletion/closingquestion.h"
#include "ui/deletion/deletionflow.h"
#include "ui/deletion/deletionpanel.h"
#include "ui/deletion/errordock.h"
#include "ui/deletion/historyflow.h"
#include "ui/deletion/runannouncer.h"
#include "ui/dockkeys.h"
#include "ui/exportrow.h"
#include "ui/helpmenu.h"
#include "ui/icons.h"
#include "ui/jobs/copymenu.h"
#include "ui/jobs/filterbar.h"
#include "ui/jobs/filterchips.h"
#include "ui/jobs/filterflow.h"
#include "ui/jobs/jobdock.h"
#include "ui/jobs/jobexportflow.h"
#include "ui/jobs/jobselection.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/listingflow.h"
#include "ui/jobs/morefilters.h"
#include "ui/jobs/pasteflow.h"
#include "ui/jobs/savedviewsmenu.h"
#include "ui/jobs/summarydock.h"
#include "ui/notices.h"
#include "ui/statusline.h"
#include "ui/toolbars.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr QSize firstSize{1180, 720};
/// In average characters, and in lines of text.
constexpr int errorWidth = 72;
constexpr int deletionHeight = 12;
/// A message in the status bar is there long enough to be read and goes by itself.
constexpr int messageMilliseconds = 10'000;

} // namespace

MainWindow::MainWindow(Core &core, QWidget *parent)
    : QMainWindow(parent), m_core(core), m_actions(this),
      m_proxy(new JobTableProxy(core.jobs, core.iTwins, this)), m_table(new JobTable(*m_proxy)),
      m_selection(new JobSelection(*m_table, *m_proxy, core.clock, this)), m_filters(new FilterBar),
      m_moreFilters(new MoreFilters(core.clock)), m_chips(new FilterChips),
      m_page(new JobsPage(m_table)), m_noticeBar(new NoticeBar(core.clock)),
      m_notices(new Notices(core, this)),
      m_statusLine(new StatusLine(core.connection, core.client, core.clock)),
      m_errorDock(new ErrorDock(core.jobs, core.queue, core.client, core.clock)),
      m_jobDock(new JobDock(core, *m_table)),
      m_copyMenu(new CopyMenu(core, *m_table, *m_proxy, this)),
      m_summaryDock(new SummaryDock(core.jobs, core.lister, core.iTwins, core.clock)),
      m_deletionDock(new QDockWidget(tr("Deletions"))),
      m_listing(
          new ListingFlow(core.connection, core.lister, core.iTwins, *m_proxy, core.clock, this)),
      m_filtering(new FilterFlow({core, *m_proxy, *m_table, *m_filters, *m_moreFilters,
                                  *m_actions.moreFilters, *m_chips, *m_listing},
                                 this)),
      m_deletion(new DeletionFlow(core, *this)), m_closing(new ClosingQuestion(core.queue, *this)),
      m_history(new HistoryFlow(core, *this)),
      m_export(new JobExportFlow(core, *m_table, *m_proxy, *this)),
      m_paste(new PasteFlow(core, *m_proxy, *this))
{
    setWindowIcon(applicationIcon());
    connect(&m_updates, &Throttle::due, this, &MainWindow::updateNow);
    setStatusBar(m_statusLine);
    new ToolBars(*this, m_actions, *m_filters);
    setUpCentre();
    setUpDocks();
    setUpMenus();
    connectActions();
    connectTable();
    connectPage();
    connectNotices();
    restoreLayout();
    updateTitle();
    updateNow();
}

void MainWindow::setUpMenus()
{
    // The tool bar holds the search: hiding it by its context menu would lead nowhere.
    setContextMenuPolicy(Qt::PreventContextMenu);
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(m_actions.settings);
    file->addSeparator();
    file->addAction(m_actions.quit);
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addAction(m_actions.undo);
    edit->addSeparator();
    edit->addMenu(m_copyMenu);
    edit->addAction(m_paste->action());
    edit->addSeparator();
    edit->addActions({m_actions.find, m_actions.clearSearch, m_actions.clearFilters});
    menuBar()->addMenu(m_selection->makeMenu(m_actions.selectAll, menuBar()));
    QMenu *jobs = menuBar()->addMenu(tr("&Jobs"));
    jobs->addActions({m_actions.refresh, m_actions.stop});
    jobs->addSeparator();
    jobs->addAction(m_actions.deleteJobs);
    jobs->addSeparator();
    jobs->addActions({m_export->action(), m_actions.history});
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addAction(m_actions.moreFilters);
    view->addSeparator();
    view->addMenu(tr("&Columns"))->addActions(m_table->columnActions());
    view->addSeparator();
    view->addActions({m_summaryDock->toggleViewAction(), m_jobDock->toggleAction(),
                      m_errorDock->toggleViewAction(), m_deletionDock->toggleViewAction()});
    auto *views = new SavedViewsMenu(m_core, *m_filtering, *m_table, *this);
    menuBar()->addMenu(views->menu());
    connect(views, &SavedViewsMenu::message, m_filtering, &FilterFlow::message);
    auto *help = new HelpMenu(*this, *m_table);
    menuBar()->addMenu(help->menu());
    connect(help, &HelpMenu::logRequested, this, &MainWindow::logRequested);
    connect(help, &HelpMenu::message, m_filtering, &FilterFlow::message);
}

void MainWindow::setUpCentre()
{
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_noticeBar);
    layout->addWidget(m_moreFilters);
    layout->addWidget(m_chips);
    layout->addWidget(m_paste->bar());
    layout->addWidget(m_page, 1);
    layout->addWidget(m_export->row());
    m_paste->acceptDropsOn(m_page);
    setCentralWidget(centre);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->addAction(m_actions.deleteJobs);
}

void MainWindow::setUpDocks()
{
    // Reading why takes height; progress does not need the whole width.
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDockWidget(Qt::RightDockWidgetArea, m_jobDock);
    tabifyDockWidget(m_jobDock, m_errorDock);
    addDockWidget(Qt::LeftDockWidgetArea, m_summaryDock);
    auto *panel = new DeletionPanel(m_core.queue, m_core.client, m_core.clock);
    m_deletionDock->setObjectName(u"deletionDock"_s);
    m_deletionDock->setWidget(panel);
    addDockWidget(Qt::BottomDockWidgetArea, m_deletionDock);
    m_deletionDock->hide();
    new DockKeys(*this);
    if (m_core.settings.windowLayout().isEmpty()) {
        sizeWhenFirstShown(m_errorDock, Qt::Horizontal);
        sizeWhenFirstShown(m_jobDock, Qt::Horizontal);
        sizeWhenFirstShown(m_deletionDock, Qt::Vertical);
    }
    connect(panel, &DeletionPanel::problemActivated, this, [this](const JobId &id) {
        m_table->selectJob(id);
        m_errorDock->showProblem(id);
    });
    connect(&m_core.queue, &DeletionQueue::phaseChanged, this, [this] {
        if (m_core.queue.isBusy())
            m_deletionDock->show();
    });
}

void MainWindow::sizeWhenFirstShown(QDockWidget *dock, Qt::Orientation orientation)
{
    const int size = orientation == Qt::Horizontal ? errorWidth * fontMetrics().averageCharWidth()
                                                   : deletionHeight * fontMetrics().height();
    connect(
        dock, &QDockWidget::visibilityChanged, this,
        [this, dock, orientation, size] { resizeDocks({dock}, {size}, orientation); },
        Qt::SingleShotConnection);
}

void MainWindow::connectActions()
{
    connect(m_actions.refresh, &QAction::triggered, m_listing, &ListingFlow::refresh);
    connect(m_actions.stop, &QAction::triggered, &m_core.lister, &JobLister::stop);
    connect(m_actions.deleteJobs, &QAction::triggered, this,
            [this] { m_deletion->request(m_table->selectedIds()); });
    connect(m_actions.undo, &QAction::triggered, &m_core.queue, &DeletionQueue::undo);
    connect(&m_core.queue, &DeletionQueue::holdChanged, m_actions.undo,
            [this] { m_actions.undo->setEnabled(m_core.queue.hold().has_value()); });
    connect(m_actions.history, &QAction::triggered, m_history, &HistoryFlow::open);
    connect(m_history, &HistoryFlow::created, m_listing, &ListingFlow::refresh);
    connect(m_actions.selectAll, &QAction::triggered, m_table, &QTableView::selectAll);
    connect(m_filters, &FilterBar::tableWanted, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_actions.find, &QAction::triggered, m_filters, &FilterBar::focusSearch);
    connect(m_actions.clearSearch, &QAction::triggered, this, [this] {
        m_filters->clearSearch();
        m_table->setFocus();
    });
    connect(m_actions.clearFilters, &QAction::triggered, m_filtering, &FilterFlow::clearAll);
    connect(m_actions.settings, &QAction::triggered, this, &MainWindow::openSettings);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_paste, &PasteFlow::queryWanted, m_filtering, &FilterFlow::setQuery);
    connect(m_summaryDock, &SummaryDock::filterRequested, m_filtering, &FilterFlow::showDrafts);
    connect(m_filtering, &FilterFlow::changed, this, &MainWindow::updateSoon);
}

void MainWindow::connectTable()
{
    connect(m_table, &JobTable::deleteRequested, m_deletion, &DeletionFlow::request);
    connect(m_table, &JobTable::jobSelectionChanged, this, [this] {
        // What was said of another selection stands where the new one is counted.
        if (m_messageSelection != selectionNow())
            m_statusLine->clearMessage();
        m_errorDock->showJob(m_table->currentJob());
        // Not with the rest: a key pressed right after the selection is meant for it.
        m_actions.deleteJobs->setEnabled(m_table->selectionModel()->hasSelection());
        updateSoon();
    });
    const auto say = [this](const QString &sentence) {
        m_messageSelection = selectionNow();
        m_statusLine->showMessage(sentence, messageMilliseconds);
    };
    connect(m_deletion, &DeletionFlow::message, this, say);
    connect(m_copyMenu, &CopyMenu::message, this, say);
    connect(m_selection, &JobSelection::message, this, say);
    connect(m_filtering, &FilterFlow::message, this, say);
    connect(m_paste, &PasteFlow::message, this, say);
    connect(m_closing, &ClosingQuestion::readyToClose, this, &QWidget::close);
    connect(m_closing, &ClosingQuestion::windowWanted, this, &MainWindow::bringToFront);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &MainWindow::updateSoon);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, &MainWindow::updateSoon);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this, &MainWindow::updateSoon);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &MainWindow::updateSoon);
    // Rows that the filter hides change only the counts.
    connect(&m_core.jobs, &QAbstractItemModel::rowsInserted, this, &MainWindow::updateSoon);
    connect(&m_core.jobs, &QAbstractItemModel::rowsRemoved, this, &MainWindow::updateSoon);
    connect(&m_core.lister, &JobLister::stateChanged, this, &MainWindow::updateSoon);
    connect(&m_core.queue, &DeletionQueue::summaryChanged, this, &MainWindow::updateTitle);
    connect(&m_core.queue, &DeletionQueue::phaseChanged, this, &MainWindow::updateTitle);
}

void MainWindow::connectPage()
{
    connect(m_page, &JobsPage::tokenRequested, this, &MainWindow::openSettings);
    connect(m_page, &JobsPage::keychainRequested, &m_core.connection,
            &Connection::askKeychainAgain);
    connect(m_page, &JobsPage::demoRequested, this, &MainWindow::demoRequested);
    connect(m_page, &JobsPage::clearFiltersRequested, m_filtering, &FilterFlow::clearAll);
    connect(m_page, &JobsPage::loadRequested, m_listing, &ListingFlow::refresh);
    connect(m_page, &JobsPage::detailsRequested, this, [this] {
        if (m_core.lister.error())
            m_errorDock->showError(*m_core.lister.error(), Occasion::Listing);
    });
    connect(&m_core.connection, &Connection::changed, this, &MainWindow::updateSoon);
    connect(&m_core.connection, &Connection::addressChanged, this, &MainWindow::updateTitle);
}

void MainWindow::connectNotices()
{
    connect(m_notices, &Notices::changed, this,
            [this] { m_noticeBar->setNotice(m_notices->notice()); });
    connect(m_noticeBar, &NoticeBar::triggered, m_notices, &Notices::perform);
    connect(m_noticeBar, &NoticeBar::focusLeft, m_page,
            [this] { m_page->currentWidget()->setFocus(); });
    connect(m_notices, &Notices::tokenWanted, this, &MainWindow::openSettings);
    connect(m_notices, &Notices::retryWanted, m_listing, &ListingFlow::refresh);
    connect(m_notices, &Notices::reviewWanted, m_deletion, &DeletionFlow::review);
    connect(m_notices, &Notices::problemsWanted, m_deletionDock, &QWidget::show);
    m_noticeBar->setNotice(m_notices->notice());
}

void MainWindow::restoreLayout()
{
    resize(firstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_core.settings.windowGeometry());
    restoreState(m_core.settings.windowLayout());
    // Their places are remembered; they open when they have something to say.
    m_errorDock->hide();
    m_deletionDock->hide();
    m_table->restoreLayout(m_core.settings.tableLayout());
    m_filtering->restoreQuery(m_core.settings.query());
}

void MainWindow::saveLayout()
{
    m_core.settings.setWindowGeometry(saveGeometry());
    m_core.settings.setWindowLayout(saveState());
    m_core.settings.setTableLayout(m_table->saveLayout());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_core.queue.isBusy()) {
        event->ignore();
        m_closing->ask();
        return;
    }
    if (m_history->showRunningCreation()) {
        event->ignore();
        // A deletion that went on without the window may have ended: it does not end the program.
        bringToFront();
        return;
    }
    saveLayout();
    event->accept();
    emit closed();
}

void MainWindow::bringToFront()
{
    if (isMinimized())
        showNormal();
    if (!isVisible()) {
        // Where it was, and not where a new window would be put.
        setGeometry(geometry());
        show();
    }
    raise();
    activateWindow();
}

MainWindow::Selection MainWindow::selectionNow() const
{
    return {m_table->selectedCount(), m_table->currentJob()};
}

void MainWindow::updateSoon()
{
    m_updates.request();
}

void MainWindow::updateNow()
{
    updatePage();
    m_filtering->updateMatches();
    const auto [selected, deletable, inDeletion] = m_table->selectedCounts();
    const bool isLoading = m_core.lister.state() == JobLister::State::Loading;
    m_statusLine->setCounts({.loaded = m_core.jobs.rowCount(),
                             .shown = m_proxy->rowCount(),
                             .selected = selected,
                             .deletable = deletable,
                             .inDeletion = inDeletion,
                             .isLoading = isLoading,
                             .unreadable = m_core.lister.unreadable()});
    m_actions.stop->setEnabled(isLoading);
    m_actions.refresh->setEnabled(m_core.connection.hasToken());
    m_actions.deleteJobs->setEnabled(selected > 0);
    m_actions.selectAll->setEnabled(m_proxy->rowCount() > 0);
}

void MainWindow::updatePage()
{
    const JobsPageKind kind = pageFor({.token = m_core.connection.tokenState(),
                                       .listing = m_core.lister.state(),
                                       .query = m_proxy->query(),
                                       .isSearching = m_filtering->isNarrowed(),
                                       .shown = m_proxy->rowCount(),
                                       .loaded = m_core.jobs.rowCount()});
    m_page->showPage(kind, m_core.lister.error(), m_core.connection.keychainResult());
}

void MainWindow::updateTitle()
{
    const Connection &connection = m_core.connection;
    const QString title
        = tr("Jobsweep — %1", "host")
              .arg(connection.isTrial() ? tr("Demo") : connection.address().authority());
    setWindowTitle(titleWithProgress(title, m_core.queue.summary(), m_core.queue.phase()));
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_core.connection, m_core.settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &MainWindow::settingsSaved);
    dialog->open();
}

void MainWindow::showDemoFailed()
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Demo"),
                                tr("The demo could not be started, because this computer did not "
                                   "allow it to listen on a port of its own."),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

} // namespace Jobsweep
