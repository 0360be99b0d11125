// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/createagain.h"

#include "ui/colors.h"
#include "ui/creationwording.h"
#include "ui/plaintext.h"

#include <QCloseEvent>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr std::chrono::milliseconds tickInterval{250};
constexpr int errorLinesShown = 18;

enum Column {
    NameColumn,
    TypeColumn,
    WorkspaceColumn,
    InputsColumn,
    OutputsColumn,
    LossesColumn,
    ResultColumn,
    Columns
};

void setForeign(QTreeWidgetItem *row, Column column, const QString &text)
{
    row->setText(column, visibleText(text));
    row->setToolTip(column, escapedForRichText(text));
}

QTreeWidgetItem *makeRow(const JobCreation &creation, const QPalette &palette)
{
    auto *row = new QTreeWidgetItem;
    setForeign(row, NameColumn, creation.name);
    setForeign(row, TypeColumn, creation.type);
    setForeign(row, WorkspaceColumn, creation.workspaceId);
    row->setForeground(WorkspaceColumn, mutedText(palette));
    row->setText(InputsColumn, QLocale().toString(creation.inputs));
    row->setTextAlignment(InputsColumn, Qt::AlignRight | Qt::AlignVCenter);
    setForeign(row, OutputsColumn, creation.outputs.join(u", "_s));
    setForeign(row, LossesColumn, Wording::creationLosses(creation));
    return row;
}

QColor resultColor(std::optional<CreationOutcome> outcome, const QPalette &palette)
{
    if (!outcome)
        return mutedText(palette);
    switch (*outcome) {
    case CreationOutcome::Created:
        return palette.color(QPalette::Text);
    case CreationOutcome::Refused:
    case CreationOutcome::Failed:
        return dangerAccent(palette);
    case CreationOutcome::Unknown:
    case CreationOutcome::Doubled:
        return warningAccent(palette);
    }
    Q_UNREACHABLE();
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

CreateAgain::CreateAgain(const CreationQuestion &question, std::unique_ptr<Recreation> recreation,
                         Clock &clock, ErrorPanel::Redaction redact, QWidget *parent)
    : QDialog(parent), m_question(question), m_recreation(std::move(recreation)), m_clock(clock)
{
    setWindowTitle(tr("Create jobs again?"));
    setAccessibleName(windowTitle());
    sortOut();
    m_error = new ErrorPanel(clock, std::move(redact));
    m_error->setMinimumHeight(fontMetrics().lineSpacing() * errorLinesShown);
    m_error->hide();
    build();

    m_tick.setInterval(tickInterval);
    m_tick.callOnTimeout(this, &CreateAgain::showStatus);
    connect(m_recreation.get(), &Recreation::phaseChanged, this, &CreateAgain::showStatus);
    connect(m_recreation.get(), &Recreation::itemFinished, this, [this](int index) {
        showResult(index);
        m_table->scrollToItem(m_table->topLevelItem(index));
        showStatus();
    });
    connect(m_recreation.get(), &Recreation::ended, this, &CreateAgain::showEnd);
    // Only now: a dialog does not learn of the default of a button that it does not hold yet.
    m_cancel->setDefault(true);
    m_cancel->setFocus();
}

CreateAgain::~CreateAgain() = default;

void CreateAgain::sortOut()
{
    for (const DeletedDraft &draft : std::as_const(m_question.drafts)) {
        if (const auto creation = creationFrom(draft.definition))
            m_possible.append({draft, *creation});
        else
            m_impossible.append({draft.name, creation.error()});
    }
}

void CreateAgain::build()
{
    const int count = static_cast<int>(m_possible.size());
    QString headline = tr("Create these %Ln jobs again?", nullptr, count);
    if (count == 0 && m_impossible.size() == 1)
        headline = tr("This job cannot be created again.");
    else if (count == 0)
        headline = tr("These jobs cannot be created again.");
    else if (count == 1)
        headline = tr("Create this job again?");
    m_headline = makePlainLabel(headline);
    m_headline->setFont(bold(m_headline->font()));
    // Not of the dialog, where it would stand in for what the table needs.
    m_headline->setMinimumWidth(70 * fontMetrics().averageCharWidth());

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_headline);
    m_table = makeTable();
    m_table->setVisible(count > 0);
    layout->addWidget(m_table);
    m_facts = makeFacts();
    layout->addWidget(m_facts);
    m_progress = makeProgress();
    layout->addWidget(m_progress);
    layout->addWidget(m_error, 1);
    layout->addStretch();
    layout->addWidget(makeButtons());
}

QTreeWidget *CreateAgain::makeTable()
{
    auto *table = new QTreeWidget;
    table->setAccessibleName(tr("Jobs to create"));
    table->setColumnCount(Columns);
    table->setHeaderLabels({tr("Name"), tr("Type"), tr("Workspace"), tr("Inputs"), tr("Outputs"),
                            tr("Not carried over"), tr("Result")});
    table->headerItem()->setTextAlignment(InputsColumn, Qt::AlignRight | Qt::AlignVCenter);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setTabKeyNavigation(false);
    table->setColumnHidden(ResultColumn, true);
    for (const Possible &one : std::as_const(m_possible))
        table->addTopLevelItem(makeRow(one.creation, palette()));

    QHeaderView *header = table->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    const int letter = table->fontMetrics().averageCharWidth();
    for (const auto &[column, letters] :
         {std::pair(TypeColumn, 16), std::pair(WorkspaceColumn, 14), std::pair(InputsColumn, 10),
          std::pair(OutputsColumn, 40), std::pair(LossesColumn, 60)}) {
        table->resizeColumnToContents(column);
        header->resizeSection(column, std::min(header->sectionSize(column), letters * letter));
    }
    // Room for the name beside the others, which a small screen may not have.
    const int others = header->length() - header->sectionSize(NameColumn);
    table->setMinimumWidth(std::clamp(others + 36 * letter, 130 * letter, 160 * letter));
    const int shown = std::clamp(static_cast<int>(m_possible.size()), 1, maximumShown);
    table->setFixedHeight(header->sizeHint().height() + shown * table->sizeHintForRow(0)
                          + 2 * table->frameWidth());
    connect(table, &QTreeWidget::currentItemChanged, this, &CreateAgain::showSelectedError);
    return table;
}

QWidget *CreateAgain::makeFacts()
{
    auto *facts = new QWidget;
    auto *layout = new QVBoxLayout(facts);
    layout->setContentsMargins(0, 0, 0, 0);
    const int count = static_cast<int>(m_possible.size());
    if (count > 0) {
        layout->addWidget(makePlainLabel(
            breakable(Wording::creationConsequence(count, m_question.account, m_question.host))));
    }
    const bool isAnyLost = std::ranges::any_of(m_possible, [](const Possible &one) {
        return !Wording::creationLosses(one.creation).isEmpty();
    });
    if (isAnyLost) {
        layout->addWidget(makePlainLabel(
            tr("What the table names as not carried over cannot be asked for: the service decides "
               "it anew or leaves it out.")));
    }
    if (const QString before = createdBeforeText(); !before.isEmpty()) {
        QLabel *label = makePlainLabel(before);
        QPalette warning = label->palette();
        warning.setColor(QPalette::WindowText, warningAccent(palette()));
        label->setPalette(warning);
        layout->addWidget(label);
    }
    if (!m_impossible.isEmpty())
        layout->addWidget(makeImpossible());
    return facts;
}

QString CreateAgain::createdBeforeText() const
{
    QStringList names;
    for (const Possible &one : m_possible) {
        if (one.draft.timesCreated > 0)
            names.append(breakable(isolated(one.creation.name)));
    }
    const int count = static_cast<int>(names.size());
    if (count == 0)
        return {};
    if (count == 1)
        return tr("%1 was created again before: now there would be one more.").arg(names.first());
    return tr("%Ln of these jobs were created again before: now there would be one more of each.",
              nullptr, count);
}

QWidget *CreateAgain::makeImpossible()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    const int count = static_cast<int>(m_impossible.size());
    layout->addWidget(makePlainLabel(
        count == 1 ? tr("1 job cannot be created: the service asks for what its record lacks.")
                   : tr("%Ln jobs cannot be created: the service asks for what their records lack.",
                        nullptr, count)));
    for (const Impossible &one : std::as_const(m_impossible).first(std::min(count, maximumShown))) {
        layout->addWidget(makePlainLabel(
            tr("%1: %2", "job and reasons")
                .arg(breakable(isolated(one.name)), Wording::creationObstacles(one.obstacles))));
    }
    if (count > maximumShown) {
        layout->addWidget(
            makePlainLabel(tr("and %Ln more that are not shown", nullptr, count - maximumShown)));
    }
    return box;
}

QWidget *CreateAgain::makeProgress()
{
    m_bar = new QProgressBar;
    m_bar->setAccessibleName(tr("Creation progress"));
    m_bar->setMaximum(static_cast<int>(m_possible.size()));
    m_status = makePlainLabel();

    auto *progress = new QWidget;
    auto *layout = new QVBoxLayout(progress);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_bar);
    layout->addWidget(m_status);
    progress->hide();
    return progress;
}

QWidget *CreateAgain::makeButtons()
{
    const int count = static_cast<int>(m_possible.size());
    auto *box = new QDialogButtonBox;
    m_create
        = box->addButton(count == 1 ? tr("Create 1 Job") : tr("Create %n Jobs", nullptr, count),
                         QDialogButtonBox::ActionRole);
    m_stop = box->addButton(tr("Stop"), QDialogButtonBox::ActionRole);
    m_cancel = box->addButton(QDialogButtonBox::Cancel);
    m_cancel->setText(count > 0 ? tr("Cancel") : tr("Close"));
    // Only now: the box shows all its buttons again with each that it gets.
    m_create->setVisible(count > 0);
    m_stop->hide();
    connect(m_create, &QPushButton::clicked, this, &CreateAgain::begin);
    connect(m_stop, &QPushButton::clicked, this, &CreateAgain::reject);
    connect(m_cancel, &QPushButton::clicked, this, &CreateAgain::reject);
    return box;
}

void CreateAgain::begin()
{
    if (m_recreation->phase() != Recreation::Phase::Idle)
        return;
    // No longer in the way of the main window: a new access token may be needed.
    hide();
    setWindowModality(Qt::NonModal);
    m_create->hide();
    m_cancel->hide();
    m_stop->show();
    m_facts->hide();
    m_progress->show();
    setWindowTitle(tr("Creating jobs again"));
    for (const Column column : {WorkspaceColumn, InputsColumn, OutputsColumn, LossesColumn})
        m_table->setColumnHidden(column, true);
    m_table->setColumnHidden(ResultColumn, false);
    m_table->header()->setSectionResizeMode(ResultColumn, QHeaderView::Stretch);
    m_table->setAccessibleName(tr("Jobs being created"));
    show();
    m_stop->setFocus();

    m_recreation->start(m_question.drafts);
    showStatus();
}

void CreateAgain::showResult(int index)
{
    const RecreationItem &item = m_recreation->items().at(index);
    QTreeWidgetItem *row = m_table->topLevelItem(index);
    const QString result = Wording::creationResult(item);
    row->setText(ResultColumn, result);
    row->setToolTip(ResultColumn, escapedForRichText(result));
    row->setForeground(ResultColumn, resultColor(item.outcome, palette()));
}

void CreateAgain::showStatus()
{
    if (!isRunning()) {
        m_tick.stop();
        return;
    }
    const auto until = m_recreation->pausedUntil();
    std::optional<std::chrono::milliseconds> wait;
    if (until)
        wait = std::chrono::duration_cast<std::chrono::milliseconds>(*until - m_clock.now());
    const int done = m_recreation->finishedCount();
    const int count = static_cast<int>(m_possible.size());
    m_headline->setText(
        tr("Creating job %1 of %2…")
            .arg(QLocale().toString(std::min(done + 1, count)), QLocale().toString(count)));
    m_bar->setValue(done);
    m_status->setText(Wording::creationStatus(m_recreation->phase(), wait));
    m_stop->setEnabled(m_recreation->phase() != Recreation::Phase::Stopping);
    if (m_recreation->phase() == Recreation::Phase::WaitingForService)
        m_tick.start();
    else
        m_tick.stop();
}

void CreateAgain::showEnd()
{
    const QList<RecreationItem> &items = m_recreation->items();
    QList<JobId> ids;
    int firstProblem = -1;
    for (int i = 0; i < static_cast<int>(items.size()); ++i) {
        const RecreationItem &item = items.at(i);
        if (!item.outcome)
            showResult(i);
        if (firstProblem < 0 && item.error)
            firstProblem = i;
        if (item.outcome == CreationOutcome::Created)
            ids.append(item.newId);
        ids += item.candidates;
    }
    setWindowTitle(tr("Jobs created again"));
    m_headline->setText(Wording::creationSummary(items));
    m_bar->hide();
    m_status->setText(Wording::creationEnd(m_recreation->end()));
    m_status->setVisible(!m_status->text().isEmpty());
    m_stop->hide();
    m_cancel->setText(tr("Close"));
    m_cancel->show();
    m_cancel->setFocus();
    if (firstProblem >= 0)
        m_table->setCurrentItem(m_table->topLevelItem(firstProblem));
    showSelectedError();
    // What only the progress needed is given back.
    QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection);
    if (!ids.isEmpty())
        emit created(ids);
}

void CreateAgain::showSelectedError()
{
    if (m_recreation->phase() != Recreation::Phase::Ended)
        return;
    const int row = m_table->indexOfTopLevelItem(m_table->currentItem());
    const auto &items = m_recreation->items();
    std::optional<ApiError> error = m_recreation->endError();
    QString name;
    if (row >= 0 && items.at(row).error) {
        error = items.at(row).error;
        name = items.at(row).draft.name;
    }
    m_error->setVisible(error.has_value());
    if (error) {
        const bool isSearch = exchangeOf(*error).verb == Verb::Get;
        m_error->setError(*error, isSearch ? Occasion::Listing : Occasion::Creating, name);
    }
}

bool CreateAgain::isRunning() const
{
    return m_recreation->phase() != Recreation::Phase::Idle
        && m_recreation->phase() != Recreation::Phase::Ended;
}

void CreateAgain::reject()
{
    if (isRunning())
        m_recreation->stop();
    else
        QDialog::reject();
}

void CreateAgain::closeEvent(QCloseEvent *event)
{
    if (isRunning()) {
        m_recreation->stop();
        event->ignore();
        return;
    }
    QDialog::closeEvent(event);
}

} // namespace Jobsweep
