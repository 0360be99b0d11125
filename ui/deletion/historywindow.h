// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/settings.h"
#include "deletion/history.h"
#include "deletion/historymodel.h"
#include "deletion/historyreader.h"
#include "deletion/historyrunmodel.h"
#include "ui/deletion/errorpanel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLayout;
class QPushButton;
class QStackedWidget;

namespace Jobsweep {

class HistoryDetails;
class HistoryExportFlow;
class HistoryFilterBar;
class HistoryRunList;
class HistoryTable;
class ValueLabel;

/// Every deletion that is recorded: runs, items, what became of each and what the deleted jobs
/// were. A window of its own beside the main one. It reads while it is visible, and follows what is
/// written meanwhile.
class HistoryWindow final : public QWidget
{
    Q_OBJECT

public:
    struct Parts
    {
        History &history;
        HistoryReader &reader;
        Settings &settings;
        Clock &clock;
        ErrorPanel::Redaction redact;
    };

    /// The parts must outlive the window.
    explicit HistoryWindow(const Parts &parts, QWidget *parent = nullptr);

signals:
    /// The person wants these deleted jobs to be created again; nothing was sent yet.
    void createAgainRequested(const QList<Jobsweep::DeletedDraft> &drafts);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QWidget *makeCentre();
    [[nodiscard]] QWidget *makeMessagePage();
    [[nodiscard]] QLayout *makeButtons();
    void setUpShortcuts();
    void connectModels();

    void applyFilter();
    void refresh();
    void updateAll();
    void updatePage();
    void updateCount();
    void updateButtons();
    void showDetails();
    void showMessage(const QString &title, const QString &text, bool canClear);
    [[nodiscard]] bool isFiltering() const;

    void exportItems();
    void createAgain();
    void askToClear();
    void clearHistory();
    void showFailure(const QString &title, const HistoryFailure &failure);

    Parts m_parts;
    HistoryModel m_items;
    HistoryRunModel m_runs;
    HistoryFilterBar *m_filters;
    HistoryRunList *m_runList;
    HistoryTable *m_table;
    HistoryDetails *m_details;
    HistoryExportFlow *m_export;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_messageTitle = nullptr;
    QLabel *m_messageText = nullptr;
    QPushButton *m_clearFilters = nullptr;
    ValueLabel *m_count = nullptr;
    QPushButton *m_exportButton = nullptr;
    QPushButton *m_createAgain = nullptr;
    QPushButton *m_clear = nullptr;
    /// A run writes all the time; reading all of it again after each write would never end.
    QTimer m_refreshTimer;
    QTimer m_updateTimer;
    std::optional<qint64> m_shownItem;
    bool m_areDetailsOld = true;
};

} // namespace Jobsweep
