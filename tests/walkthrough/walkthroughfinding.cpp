// SPDX-License-Identifier: GPL-3.0-or-later

// Finding the right drafts: filters that are asked of the service, values of cells, the Select
// menu, and views under a name. What is shown is compared with the demo service's own data.

#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTableView>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;

/// An iTwin, and what a person types of its name.
struct Typed
{
    QString name;
    QString part;
};

const std::array<Typed, 2> &twoITwins()
{
    static const std::array<Typed, 2> iTwins{
        {{u"River Bridge Replacement"_s, u"bridge"_s}, {u"Hydropower dams"_s, u"dams"_s}}};
    return iTwins;
}

constexpr int oldDays = 90;
const QString viewName = u"Old drafts of bridge and dams"_s;

bool isDraft(const DemoFilterSubject &job)
{
    return job.state == "unsubmitted"_L1;
}

QStringList idsOfTwoITwins(const DemoData &demo)
{
    QStringList ids;
    for (const DemoITwin &iTwin : demo.iTwins()) {
        for (const Typed &typed : twoITwins()) {
            if (iTwin.displayName == typed.name)
                ids.append(iTwin.id);
        }
    }
    return ids;
}

} // namespace

void Walkthrough::findOldDrafts()
{
    m_stage.begin(u"Find the drafts of two iTwins that are older than %1 days"_s.arg(oldDays));
    const QStringList iTwins = idsOfTwoITwins(*m_demo);
    m_stage.check(iTwins.size() == 2, u"the service has the two iTwins"_s);
    const auto isTheirs
        = [&iTwins](const DemoFilterSubject &job) { return iTwins.contains(job.iTwinId); };

    m_stage.clickButton(u"Choose iTwins…"_s);
    m_stage.waitForDialog(u"Choose iTwins"_s);
    auto &search = m_stage.the<QLineEdit>(u"Search iTwins"_s);
    const auto &found = m_stage.the<QListView>(u"iTwins"_s);
    for (const Typed &typed : twoITwins()) {
        m_stage.click(search);
        m_stage.press(Qt::Key_A, Qt::ControlModifier);
        m_stage.type(typed.part);
        m_stage.waitFor(u"“%1” finds “%2”"_s.arg(typed.part, typed.name), [&found, &typed] {
            return found.model()->rowCount() == 1
                && found.currentIndex().data().toString().startsWith(typed.name);
        });
        m_stage.press(Qt::Key_Tab);
        m_stage.press(Qt::Key_Space);
    }
    m_stage.check(m_stage.says(u"2 iTwins are checked."_s), u"both are checked"_s);
    m_stage.picture(u"choose-itwins"_s);
    m_stage.clickButton(u"Show Jobs"_s);
    m_stage.waitForDialogToClose();
    waitForJobs(u"drafts of the two iTwins, whoever made them"_s,
                demoIds([&isTheirs](const auto &job) { return isDraft(job) && isTheirs(job); }));

    auto &state = m_stage.the<QComboBox>(u"State"_s);
    m_stage.choose(state, u"All states"_s);
    waitForJobs(u"all jobs of the two iTwins"_s, demoIds(isTheirs));
    m_stage.choose(state, u"Unsubmitted"_s);

    m_stage.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    m_stage.choose(m_stage.the<QComboBox>(u"Created"_s), u"More than … days ago"_s);
    m_stage.click(m_stage.the<QSpinBox>(u"Days"_s));
    m_stage.press(Qt::Key_A, Qt::ControlModifier);
    m_stage.type(QString::number(oldDays));
    m_stage.press(Qt::Key_Tab);
    const qint64 border = m_world.clock.utc().addDays(-oldDays).toMSecsSinceEpoch();
    m_oldDrafts = demoIds([&isTheirs, border](const DemoFilterSubject &job) {
        return isDraft(job) && isTheirs(job) && job.createdMilliseconds < border;
    });
    waitForJobs(u"drafts that are old enough"_s, m_oldDrafts);
    const QString expression = m_stage.the<QPlainTextEdit>(u"Filter expression"_s).toPlainText();
    bool isComplete = expression.count(u"createdDateTime lt"_s) == 2;
    for (const QString &iTwin : iTwins)
        isComplete = isComplete && expression.contains(iTwin, Qt::CaseInsensitive);
    m_stage.check(isComplete, u"the expression for each iTwin is shown:\n"_s + expression);
    m_stage.check(m_stage.says(u"Created more than %1 days ago"_s.arg(oldDays)),
                  u"a chip says how old they are"_s);
    waitForCounts(u"%1 of "_s.arg(m_oldDrafts.size()));
    m_stage.picture(u"old-drafts"_s);
}

void Walkthrough::filterByValue()
{
    m_stage.begin(u"Narrow the list to one type by the menu of a cell"_s);
    const QString type = cell(0, Column::Type);
    m_stage.openContextMenu(table(), table().model()->index(0, columnOf(Column::Type)));
    m_stage.picture(u"cell-menu"_s);
    m_stage.clickEntry(u"Only “%1” in Type"_s.arg(type));
    const QSet<QString> ofType = demoIds(
        [&](const auto &job) { return m_oldDrafts.contains(job.id) && job.type == type; });
    waitForJobs(u"only those of the type %1"_s.arg(type), ofType);
    m_stage.check(m_stage.says(u"Type: "_s + type), u"a chip says so"_s);
    m_stage.waitFor(u"it counts them"_s, [this, &ofType] {
        return m_stage.textOf(u"Matches"_s).startsWith(u"%1 of "_s.arg(ofType.size()));
    });
    m_stage.picture(u"only-one-type"_s);
    m_stage.clickButton(u"Remove filter “Type: %1”"_s.arg(type));
    waitForJobs(u"without the chip all are shown again"_s, m_oldDrafts);
}

void Walkthrough::selectByMenu()
{
    m_stage.begin(u"Select by the menu what can be deleted"_s);
    auto &state = m_stage.the<QComboBox>(u"State"_s);
    m_stage.choose(state, u"All states"_s);
    m_stage.waitFor(u"other jobs are shown, too"_s, [this] {
        return program().core.lister.state() == JobLister::State::Complete
            && rows() > m_oldDrafts.size();
    });
    m_stage.openMenu(u"Select"_s);
    m_stage.picture(u"select-menu"_s);
    m_stage.clickEntry(u"All Drafts Shown"_s);
    const auto drafts = m_oldDrafts.size();
    waitForCounts(u"; %1 selected: %1 drafts"_s.arg(drafts));
    QSet<QString> selected;
    const auto indexes = table().selectionModel()->selectedRows(columnOf(Column::Id));
    for (const QModelIndex &index : indexes)
        selected.insert(index.data().toString());
    m_stage.check(selected == m_oldDrafts, u"it is every draft that is shown, and nothing else"_s);
    m_stage.picture(u"drafts-selected"_s);
    // Invert.
    m_stage.press(Qt::Key_I, Qt::ControlModifier);
    waitForCounts(u"; %1 selected: %1 not deletable"_s.arg(rows() - drafts));
    m_stage.choose(state, u"Unsubmitted"_s);
    waitForJobs(u"the drafts alone"_s, m_oldDrafts);
    m_stage.check(!table().selectionModel()->hasSelection(), u"what is hidden is not selected"_s);
    m_stage.picture(u"hidden-selection"_s);
}

void Walkthrough::saveView()
{
    m_stage.begin(u"Keep this view under a name, change it, and come back to it"_s);
    const QHeaderView *header = table().horizontalHeader();
    const int sortedBy = header->sortIndicatorSection();
    m_stage.openMenu(u"Saved Views"_s);
    m_stage.clickEntry(u"Save View…"_s);
    m_stage.waitForDialog(u"Save View"_s);
    m_stage.type(viewName);
    m_stage.picture(u"save-view"_s);
    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();

    m_stage.clickHeader(table(), columnOf(Column::Created));
    m_stage.press(Qt::Key_F, Qt::ControlModifier);
    m_stage.type(u"bridge"_s);
    m_stage.waitFor(u"a search shows fewer of them"_s,
                    [this] { return rows() < m_oldDrafts.size(); });
    m_stage.openMenu(u"Saved Views"_s);
    m_stage.check(m_stage.entries().contains(viewName + u" (modified)"_s),
                  u"the view is marked as modified"_s);
    m_stage.picture(u"view-modified"_s);
    m_stage.clickEntry(viewName + u" (modified)"_s);
    waitForJobs(u"chosen again, it shows the same as before"_s, m_oldDrafts);
    m_stage.check(header->sortIndicatorSection() == sortedBy, u"in the order of before"_s);
    m_stage.openMenu(u"Saved Views"_s);
    m_stage.check(m_stage.entries().contains(viewName), u"it is not modified any more"_s);
    m_stage.closeMenu();
}

void Walkthrough::chooseStarter()
{
    m_stage.begin(u"Go back to my own drafts"_s);
    m_stage.openMenu(u"Saved Views"_s);
    m_stage.clickEntry(u"My Drafts"_s);
    m_stage.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    const QString me = m_demo->user().email;
    waitForJobs(u"they are mine"_s,
                demoIds([&me](const auto &job) { return isDraft(job) && job.email == me; }));
    m_stage.check(!m_stage.shows<QWidget>(u"Active filters"_s)
                      && !m_stage.shows<QWidget>(u"More filters"_s),
                  u"no other filter is left"_s);
}

} // namespace Jobsweep::Testing
