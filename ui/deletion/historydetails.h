// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/historyitems.h"
#include "ui/deletion/errorpanel.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTabWidget;

namespace Jobsweep {

class FactGrid;
class JsonBox;

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

    HistoryItemDetails m_details;
    QStackedLayout *m_pages;
    QTabWidget *m_tabs;
    ErrorPanel *m_error;
    JsonBox *m_definition;
    QLabel *m_outcome = nullptr;
    QLabel *m_reason = nullptr;
    FactGrid *m_facts = nullptr;
    QLabel *m_creations = nullptr;
};

} // namespace Jobsweep
