// SPDX-License-Identifier: GPL-3.0-or-later

// Lists the jobs of the demo service in the real window, in turn with curl, which fetches the same
// pages one after another, and says how long it took, how long the window stood still and how much
// memory it needed. Each listing has a process of its own, whose memory is not that of another; the
// service gives pages that it has made before.
//   bench_listing [--jobs N,…] [--latency-ms N,…] [--rounds N] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/curl.h"
#include "tests/bench/draftlist.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/bench/servers.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Jobsweep;
using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto oneListing = "one-listing"_L1;
constexpr auto allRows = "all rows"_L1;
constexpr auto memory = "memory over idle"_L1;

/// Jobs that the service needs so that about as many are its user's.
int serviceJobs(int listed)
{
    return listed * 8 / 5;
}

QJsonObject figure(const QString &name, double value, const QString &unit,
                   const QString &target = {})
{
    return {{u"name"_s, name}, {u"value"_s, value}, {u"unit"_s, unit}, {u"target"_s, target}};
}

/// In a process of its own: lists from the service that its input names and writes the figures to
/// its output.
int listOnce()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    const QJsonObject service = QJsonDocument::fromJson(input.readAll()).object();
    Program program({.state = {}});
    JobLister &lister = program.core.lister;
    MainWindow window(program.core);
    window.show();
    QCoreApplication::processEvents();
    const long idle = peakMemoryKilobytes();

    QElapsedTimer elapsed;
    double firstRows = -1;
    const auto milliseconds
        = [&elapsed] { return static_cast<double>(elapsed.nsecsElapsed()) / 1e6; };
    QObject::connect(&program.core.jobs, &QAbstractItemModel::rowsInserted, &window, [&] {
        if (firstRows < 0)
            firstRows = milliseconds();
    });
    BlockWatch blocks;
    elapsed.start();
    program.connectTo(service.value("address"_L1).toString(), service.value("token"_L1).toString());
    if (!waitForListing(lister))
        return 1;
    const double all = milliseconds();
    const auto needed = static_cast<double>(peakMemoryKilobytes() - idle);
    const QJsonArray figures{
        figure(u"jobs"_s, lister.loaded(), {}),
        figure(u"first rows"_s, firstRows, u"ms"_s),
        figure(allRows, all, u"ms"_s),
        figure(u"longest block"_s, blocks.quantile(1), u"ms"_s, u"< 50"_s),
        figure(u"99.9 % of turns below"_s, blocks.quantile(0.999), u"ms"_s, u"< 16"_s),
        figure(memory, needed / 1024, u"MB"_s),
        figure(u"memory of a job"_s, needed / std::max(1, lister.loaded()), u"kB"_s, u"< 2"_s)};
    std::printf("%s\n", QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    return 0;
}

std::optional<QJsonArray> listByJobsweep(const DemoProcess &service)
{
    const QJsonObject input{{u"address"_s, service.address()}, {u"token"_s, service.token()}};
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {"--"_L1 + oneListing});
    process.write(QJsonDocument(input).toJson());
    process.closeWriteChannel();
    if (!process.waitForFinished(mostMilliseconds) || process.exitCode() != 0)
        return {};
    return QJsonDocument::fromJson(process.readAllStandardOutput()).array();
}

struct Size
{
    int jobs = 0;
    int latencyMilliseconds = 0;

    [[nodiscard]] QString named(const QString &figure) const
    {
        return u"%1 jobs, %2 ms: %3"_s.arg(jobs).arg(latencyMilliseconds).arg(figure);
    }
    [[nodiscard]] QString ratioTarget() const
    {
        if (jobs < 100'000)
            return {};
        return latencyMilliseconds == 0 ? u"≤ 2.5"_s : u"≤ 1.15"_s;
    }
};

/// Time and memory of one size, to compare with those of another.
struct Needs
{
    std::vector<double> milliseconds;
    std::vector<double> megabytes;
};

std::optional<Needs> measure(const Size &size, int rounds, Figures *figures)
{
    DemoProcess service;
    if (!service.start({u"--keep-pages"_s, u"--jobs"_s, QString::number(serviceJobs(size.jobs)),
                        u"--latency-ms"_s, QString::number(size.latencyMilliseconds)}))
        return {};
    // Makes the pages, and tells which they are.
    if (!listByJobsweep(service))
        return {};
    const QStringList pages = service.pages();
    Needs needs;
    for (int round = 0; round < rounds; ++round) {
        const auto listing = listByJobsweep(service);
        const auto curl = fetchByCurl(pages, service.token());
        if (!listing || curl.exitCode != 0)
            return {};
        for (const auto &value : *listing) {
            const QString name = value["name"_L1].toString();
            const double number = value["value"_L1].toDouble();
            figures->add(size.named(name), number, value["unit"_L1].toString(),
                         value["target"_L1].toString());
            if (name == allRows)
                needs.milliseconds.push_back(number);
            if (name == memory)
                needs.megabytes.push_back(number);
        }
        figures->add(size.named(u"curl, %1 pages"_s.arg(pages.size())), curl.seconds * 1000,
                     u"ms"_s);
        figures->add(size.named(u"times curl's time"_s),
                     needs.milliseconds.back() / (curl.seconds * 1000), {}, size.ratioTarget());
    }
    return needs;
}

void addGrowth(const Size &size, double factor, const Needs &smaller, const Needs &needs,
               Figures *figures)
{
    const auto growth = [](const std::vector<double> &from, const std::vector<double> &to) {
        return spreadOf(to).median / spreadOf(from).median;
    };
    const QString target = u"≤ %1"_s.arg(factor * 1.1);
    figures->add(size.named(u"time for %1 times the jobs"_s.arg(factor)),
                 growth(smaller.milliseconds, needs.milliseconds), {}, target);
    figures->add(size.named(u"memory for %1 times the jobs"_s.arg(factor)),
                 growth(smaller.megabytes, needs.megabytes), {}, target);
}

bool measureAll(const QStringList &jobs, const QStringList &latencies, int rounds, Figures *figures)
{
    for (const QString &latency : latencies) {
        std::optional<Needs> smaller;
        int smallerJobs = 0;
        for (const QString &number : jobs) {
            const Size size{number.toInt(), latency.toInt()};
            const auto needs = measure(size, rounds, figures);
            if (!needs)
                return false;
            if (smaller)
                addGrowth(size, double(size.jobs) / smallerJobs, *smaller, *needs, figures);
            smaller = needs;
            smallerJobs = size.jobs;
        }
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    QCommandLineOption ofOneProcess(oneListing);
    ofOneProcess.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({{u"jobs"_s, {}, u"number,…"_s, u"1000,10000,100000"_s},
                       {u"latency-ms"_s, {}, u"number,…"_s, u"0,50"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s},
                       ofOneProcess});
    parser.process(application);
    if (parser.isSet(ofOneProcess))
        return listOnce();
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (rounds < 1)
        parser.showHelp(2);
    Figures figures;
    const bool isComplete = measureAll(parser.value(u"jobs"_s).split(u','),
                                       parser.value(u"latency-ms"_s).split(u','), rounds, &figures);
    if (!isComplete)
        std::fputs("bench_listing: a listing did not end as it must\n", stderr);
    Report report(u"listing"_s);
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return isComplete && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
