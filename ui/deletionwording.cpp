// SPDX-License-Identifier: GPL-3.0-or-later

// The part of wording.h that is about a run.

#include "ui/wording.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

using Phase = DeletionQueue::Phase;
using Wait = std::optional<std::chrono::milliseconds>;

QString pausedStatus(QueueReason reason, Wait wait)
{
    if (reason == QueueReason::Person)
        return Words::tr("Paused. Resume goes on where the deletion stands.");
    if (reason == QueueReason::OtherAccount || reason == QueueReason::UnknownAccount) {
        return queueReason(reason) % u' '
            % Words::tr(
                   "Enter a token of the account that confirmed it. Resume goes on with this "
                   "one; of jobs that it may not see nobody then knows whether they are gone.");
    }
    const QString next = wait
        ? Words::tr("The wait ends in %1; Resume goes on then by itself.").arg(duration(*wait))
        : Words::tr("Resume tries again.");
    return queueReason(reason) % u' ' % next;
}

QString waitingStatus(QueueReason reason, Wait wait)
{
    const QString next = wait ? Words::tr("It goes on by itself in %1.").arg(duration(*wait))
                              : Words::tr("It goes on by itself.");
    return queueReason(reason) % u' ' % next;
}

QString selectedJobsLeftOut(int count, const QString &why)
{
    return count == 1 ? Words::tr("1 selected job is left out: %1.").arg(why)
                      : Words::tr("%Ln selected jobs are left out: %1.", nullptr, count).arg(why);
}

} // namespace

QString summary(const RunSummary &summary)
{
    QStringList parts = {
        Words::tr("%n deleted", nullptr, summary.deleted),
        Words::tr("%n already gone", nullptr, summary.alreadyGone),
        Words::tr("%n refused", nullptr, summary.refused),
        Words::tr("%n failed", nullptr, summary.failed),
        Words::tr("%n left", nullptr, summary.left),
    };
    if (summary.unknown > 0)
        parts.append(Words::tr("%n unknown", nullptr, summary.unknown));
    if (summary.cancelled > 0)
        parts.append(Words::tr("%n cancelled", nullptr, summary.cancelled));
    return parts.join(Words::tr(", ", "between the parts of a summary"));
}

QString runResult(const RunSummary &summary)
{
    QStringList parts;
    const auto add = [&parts](int count, const char *words) {
        if (count > 0)
            parts.append(Words::tr(words, nullptr, count));
    };
    add(summary.deleted, QT_TRANSLATE_N_NOOP("Wording", "%Ln deleted"));
    add(summary.alreadyGone, QT_TRANSLATE_N_NOOP("Wording", "%Ln already gone"));
    add(summary.refused, QT_TRANSLATE_N_NOOP("Wording", "%Ln refused"));
    add(summary.failed, QT_TRANSLATE_N_NOOP("Wording", "%Ln failed"));
    add(summary.unknown, QT_TRANSLATE_N_NOOP("Wording", "%Ln unknown"));
    add(summary.cancelled, QT_TRANSLATE_N_NOOP("Wording", "%Ln cancelled"));
    add(summary.left, QT_TRANSLATE_N_NOOP("Wording", "%Ln left"));
    const QString jobs = summary.total() == 1 ? Words::tr("1 job")
                                              : Words::tr("%Ln jobs", nullptr, summary.total());
    return parts.isEmpty()
        ? jobs
        : Words::tr("%1: %2", "jobs and what became of them")
              .arg(jobs, parts.join(Words::tr(", ", "between the parts of a summary")));
}

QString outcome(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Deleted:
        return Words::tr("Deleted", "outcome of a deletion");
    case Outcome::AlreadyGone:
        return Words::tr("Already gone", "outcome of a deletion");
    case Outcome::Refused:
        return Words::tr("Refused", "outcome of a deletion");
    case Outcome::Failed:
        return Words::tr("Failed", "outcome of a deletion");
    case Outcome::Unknown:
        return Words::tr("Unknown", "outcome of a deletion");
    case Outcome::Cancelled:
        return Words::tr("Cancelled", "outcome of a deletion");
    }
    return {};
}

QString outcomeReason(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Deleted:
        return {};
    case Outcome::AlreadyGone:
        return Words::tr("Somebody else deleted it first.");
    case Outcome::Refused:
        return obstacle(Obstacle::AlreadySubmitted);
    case Outcome::Failed:
        return Words::tr("The service did not delete it.");
    case Outcome::Unknown:
        return Words::tr("It may be deleted or not: the service did not answer when asked.");
    case Outcome::Cancelled:
        return Words::tr("It was not sent, because the deletion was stopped.");
    }
    return {};
}

QString queueReason(QueueReason reason)
{
    switch (reason) {
    case QueueReason::None:
        return {};
    case QueueReason::Person:
        return Words::tr("You paused or stopped the deletion.");
    case QueueReason::Throttled:
        return Words::tr("The service's request limit is used up.");
    case QueueReason::LongWait:
        return Words::tr("The service asked for a wait of more than an hour.");
    case QueueReason::Unreachable:
        return Words::tr("The service cannot be reached.");
    case QueueReason::Doubtful:
        return Words::tr("Several answers in a row were lost or could not be read.");
    case QueueReason::Forbidden:
        return Words::tr("The service denied permission several times in a row.");
    case QueueReason::Tls:
        return Words::tr("No trustworthy encrypted connection to the service could be made.");
    case QueueReason::Token:
        return Words::tr("The service needs a new access token.");
    case QueueReason::WrongAddress:
        return Words::tr("The service address or version is wrong, so the deletion was stopped.");
    case QueueReason::UnexpectedSuccess:
        return Words::tr("The service answered with an unexpected success, so the deletion was "
                         "stopped. In version 2 of the service such an answer means that a "
                         "running job was cancelled.");
    case QueueReason::Redirected:
        return Words::tr("The service pointed to another address, so the deletion was stopped.");
    case QueueReason::OtherAccount:
        return Words::tr("The new access token belongs to another account than the one that "
                         "confirmed this deletion.");
    case QueueReason::UnknownAccount:
        return Words::tr("The service did not say which account the new access token belongs to, "
                         "so it may be another than the one that confirmed this deletion.");
    case QueueReason::AskingForAccount:
        return Words::tr("The service is being asked which account the new access token belongs "
                         "to.");
    case QueueReason::NoRecord:
        return Words::tr("The history could not be written, and nothing is deleted without a "
                         "record.");
    }
    return {};
}

QString queueStatus(Phase phase, QueueReason reason, Wait wait)
{
    switch (phase) {
    case Phase::Holding:
        return Words::tr("Nothing has been sent yet.");
    case Phase::Running:
        return {};
    case Phase::Paused:
        return pausedStatus(reason, wait);
    case Phase::PausedByService:
        return waitingStatus(reason, wait);
    case Phase::WaitingForToken:
        return reason == QueueReason::AskingForAccount
            ? queueReason(reason) % u' ' % Words::tr("If it is the same, the deletion goes on.")
            : queueReason(QueueReason::Token) % u' ' % Words::tr("The deletion goes on with it.");
    case Phase::Stopping:
        return reason == QueueReason::Person
            ? Words::tr("Stopping: the last answers are still to come.")
            : queueReason(reason);
    case Phase::Idle:
        return reason == QueueReason::Person
            ? Words::tr("Stopped. Jobs that were not sent are still there.")
            : queueReason(reason);
    }
    return {};
}

QString inDoubt(int count)
{
    if (count == 0)
        return {};
    return count == 1
        ? Words::tr("The answer for 1 job was lost: it is checked before anything else is sent "
                    "for it.")
        : Words::tr("The answers for %Ln jobs were lost: they are checked before anything else is "
                    "sent for them.",
                    nullptr, count);
}

QString leftOut(Obstacle obstacle, int count)
{
    switch (obstacle) {
    case Obstacle::NotFound:
        return selectedJobsLeftOut(count, Words::tr("not found"));
    case Obstacle::AlreadySubmitted:
        return selectedJobsLeftOut(count, Words::tr("already submitted"));
    case Obstacle::UnknownState:
        return selectedJobsLeftOut(count, Words::tr("a state that Jobsweep does not know"));
    case Obstacle::HasSubmissionTime:
        return selectedJobsLeftOut(count,
                                   Words::tr("called unsubmitted, but with a submission "
                                             "time"));
    case Obstacle::RefusedByService:
        return selectedJobsLeftOut(count, Words::tr("refused by the service"));
    case Obstacle::UnsafeId:
        return selectedJobsLeftOut(count, Words::tr("an id that cannot be sent safely"));
    }
    return {};
}

QString leftOutAsQueued(int count)
{
    return selectedJobsLeftOut(count, Words::tr("already being deleted"));
}

} // namespace Jobsweep::Wording
