// SPDX-License-Identifier: GPL-3.0-or-later

// The composition root: reads the command line, builds every object in order, connects, shows. The
// only place that knows all of them.

#include "account/connection.h"
#include "deletion/deletionqueue.h"
#include "demo/demoservice.h"
#include "http/restclient.h"
#include "jobs/itwins.h"
#include "jobs/joblister.h"
#include "ui/commandline.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QNetworkAccessManager>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The token is in this process's memory: no core dump may hold it, no other process read it.
void keepMemoryPrivate()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// Reads the command line before there is a window system, which --help and a mistake do not need.
std::variant<CommandLine, CommandLineEnd> readCommandLine(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return parseCommandLine(QCoreApplication::arguments());
}

int endWith(const CommandLineEnd &end)
{
    std::fputs(qUtf8Printable(end.text), end.exitCode == 0 ? stdout : stderr);
    return end.exitCode;
}

/// Starts the demo's service and uses it for this session; what is saved stays as it is.
void startDemo(DemoService &demo, Connection &connection, MainWindow &window)
{
    QObject::connect(&demo, &DemoService::started, &window,
                     [&connection, &window](const QUrl &url, const QByteArray &token) {
                         const auto address = ServiceAddress::parse(url.toString());
                         const auto parsed = AccessToken::fromPasted(QString::fromLatin1(token));
                         if (!address || !parsed)
                             return;
                         window.setDemoAddress(*address);
                         connection.openForSession(*address, *parsed);
                     });
    demo.start();
}

} // namespace

int main(int argc, char **argv)
{
    keepMemoryPrivate();
    QCoreApplication::setApplicationName(u"Jobsweep"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(JOBSWEEP_VERSION));
    const auto parsed = readCommandLine(argc, argv);
    if (const auto *end = std::get_if<CommandLineEnd>(&parsed))
        return endWith(*end);
    const auto &commandLine = std::get<CommandLine>(parsed);

    QApplication application(argc, argv);
    SystemClock clock;
    QNetworkAccessManager network;
    RateLimiter limiter;
    RestClient client(network, limiter, clock, systemRandomness());
    JobsApi api(client);
    JobModel jobs;
    JobLister lister(api, jobs, clock, systemRandomness());
    ITwins iTwins(client);
    DeletionQueue queue(api, jobs, clock, systemRandomness());
    Settings settings;
    SystemKeychain keychain;
    RateLimiter testLimiter;
    Connection connection(client, keychain, settings, [&network, &testLimiter, &clock] {
        return std::make_unique<RestClient>(network, testLimiter, clock, systemRandomness());
    });

    DemoOptions demoOptions = DemoOptions::forTryingOut();
    demoOptions.jobs = commandLine.demoJobs.value_or(demoOptions.jobs);
    DemoService demo(demoOptions);

    MainWindow window({jobs, lister, iTwins, queue, connection, client, settings, clock});
    QObject::connect(&window, &MainWindow::demoRequested, &demo,
                     [&] { startDemo(demo, connection, window); });
    window.show();
    if (commandLine.demo)
        startDemo(demo, connection, window);
    else if (commandLine.serviceAddress)
        connection.openForSession(*commandLine.serviceAddress, {});
    else
        connection.open();
    return QApplication::exec();
}
