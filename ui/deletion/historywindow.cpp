// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historywindow.h"

#include "http/whendone.h"
#include "ui/deletion/historydetails.h"
#include "ui/deletion/historyexportflow.h"
#include "ui/deletion/historyfilterbar.h"
#include "ui/deletion/historyrunlist.h"
#include "ui/deletion/historytable.h"
#include "ui/exportrow.h"
#include "ui/historywording.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr QSize firstSize{1200, 720};
constexpr std::chrono::milliseconds refreshDelay{1500};
constexpr int textWidthInCharacters = 56;
/// In average characters where there is room; the table gets the rest.
constexpr int runsWidth = 36;
constexpr int detailsWidth = 68;
constexpr int tablePage = 0;
constexpr int messagePage = 1;

} // namespace

HistoryWindow::HistoryWindow(const Parts &parts, QWidget *parent)
    : QWidget(parent, Qt::Window), m_parts(parts), m_items(parts.reader), m_runs(parts.reader),
      m_filters(new HistoryFilterBar(parts.clock)), m_runList(new HistoryRunList(m_runs)),
      m_table(new HistoryTable(m_items)), m_details(new HistoryDetails(parts.clock, parts.redact)),
      m_export(new HistoryExportFlow(this))
{
    setWindowTitle(tr("History"));
    setWindowIcon(applicationIcon());
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(refreshDelay);
    m_refreshTimer.callOnTimeout(this, &HistoryWindow::refresh);
    m_updateTimer.setSingleShot(true);
    m_updateTimer.setInterval(0);
    m_updateTimer.callOnTimeout(this, &HistoryWindow::updateAll);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filters);
    layout->addWidget(makeCentre(), 1);
    layout->addWidget(m_export->row());
    layout->addLayout(makeButtons());
    setUpShortcuts();
    connectModels();
    resize(firstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_parts.settings.historyGeometry());
    updateAll();
}

QWidget *HistoryWindow::makeCentre()
{
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_table);
    m_pages->addWidget(makeMessagePage());
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_runList);
    splitter->addWidget(m_pages);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(1, 1);
    // On a small screen the table keeps the most.
    const int letter = fontMetrics().averageCharWidth();
    const int width = firstSize.boundedTo(screen()->availableSize()).width();
    const int runs = std::min(runsWidth * letter, width / 5);
    const int details = std::min(detailsWidth * letter, width / 3);
    splitter->setSizes({runs, std::max(1, width - runs - details), details});
    return splitter;
}

QWidget *HistoryWindow::makeMessagePage()
{
    m_messageTitle = makePlainLabel();
    QFont large = m_messageTitle->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_messageTitle->setFont(large);
    m_messageText = makePlainLabel();
    m_messageText->setMaximumWidth(textWidthInCharacters * fontMetrics().averageCharWidth());
    for (QLabel *label : {m_messageTitle, m_messageText})
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_clearFilters = new QPushButton(tr("Clear Search and Filters"));
    connect(m_clearFilters, &QPushButton::clicked, this, [this] {
        m_runList->chooseAll();
        m_filters->clearAll();
    });

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    // Between stretches, not aligned: an aligned label would not get the height its lines need.
    const auto addCentred = [layout](QWidget *widget) {
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(widget, 100);
        row->addStretch(1);
        layout->addLayout(row);
    };
    layout->addStretch(2);
    layout->addWidget(m_messageTitle);
    addCentred(m_messageText);
    layout->addSpacing(layout->spacing());
    layout->addWidget(m_clearFilters, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QLayout *HistoryWindow::makeButtons()
{
    m_count = new ValueLabel(tr("Shown items"));
    m_exportButton = new QPushButton(tr("Export…"));
    m_createAgain = new QPushButton(tr("Create Again…"));
    m_clear = new QPushButton(tr("Clear History…"));
    connect(m_exportButton, &QPushButton::clicked, this, &HistoryWindow::exportItems);
    connect(m_createAgain, &QPushButton::clicked, this, &HistoryWindow::createAgain);
    connect(m_clear, &QPushButton::clicked, this, &HistoryWindow::askToClear);
    auto *row = new QHBoxLayout;
    row->addWidget(m_count, 1);
    for (QPushButton *button : {m_createAgain, m_exportButton, m_clear})
        row->addWidget(button);
    return row;
}

void HistoryWindow::setUpShortcuts()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto slot) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(tr("Find"), QKeySequence::Find, [this] { m_filters->focusSearch(); });
    add(tr("Close"), Qt::Key_Escape, [this] { close(); });
}

void HistoryWindow::connectModels()
{
    connect(&m_parts.history, &History::changed, this, [this] {
        if (isVisible() && !m_refreshTimer.isActive())
            m_refreshTimer.start();
    });
    connect(&m_parts.history, &History::failureChanged, &m_updateTimer,
            qOverload<>(&QTimer::start));
    connect(m_filters, &HistoryFilterBar::filterChanged, this, &HistoryWindow::applyFilter);
    connect(m_runList, &HistoryRunList::runChosen, this, &HistoryWindow::applyFilter);
    connect(&m_items, &HistoryModel::stateChanged, &m_updateTimer, qOverload<>(&QTimer::start));
    connect(m_table, &HistoryTable::itemSelectionChanged, this, [this] {
        m_areDetailsOld = true;
        m_updateTimer.start();
    });
    connect(&m_runs, &QAbstractItemModel::rowsInserted, &m_updateTimer,
            qOverload<>(&QTimer::start));
    connect(&m_runs, &QAbstractItemModel::rowsRemoved, &m_updateTimer, qOverload<>(&QTimer::start));
    connect(m_export, &HistoryExportFlow::runningChanged, &m_updateTimer,
            qOverload<>(&QTimer::start));
}

void HistoryWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // Back from being minimized, what was selected stays so.
    if (event->spontaneous()) {
        refresh();
        return;
    }
    applyFilter();
    m_runs.refresh();
    m_filters->focusSearch();
}

void HistoryWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refreshTimer.stop();
    m_parts.settings.setHistoryGeometry(saveGeometry());
}

void HistoryWindow::applyFilter()
{
    HistoryFilter filter = m_filters->filter();
    filter.run = m_runList->chosenRun();
    m_items.setFilter(filter);
}

void HistoryWindow::refresh()
{
    if (!isVisible())
        return;
    m_items.refresh();
    m_runs.refresh();
}

bool HistoryWindow::isFiltering() const
{
    return m_items.filter() != HistoryFilter();
}

void HistoryWindow::updateAll()
{
    updatePage();
    updateCount();
    updateButtons();
    if (std::exchange(m_areDetailsOld, false))
        showDetails();
}

void HistoryWindow::updatePage()
{
    const std::optional<HistoryFailure> &failure
        = m_items.failure() ? m_items.failure() : m_parts.history.failure();
    if (m_items.rowCount() > 0 || (m_items.isLoading() && !m_items.failure())) {
        m_pages->setCurrentIndex(tablePage);
    } else if (failure) {
        showMessage(tr("The history cannot be read"), Wording::historyFailure(*failure), false);
    } else if (isFiltering()) {
        showMessage(tr("Nothing matches"), tr("No recorded job passes the search and the filters."),
                    true);
    } else {
        showMessage(tr("Nothing was deleted yet"),
                    tr("Once you delete jobs, every one of them is recorded here with what became "
                       "of it, and can be created again."),
                    false);
    }
}

void HistoryWindow::showMessage(const QString &title, const QString &text, bool canClear)
{
    m_messageTitle->setText(title);
    m_messageText->setText(text);
    m_clearFilters->setVisible(canClear);
    m_pages->setCurrentIndex(messagePage);
}

void HistoryWindow::updateCount()
{
    const int shown = m_items.rowCount();
    const int total = static_cast<int>(m_items.total().value_or(shown));
    QString text;
    if (m_items.isLoading() && total > shown)
        text = tr("%1 of %Ln items…", nullptr, total).arg(QLocale().toString(shown));
    else if (shown > 0)
        text = shown == 1 ? tr("1 item") : tr("%Ln items", nullptr, shown);
    if (const int selected = m_table->selectedCount(); selected > 1)
        text += tr(", %Ln selected", nullptr, selected);
    m_count->setValue(text);
}

void HistoryWindow::updateButtons()
{
    const bool isGone = m_table->areSelectedGone();
    m_createAgain->setEnabled(isGone);
    m_createAgain->setToolTip(isGone ? tr("Creates the selected jobs anew")
                                     : tr("Select jobs that were deleted"));
    m_exportButton->setEnabled(m_items.rowCount() > 0 && !m_export->isRunning());
    m_clear->setEnabled(m_runs.rowCount() > 0);
}

void HistoryWindow::showDetails()
{
    const std::optional<qint64> number = m_table->currentNumber();
    m_shownItem = number;
    if (!number) {
        m_details->clear();
        return;
    }
    whenDone(m_parts.reader.details(*number), this,
             [this](const HistoryResult<QList<HistoryItemDetails>> &found) {
                 if (!found || found->isEmpty() || found->first().item.number != m_shownItem)
                     return;
                 m_details->setDetails(found->first());
             });
}

void HistoryWindow::exportItems()
{
    ExportOrder order;
    order.historyFile = m_parts.reader.fileName();
    order.filter = m_items.filter();
    const int selected = m_table->selectedCount();
    // Who selects all means all that pass the filter, also what is still being read.
    if (selected > 1 && selected < m_items.rowCount())
        order.numbers = m_table->selectedNumbers();
    m_export->request(order);
}

void HistoryWindow::createAgain()
{
    whenDone(m_parts.reader.drafts(m_table->selectedNumbers()), this,
             [this](const HistoryResult<QList<DeletedDraft>> &drafts) {
                 if (!drafts)
                     showFailure(tr("Create Again"), drafts.error());
                 else if (!drafts->isEmpty())
                     emit createAgainRequested(*drafts);
             });
}

void HistoryWindow::askToClear()
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Clear History?"),
                                tr("Clear the history of deletions?"), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("What became of the jobs is forgotten, and so are their definitions: they can then no "
           "longer be created again. Runs with jobs that are not finished stay. This cannot be "
           "undone."));
    QPushButton *clear = box->addButton(tr("Clear History"), QMessageBox::DestructiveRole);
    connect(clear, &QPushButton::clicked, this, &HistoryWindow::clearHistory);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    box->open();
}

void HistoryWindow::clearHistory()
{
    whenDone(m_parts.history.clear(), this, [this](const Recorded &cleared) {
        if (!cleared)
            showFailure(tr("Clear History"), cleared.error());
        refresh();
    });
}

void HistoryWindow::showFailure(const QString &title, const HistoryFailure &failure)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, Wording::historyFailure(failure),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

} // namespace Jobsweep
