// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/apierror.h"

#include <QString>

namespace Jobsweep {

/// What the person was doing; the same answer means different things for each.
enum class Occasion { Listing, Deleting, Checking, TestingConnection };

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
/// Everything that is known, as plain text for a report; without the token.
[[nodiscard]] QString errorReport(const ApiError &error, Occasion occasion);

} // namespace Jobsweep
