// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobselection.h"

#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/olderdrafts.h"

#include <QAction>
#include <QMenu>

#include <array>

namespace Jobsweep {

namespace {

constexpr std::array traits{SharedTrait::Workspace, SharedTrait::Creator, SharedTrait::ITwin};

QString sharingTitle(SharedTrait trait)
{
    switch (trait) {
    case SharedTrait::Workspace:
        return JobSelection::tr("Drafts of the Same &Workspace");
    case SharedTrait::Creator:
        return JobSelection::tr("Drafts of the Same &Creator");
    case SharedTrait::ITwin:
        return JobSelection::tr("Drafts of the Same i&Twin");
    }
    Q_UNREACHABLE();
}

/// The same in a menu that says the beginning.
QString shortSharingTitle(SharedTrait trait)
{
    switch (trait) {
    case SharedTrait::Workspace:
        return JobSelection::tr("&Workspace");
    case SharedTrait::Creator:
        return JobSelection::tr("&Creator");
    case SharedTrait::ITwin:
        return JobSelection::tr("i&Twin");
    }
    Q_UNREACHABLE();
}

QString sharingHelp(SharedTrait trait)
{
    switch (trait) {
    case SharedTrait::Workspace:
        return JobSelection::tr(
            "Selects the drafts shown that belong to the same workspace as this job");
    case SharedTrait::Creator:
        return JobSelection::tr("Selects the drafts shown that the creator of this job made");
    case SharedTrait::ITwin:
        return JobSelection::tr(
            "Selects the drafts shown that belong to the same iTwin as this job");
    }
    Q_UNREACHABLE();
}

QString whyNotSharing(SharedTrait trait)
{
    switch (trait) {
    case SharedTrait::Workspace:
        return JobSelection::tr("This job does not say which workspace it belongs to");
    case SharedTrait::Creator:
        return JobSelection::tr("This job does not say who created it");
    case SharedTrait::ITwin:
        return JobSelection::tr("This job does not say which iTwin it belongs to");
    }
    Q_UNREACHABLE();
}

/// Where people look for the reason: at the menu's entry, and in the status bar.
void explain(QAction &action, bool isEnabled, const QString &sentence)
{
    action.setEnabled(isEnabled);
    action.setToolTip(sentence);
    action.setStatusTip(sentence);
}

void explainFor(QAction &action, SharedTrait trait, const Job &job)
{
    const bool saysSo = !traitOf(job, trait).isEmpty();
    explain(action, saysSo, saysSo ? sharingHelp(trait) : whyNotSharing(trait));
}

} // namespace

JobSelection::JobSelection(JobTable &table, JobTableProxy &proxy, Clock &clock, QObject *parent)
    : QObject(parent), m_table(table), m_proxy(proxy), m_clock(clock)
{
    connect(&table, &JobTable::jobSelectionChanged, this, &JobSelection::updateSharing);
    connect(&table, &JobTable::menuAboutToShow, this, [this](QMenu *menu, const QModelIndex &cell) {
        addSharing(menu, m_proxy.jobAt(cell.row()));
    });
}

QMenu *JobSelection::makeMenu(QAction *selectAll, QWidget *parent)
{
    auto *menu = new QMenu(tr("&Select"), parent);
    menu->setToolTipsVisible(true);
    menu->addAction(selectAll);
    QAction *drafts
        = menu->addAction(tr("All &Drafts Shown"), this, &JobSelection::selectAllDrafts);
    drafts->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    menu->addAction(tr("Drafts &Older Than…"), this, &JobSelection::askForAge);
    menu->addSeparator();
    for (const SharedTrait trait : traits) {
        QAction *sharing = menu->addAction(sharingTitle(trait), this, [this, trait] {
            if (const auto id = m_table.currentJob())
                selectDraftsSharing(trait, traitOf(*m_proxy.jobs().find(*id), trait));
        });
        m_sharing.insert(trait, sharing);
    }
    menu->addSeparator();
    menu->addAction(tr("&Invert Selection"), this, &JobSelection::invert)
        ->setShortcut(Qt::CTRL | Qt::Key_I);
    menu->addAction(tr("&Nothing"), this, [this] { m_table.selectRows({}); });
    updateSharing();
    return menu;
}

void JobSelection::selectAllDrafts()
{
    selectDrafts([](const Job &) { return true; }, tr("None of the jobs shown can be deleted."));
}

void JobSelection::selectOlderDrafts(const QDateTime &utc)
{
    selectDrafts([&utc](const Job &job) { return wasCreatedBefore(job, utc); },
                 tr("None of the drafts shown is that old."));
}

void JobSelection::selectDraftsSharing(SharedTrait trait, const QString &value)
{
    if (value.isEmpty())
        return;
    selectDrafts([&](const Job &job) { return hasTrait(job, trait, value); },
                 tr("None of the jobs shown that have this in common can be deleted."));
}

void JobSelection::invert()
{
    std::vector<RowRange> others;
    int next = 0;
    for (const auto [first, last] : m_table.selectedRows()) {
        if (first > next)
            others.push_back({next, first - 1});
        next = last + 1;
    }
    if (next < m_proxy.rowCount())
        others.push_back({next, m_proxy.rowCount() - 1});
    m_table.selectRows(others);
}

void JobSelection::askForAge()
{
    if (m_question)
        return;
    m_question = new OlderDrafts(m_proxy, m_clock.utc(), m_days, m_table.window());
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QDialog::accepted, this, [this] {
        m_days = m_question->days();
        selectOlderDrafts(m_question->createdBefore());
    });
    m_question->open();
}

void JobSelection::selectDrafts(const std::function<bool(const Job &)> &isWanted,
                                const QString &ifNone)
{
    std::vector<int> rows;
    for (int row = 0; row < m_proxy.rowCount(); ++row) {
        if (m_proxy.isDeletableAt(row) && isWanted(m_proxy.jobAt(row)))
            rows.push_back(row);
    }
    m_table.selectRows(rangesOf(rows));
    // The next key, such as Del, is meant for them.
    m_table.setFocus();
    if (rows.empty())
        emit message(ifNone);
}

void JobSelection::updateSharing()
{
    const auto id = m_table.currentJob();
    const Job *job = id ? m_proxy.jobs().find(*id) : nullptr;
    for (auto sharing = m_sharing.cbegin(); sharing != m_sharing.cend(); ++sharing) {
        if (job)
            explainFor(**sharing, sharing.key(), *job);
        else
            explain(**sharing, false, tr("Select a job first: its drafts are looked for"));
    }
}

void JobSelection::addSharing(QMenu *menu, const Job &job)
{
    menu->addSeparator();
    QMenu *sharing = menu->addMenu(tr("&Select Drafts of the Same"));
    sharing->setToolTipsVisible(true);
    for (const SharedTrait trait : traits) {
        QAction *action = sharing->addAction(
            shortSharingTitle(trait), this,
            [this, trait, value = traitOf(job, trait)] { selectDraftsSharing(trait, value); });
        explainFor(*action, trait, job);
    }
}

} // namespace Jobsweep
