// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The text of the log. Pure.

#include "http/accesstoken.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QtGlobal>

namespace Jobsweep {

/// What somebody in the program or in Qt has to say.
struct LogMessage
{
    QtMsgType type = QtDebugMsg;
    /// UTC.
    QDateTime at;
    QString category;
    QString text;
};

/// Longer texts are cut.
inline constexpr qsizetype longestLogText = 4096;

/// The message as one line with its end, in UTF-8. The only place where text for the log is made,
/// so the one place where it is redacted, always: the token and what has a part of it, anything
/// shaped like a JSON Web Token, and what follows the word Bearer. What could begin a line of its
/// own, or turn the reading direction, is made visible.
[[nodiscard]] QByteArray logLine(const LogMessage &message, const AccessToken &token);

} // namespace Jobsweep
