// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "jobs/joblister.h"
#include "jobs/jobquery.h"

#include <QStackedWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace Jobsweep {

/// What the middle of the window shows.
enum class JobsPageKind {
    /// There is no token, so there is nothing to show yet.
    FirstRun,
    /// The keychain is being asked for the token; it may wait for a person's password.
    ReadingToken,
    Loading,
    NotLoaded,
    /// There are jobs, but the search and the filters leave none of them.
    NothingMatches,
    /// The listing is complete and the person has no unsubmitted jobs.
    NoDrafts,
    /// The listing is complete and there are no jobs at all.
    NoJobs,
    Failed,
    Table,
};

struct JobsPageFacts
{
    Connection::TokenState token = Connection::TokenState::Missing;
    JobLister::State listing = JobLister::State::NotLoaded;
    JobQuery query;
    bool isSearching = false;
    /// Rows that the search and the filters leave.
    int shown = 0;
    /// Rows that were loaded.
    int loaded = 0;
};

[[nodiscard]] JobsPageKind pageFor(const JobsPageFacts &facts);

/// The job table, or in its place a page that says why there is none and what to do about it.
class JobsPage final : public QStackedWidget
{
    Q_OBJECT

public:
    /// Takes the table over.
    explicit JobsPage(QWidget *table, QWidget *parent = nullptr);

    /// `error` is the one of the last listing, if it failed; `keychain` what the last look at the
    /// keychain came to.
    void showPage(JobsPageKind kind, const std::optional<ApiError> &error,
                  KeychainResult keychain = KeychainResult::Done);
    [[nodiscard]] JobsPageKind kind() const { return m_kind; }

signals:
    void tokenRequested();
    void demoRequested();
    void clearFiltersRequested();
    void keychainRequested();
    /// Retry, or load at all.
    void loadRequested();
    /// What is behind a failed listing, in full.
    void detailsRequested();

private:
    void setUpMessagePage();
    [[nodiscard]] QWidget *focusTarget() const;
    void fill(JobsPageKind kind, const std::optional<ApiError> &error, KeychainResult keychain);

    QWidget *m_table;
    QWidget *m_messagePage;
    QLabel *m_picture = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_enterToken = nullptr;
    QPushButton *m_askKeychain = nullptr;
    QPushButton *m_demo = nullptr;
    QPushButton *m_clearFilters = nullptr;
    QPushButton *m_load = nullptr;
    QPushButton *m_details = nullptr;
    JobsPageKind m_kind = JobsPageKind::Table;
};

} // namespace Jobsweep
