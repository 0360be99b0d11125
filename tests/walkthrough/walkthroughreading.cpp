// SPDX-License-Identifier: GPL-3.0-or-later

// A pasted list, the summary, one job in full, and what a person takes along: copies and a file.

#include "tests/support/csv.h"
#include "tests/walkthrough/walkthrough.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTableView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;

const QString unknownId = u"5f3b2a10-1111-4222-8333-944444444444"_s;
const QString summarizedITwin = u"Hydropower dams"_s;
constexpr qsizetype byteOrderMark = 3;

} // namespace

void Walkthrough::pasteIds()
{
    m_stage.begin(u"Paste a list of ids that somebody sent"_s);
    // Of three people, in any state.
    QStringList pasted;
    QSet<QString> people;
    for (const DemoJob &job : m_demo->jobs()) {
        if (pasted.size() < 3 && !people.contains(job.facts.email)) {
            people.insert(job.facts.email);
            pasted.append(job.facts.id);
        }
    }
    pasted.append(unknownId);
    QGuiApplication::clipboard()->setText(pasted.join(u'\n'));
    table().setFocus();
    m_stage.press(Qt::Key_V, Qt::ControlModifier);
    m_stage.waitForDialog(u"Paste Job Ids"_s);
    m_stage.check(m_stage.says(u"4 job ids are recognized."_s), u"it recognizes four ids"_s);
    m_stage.picture(u"paste-ids"_s);
    m_stage.clickButton(u"Look Up 4 Jobs"_s);
    m_stage.waitForDialogToClose();
    waitForJobs(u"exactly these are listed"_s, {pasted.cbegin(), pasted.cend()});
    int unknown = 0;
    while (unknown < rows() - 1 && cell(unknown, Column::Id) != unknownId)
        ++unknown;
    m_stage.check(cell(unknown, Column::State) == u"Not found"_s,
                  u"the unknown one is a row that says “Not found”"_s);
    m_stage.waitFor(u"the bar above the table sums it up"_s, [this] {
        return m_stage.textOf(u"What the pasted list has come to"_s).endsWith(u"1 not found"_s);
    });
    waitForCounts(u"4 jobs"_s);
    m_stage.picture(u"pasted-list"_s);
    m_stage.clickButton(u"Leave Pasted List"_s);
    waitForJobs(u"what was listed before is listed again"_s, m_oldDrafts);
}

void Walkthrough::readSummary()
{
    m_stage.begin(u"See where the drafts come from"_s);
    const QSet<QString> all = shownIds();
    m_stage.press(Qt::Key_F8);
    m_stage.waitFor(u"the summary counts all %1 drafts"_s.arg(all.size()), [this, &all] {
        return m_stage.textOf(u"Number of drafts"_s) == u"%1 drafts"_s.arg(all.size());
    });
    m_stage.picture(u"summary"_s);

    const auto iTwin
        = std::ranges::find(m_demo->iTwins(), summarizedITwin, &DemoITwin::displayName);
    const QSet<QString> theirs = demoIds([&](const DemoFilterSubject &job) {
        return all.contains(job.id) && job.iTwinId == iTwin->id;
    });
    const QString sentence = u"%1: %2 drafts."_s.arg(summarizedITwin).arg(theirs.size());
    const auto buttons = m_stage.the<QWidget>(u"Summary"_s).findChildren<QAbstractButton *>();
    const auto bar = std::ranges::find_if(buttons, [&sentence](const QAbstractButton *button) {
        return button->accessibleName().startsWith(sentence);
    });
    m_stage.check(bar != buttons.cend(), u"a bar says “%1”"_s.arg(sentence));
    m_stage.click(**bar);
    waitForJobs(u"a click on it shows these in the table"_s, theirs);
    m_stage.picture(u"summary-clicked"_s);
    m_stage.clickButton(u"Remove filter “iTwin: %1”"_s.arg(summarizedITwin));
    waitForJobs(u"without the chip all are shown again"_s, all);
    m_stage.press(Qt::Key_F8);
    m_stage.check(!m_stage.shows<QWidget>(u"Summary"_s), u"F8 closes the summary"_s);
}

void Walkthrough::readJob()
{
    m_stage.begin(u"Read everything about a job"_s);
    m_stage.clickCell(table(), table().model()->index(0, columnOf(Column::Name)));
    m_stage.press(Qt::Key_F9);
    const QString id = cell(0, Column::Id);
    m_stage.waitFor(u"F9 opens its details"_s, [this, &id] { return m_stage.says(id); });
    const DemoJob &job = m_demo->jobs().at(m_demo->placeOf(id).value());
    const DemoWorkspace *workspace = m_demo->workspace(job.workspaceId);
    m_stage.waitFor(u"they name the workspace, “%1”"_s.arg(workspace->name),
                    [this, workspace] { return m_stage.says(workspace->name); });
    m_stage.picture(u"job-details"_s);
    m_stage.clickButton(u"Raw JSON"_s);
    m_stage.waitFor(u"the JSON of the service is beneath them"_s,
                    [this] { return m_stage.shows<QWidget>(u"Raw JSON"_s); });
    m_stage.picture(u"job-json"_s);
    m_stage.clickButton(u"Raw JSON"_s);
}

void Walkthrough::copyJob()
{
    m_stage.begin(u"Copy it"_s);
    QClipboard *clipboard = QGuiApplication::clipboard();
    const QString id = cell(0, Column::Id);
    m_stage.openContextMenu(table(), table().model()->index(0, columnOf(Column::Name)));
    m_stage.clickEntry(u"Copy"_s);
    m_stage.picture(u"copy-menu"_s);
    m_stage.clickEntry(u"Request as curl"_s);
    const QString command = clipboard->text();
    m_stage.check(command.startsWith(u"curl"_s) && command.contains(id)
                      && command.contains(u"$TOKEN"_s) && !command.contains(m_token),
                  u"its request is a command without the token"_s);
    m_stage.press(Qt::Key_C, Qt::ControlModifier);
    m_stage.waitFor(u"Ctrl+C copies the row"_s, [this, clipboard, &id] {
        return clipboard->text().contains(id) && clipboard->text().contains(cell(0, Column::Type));
    });
    m_stage.press(Qt::Key_F9);
    m_stage.check(!m_stage.shows<QWidget>(u"Job details"_s), u"F9 closes the details"_s);
}

void Walkthrough::exportJobs()
{
    m_stage.begin(u"Export the jobs that are shown, and read the file back"_s);
    const QString file = m_world.folder.filePath(u"jobs.csv"_s);
    m_stage.press(Qt::Key_E, Qt::ControlModifier);
    m_stage.waitForDialog(u"Export Jobs"_s);
    m_stage.clickButton(u"All"_s);
    m_stage.picture(u"export-jobs"_s);
    m_stage.clickButton(u"Export…"_s);
    m_stage.waitFor(u"it asks for the file"_s,
                    [this] { return m_stage.shows<QLineEdit>(u"File name:"_s); });
    m_stage.waitForDialog(u"Export Jobs"_s);
    m_stage.paste(m_stage.the<QLineEdit>(u"File name:"_s), file);
    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();
    m_stage.waitFor(u"the window says that it is done"_s,
                    [this] { return m_stage.says(u"Exported %1 jobs to"_s.arg(rows())); });
    m_stage.picture(u"jobs-exported"_s);
    m_stage.clickButton(u"Dismiss"_s);

    QFile written(file);
    m_stage.check(written.open(QIODevice::ReadOnly), u"the file is there"_s);
    QList<QStringList> lines = parsedCsv(written.readAll().mid(byteOrderMark));
    const QStringList titles = lines.takeFirst();
    m_stage.check(lines.size() == rows(), u"it has all %1 jobs"_s.arg(rows()));
    const auto value = [&titles](const QStringList &line, const QString &title) {
        return line.value(titles.indexOf(title));
    };
    bool areInOrder = true;
    for (int row = 0; row < rows(); ++row)
        areInOrder = areInOrder && value(lines.at(row), u"id"_s) == cell(row, Column::Id);
    m_stage.check(areInOrder, u"in the order of the table"_s);

    const QStringList &line = lines.constLast();
    const DemoJob &job = m_demo->jobs().at(m_demo->placeOf(value(line, u"id"_s)).value());
    // Of the same second: the service started a moment after the data here was made.
    const auto created
        = QDateTime::fromString(value(line, u"createdDateTime (UTC)"_s) + u'Z', Qt::ISODate);
    m_stage.check(value(line, u"name"_s) == job.facts.name
                      && value(line, u"state"_s) == job.facts.state
                      && value(line, u"type"_s) == job.facts.type
                      && value(line, u"iTwinId"_s) == job.facts.iTwinId
                      && value(line, u"workspaceId"_s) == job.workspaceId
                      && value(line, u"email"_s) == job.facts.email
                      && value(line, u"location"_s) == job.location
                      && qAbs(created.toMSecsSinceEpoch() - job.facts.createdMilliseconds) < 2000,
                  u"the last of them, “%1”, is as the service has it"_s.arg(job.facts.name));
}

} // namespace Jobsweep::Testing
