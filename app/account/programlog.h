// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the messages of the program and of Qt go.

#include "account/logfile.h"
#include "http/accesstoken.h"

#include <QMutex>

namespace Jobsweep {

/// `jobsweep/jobsweep.log` in $XDG_STATE_HOME, or in ~/.local/state.
[[nodiscard]] QString personsLogFile();

/// While it lives, every message of Qt's logging, of whatever thread, becomes a logLine() in the
/// file and on standard error. A file that cannot be written is said on standard error, once, and
/// stops nothing. One at a time.
///
/// The categories are jobsweep.program, .http, .deletion, .history and .account.
/// What is said there names requests, jobs and outcomes by their ids: no header, no query, no body.
class ProgramLog final
{
public:
    explicit ProgramLog(const QString &fileName);
    /// Messages go again where they went before.
    ~ProgramLog();
    Q_DISABLE_COPY_MOVE(ProgramLog)

    [[nodiscard]] QString fileName() const { return m_file.fileName(); }

    /// The token that must not appear, also where a message has it by mistake.
    void hide(const AccessToken &token);
    /// Every request and every outcome, not only what went wrong. QT_LOGGING_RULES has the last
    /// word, on what is said and never on its redaction.
    static void setDetailed(bool isDetailed);

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text);
    void write(QtMsgType type, const char *category, const QString &text);

    QMutex m_mutex;
    LogFile m_file;
    AccessToken m_token;
    bool m_hasComplained = false;
    QtMessageHandler m_before = nullptr;
};

} // namespace Jobsweep
