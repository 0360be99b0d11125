// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every ApiError in words: the only place where the program's sentences about failures are made.

#include "http/apierror.h"

#include <QList>
#include <QString>

namespace Jobsweep {

/// What the person was doing; the same answer means different things for each.
enum class Occasion { Listing, Deleting, Checking, Creating, TestingConnection };

/// What the person was doing when a deletion met `error`. A check that failed, and any error of a
/// job that may be deleted or not, must not be explained as if the job were certainly there.
[[nodiscard]] Occasion deletionOccasion(const ApiError &error, bool isOutcomeUnknown);

/// An error in words: what happened, why, what to do. Only our own sentences; the service's text is
/// shown apart.
struct ErrorText
{
    QString what;
    QString why;
    QString whatToDo;
};

[[nodiscard]] ErrorText errorText(const ApiError &error, Occasion occasion);
/// `what`, `why` and `whatToDo` as one line of text.
[[nodiscard]] QString errorLine(const ApiError &error, Occasion occasion);

/// The service's own reason, for a refusal that our sentence cannot explain: the first cause's
/// message, else the error's. Foreign text; empty when there is none or ours says it already.
[[nodiscard]] QString serviceReason(const ApiError &error);

/// One named thing that is known about an error. The name is also the accessible name of the widget
/// that shows it.
struct ErrorFact
{
    QString name;
    /// Made visible, see plaintext.h.
    QString value;

    friend bool operator==(const ErrorFact &, const ErrorFact &) = default;
};

/// Status, code, message and target of an answer, the limit of a 429, correlation id, time.
[[nodiscard]] QList<ErrorFact> errorFacts(const ApiError &error);
/// The answer's body for a read-only box: indented when it is JSON; empty when there was none.
[[nodiscard]] QString rawAnswer(const ApiError &error);
/// Everything that is known, as plain text for a report; without the token.
[[nodiscard]] QString errorReport(const ApiError &error, Occasion occasion);

} // namespace Jobsweep
