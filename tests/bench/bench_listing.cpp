// SPDX-License-Identifier: GPL-3.0-or-later

// Lists every job of the demo service in the real window and says how long it took, how long the
// window stood still and how much memory it needed.
//   bench_listing [--jobs N] [--latency-ms N] [--rounds N] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/draftlist.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/bench/servers.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace Jobsweep;
using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

bool measureRound(const QString &jobs, const QString &latency, bool isFirst, Figures *figures)
{
    DemoProcess service;
    if (!service.start({u"--jobs"_s, jobs, u"--latency-ms"_s, latency}))
        return false;
    Program program({.state = {}});
    JobLister &lister = program.core.lister;
    MainWindow window(program.core);
    window.show();
    const long idle = peakMemoryKilobytes();

    QElapsedTimer elapsed;
    qint64 firstRows = -1;
    QObject::connect(&program.core.jobs, &QAbstractItemModel::rowsInserted, &window, [&] {
        if (firstRows < 0)
            firstRows = elapsed.elapsed();
    });
    BlockWatch blocks;
    elapsed.start();
    program.connectTo(service.address(), service.token());
    if (!waitForListing(lister))
        return false;
    const qint64 all = elapsed.elapsed();
    const double loaded = std::max(1, lister.loaded());
    figures->add(u"jobs"_s, lister.loaded(), {});
    figures->add(u"first rows"_s, static_cast<double>(firstRows), u"ms"_s);
    figures->add(u"all rows"_s, static_cast<double>(all), u"ms"_s);
    figures->add(u"longest block"_s, blocks.quantile(1), u"ms"_s);
    figures->add(u"99.9 % of turns below"_s, blocks.quantile(0.999), u"ms"_s);
    // A later round finds the memory of the one before.
    if (isFirst) {
        const auto needed = static_cast<double>(peakMemoryKilobytes() - idle);
        figures->add(u"memory over idle"_s, needed / 1024, u"MB"_s);
        figures->add(u"memory of a job"_s, needed / loaded, u"kB"_s);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    // About 100 000 of them are the user's.
    parser.addOptions({{u"jobs"_s, {}, u"number"_s, u"160000"_s},
                       {u"latency-ms"_s, {}, u"number"_s, u"0"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const QString latency = parser.value(u"latency-ms"_s);
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (rounds < 1)
        parser.showHelp(2);
    Figures figures;
    bool isComplete = true;
    for (int round = 0; isComplete && round < rounds; ++round)
        isComplete = measureRound(parser.value(u"jobs"_s), latency, round == 0, &figures);
    if (!isComplete)
        std::fputs("bench_listing: a listing did not end as it must\n", stderr);
    Report report(u"listing, %1 ms latency"_s.arg(latency));
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return isComplete && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
