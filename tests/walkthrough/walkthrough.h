// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/outcome.h"
#include "demo/demodata.h"
#include "tests/support/serviceledger.h"
#include "tests/walkthrough/program.h"
#include "tests/walkthrough/stage.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

class QComboBox;
class QTableView;

namespace Jobsweep::Testing {

[[nodiscard]] constexpr int columnOf(JobModel::Column column)
{
    return static_cast<int>(column);
}

/// Goes through everything that a person does with the program, with mouse and keyboard, and at the
/// end compares what the program said with what reached the service.
class Walkthrough final
{
public:
    /// Of a row that the history exports, by the title of the column.
    using ExportedRow = QHash<QString, QString>;

    /// The references must outlive the walkthrough.
    Walkthrough(World &world, Stage &stage);
    ~Walkthrough();
    Q_DISABLE_COPY_MOVE(Walkthrough)

    /// Throws CheckFailed at the first check that does not hold.
    void run();
    /// What the process does that run() kills: confirms `count` drafts, prints their ids and waits
    /// for its end. Throws CheckFailed when that does not come.
    void deleteUntilKilled(const QUrl &address, const QString &token, int count);
    /// In front of each id that deleteUntilKilled() prints.
    static constexpr QLatin1StringView confirmedMark{"confirmed "};

private:
    // walkthrough.cpp
    void startService();
    void firstRun();
    void enterToken();
    void list();
    void search();
    void compareWithLedger();

    // walkthroughfinding.cpp
    void findOldDrafts();
    void filterByValue();
    void selectByMenu();
    void saveView();
    void chooseStarter();

    // walkthroughreading.cpp
    void pasteIds();
    void readSummary();
    void readJob();
    void copyJob();
    void exportJobs();

    // walkthroughdeleting.cpp
    void deleteOne();
    void confirmMany();
    void waitOutTheLimit();
    void readRefusal();
    void retryFailed();
    void letTokenExpire();
    void enterNewToken();

    // walkthroughcontrol.cpp
    void undoByNotice();
    void undoByKeyboard();
    void pauseAndResume();
    void stop();
    void closeWhileDeleting();
    void keepRunning();
    void stopAndClose();

    // walkthroughrecovery.cpp
    void kill();
    void startAgain();
    void review();

    // walkthroughhistory.cpp
    void openHistory();
    void searchHistory();
    void readHistoryDetails();
    void exportHistory();
    void createAgain();
    void findCreated();

    // walkthroughtable.cpp: what several steps do alike.
    /// Builds it and shows its window, which is not connected to anything yet.
    void openProgram();
    void waitForList();
    /// Newest first, so that what comes next is the same in every walkthrough.
    void sortByCreation();
    /// Selects the first so many rows in sequence that can be deleted, by the keyboard; returns
    /// their ids.
    QStringList selectDrafts(int count);
    /// Gives the other answer of the open confirmation and notes what it covers.
    void confirm(const QStringList &ids);
    /// Selects drafts and confirms their deletion.
    QStringList deleteDrafts(int count);
    void waitForErrorPanel(int status);
    void waitUntilSomeAreDeleted();
    void waitUntilFinished();
    void waitUntilNothingIsUnderWay();
    /// From the notice that asks for it.
    void giveNewToken(const QString &pictureName);
    /// Clicks the first problem with this outcome.
    void openProblem(Outcome outcome);
    [[nodiscard]] Program &program() const { return *m_program; }
    [[nodiscard]] DeletionQueue &queue() const { return m_program->core.queue; }
    [[nodiscard]] QTableView &table() const;
    [[nodiscard]] int rows() const;
    [[nodiscard]] bool isAtTop() const;
    [[nodiscard]] QString cell(int row, JobModel::Column column) const;
    [[nodiscard]] QSet<QString> shownIds() const;
    /// Waits until the table shows these and no other.
    void waitForJobs(const QString &what, const QSet<QString> &ids);
    void waitForCounts(const QString &text);
    /// What the service has at its start, from its own data and by a filter of its own.
    [[nodiscard]] QSet<QString>
    demoIds(const std::function<bool(const DemoFilterSubject &)> &isWanted) const;
    [[nodiscard]] ServiceLedger ledger() const;
    [[nodiscard]] QSet<QString> idsWith(Outcome outcome) const;
    [[nodiscard]] QSet<QString> exportedIdsWith(Outcome outcome) const;

    World &m_world;
    Stage &m_stage;
    std::unique_ptr<Program> m_program;
    QUrl m_address;
    QString m_token;
    /// What the service made up at its start.
    std::unique_ptr<DemoData> m_demo;
    /// Of the iTwins that are chosen.
    QSet<QString> m_oldDrafts;
    /// What the person agreed to, over all runs, and how often.
    QSet<QString> m_confirmed;
    int m_confirmations = 0;
    /// The last outcome that was told of each job.
    QHash<QString, Outcome> m_outcomes;
    int m_timesClosed = 0;
    /// What the killed process had confirmed.
    QSet<QString> m_interrupted;
    QList<ExportedRow> m_exported;
    QString m_createdName;
};

} // namespace Jobsweep::Testing
