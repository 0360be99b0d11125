// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/programlog.h"

#include "account/logline.h"

#include <QDir>
#include <QLoggingCategory>
#include <QMutexLocker>

#include <atomic>
#include <cstdio>
#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// Qt's handler is a function without an object.
constinit std::atomic<ProgramLog *> installed = nullptr;
/// Qt itself may have something to say while a message is handled.
constinit thread_local bool isHandling = false;

} // namespace

QString personsLogFile()
{
    // QStandardPaths knows this folder from Qt 6.7 on. A relative path is to be ignored.
    const QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    return (QDir::isAbsolutePath(folder) ? folder : QString(QDir::homePath() % u"/.local/state"_s))
        % u"/jobsweep/jobsweep.log"_s;
}

ProgramLog::ProgramLog(const QString &fileName) : m_file(fileName)
{
    installed = this;
    m_before = qInstallMessageHandler(&ProgramLog::handle);
}

ProgramLog::~ProgramLog()
{
    qInstallMessageHandler(m_before);
    installed = nullptr;
}

void ProgramLog::hide(const AccessToken &token)
{
    const QMutexLocker lock(&m_mutex);
    m_token = token;
}

void ProgramLog::setDetailed(bool isDetailed)
{
    QLoggingCategory::setFilterRules(isDetailed ? u"jobsweep.*.debug=true"_s : QString());
}

void ProgramLog::handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (isHandling)
        return;
    isHandling = true;
    if (ProgramLog *log = installed)
        log->write(type, context.category, text);
    isHandling = false;
}

void ProgramLog::write(QtMsgType type, const char *category, const QString &text)
{
    const QMutexLocker lock(&m_mutex);
    const QByteArray line = logLine({.type = type,
                                     .at = QDateTime::currentDateTimeUtc(),
                                     .category = QString::fromUtf8(category),
                                     .text = text},
                                    m_token);
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    const int error = m_file.write(line);
    if (error != 0 && !m_hasComplained) {
        m_hasComplained = true;
        std::fprintf(stderr, "jobsweep: the log cannot be written to %s: %s\n",
                     qUtf8Printable(m_file.fileName()), std::strerror(error));
    }
}

} // namespace Jobsweep
