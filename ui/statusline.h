// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "http/clock.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace Jobsweep {

/// What the status bar counts.
struct JobCounts
{
    int loaded = 0;
    /// What the search and the filters leave of them.
    int shown = 0;
    int selected = 0;
    /// How many of the selected ones can be deleted.
    int deletable = 0;
    bool isLoading = false;
};

/// "1,204 jobs, 37 selected (35 can be deleted)" and the like.
[[nodiscard]] QString countsText(const JobCounts &counts);
/// "token: 43 min left" and the like; empty when the token does not say or there is none.
[[nodiscard]] QString tokenTimeText(const Connection &connection, const QDateTime &utcNow);

/// The status bar: counts, whose jobs on which service, and how long the token still works.
class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds tokenInterval{30};

    /// The references must outlive the status line.
    StatusLine(Connection &connection, Clock &clock, QWidget *parent = nullptr);

    void setCounts(const JobCounts &counts);

private:
    void showConnection();
    void showTokenTime();

    Connection &m_connection;
    Clock &m_clock;
    QLabel *m_counts;
    QLabel *m_account;
    QLabel *m_tokenTime;
    QTimer m_tokenTimer;
};

} // namespace Jobsweep
