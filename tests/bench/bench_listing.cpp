// SPDX-License-Identifier: GPL-3.0-or-later

// Lists every job of the demo service in the real window and says how long it took, how long the
// window stood still and how much memory it needed.
//   bench_listing [--jobs N] [--latency-ms N] [--json FILE]

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

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    // About 100 000 of them are the user's.
    parser.addOptions({{u"jobs"_s, {}, u"number"_s, u"160000"_s},
                       {u"latency-ms"_s, {}, u"number"_s, u"0"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    DemoProcess service;
    if (!service.start({u"--jobs"_s, parser.value(u"jobs"_s), u"--latency-ms"_s,
                        parser.value(u"latency-ms"_s)})) {
        std::fputs("bench_listing: the service did not start\n", stderr);
        return 1;
    }
    Program program({.iTwinId = {}, .state = {}});
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
    const bool isComplete = waitForListing(lister);
    const qint64 all = elapsed.elapsed();
    const double loaded = std::max(1, lister.loaded());
    const auto needed = static_cast<double>(peakMemoryKilobytes() - idle);
    Report report(u"listing"_s);
    report.add({{u"jobs"_s, lister.loaded()},
                {u"latency ms"_s, parser.value(u"latency-ms"_s).toInt()},
                {u"first rows ms"_s, firstRows},
                {u"all ms"_s, all},
                {u"longest block ms"_s, blocks.quantile(1)},
                {u"99.9 % below ms"_s, blocks.quantile(0.999)},
                {u"memory over idle MB"_s, needed / 1024},
                {u"kB / job"_s, needed / loaded}});
    report.print();
    const QString file = parser.value(u"json"_s);
    return isComplete && (file.isEmpty() || report.write(file)) ? 0 : 1;
}
