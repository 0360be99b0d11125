// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sentences about answers of the service that are not the success, one for every documented
// status and code and a true one for every other. A part of errorwording.

#include "ui/errorwording.h"

namespace Jobsweep {

/// What an answer to a DELETE says about the job.
enum class DeletionCertainty { NotDeleted, Unknown, Gone };

[[nodiscard]] DeletionCertainty certaintyAfter(const HttpFailure &answer);
/// Without the sentence on what it means for the occasion.
[[nodiscard]] ErrorText answerText(const HttpFailure &answer, Occasion occasion);
/// Whether a body is HTML, by its type or its beginning: gateways and login pages send that.
[[nodiscard]] bool isWebPage(const QString &contentType, const QByteArray &body);
/// Whether a 422 says that the job was submitted meanwhile.
[[nodiscard]] bool saysAlreadySubmitted(const HttpFailure &answer);

} // namespace Jobsweep
