// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"
#include "ui/deletion/errorpanel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedLayout;
class QTabWidget;

namespace Jobsweep {

class FactGrid;

/// Everything that is recorded about one item: the error as it was explained when it happened, what
/// else is known, and the definition of the job.
class HistoryDetails final : public QWidget
{
    Q_OBJECT

public:
    /// `clock` must outlive the widget; for `redact` see ErrorPanel.
    HistoryDetails(Clock &clock, ErrorPanel::Redaction redact, QWidget *parent = nullptr);

    void setDetails(const HistoryItemDetails &details);
    /// Asks to select an item.
    void clear();

private:
    [[nodiscard]] QWidget *makeRecordTab();
    [[nodiscard]] QWidget *makeDefinitionTab();
    void showRecord();
    void showFacts();
    void showAnswers();
    void showDefinition();
    void copyDefinition();

    ErrorPanel::Redaction m_redact;
    HistoryItemDetails m_details;
    QStackedLayout *m_pages;
    QTabWidget *m_tabs;
    ErrorPanel *m_error;
    QLabel *m_outcome = nullptr;
    QLabel *m_reason = nullptr;
    FactGrid *m_facts = nullptr;
    QLabel *m_creations = nullptr;
    QPlainTextEdit *m_definition = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace Jobsweep
