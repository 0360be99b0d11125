// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/creationwording.h"

#include "ui/errorwording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString joined(const QStringList &parts)
{
    return parts.join(Words::tr(", ", "between the parts of a summary"));
}

/// Empty for what creationConsequence() says already.
QString lossName(CreationLoss loss)
{
    switch (loss) {
    case CreationLoss::Id:
    case CreationLoss::Dates:
    case CreationLoss::Creator:
    case CreationLoss::UnknownFields:
        return {};
    case CreationLoss::Location:
        return Words::tr("location", "a part of a job");
    case CreationLoss::ITwin:
        return Words::tr("iTwin", "a part of a job");
    case CreationLoss::OutputIds:
        return Words::tr("output data", "a part of a job");
    case CreationLoss::EstimatedCost:
        return Words::tr("estimated cost", "a part of a job");
    case CreationLoss::ExecutionInformation:
        return Words::tr("execution information", "a part of a job");
    }
    return {};
}

QString obstacleName(CreationObstacle obstacle)
{
    switch (obstacle) {
    case CreationObstacle::NotReadable:
        return Words::tr("its record cannot be read");
    case CreationObstacle::NoName:
        return Words::tr("no name");
    case CreationObstacle::NoType:
        return Words::tr("no type");
    case CreationObstacle::NoWorkspace:
        return Words::tr("no workspace");
    case CreationObstacle::NoInputs:
        return Words::tr("no complete list of inputs");
    case CreationObstacle::NoQuality:
        return Words::tr("no quality");
    case CreationObstacle::NoOutputs:
        return Words::tr("no complete list of outputs");
    }
    return {};
}

QString idsOf(const QList<JobId> &jobs)
{
    QStringList ids;
    for (const JobId &id : jobs)
        ids.append(visibleText(id.text));
    return joined(ids);
}

QString reasonOf(const RecreationItem &item)
{
    if (!item.error)
        return {};
    const QString said = serviceReason(*item.error);
    return said.isEmpty() ? errorText(*item.error, Occasion::Creating).what : visibleText(said);
}

QString doubledReason(const QList<JobId> &candidates)
{
    return Words::tr("%Ln jobs may be it: %1. Look at them and delete what is too many.", nullptr,
                     static_cast<int>(candidates.size()))
        .arg(idsOf(candidates));
}

} // namespace

QString creationOutcome(CreationOutcome outcome)
{
    switch (outcome) {
    case CreationOutcome::Created:
        return Words::tr("Created", "outcome of a creation");
    case CreationOutcome::Refused:
        return Words::tr("Refused", "outcome of a creation");
    case CreationOutcome::Failed:
        return Words::tr("Failed", "outcome of a creation");
    case CreationOutcome::Unknown:
        return Words::tr("Unknown", "outcome of a creation");
    case CreationOutcome::Doubled:
        return Words::tr("Several", "outcome of a creation");
    }
    return {};
}

QString creationResult(const RecreationItem &item)
{
    if (!item.outcome)
        return Words::tr("Not started", "outcome of a creation");
    const QString outcome = creationOutcome(*item.outcome);
    switch (*item.outcome) {
    case CreationOutcome::Created:
        return Words::tr("%1: %2", "name and value").arg(outcome, visibleText(item.newId.text));
    case CreationOutcome::Doubled:
        return Words::tr("%1: %2", "name and value").arg(outcome, doubledReason(item.candidates));
    case CreationOutcome::Unknown:
        return Words::tr("%1: %2", "name and value")
            .arg(outcome, Words::tr("It may exist. Look for it in the list."));
    case CreationOutcome::Refused:
    case CreationOutcome::Failed:
        break;
    }
    const QString reason = reasonOf(item);
    return reason.isEmpty() ? outcome : Words::tr("%1: %2", "name and value").arg(outcome, reason);
}

QString creationConsequence(int count, const QString &account, const QString &host)
{
    const QString owner = account.isEmpty()
        ? Words::tr("the account whose access token is used, at %1").arg(isolated(host))
        : Words::tr("%1, whose access token is used, at %2").arg(isolated(account), isolated(host));
    return count == 1
        ? Words::tr("The job gets a new id and a new date, and belongs to %1. The deleted one does "
                    "not come back.")
              .arg(owner)
        : Words::tr("The jobs get new ids and new dates, and belong to %1. The deleted ones do not "
                    "come back.")
              .arg(owner);
}

QString creationLosses(const JobCreation &creation)
{
    QStringList parts;
    for (const CreationLoss loss : creation.losses)
        parts.append(lossName(loss));
    parts.removeAll(QString());
    for (const QString &name : creation.unknownFields)
        parts.append(visibleText(name));
    return joined(parts);
}

QString creationObstacles(const QList<CreationObstacle> &obstacles)
{
    QStringList parts;
    for (const CreationObstacle obstacle : obstacles)
        parts.append(obstacleName(obstacle));
    return joined(parts);
}

QString creationSummary(const QList<RecreationItem> &items)
{
    QStringList parts;
    const auto add = [&items, &parts](std::optional<CreationOutcome> outcome, const char *words) {
        const auto count = std::ranges::count(items, outcome, &RecreationItem::outcome);
        if (count > 0)
            parts.append(Words::tr(words, nullptr, static_cast<int>(count)));
    };
    add(CreationOutcome::Created, QT_TRANSLATE_N_NOOP("Wording", "%n created"));
    add(CreationOutcome::Refused, QT_TRANSLATE_N_NOOP("Wording", "%n refused"));
    add(CreationOutcome::Failed, QT_TRANSLATE_N_NOOP("Wording", "%n failed"));
    add(CreationOutcome::Doubled, QT_TRANSLATE_N_NOOP("Wording", "%n with several candidates"));
    add(CreationOutcome::Unknown, QT_TRANSLATE_N_NOOP("Wording", "%n unknown"));
    add({}, QT_TRANSLATE_N_NOOP("Wording", "%n not started"));
    return joined(parts);
}

QString creationStatus(Recreation::Phase phase, std::optional<std::chrono::milliseconds> wait)
{
    switch (phase) {
    case Recreation::Phase::Idle:
    case Recreation::Phase::Running:
    case Recreation::Phase::Ended:
        return {};
    case Recreation::Phase::WaitingForToken:
        return Words::tr("The service does not accept the access token. Enter a new one in the "
                         "settings; then it goes on by itself.");
    case Recreation::Phase::WaitingForService: {
        const QString why = Words::tr("The service's request limit is used up.");
        return why % u' '
            % (wait ? Words::tr("It goes on by itself in %1.").arg(duration(*wait))
                    : Words::tr("It goes on by itself."));
    }
    case Recreation::Phase::WaitingToTryAgain:
        return Words::tr("An answer was lost or nobody could be reached. Jobsweep waits a little "
                         "and looks again.");
    case Recreation::Phase::Stopping:
        return Words::tr("Stopping: the answer under way is awaited.");
    }
    return {};
}

QString creationEnd(Recreation::End end)
{
    switch (end) {
    case Recreation::End::Completed:
        return {};
    case Recreation::End::Stopped:
        return Words::tr("You stopped it. What was not started was not sent.");
    case Recreation::End::AddressChanged:
        return Words::tr("The service address was changed, so nothing more was sent.");
    case Recreation::End::NotRecorded:
        return Words::tr("The history cannot be written, so nothing more was sent: without a "
                         "record, a lost answer could lead to a second job.");
    case Recreation::End::NotListed:
        return Words::tr("Nothing was sent: which jobs there are could not be read, and that has "
                         "to be known first.");
    }
    return {};
}

} // namespace Jobsweep::Wording
