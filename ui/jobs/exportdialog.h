// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/settings.h"
#include "jobs/joblister.h"

#include <QDialog>

class QGridLayout;
class QLabel;
class QPushButton;
class QRadioButton;

namespace Jobsweep {

/// Asks what of the job table is exported, and how; where to is asked afterwards.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What the table holds right now.
    struct Facts
    {
        int shown = 0;
        int selected = 0;
        JobLister::State listing = JobLister::State::NotLoaded;
    };

    /// Several selected jobs are what is meant, unless the person says otherwise.
    ExportDialog(const Facts &facts, const ExportChoices &choices, QWidget *parent);

    /// The numbers may change while the dialog is open.
    void setFacts(const Facts &facts);

    [[nodiscard]] bool isOnlySelected() const;
    [[nodiscard]] bool hasAllColumns() const;
    [[nodiscard]] ExportFormat format() const;

private:
    void addRow(QGridLayout *grid, const QString &title, QRadioButton *first, QRadioButton *second);
    void updateNotes();

    Facts m_facts;
    QRadioButton *m_shown;
    QRadioButton *m_selected;
    QRadioButton *m_visibleColumns;
    QRadioButton *m_allColumns;
    QRadioButton *m_csv;
    QRadioButton *m_json;
    QLabel *m_columnsNote;
    QLabel *m_listingNote;
    QPushButton *m_export = nullptr;
};

} // namespace Jobsweep
