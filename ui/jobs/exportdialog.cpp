// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/exportdialog.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

/// In average characters.
constexpr int notesWidth = 56;

} // namespace

ExportDialog::ExportDialog(const Facts &facts, const ExportChoices &choices, QWidget *parent)
    : QDialog(parent), m_shown(new QRadioButton), m_selected(new QRadioButton),
      m_visibleColumns(new QRadioButton(tr("&Visible"))),
      m_allColumns(new QRadioButton(tr("&All"))),
      m_csv(new QRadioButton(tr("&CSV, for spreadsheets"))),
      m_json(new QRadioButton(tr("&JSON, for programs"))), m_columnsNote(makePlainLabel()),
      m_listingNote(makePlainLabel())
{
    setWindowTitle(tr("Export Jobs"));
    auto *grid = new QGridLayout;
    addRow(grid, tr("Jobs:"), m_shown, m_selected);
    addRow(grid, tr("Columns:"), m_visibleColumns, m_allColumns);
    addRow(grid, tr("Format:"), m_csv, m_json);
    grid->setColumnStretch(2, 1);
    (facts.selected > 1 ? m_selected : m_shown)->setChecked(true);
    (choices.hasAllColumns ? m_allColumns : m_visibleColumns)->setChecked(true);
    (choices.format == ExportFormat::Json ? m_json : m_csv)->setChecked(true);
    for (QRadioButton *button : {m_visibleColumns, m_allColumns, m_csv, m_json})
        connect(button, &QRadioButton::toggled, this, &ExportDialog::updateNotes);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export…"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(grid);
    layout->addSpacing(layout->spacing());
    for (QLabel *note : {m_columnsNote, m_listingNote}) {
        note->setMinimumWidth(notesWidth * fontMetrics().averageCharWidth());
        layout->addWidget(note);
    }
    layout->addStretch(1);
    layout->addWidget(buttons);
    letTabReachFirstButton(*buttons);
    // Only now: before, it has no dialog that it could be the default of.
    m_export->setDefault(true);
    setFacts(facts);
    m_export->setFocus();
}

void ExportDialog::addRow(QGridLayout *grid, const QString &title, QRadioButton *first,
                          QRadioButton *second)
{
    const int row = grid->rowCount();
    auto *label = makePlainLabel(title);
    label->setWordWrap(false);
    grid->addWidget(label, row, 0);
    auto *group = new QButtonGroup(this);
    int column = 0;
    for (QRadioButton *button : {first, second}) {
        button->setAccessibleDescription(title);
        group->addButton(button);
        grid->addWidget(button, row, ++column);
    }
}

void ExportDialog::setFacts(const Facts &facts)
{
    m_facts = facts;
    m_shown->setText(tr("&Shown (%Ln)", "jobs", facts.shown));
    m_selected->setText(tr("Se&lected (%Ln)", "jobs", facts.selected));
    m_selected->setEnabled(facts.selected > 0);
    if (facts.selected == 0)
        m_shown->setChecked(true);
    m_export->setEnabled(facts.shown > 0);
    updateNotes();
}

bool ExportDialog::isOnlySelected() const
{
    return m_selected->isChecked();
}

bool ExportDialog::hasAllColumns() const
{
    return m_allColumns->isChecked();
}

ExportFormat ExportDialog::format() const
{
    return m_json->isChecked() ? ExportFormat::Json : ExportFormat::Csv;
}

void ExportDialog::updateNotes()
{
    const bool isJson = format() == ExportFormat::Json;
    if (!hasAllColumns())
        m_columnsNote->setText(tr("The columns that the table shows, in their order; an iTwin by "
                                  "name and by id."));
    else if (isJson)
        m_columnsNote->setText(tr("Every job complete, as the service sent it."));
    else
        m_columnsNote->setText(tr("All columns that the table can show, and the workspace and the "
                                  "time of submission."));
    switch (m_facts.listing) {
    case JobLister::State::Loading:
        m_listingNote->setText(tr("The list is still loading: more jobs are to come, and those "
                                  "will not be in the file."));
        break;
    case JobLister::State::Stopped:
    case JobLister::State::Failed:
        m_listingNote->setText(tr("The list was not loaded to its end: there are more jobs, and "
                                  "those will not be in the file."));
        break;
    case JobLister::State::NotLoaded:
    case JobLister::State::Complete:
        m_listingNote->clear();
        break;
    }
    m_listingNote->setVisible(!m_listingNote->text().isEmpty());
}

} // namespace Jobsweep
