// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <string_view>

namespace Jobsweep {

/// A time as the service writes it: ISO 8601 with up to seven fraction digits; one without a zone
/// counts as UTC. Invalid for any other text.
[[nodiscard]] QDateTime timeFromService(const QString &text);
/// The same from UTF-8.
[[nodiscard]] QDateTime timeFromService(std::string_view text);

} // namespace Jobsweep
