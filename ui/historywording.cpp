// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/historywording.h"

#include "ui/errorwording.h"
#include "ui/exportwording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString kindOfFailure(const HistoryFailure &failure)
{
    const QString file = isolated(failure.fileName);
    switch (failure.kind) {
    case HistoryFailure::Kind::NotOpen:
        return Words::tr("The history is not open yet. Wait a moment and try again.");
    case HistoryFailure::Kind::NotWritable:
        return Words::tr("The history cannot be opened or written: Jobsweep may not use the file "
                         "%1 or its folder. Give yourself permission to read and write them, then "
                         "try again.")
            .arg(file);
    case HistoryFailure::Kind::ForeignFile:
        return Words::tr("The file %1 is not a history of Jobsweep. Move it to another place, then "
                         "start Jobsweep again; it makes a new history.")
            .arg(file);
    case HistoryFailure::Kind::Damaged:
        return Words::tr("The history is damaged. Move the file %1 to another place, or put a copy "
                         "of it back, then start Jobsweep again.")
            .arg(file);
    case HistoryFailure::Kind::NewerVersion:
        return Words::tr("A newer Jobsweep has written the history %1. Use that version, or move "
                         "the file to another place.")
            .arg(file);
    case HistoryFailure::Kind::DiskFull:
        return Words::tr("The disk is full, so the history in %1 cannot be written. Make room on "
                         "it, then try again.")
            .arg(file);
    case HistoryFailure::Kind::Locked:
        return Words::tr("Another program holds the history %1. Close that program, then try "
                         "again.")
            .arg(file);
    case HistoryFailure::Kind::Broken:
        return Words::tr("Reading or writing the history %1 failed. Check the disk, then try "
                         "again.")
            .arg(file);
    }
    return {};
}

QString unfinishedReason(const HistoryItem &item)
{
    return item.stage == ItemStage::Intended
        ? Words::tr("It may be deleted or not: the request was about to be sent, and no answer is "
                    "recorded.")
        : Words::tr("It was not sent yet.");
}

} // namespace

QString historyFailure(const HistoryFailure &failure)
{
    return withReason(kindOfFailure(failure), failure.technicalText);
}

QString exportFailure(const ExportFailure &failure)
{
    if (const auto *source = std::get_if<HistoryFailure>(&failure))
        return historyFailure(*source);
    return targetFailure(std::get<TargetFailure>(failure));
}

QString itemOutcome(const HistoryItem &item)
{
    if (item.outcome)
        return outcome(*item.outcome);
    switch (item.stage) {
    case ItemStage::Confirmed:
        return Words::tr("Not sent", "outcome of a deletion");
    case ItemStage::Intended:
    case ItemStage::Finished:
        return Words::tr("Not finished", "outcome of a deletion");
    }
    return {};
}

QString itemReason(const HistoryItem &item)
{
    // An error before the outcome explains why there is none yet, not what became of the job.
    if (!item.outcome)
        return unfinishedReason(item);
    if (item.outcome == Outcome::Unknown)
        return outcomeReason(Outcome::Unknown);
    if (const ApiError *error = errorBehind(item))
        return errorText(*error, deletionOccasion(*error, false)).what;
    return outcomeReason(*item.outcome);
}

QString creation(const HistoryCreation &creation)
{
    const QString when
        = dateTime(creation.finishedAt.isValid() ? creation.finishedAt : creation.intendedAt);
    const auto unknown = [&when] {
        return Words::tr("%1: it may have been created again or not", "time").arg(when);
    };
    if (!creation.outcome)
        return unknown();
    switch (*creation.outcome) {
    case CreationOutcome::Created:
        return Words::tr("%1: created again as %2", "time, id")
            .arg(when, isolated(creation.newId.text));
    case CreationOutcome::Refused:
        return Words::tr("%1: the service refused to create it again", "time").arg(when);
    case CreationOutcome::Failed:
        return Words::tr("%1: it could not be created again", "time").arg(when);
    case CreationOutcome::Unknown:
        return unknown();
    case CreationOutcome::Doubled:
        return Words::tr("%1: there are several jobs that may be it", "time").arg(when);
    }
    return {};
}

QString runTitle(const QDateTime &confirmedAt, bool isTrial)
{
    const QString time = dateTime(confirmedAt);
    return isTrial ? Words::tr("%1 (demo)", "time of a run").arg(time) : time;
}

} // namespace Jobsweep::Wording
