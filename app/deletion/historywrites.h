// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What History's calls ask to be written, as values, so that many can go into one transaction and
// be written again after a failure.

#include "deletion/historyrecords.h"
#include "http/requestcount.h"

#include <QStringList>

#include <variant>

namespace Jobsweep {

struct WriteRun
{
    NewRun run;
    QList<NewItem> items;
};

struct WriteItems
{
    QString run;
    QList<NewItem> items;
};

struct WriteIntent
{
    QStringList correlationIds;
    QDateTime at;
};

struct WriteAnswer
{
    QString correlationId;
    AnswerRecord answer;
};

struct WriteOutcome
{
    QString correlationId;
    Outcome outcome = Outcome::Unknown;
    QDateTime at;
};

struct WriteReopening
{
    QStringList correlationIds;
};

struct WriteCreationIntent
{
    QString item;
    QString correlationId;
    QDateTime at;
};

struct WriteCreationOutcome
{
    QString correlationId;
    CreationOutcome outcome = CreationOutcome::Unknown;
    JobId newId;
    QDateTime at;
};

struct WriteRequests
{
    QString origin;
    QList<RequestCount> counts;
};

using HistoryWrite
    = std::variant<WriteRun, WriteItems, WriteIntent, WriteAnswer, WriteOutcome, WriteReopening,
                   WriteCreationIntent, WriteCreationOutcome, WriteRequests>;

/// Whether it tells of what has happened already. What only announces something may be dropped when
/// it cannot be written: whoever asked for it is told, and does nothing then.
[[nodiscard]] constexpr bool tellsOfThePast(const HistoryWrite &write)
{
    return !std::holds_alternative<WriteRun>(write) && !std::holds_alternative<WriteItems>(write)
        && !std::holds_alternative<WriteIntent>(write)
        && !std::holds_alternative<WriteCreationIntent>(write);
}

} // namespace Jobsweep
