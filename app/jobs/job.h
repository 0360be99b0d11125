// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QHashFunctions>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Jobsweep {

/// The only handle kept on a job; never a row number.
struct JobId
{
    QString text;

    /// Whether the id may become a path segment: 1 to 64 letters, digits, '-' and '_'. Any other id
    /// is shown, but its job cannot be deleted.
    [[nodiscard]] bool isSafe() const;

    friend bool operator==(const JobId &, const JobId &) = default;
    friend size_t qHash(const JobId &id, size_t seed = 0) noexcept { return qHash(id.text, seed); }
};

/// `Unknown` is any text that the service's schema does not name; Job::stateText keeps it.
enum class JobState { Unsubmitted, Active, Success, Failed, Cancelled, Unknown };

[[nodiscard]] JobState jobStateFromText(const QString &text);
/// The service's word for a state; empty for Unknown.
[[nodiscard]] QString textOf(JobState state);

/// One row of the service's list. Only id and state are needed; anything else may be empty.
struct Job
{
    JobId id;
    QString name;
    JobState state = JobState::Unknown;
    /// As it came.
    QString stateText;
    /// `Full`, `Calibration`, `Reconstruction` or whatever else came.
    QString type;
    /// UTC; invalid when missing.
    QDateTime created;
    QDateTime modified;
    /// UTC; valid only when the job says that it was submitted.
    QDateTime submitted;
    /// It says when it was submitted, in a way that cannot be read.
    bool hasUnreadableSubmission = false;
    QString iTwinId;
    QString workspaceId;
    /// The creator's e-mail address.
    QString email;
    QString location;
    std::optional<double> estimatedCost;
    /// The whole job object, valid JSON, as it came.
    QByteArray definition;
    /// The service has no such job, or none that the person may see: all else but the id is empty.
    bool isMissing = false;

    friend bool operator==(const Job &, const Job &) = default;
};

/// Why a job cannot be deleted.
enum class Obstacle {
    /// The service has no such job.
    NotFound,
    /// Its state is one of the documented ones after submission.
    AlreadySubmitted,
    /// Its state is a word this program does not know.
    UnknownState,
    /// It claims to be unsubmitted, yet has a submission time, readable or not.
    HasSubmissionTime,
    /// Its id could not be put into an address safely.
    UnsafeId,
    /// The service refused to delete it, and nothing newer is known of it.
    RefusedByService,
};

/// Nothing when the job is a draft that can be deleted: state `unsubmitted` in any case, no
/// submission time, a safe id.
[[nodiscard]] std::optional<Obstacle> obstacleToDeletion(const Job &job);

struct JobPage
{
    QList<Job> jobs;
    /// Entries of the list that are no jobs: without an id, or without a state.
    int unreadable = 0;
    /// How to ask for the next page; empty at the end of the list.
    QString continuationToken;
};

/// Reads one page of the list. What has no id or no state is only counted. Without `jobs`, or
/// with null, the page is empty; a body that is not an object, or whose `jobs` is anything else
/// than an array, is a MalformedReply (status and exchange are for the caller to fill in).
[[nodiscard]] Result<JobPage> parseJobPage(const QByteArray &body);

/// Reads one job object, as Job::definition holds it.
[[nodiscard]] Result<Job> parseJob(const QByteArray &definition);

/// Reads `{"job": {…}}`.
[[nodiscard]] Result<Job> parseJobReply(const QByteArray &body);

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::JobId)
