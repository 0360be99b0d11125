// SPDX-License-Identifier: GPL-3.0-or-later

// From the start of a process until its main window has been painted and takes input: Jobsweep, in
// turn with a program that has an empty main window and nothing else.
//   bench_startup [--rounds N] [--json FILE]

#include "tests/bench/report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>
#include <optional>

using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostMilliseconds = 30'000;

/// With folders of its own, so that the person's settings and history stay out of it.
std::optional<double> millisecondsToFirstFrame(const QString &program)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto *name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                             "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(name), home.path());
    const QString here = QCoreApplication::applicationDirPath();
    environment.insert(u"QT_PLUGIN_PATH"_s, here);
    environment.insert(u"QT_QPA_GENERIC_PLUGINS"_s, u"firstframe"_s);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer elapsed;
    elapsed.start();
    process.start(here % u'/' % program);
    const bool isShown
        = process.waitForReadyRead(mostMilliseconds) && process.readLine() == "first frame\n"_ba;
    const auto milliseconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e6;
    process.kill();
    process.waitForFinished();
    return isShown ? std::optional(milliseconds) : std::nullopt;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"rounds"_s, {}, u"number"_s, u"15"_s}, {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (rounds < 1)
        parser.showHelp(2);
    Figures figures;
    // The first of each also reads the files from the disk.
    for (int round = -1; round < rounds; ++round) {
        const auto jobsweep = millisecondsToFirstFrame(u"jobsweep"_s);
        const auto empty = millisecondsToFirstFrame(u"emptywindow"_s);
        if (!jobsweep || !empty) {
            std::fputs("bench_startup: a program showed no window\n", stderr);
            return 1;
        }
        if (round < 0)
            continue;
        figures.add(u"Jobsweep"_s, *jobsweep, u"ms"_s);
        figures.add(u"an empty main window"_s, *empty, u"ms"_s);
        figures.add(u"times the empty window's time"_s, *jobsweep / *empty, {}, u"≤ 1.5"_s);
    }
    Report report(u"start until the first frame"_s);
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return file.isEmpty() || report.write(file) ? 0 : 1;
}
