// SPDX-License-Identifier: GPL-3.0-or-later

// Deletes many drafts without a limit, in the real window, with and without TLS and latency; curl
// does the same. Says how long the window stood still meanwhile and which process was busy.
//   bench_deletion_unlimited [--drafts N] [--latencies MS,MS] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/curl.h"
#include "tests/bench/draftlist.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/bench/servers.h"
#include "tests/bench/waiting.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

using namespace Jobsweep;
using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Task
{
    int drafts = 0;
    int latencyMilliseconds = 0;
    bool usesTls = false;

    /// Six connections can do no better.
    [[nodiscard]] double leastSeconds() const
    {
        constexpr int connections = RateLimiter::maximumConcurrency;
        return (drafts + connections - 1) / connections * latencyMilliseconds / 1000.0;
    }
};

/// The demo service, behind TLS where the task wants it.
struct Ends
{
    [[nodiscard]] bool start(const Task &task)
    {
        if (!service.start({u"--jobs"_s, QString::number(jobsFor(task.drafts)), u"--latency-ms"_s,
                            QString::number(task.latencyMilliseconds)}))
            return false;
        if (!task.usesTls)
            return true;
        proxy = std::make_unique<TlsProxy>();
        return proxy->start(service.address());
    }
    [[nodiscard]] QString address() const { return proxy ? proxy->address() : service.address(); }
    [[nodiscard]] QString certificateFile() const
    {
        return proxy ? proxy->certificateFile() : QString();
    }

    DemoProcess service;
    std::unique_ptr<TlsProxy> proxy;
};

struct Measured
{
    double seconds = 0;
    /// Processor time of the client and of the service.
    double clientSeconds = 0;
    double serviceSeconds = 0;
    /// Of the window, in ms.
    std::optional<double> longestBlock;
    std::optional<double> usualBlock;
    DemoProcess::Seen seen;
    QList<JobId> ids;
};

/// Makes this process trust the proxy, and nobody else.
void trust(const QString &certificateFile)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(certificateFile));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

std::optional<Measured> deleteByJobsweep(const Task &task)
{
    Ends ends;
    if (!ends.start(task))
        return {};
    if (task.usesTls)
        trust(ends.certificateFile());
    Program program;
    MainWindow window(program.core);
    window.show();
    DeletionQueue &queue = program.core.queue;
    program.connectTo(ends.address(), ends.service.token());
    Measured measured;
    if (!program.waitForHistory() || !waitForListing(program.core.lister))
        return {};
    measured.ids = draftsIn(program.core.jobs, task.drafts);

    BlockWatch blocks;
    QElapsedTimer elapsed;
    QObject::connect(&queue, &DeletionQueue::runFinished, &queue,
                     [&] { measured.seconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9; });
    const qint64 self = QCoreApplication::applicationPid();
    const double clientBefore = processorSeconds(self);
    const double serviceBefore = processorSeconds(ends.service.processId());
    blocks.restart();
    elapsed.start();
    queue.start(measured.ids);
    const auto isOver = [&queue] { return !queue.isBusy(); };
    if (!waitUntil(queue, &DeletionQueue::runFinished, isOver)
        || queue.summary().deleted != task.drafts)
        return {};
    measured.clientSeconds = processorSeconds(self) - clientBefore;
    measured.serviceSeconds = processorSeconds(ends.service.processId()) - serviceBefore;
    measured.longestBlock = blocks.quantile(1);
    measured.usualBlock = blocks.quantile(0.999);
    measured.seen = ends.service.seen();
    return measured;
}

std::optional<Measured> deleteByCurlOnly(const Task &task, const QList<JobId> &ids, int connections)
{
    Ends ends;
    if (!ends.start(task))
        return {};
    const double before = processorSeconds(ends.service.processId());
    const auto run = Bench::deleteByCurl(ids, ends.address(), ends.service.token(),
                                         ends.certificateFile(), connections);
    if (run.exitCode != 0)
        return {};
    return Measured{.seconds = run.seconds,
                    .clientSeconds = run.processorSeconds,
                    .serviceSeconds = processorSeconds(ends.service.processId()) - before,
                    .longestBlock = {},
                    .usualBlock = {},
                    .seen = ends.service.seen(),
                    .ids = ids};
}

void addRow(Report *report, const QString &who, const Task &task, const Measured &measured)
{
    const auto percent = [&measured](double seconds) { return 100 * seconds / measured.seconds; };
    const auto ifAny = [](std::optional<double> value) {
        return value ? QJsonValue(*value) : QJsonValue(u"–"_s);
    };
    report->add({{u"who"_s, who},
                 {u"connection"_s, task.usesTls ? u"TLS"_s : u"plain"_s},
                 {u"latency ms"_s, task.latencyMilliseconds},
                 {u"drafts"_s, task.drafts},
                 {u"least s"_s, task.leastSeconds()},
                 {u"seconds"_s, measured.seconds},
                 {u"a second"_s, task.drafts / measured.seconds},
                 {u"client busy %"_s, percent(measured.clientSeconds)},
                 {u"service busy %"_s, percent(measured.serviceSeconds)},
                 {u"longest block ms"_s, ifAny(measured.longestBlock)},
                 {u"99.9 % below ms"_s, ifAny(measured.usualBlock)},
                 {u"DELETEs / job"_s,
                  static_cast<double>(measured.seen.deletions) / measured.seen.deleted}});
}

bool measureTask(const Task &task, Report *report)
{
    const auto jobsweep = deleteByJobsweep(task);
    if (!jobsweep)
        return false;
    addRow(report, u"Jobsweep"_s, task, *jobsweep);
    const auto curl = deleteByCurlOnly(task, jobsweep->ids, RateLimiter::maximumConcurrency);
    if (!curl)
        return false;
    addRow(report, u"curl, 6 connections"_s, task, *curl);
    if (task.latencyMilliseconds > 0)
        return true;
    // What the service itself can do at most.
    constexpr int manyConnections = 50;
    const auto most = deleteByCurlOnly(task, jobsweep->ids, manyConnections);
    if (most)
        addRow(report, u"curl, 50 connections"_s, task, *most);
    return most.has_value();
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"drafts"_s, {}, u"number"_s, u"10000"_s},
                       {u"latencies"_s, {}, u"milliseconds,milliseconds"_s, u"0,100"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const int drafts = parser.value(u"drafts"_s).toInt();
    if (drafts < 1)
        parser.showHelp(2);
    Report report(u"deletion without a limit"_s);
    bool isMeasured = true;
    const QStringList latencies = parser.value(u"latencies"_s).split(u',');
    for (const QString &latency : latencies) {
        for (const bool usesTls : {false, true}) {
            isMeasured = isMeasured
                && measureTask({.drafts = drafts,
                                .latencyMilliseconds = latency.toInt(),
                                .usesTls = usesTls},
                               &report);
        }
    }
    if (!isMeasured)
        std::fputs("bench_deletion_unlimited: a run did not end as it must\n", stderr);
    report.print();
    const QString file = parser.value(u"json"_s);
    return isMeasured && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
