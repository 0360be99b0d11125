// SPDX-License-Identifier: GPL-3.0-or-later

// Deletes many drafts without a limit, in the real window, with and without TLS and latency; curl
// does the same in turn with it. Says how long the window stood still meanwhile and which process
// was busy.
//   bench_deletion_unlimited [--tasks DRAFTS/LATENCY,…] [--rounds N] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/curl.h"
#include "tests/bench/draftlist.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/bench/servers.h"
#include "tests/bench/waiting.h"
#include "ui/jobs/jobtable.h"
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
#include <vector>

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
        const int rounds = (drafts + connections - 1) / connections;
        return rounds * latencyMilliseconds / 1000.0;
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
    // As a person does it, who sees them in another order than the service lists them.
    auto *table = window.findChild<JobTable *>();
    table->selectAll();
    const QList<JobId> selected = table->selectedIds();
    measured.ids = selected.first(task.drafts);

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

QJsonValue figureOrNone(const std::vector<double> &values, double Spread::*which)
{
    return values.empty() ? QJsonValue(u"–"_s) : QJsonValue(spreadOf(values).*which);
}

void addRow(Report *report, const QString &who, const Task &task,
            const std::vector<Measured> &rounds)
{
    std::vector<double> seconds;
    std::vector<double> clientBusy;
    std::vector<double> serviceBusy;
    std::vector<double> longestBlocks;
    std::vector<double> usualBlocks;
    double deletions = 0;
    double deleted = 0;
    for (const Measured &round : rounds) {
        seconds.push_back(round.seconds);
        clientBusy.push_back(100 * round.clientSeconds / round.seconds);
        serviceBusy.push_back(100 * round.serviceSeconds / round.seconds);
        if (round.longestBlock)
            longestBlocks.push_back(*round.longestBlock);
        if (round.usualBlock)
            usualBlocks.push_back(*round.usualBlock);
        deletions += round.seen.deletions;
        deleted += round.seen.deleted;
    }
    const auto [fastest, median, slowest] = spreadOf(seconds);
    report->add({{u"who"_s, who},
                 {u"connection"_s, task.usesTls ? u"TLS"_s : u"plain"_s},
                 {u"latency ms"_s, task.latencyMilliseconds},
                 {u"drafts"_s, task.drafts},
                 {u"least s"_s, task.leastSeconds()},
                 {u"fastest s"_s, fastest},
                 {u"median s"_s, median},
                 {u"slowest s"_s, slowest},
                 {u"a second"_s, task.drafts / median},
                 {u"client busy %"_s, spreadOf(clientBusy).median},
                 {u"service busy %"_s, spreadOf(serviceBusy).median},
                 {u"longest block ms"_s, figureOrNone(longestBlocks, &Spread::median)},
                 {u"at worst"_s, figureOrNone(longestBlocks, &Spread::most)},
                 {u"99.9 % below ms"_s, figureOrNone(usualBlocks, &Spread::median)},
                 {u"at worst "_s, figureOrNone(usualBlocks, &Spread::most)},
                 {u"DELETEs / job"_s, deletions / deleted}});
}

bool measureTask(const Task &task, int rounds, Report *report)
{
    std::vector<Measured> byJobsweep;
    std::vector<Measured> byCurl;
    // In turn, so that what else the machine does meets both.
    for (int round = 0; round < rounds; ++round) {
        const auto jobsweep = deleteByJobsweep(task);
        if (!jobsweep)
            return false;
        byJobsweep.push_back(*jobsweep);
        const auto curl = deleteByCurlOnly(task, jobsweep->ids, RateLimiter::maximumConcurrency);
        if (!curl)
            return false;
        byCurl.push_back(*curl);
    }
    addRow(report, u"Jobsweep"_s, task, byJobsweep);
    addRow(report, u"curl, 6 connections"_s, task, byCurl);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    // Six connections allow 60 requests a second at 100 ms: fewer drafts show that as well.
    parser.addOptions({{u"tasks"_s, {}, u"drafts/milliseconds,…"_s, u"10000/0,1000/100"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (rounds < 1)
        parser.showHelp(2);
    Report report(u"deletion without a limit"_s);
    bool isMeasured = true;
    const QStringList tasks = parser.value(u"tasks"_s).split(u',');
    for (const QString &text : tasks) {
        Task task{.drafts = text.section(u'/', 0, 0).toInt(),
                  .latencyMilliseconds = text.section(u'/', 1, 1).toInt()};
        if (task.drafts < 1)
            parser.showHelp(2);
        for (const bool usesTls : {false, true}) {
            task.usesTls = usesTls;
            isMeasured = isMeasured && measureTask(task, rounds, &report);
        }
    }
    if (!isMeasured)
        std::fputs("bench_deletion_unlimited: a run did not end as it must\n", stderr);
    report.print();
    const QString file = parser.value(u"json"_s);
    return isMeasured && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
