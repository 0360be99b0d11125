// SPDX-License-Identifier: GPL-3.0-or-later

// The history: finding in it, reading it, exporting it, and creating again what was deleted.

#include "deletion/historymodel.h"
#include "tests/support/csv.h"
#include "tests/walkthrough/walkthrough.h"
#include "ui/wording.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

constexpr int jobColumn = static_cast<int>(HistoryModel::Column::Job);
constexpr int outcomeColumn = static_cast<int>(HistoryModel::Column::Outcome);
constexpr qsizetype byteOrderMark = 3;
const QString searchedWord = u"survey"_s;

} // namespace

void Walkthrough::openHistory()
{
    m_stage.begin(u"Open the history"_s);
    m_stage.press(Qt::Key_H, Qt::ControlModifier);
    m_stage.turnToWindow(u"History"_s);
    const auto &items = m_stage.the<QTableView>(u"History items"_s);
    m_stage.waitFor(u"it shows all %1 items"_s.arg(m_confirmations), [this, &items] {
        return items.model()->rowCount() == m_confirmations
            && m_stage.textOf(u"Shown items"_s).startsWith(QString::number(m_confirmations));
    });
    const auto &runs = m_stage.the<QListWidget>(u"Runs"_s);
    m_stage.waitFor(u"the runs are listed beside them"_s, [&runs] { return runs.count() > 1; });
    m_stage.picture(u"history"_s);
}

void Walkthrough::searchHistory()
{
    m_stage.begin(u"Search the history for “%1”, and for what was refused"_s.arg(searchedWord));
    auto &items = m_stage.the<QTableView>(u"History items"_s);
    const auto &field = m_stage.the<QLineEdit>(u"Search history"_s);
    const auto all = [&items](int column, const QString &text) {
        const int count = items.model()->rowCount();
        bool areSame = count > 0;
        for (int row = 0; row < count; ++row) {
            const QString shown = items.model()->index(row, column).data().toString();
            areSame = areSame && shown.contains(text, Qt::CaseInsensitive);
        }
        return areSame;
    };
    m_stage.check(field.hasFocus(), u"the search field has the keyboard"_s);
    m_stage.type(searchedWord);
    m_stage.waitFor(u"only jobs with that name are shown"_s,
                    [&all] { return all(jobColumn, searchedWord); });
    m_stage.picture(u"history-search"_s);
    m_stage.press(Qt::Key_A, Qt::ControlModifier);
    m_stage.type(u"nothing is called so"_s);
    m_stage.waitFor(u"a page says that nothing matches"_s,
                    [this] { return m_stage.says(u"Nothing matches"_s); });
    m_stage.picture(u"history-nothing"_s);
    m_stage.clickButton(u"Clear Search and Filters"_s);
    m_stage.waitFor(u"all are shown again"_s,
                    [this, &items] { return items.model()->rowCount() == m_confirmations; });
    const QString refused = Wording::outcome(Outcome::Refused);
    m_stage.choose(m_stage.the<QComboBox>(u"Outcome"_s), refused);
    m_stage.waitFor(u"only refused jobs are shown"_s,
                    [&all, &refused] { return all(outcomeColumn, refused); });
}

void Walkthrough::readHistoryDetails()
{
    m_stage.begin(u"Read in the history why a job was refused"_s);
    auto &items = m_stage.the<QTableView>(u"History items"_s);
    const QModelIndex job = items.model()->index(0, jobColumn);
    m_stage.clickCell(items, job);
    waitForErrorPanel(422);
    m_stage.check(
        m_stage.says(u"This job was already submitted, so it can no longer be deleted."_s),
        u"the error panel says the same as on the day"_s);
    m_stage.check(!m_stage.the<QAbstractButton>(u"Create Again…"_s).isEnabled(),
                  u"what was not deleted cannot be created again"_s);
    m_stage.picture(u"history-refused"_s);
}

void Walkthrough::exportHistory()
{
    m_stage.begin(u"Export the history"_s);
    m_stage.choose(m_stage.the<QComboBox>(u"Outcome"_s), u"Any"_s);
    const auto &items = m_stage.the<QTableView>(u"History items"_s);
    m_stage.waitFor(u"all are shown again"_s,
                    [this, &items] { return items.model()->rowCount() == m_confirmations; });
    const QString file = m_world.folder.filePath(u"exported.csv"_s);
    m_stage.clickButton(u"Export…"_s);
    m_stage.waitForDialog(u"Export History"_s);
    m_stage.paste(m_stage.the<QLineEdit>(u"File name:"_s), file);
    m_stage.clickButton(u"Save"_s);
    m_stage.waitForDialogToClose();
    m_stage.waitFor(u"the window says that it is done"_s,
                    [this] { return m_stage.says(u"items were exported to"_s); });
    m_stage.picture(u"exported"_s);

    QFile written(file);
    m_stage.check(written.open(QIODevice::ReadOnly), u"the file is there"_s);
    const QByteArray bytes = written.readAll();
    m_stage.check(!bytes.contains(m_token.toLatin1()), u"the token is not in it"_s);
    QList<QStringList> rows = parsedCsv(bytes.mid(byteOrderMark));
    const QStringList titles = rows.takeFirst();
    for (const QStringList &row : std::as_const(rows)) {
        m_stage.check(row.size() == titles.size(), u"a row has a value in each column"_s);
        ExportedRow values;
        for (qsizetype i = 0; i < titles.size(); ++i)
            values.insert(titles.at(i), row.at(i));
        m_exported.append(values);
    }
    m_stage.check(m_exported.size() == m_confirmations,
                  u"read back, it has all %1 items"_s.arg(m_confirmations));
}

void Walkthrough::createAgain()
{
    m_stage.begin(u"Create a deleted draft again"_s);
    m_stage.choose(m_stage.the<QComboBox>(u"Outcome"_s), Wording::outcome(Outcome::Deleted));
    auto &items = m_stage.the<QTableView>(u"History items"_s);
    const auto deleted = exportedIdsWith(Outcome::Deleted).size();
    m_stage.waitFor(u"the %1 deleted jobs are shown"_s.arg(deleted),
                    [&items, deleted] { return items.model()->rowCount() == deleted; });
    const QModelIndex job = items.model()->index(0, jobColumn);
    m_createdName = job.data().toString();
    m_stage.clickCell(items, job);
    const auto &button = m_stage.the<QAbstractButton>(u"Create Again…"_s);
    m_stage.waitFor(u"“%1” can be created again"_s.arg(m_createdName),
                    [&button] { return button.isEnabled(); });
    m_stage.picture(u"history-deleted"_s);
    const qsizetype before = ledger().size();
    m_stage.clickButton(u"Create Again…"_s);
    m_stage.waitForDialog(u"Create jobs again?"_s);
    m_stage.check(ledger().size() == before, u"nothing was sent yet"_s);
    m_stage.picture(u"create-again"_s);
    m_stage.clickButton(u"Create 1 Job"_s);
    m_stage.turnToWindow(u"Jobs created again"_s);
    m_stage.picture(u"created-again"_s);
    m_stage.clickButton(u"Close"_s);
}

void Walkthrough::findCreated()
{
    m_stage.begin(u"Find the new draft in the list"_s);
    const QList<LedgerEntry> entries = ledger().entries();
    QStringList created;
    for (const LedgerEntry &entry : entries) {
        if (entry.method == "POST"_L1 && entry.status == 201)
            created.append(entry.jobId);
    }
    m_stage.check(created.size() == 1, u"the service has created one job"_s);
    m_stage.turnToWindow(u"History"_s);
    const auto &items = m_stage.the<QTableView>(u"History items"_s);
    m_stage.waitFor(u"the history names the new job"_s, [&items, &created] {
        const int column = static_cast<int>(HistoryModel::Column::CreatedAs);
        return items.model()->index(0, column).data().toString() == created.constFirst();
    });
    m_stage.waitFor(u"so do the details"_s, [this] { return m_stage.says(u"created again as"_s); });
    m_stage.picture(u"history-created"_s);
    m_stage.press(Qt::Key_Escape);
    m_stage.turnTo(program().window);
    waitForList();
    m_stage.press(Qt::Key_F, Qt::ControlModifier);
    m_stage.type(created.constFirst());
    m_stage.waitFor(u"the list shows the new job"_s, [this, &created] {
        return rows() == 1 && cell(0, JobModel::Column::Id) == created.constFirst();
    });
    m_stage.check(cell(0, JobModel::Column::Name) == m_createdName
                      && cell(0, JobModel::Column::State) == u"Unsubmitted"_s,
                  u"it is a draft with the name that it had"_s);
    m_stage.picture(u"created-in-list"_s);
}

} // namespace Jobsweep::Testing
