// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "http/clock.h"

#include <QStatusBar>
#include <QTimer>

namespace Jobsweep {

class ValueLabel;

/// What the status bar counts.
struct JobCounts
{
    int loaded = 0;
    /// What the search and the filters leave of them.
    int shown = 0;
    int selected = 0;
    /// How many of the selected ones can be deleted.
    int deletable = 0;
    /// How many of the selected ones are in a deletion.
    int inDeletion = 0;
    bool isLoading = false;
    /// What the service sent in the list, and is no job.
    int unreadable = 0;
};

/// "4,000 jobs; 1,204 selected: 1,180 drafts, 24 not deletable" and the like.
[[nodiscard]] QString countsText(const JobCounts &counts);
/// "token: 43 min left" and the like; empty when the token does not say or there is none.
[[nodiscard]] QString tokenTimeText(const Connection &connection, const QDateTime &utcNow);

/// "allowance: 458/min, 4,958/h" and the like; empty while the tier is not known.
[[nodiscard]] QString allowanceText(const Allowance &allowance);

/// The status bar: counts, whose jobs on which service, how long the token still works, and how
/// many requests the subscription still permits.
class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds tokenInterval{30};
    /// The allowance is never shown anew sooner than this.
    static constexpr std::chrono::seconds allowanceInterval{1};

    /// The references must outlive the status line.
    StatusLine(Connection &connection, RestClient &client, Clock &clock, QWidget *parent = nullptr);

    void setCounts(const JobCounts &counts);

private:
    void showConnection();
    void showTokenTime();
    void followAllowance();
    void showAllowance();

    Connection &m_connection;
    RestClient &m_client;
    Clock &m_clock;
    ValueLabel *m_counts;
    ValueLabel *m_account;
    ValueLabel *m_tokenTime;
    ValueLabel *m_allowance;
    QTimer m_tokenTimer;
    QTimer m_allowanceTimer;
};

} // namespace Jobsweep
