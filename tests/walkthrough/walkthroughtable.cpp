// SPDX-License-Identifier: GPL-3.0-or-later

// What several steps of the walkthrough do alike: use the table, confirm, wait, read what was
// written down.

#include "tests/walkthrough/walkthrough.h"

#include "deletion/codes.h"
#include "ui/wording.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {

using Column = JobModel::Column;

namespace {

constexpr QSize windowSize{1180, 720};

} // namespace

void Walkthrough::openProgram()
{
    m_program = std::make_unique<Program>(m_world);
    QObject::connect(
        &queue(), &DeletionQueue::itemFinished, &program().window,
        [this](const JobId &id, Outcome outcome) { m_outcomes.insert(id.text, outcome); });
    QObject::connect(&program().window, &MainWindow::closed, &program().window,
                     [this] { ++m_timesClosed; });
    // As people have it: the screen without a display is smaller than theirs.
    program().window.resize(windowSize);
    program().window.show();
}

void Walkthrough::waitForList()
{
    m_stage.waitFor(u"the list is complete"_s, [this] {
        return program().core.lister.state() == JobLister::State::Complete && rows() > 0;
    });
}

void Walkthrough::sortByCreation()
{
    const QHeaderView *header = table().horizontalHeader();
    const auto isNewestFirst = [header] {
        return header->sortIndicatorSection() == columnOf(Column::Created)
            && header->sortIndicatorOrder() == Qt::DescendingOrder;
    };
    for (int clicks = 0; clicks < 2 && !isNewestFirst(); ++clicks)
        m_stage.clickHeader(table(), columnOf(Column::Created));
    m_stage.check(isNewestFirst(), u"two clicks on a header sort by it, newest first"_s);
}

bool Walkthrough::isAtTop() const
{
    return table().verticalScrollBar()->value() == 0;
}

QStringList Walkthrough::selectDrafts(int count)
{
    // A new token lists them anew.
    waitForList();
    // Refused ones stay in the table.
    int first = 0;
    for (int row = 0; row < first + count && row < rows(); ++row) {
        if (cell(row, Column::State) != u"Unsubmitted"_s)
            first = row + 1;
    }
    table().setFocus();
    m_stage.press(Qt::Key_Home, Qt::ControlModifier);
    for (int row = 0; row < first; ++row)
        m_stage.press(Qt::Key_Down);
    m_stage.clickCell(table(), table().model()->index(first, columnOf(Column::Name)));
    for (int row = 1; row < count; ++row)
        m_stage.press(Qt::Key_Down, Qt::ShiftModifier);
    QStringList ids;
    for (int row = first; row < first + count; ++row)
        ids.append(cell(row, Column::Id));
    const auto selected = table().selectionModel()->selectedRows(columnOf(Column::Id));
    const bool areSame
        = std::all_of(selected.cbegin(), selected.cend(), [&ids](const QModelIndex &index) {
              return ids.contains(index.data().toString());
          });
    m_stage.check(selected.size() == count && areSame, u"Shift+Down selects %1 rows"_s.arg(count));
    waitForCounts(u"%1 selected"_s.arg(count));
    return ids;
}

void Walkthrough::confirm(const QStringList &ids)
{
    const auto count = static_cast<int>(ids.size());
    if (m_stage.shows<QLineEdit>(u"Number of jobs"_s)) {
        m_stage.click(m_stage.the<QLineEdit>(u"Number of jobs"_s));
        m_stage.type(QString::number(count));
    }
    m_stage.clickButton(count == 1 ? u"Delete 1 Job"_s : u"Delete %1 Jobs"_s.arg(count));
    m_stage.waitForDialogToClose();
    m_confirmed.unite(QSet<QString>(ids.cbegin(), ids.cend()));
    m_confirmations += count;
}

QStringList Walkthrough::deleteDrafts(int count)
{
    QStringList ids = selectDrafts(count);
    m_stage.press(Qt::Key_Delete);
    m_stage.waitForDialog(u"Delete jobs?"_s);
    confirm(ids);
    return ids;
}

void Walkthrough::waitForErrorPanel(int status)
{
    m_stage.waitFor(u"the error panel shows HTTP status %1"_s.arg(status), [this, status] {
        return m_stage.textOf(u"HTTP status"_s).startsWith(QString::number(status));
    });
}

void Walkthrough::waitUntilSomeAreDeleted()
{
    const int before = queue().summary().deleted;
    m_stage.waitFor(u"some are deleted"_s, [this, before] {
        return queue().phase() == DeletionQueue::Phase::Running
            && queue().summary().deleted > before + 1;
    });
}

void Walkthrough::waitUntilNothingIsUnderWay()
{
    m_stage.waitFor(u"requests under way are answered"_s,
                    [this] { return program().core.limiter.underWay() == 0; });
}

void Walkthrough::waitUntilFinished()
{
    m_stage.waitFor(
        u"the deletion ends"_s, [this] { return !queue().isBusy(); }, 60s);
    const QSet<QString> deleted = idsWith(Outcome::Deleted);
    m_stage.waitFor(u"the rows of deleted jobs leave the table"_s, [this, &deleted] {
        return std::none_of(deleted.cbegin(), deleted.cend(), [this](const QString &id) {
            return program().core.jobs.find({id}) != nullptr;
        });
    });
}

void Walkthrough::giveNewToken(const QString &pictureName)
{
    const qsizetype before = ledger().size();
    m_stage.clickButtonIn(u"Notice"_s, u"Enter Access Token…"_s);
    m_stage.waitForDialog(u"Settings"_s);
    m_token = QString::fromLatin1(m_world.service.issueToken());
    m_stage.paste(m_stage.the<QLineEdit>(u"Access token"_s), m_token);
    m_stage.picture(pictureName);
    m_stage.check(ledger().size() == before, u"nothing was sent with the old token meanwhile"_s);
    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();
}

void Walkthrough::openProblem(Outcome outcome)
{
    auto &problems = m_stage.the<QTreeView>(u"Problems"_s);
    QModelIndex problem;
    for (int row = 0; row < problems.model()->rowCount() && !problem.isValid(); ++row) {
        if (problems.model()->index(row, 1).data() == Wording::outcome(outcome))
            problem = problems.model()->index(row, 0);
    }
    problems.scrollTo(problem);
    m_stage.clickCell(problems, problem);
    m_stage.waitFor(u"a click on a problem explains that job"_s, [this, &problem] {
        return m_stage.textOf(u"Job"_s) == problem.data().toString();
    });
}

QTableView &Walkthrough::table() const
{
    return m_stage.the<QTableView>(u"Jobs"_s);
}

int Walkthrough::rows() const
{
    return m_stage.shows<QTableView>(u"Jobs"_s) ? table().model()->rowCount() : 0;
}

QString Walkthrough::cell(int row, JobModel::Column column) const
{
    return table().model()->index(row, columnOf(column)).data().toString();
}

QSet<QString> Walkthrough::shownIds() const
{
    QSet<QString> ids;
    for (int row = 0; row < rows(); ++row)
        ids.insert(cell(row, Column::Id));
    return ids;
}

void Walkthrough::waitForJobs(const QString &what, const QSet<QString> &ids)
{
    m_stage.waitFor(u"%1: %2 jobs"_s.arg(what).arg(ids.size()), [this, &ids] {
        return program().core.lister.state() == JobLister::State::Complete && shownIds() == ids;
    });
}

void Walkthrough::waitForCounts(const QString &text)
{
    m_stage.waitFor(u"the status bar counts them: “%1”"_s.arg(text),
                    [this, &text] { return m_stage.textOf(u"Job counts"_s).contains(text); });
}

QSet<QString>
Walkthrough::demoIds(const std::function<bool(const DemoFilterSubject &)> &isWanted) const
{
    QSet<QString> ids;
    for (const DemoJob &job : m_demo->jobs()) {
        if (isWanted(job.facts))
            ids.insert(job.facts.id);
    }
    return ids;
}

ServiceLedger Walkthrough::ledger() const
{
    return ServiceLedger::read(m_world.ledgerFile);
}

QSet<QString> Walkthrough::idsWith(Outcome outcome) const
{
    const QStringList ids = m_outcomes.keys(outcome);
    return {ids.cbegin(), ids.cend()};
}

QSet<QString> Walkthrough::exportedIdsWith(Outcome outcome) const
{
    QSet<QString> ids;
    for (const ExportedRow &row : m_exported) {
        if (row.value(u"outcome"_s) == codeOf(outcome))
            ids.insert(row.value(u"job_id"_s));
    }
    return ids;
}

} // namespace Jobsweep::Testing
