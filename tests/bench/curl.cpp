// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/curl.h"

#include "tests/bench/waiting.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryFile>

#include <sys/resource.h>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Bench {

namespace {

QString headers(const QString &token)
{
    return u"silent\nshow-error\nheader = \"Authorization: Bearer %1\"\n"_s.arg(token)
        % u"header = \"Accept: application/vnd.bentley.itwin-platform.v1+json\"\n"_s;
}

QString deletions(const QList<JobId> &ids, const QString &address, const QString &certificateFile,
                  int connections)
{
    QString text
        = u"parallel\nparallel-immediate\nparallel-max = %1\nretry = 100\nretry-max-time = 0\n"
          "request = DELETE\n"_s.arg(connections);
    if (!certificateFile.isEmpty())
        text += u"http1.1\ncacert = \"%1\"\n"_s.arg(certificateFile);
    for (const JobId &id : ids)
        text += u"url = \"%1/contextcapture/jobs/%2\"\n"_s.arg(address, id.text);
    return text;
}

double childrensProcessorSeconds()
{
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

CurlRun run(const QString &configuration)
{
    // The token is in a file of the owner's alone, never on the command line.
    QTemporaryFile file;
    if (!file.open())
        return {.exitCode = -1};
    file.write(configuration.toUtf8());
    file.flush();
    const double before = childrensProcessorSeconds();
    QProcess curl;
    QElapsedTimer elapsed;
    elapsed.start();
    // Bodies go there and not to files: curl 7.88 cannot truncate /dev/null before a retry.
    curl.setStandardOutputFile(QProcess::nullDevice());
    curl.start(u"curl"_s, {u"--config"_s, file.fileName()});
    const bool isDone = curl.waitForFinished(mostMilliseconds);
    if (!isDone || curl.exitCode() != 0)
        std::fprintf(stderr, "%s\n", curl.readAllStandardError().right(1000).constData());
    return {.seconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9,
            .processorSeconds = childrensProcessorSeconds() - before,
            .exitCode = isDone ? curl.exitCode() : -1};
}

} // namespace

CurlRun deleteByCurl(const QList<JobId> &ids, const QString &address, const QString &token,
                     const QString &certificateFile, int connections)
{
    return run(headers(token) + deletions(ids, address, certificateFile, connections));
}

CurlRun fetchByCurl(const QStringList &addresses, const QString &token)
{
    QString text = headers(token);
    for (const QString &address : addresses)
        text += u"url = \"%1\"\n"_s.arg(address);
    return run(text);
}

} // namespace Jobsweep::Bench
