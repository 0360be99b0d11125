// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An ApiError as JSON and back, for the history. Nothing is lost on the way but the raw body beyond
// its bound and the token's serial number, which means nothing to another session.

#include "http/apierror.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace Jobsweep {

/// At most this many bytes of an answer's body are kept.
inline constexpr qsizetype maximumRecordedBody = 4 * 1024;

/// The verb as it is on the wire.
[[nodiscard]] QString codeOf(Verb verb);
[[nodiscard]] std::optional<Verb> verbFromCode(const QString &code);

[[nodiscard]] QJsonObject errorToJson(const ApiError &error);
/// Nothing for what errorToJson() has not written.
[[nodiscard]] std::optional<ApiError> errorFromJson(const QJsonObject &json);

[[nodiscard]] QJsonArray causesToJson(const QList<ErrorCause> &causes);
[[nodiscard]] QList<ErrorCause> causesFromJson(const QJsonArray &json);

} // namespace Jobsweep
