// SPDX-License-Identifier: GPL-3.0-or-later

// Deletes drafts under a limit that is small enough to be met several times, and compares the time
// with the least that the limit, six connections and the latency permit; curl does the same.
//   bench_deletion [--drafts N] [--limit REQUESTS/SECONDS] [--latency-ms N] [--rounds N] [--json
//   FILE]

#include "tests/bench/curl.h"
#include "tests/bench/draftlist.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/bench/servers.h"
#include "tests/bench/waiting.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

using namespace Jobsweep;
using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Task
{
    int drafts = 0;
    int limitRequests = 0;
    int limitSeconds = 0;
    int latencyMilliseconds = 0;
    int rounds = 0;

    [[nodiscard]] QStringList serviceOptions() const
    {
        return {u"--jobs"_s,       QString::number(jobsFor(drafts)),
                u"--limit"_s,      u"%1/%2"_s.arg(limitRequests).arg(limitSeconds),
                u"--latency-ms"_s, QString::number(latencyMilliseconds)};
    }
};

/// When the last answer can be there at the earliest: a request leaves when a connection is free
/// and the window has a place.
double leastSeconds(const Task &task)
{
    constexpr size_t connections = RateLimiter::maximumConcurrency;
    const auto window = static_cast<size_t>(task.limitRequests);
    const double latency = task.latencyMilliseconds / 1000.0;
    std::vector<double> sent(static_cast<size_t>(task.drafts), 0.0);
    for (size_t request = 1; request < sent.size(); ++request) {
        double &time = sent[request];
        time = sent[request - 1];
        if (request >= connections)
            time = std::max(time, sent[request - connections] + latency);
        if (request >= window)
            time = std::max(time, sent[request - window] + task.limitSeconds);
    }
    return sent.back() + latency;
}

struct Measured
{
    double seconds = 0;
    DemoProcess::Seen seen;
};

bool waitForAccount(const Connection &connection)
{
    return waitUntil(connection, &Connection::changed,
                     [&connection] { return !connection.account().email.isEmpty(); });
}

std::optional<Measured> deleteByJobsweep(const Task &task, Tier tier, const DemoProcess &service,
                                         const DemoProcess &twin)
{
    const std::chrono::seconds window(task.limitSeconds);
    Program program({}, {{Tier::Community, {{task.limitRequests, window}}}});
    DeletionQueue &queue = program.core.queue;
    program.connectTo(service.address(), service.token());
    program.core.client.setTier(tier);
    if (!listInto(program.core.jobs, twin) || !program.waitForHistory()
        || !waitForAccount(program.core.connection))
        return {};
    // The question for the account's name must not take a place in the windows that are measured.
    waitFor(window + std::chrono::milliseconds(500));
    QElapsedTimer elapsed;
    double seconds = 0;
    QObject::connect(&queue, &DeletionQueue::runFinished, &queue,
                     [&] { seconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9; });
    elapsed.start();
    queue.start(draftsIn(program.core.jobs, task.drafts));
    const auto isOver = [&queue] { return !queue.isBusy(); };
    if (!waitUntil(queue, &DeletionQueue::runFinished, isOver)
        || queue.summary().deleted != task.drafts)
        return {};
    return Measured{.seconds = seconds, .seen = service.seen()};
}

std::optional<Measured> deleteByCurlOnly(const Task &task, const DemoProcess &service,
                                         const DemoProcess &twin)
{
    JobModel model;
    if (!listInto(model, twin))
        return {};
    const auto run
        = Bench::deleteByCurl(draftsIn(model, task.drafts), service.address(), service.token());
    if (run.exitCode != 0)
        return {};
    return Measured{.seconds = run.seconds, .seen = service.seen()};
}

template<typename Measure>
bool addRow(Report *report, const QString &who, const Task &task, Measure measure)
{
    std::vector<double> seconds;
    int throttled = 0;
    int deletions = 0;
    int deleted = 0;
    for (int round = 0; round < task.rounds; ++round) {
        DemoProcess service;
        if (!service.start(task.serviceOptions()))
            return false;
        const std::optional<Measured> measured = measure(service);
        if (!measured)
            return false;
        seconds.push_back(measured->seconds);
        throttled = std::max(throttled, measured->seen.throttled);
        deletions += measured->seen.deletions;
        deleted += measured->seen.deleted;
    }
    const double least = leastSeconds(task);
    const auto [fastest, median, slowest] = spreadOf(seconds);
    report->add({{u"who"_s, who},
                 {u"drafts"_s, task.drafts},
                 {u"least s"_s, least},
                 {u"fastest s"_s, fastest},
                 {u"median s"_s, median},
                 {u"slowest s"_s, slowest},
                 {u"median / least"_s, median / least},
                 {u"429s at most"_s, throttled},
                 {u"DELETEs / job"_s, static_cast<double>(deletions) / deleted}});
    return true;
}

bool measureAll(const Task &task, Report *report)
{
    DemoProcess twin;
    if (!twin.start({u"--jobs"_s, QString::number(jobsFor(task.drafts))}))
        return false;
    const auto jobsweep = [&](Tier tier) {
        return [&task, &twin, tier](const DemoProcess &service) {
            return deleteByJobsweep(task, tier, service, twin);
        };
    };
    const auto curl
        = [&](const DemoProcess &service) { return deleteByCurlOnly(task, service, twin); };
    return addRow(report, u"Jobsweep, tier known"_s, task, jobsweep(Tier::Community))
        && addRow(report, u"Jobsweep, Detect"_s, task, jobsweep(Tier::Detect))
        && addRow(report, u"curl --parallel --retry"_s, task, curl);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    // A multiple of the limit, so that one request too many would cost a whole window at the end.
    parser.addOptions({{u"drafts"_s, {}, u"number"_s, u"300"_s},
                       {u"limit"_s, {}, u"requests/seconds"_s, u"50/2"_s},
                       {u"latency-ms"_s, {}, u"number"_s, u"60"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const QString limit = parser.value(u"limit"_s);
    const Task task{.drafts = parser.value(u"drafts"_s).toInt(),
                    .limitRequests = limit.section(u'/', 0, 0).toInt(),
                    .limitSeconds = limit.section(u'/', 1, 1).toInt(),
                    .latencyMilliseconds = parser.value(u"latency-ms"_s).toInt(),
                    .rounds = parser.value(u"rounds"_s).toInt()};
    if (task.drafts < 1 || task.limitRequests < 1 || task.limitSeconds < 1 || task.rounds < 1)
        parser.showHelp(2);
    Report report(u"deletion under a limit of %1 s, %2 ms latency"_s.arg(
        limit, QString::number(task.latencyMilliseconds)));
    const bool isMeasured = measureAll(task, &report);
    if (!isMeasured)
        std::fputs("bench_deletion: a run did not end as it must\n", stderr);
    report.print();
    const QString file = parser.value(u"json"_s);
    return isMeasured && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
