// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/outcome.h"
#include "tests/support/serviceledger.h"
#include "tests/walkthrough/program.h"
#include "tests/walkthrough/stage.h"

#include <QHash>
#include <QSet>

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
    /// The references must outlive the walkthrough.
    Walkthrough(Program &program, Stage &stage);

    /// Throws CheckFailed at the first check that does not hold.
    void run();

private:
    void startService();
    void firstRun();
    void enterToken();
    void list();
    void search();
    void deleteOne();
    void confirmMany();
    void waitOutTheLimit();
    void readRefusal();
    void letTokenExpire();
    void enterNewToken();
    void compareWithLedger();

    /// Newest first, so that what comes next is the same in every walkthrough.
    void sortByCreation();
    /// Selects rows by the keyboard and returns their ids.
    QStringList selectRows(int first, int count);
    /// Clicks the other button of the open confirmation and notes what it covers.
    void confirm(const QString &button, const QStringList &ids);
    void waitForErrorPanel(int status);
    void waitUntilFinished();
    [[nodiscard]] QTableView &table() const;
    [[nodiscard]] int rows() const;
    [[nodiscard]] bool isAtTop() const;
    [[nodiscard]] QString cell(int row, JobModel::Column column) const;
    [[nodiscard]] ServiceLedger ledger() const;
    [[nodiscard]] QSet<QString> idsWith(Outcome outcome) const;

    Program &m_program;
    Stage &m_stage;
    QUrl m_address;
    QString m_token;
    QString m_account;
    /// What the person agreed to, over all runs.
    QSet<QString> m_confirmed;
    QHash<QString, Outcome> m_outcomes;
    int m_outcomesTold = 0;
};

} // namespace Jobsweep::Testing
