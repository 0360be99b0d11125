// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/confirmdeletion.h"

#include "ui/colors.h"
#include "ui/deletion/deletionpreview.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// In average characters; more of a name would take the room of the job's.
constexpr int longestITwin = 24;

enum DraftColumn { NameColumn, ITwinColumn, IdColumn, CreatedColumn, DraftColumns };

QTreeWidgetItem *makeDraftItem(const DeletionQuestion::Draft &draft, const QPalette &palette)
{
    auto *item = new QTreeWidgetItem;
    item->setText(NameColumn, visibleText(draft.name));
    item->setToolTip(NameColumn, escapedForRichText(draft.name));
    item->setText(CreatedColumn, Wording::dateTime(draft.created));
    item->setTextAlignment(CreatedColumn, Qt::AlignRight | Qt::AlignVCenter);
    item->setText(ITwinColumn, visibleText(draft.iTwinName));
    item->setToolTip(ITwinColumn, escapedForRichText(draft.iTwinName));
    item->setText(IdColumn, visibleText(draft.id.text));
    item->setForeground(IdColumn, mutedText(palette));
    return item;
}

void makeBold(QWidget *widget)
{
    QFont bold = widget->font();
    bold.setBold(true);
    widget->setFont(bold);
}

} // namespace

ConfirmDeletion::ConfirmDeletion(const DeletionQuestion &question, QWidget *parent)
    : QDialog(parent), m_question(question), m_count(static_cast<int>(question.drafts.size()))
{
    setWindowTitle(tr("Delete jobs?"));
    setAccessibleName(windowTitle());
    setModal(true);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeHeadline());
    layout->addWidget(makeList());
    if (m_count > maximumNamed) {
        layout->addWidget(
            makePlainLabel(tr("and %Ln more that are not shown", nullptr, m_count - maximumNamed)));
    }
    layout->addWidget(makeFacts());
    m_previewPlace = new QVBoxLayout;
    layout->addLayout(m_previewPlace);
    if (m_count > maximumUntyped)
        layout->addWidget(makeNumberField());
    layout->addStretch();
    layout->addWidget(makeButtons());
    checkNumber();
    // Only now: a dialog does not learn of the default of a button that it does not hold yet, and
    // would choose another one as soon as the focus leaves the buttons.
    m_cancel->setDefault(true);
    if (m_number != nullptr)
        m_number->setFocus();
    else
        m_cancel->setFocus();
}

QString ConfirmDeletion::headline() const
{
    if (m_question.interruptedAt.isValid()) {
        const QString when = Wording::dateTime(m_question.interruptedAt);
        return m_count == 1
            ? tr("The deletion of %1 was interrupted before this job was deleted. Delete it now?")
                  .arg(when)
            : tr("The deletion of %1 was interrupted before these %Ln jobs were deleted. Delete "
                 "them now?",
                 nullptr, m_count)
                  .arg(when);
    }
    return m_count == 1 ? tr("Delete this job?") : tr("Delete these %Ln jobs?", nullptr, m_count);
}

QWidget *ConfirmDeletion::makeHeadline() const
{
    QLabel *label = makePlainLabel(headline());
    makeBold(label);
    return label;
}

QTreeWidget *ConfirmDeletion::makeList() const
{
    auto *list = new QTreeWidget;
    list->setAccessibleName(tr("Jobs to delete"));
    list->setColumnCount(DraftColumns);
    list->setHeaderLabels({Wording::columnTitle(JobModel::Column::Name),
                           Wording::columnTitle(JobModel::Column::ITwin),
                           Wording::columnTitle(JobModel::Column::Id),
                           Wording::columnTitle(JobModel::Column::Created)});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setTabKeyNavigation(false);
    list->setTextElideMode(Qt::ElideMiddle);
    const int named = std::min(m_count, maximumNamed);
    for (int i = 0; i < named; ++i)
        list->addTopLevelItem(makeDraftItem(m_question.drafts.at(i), palette()));

    QHeaderView *header = list->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ITwinColumn, QHeaderView::Interactive);
    header->setSectionsMovable(false);
    const int letter = list->fontMetrics().averageCharWidth();
    const QAbstractItemView *view = list;
    header->resizeSection(
        ITwinColumn,
        std::clamp(view->sizeHintForColumn(ITwinColumn), 12 * letter, longestITwin * letter));
    // The id takes 36 letters; the name gets about as much room as it.
    list->setMinimumWidth(130 * letter);
    // As high as its rows, unless the screen is too low for that: then it scrolls.
    constexpr int fewestRows = 3;
    const int around = header->sizeHint().height() + 2 * list->frameWidth();
    const int row = list->sizeHintForRow(0);
    list->setMinimumHeight(around + std::min(named, fewestRows) * row);
    list->setMaximumHeight(around + named * row);
    list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    return list;
}

QWidget *ConfirmDeletion::makeFacts() const
{
    auto *facts = new QWidget;
    auto *form = new QFormLayout(facts);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const DeletionQuestion::LeftOut &leftOut : m_question.leftOut)
        form->addRow(makePlainLabel(Wording::leftOut(leftOut.obstacle, leftOut.count)));
    if (m_question.alreadyBeingDeleted > 0)
        form->addRow(makePlainLabel(Wording::leftOutAsQueued(m_question.alreadyBeingDeleted)));
    form->addRow(makePlainLabel(undoText()));
    if (m_question.isUnrecorded)
        form->addRow(makePlainLabel(tr("This deletion will not be recorded in the history.")));
    if (outlastsToken())
        form->addRow(makePlainLabel(tokenText()));
    const auto add = [form](const QString &caption, const QString &shown) {
        QLabel *value = makePlainLabel(breakable(shown));
        form->addRow(makeCaption(caption, value), value);
    };
    add(tr("Service:"), visibleText(m_question.host));
    // More of a name would take the room of the jobs on a small screen.
    constexpr qsizetype longestAccount = 80;
    if (!m_question.account.isEmpty())
        add(tr("Account:"), visibleText(m_question.account, longestAccount));
    return facts;
}

/// What can be taken back, and until when.
QString ConfirmDeletion::undoText() const
{
    QString afterwards = m_question.isUnrecorded
        ? tr("A job that was deleted is gone.")
        : tr("A job that was deleted is gone; from the history it can only be created again, as a "
             "new job.");
    if (m_question.hold.count() == 0)
        return afterwards;
    return tr("You can undo this for %1. %2", "time, what holds afterwards")
        .arg(Wording::duration(m_question.hold), afterwards);
}

bool ConfirmDeletion::outlastsToken() const
{
    return m_question.tokenLeft && m_question.duration
        && *m_question.tokenLeft < m_question.hold + *m_question.duration;
}

QString ConfirmDeletion::tokenText() const
{
    if (m_question.tokenLeft->count() <= 0)
        return tr("The access token has expired: the deletion will wait for a new one.");
    return tr("The access token ends in %1, before the deletion does (about %2). It will then wait "
              "for a new one.")
        .arg(Wording::duration(*m_question.tokenLeft), Wording::duration(*m_question.duration));
}

QWidget *ConfirmDeletion::makeNumberField()
{
    m_number = new QLineEdit;
    m_number->setAccessibleName(tr("Number of jobs"));
    m_number->setMaximumWidth(m_number->fontMetrics().averageCharWidth() * 16);
    connect(m_number, &QLineEdit::textChanged, this, &ConfirmDeletion::checkNumber);

    auto *field = new QWidget;
    auto *row = new QHBoxLayout(field);
    row->setContentsMargins(0, 0, 0, 0);
    QLabel *label = makePlainLabel(
        tr("To go on, type the number of jobs that will be deleted (%1):").arg(m_count));
    label->setWordWrap(false);
    label->setBuddy(m_number);
    row->addWidget(label);
    row->addWidget(m_number);
    row->addStretch();
    return field;
}

QWidget *ConfirmDeletion::makeButtons()
{
    auto *box = new QDialogButtonBox;
    // By this role it stands apart from the answers, at the other side, in every style.
    auto *preview = box->addButton(tr("What Will Happen"), QDialogButtonBox::ResetRole);
    preview->setCheckable(true);
    connect(preview, &QPushButton::toggled, this, &ConfirmDeletion::showPreview);
    if (m_question.interruptedAt.isValid()) {
        const QPushButton *keep = box->addButton(m_count == 1 ? tr("Keep Job") : tr("Keep Jobs"),
                                                 QDialogButtonBox::RejectRole);
        connect(keep, &QPushButton::clicked, this, [this] {
            reject();
            emit keepWanted(ids());
        });
    }
    m_delete
        = box->addButton(m_count == 1 ? tr("Delete 1 Job") : tr("Delete %n Jobs", nullptr, m_count),
                         QDialogButtonBox::DestructiveRole);
    m_cancel = box->addButton(QDialogButtonBox::Cancel);
    m_cancel->setText(tr("Cancel"));
    connect(m_delete, &QPushButton::clicked, this, &ConfirmDeletion::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &ConfirmDeletion::reject);
    return box;
}

void ConfirmDeletion::showPreview(bool isWanted)
{
    // Made only now: a line for each of a thousand jobs is for who wants to read them.
    if (m_preview == nullptr) {
        m_preview = new DeletionPreview(m_question);
        m_previewPlace->addWidget(m_preview);
    }
    m_preview->setVisible(isWanted);
    // The dialog gives back the room that it took for the preview.
    QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection);
}

void ConfirmDeletion::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_number != nullptr && m_number->hasFocus()) {
        // Neither answer may be given by the key that ends the typing.
        if (m_delete->isEnabled())
            m_delete->setFocus(Qt::TabFocusReason);
        return;
    }
    QDialog::keyPressEvent(event);
}

void ConfirmDeletion::checkNumber()
{
    if (m_number == nullptr)
        return;
    const QString typed = m_number->text().trimmed();
    m_delete->setEnabled(typed == QString::number(m_count) || typed == QLocale().toString(m_count));
}

QList<JobId> ConfirmDeletion::ids() const
{
    QList<JobId> all;
    all.reserve(m_count);
    for (const DeletionQuestion::Draft &draft : m_question.drafts)
        all.append(draft.id);
    return all;
}

void ConfirmDeletion::confirm()
{
    if (std::exchange(m_isConfirmed, true))
        return;
    accept();
    emit confirmed(ids());
}

} // namespace Jobsweep
