// SPDX-License-Identifier: GPL-3.0-or-later

// Lists every job of a service in the real window and says how long it took, how long the window
// stood still and how much memory it needed. Start a service of its own for it:
//   jobsweep-demo-service --jobs 160000
//   bench_listing ADDRESS TOKEN

#include "core.h"
#include "tests/bench/blockwatch.h"
#include "tests/support/fakehistory.h"
#include "tests/support/faketokenstore.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace Jobsweep;
using Bench::BlockWatch;
using Bench::peakMemoryKilobytes;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto address = ServiceAddress::parse(arguments.value(1));
    const auto token = AccessToken::fromPasted(arguments.value(2));
    if (!address || !token) {
        std::fputs("usage: bench_listing ADDRESS TOKEN\n", stderr);
        return 2;
    }
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"bench.ini"_s));
    settings.setQuery({.iTwinId = {}, .state = {}});
    SystemClock clock;
    QNetworkAccessManager network;
    Testing::FakeTokenStore tokens;
    Testing::FakeHistory history;
    Core core({network, clock, tokens, settings, history});
    JobLister &lister = core.lister;
    MainWindow window(core);
    window.show();
    const long idle = peakMemoryKilobytes();

    QElapsedTimer elapsed;
    qint64 firstRows = -1;
    BlockWatch blocks;
    QObject::connect(&core.jobs, &QAbstractItemModel::rowsInserted, &window, [&] {
        if (firstRows < 0)
            firstRows = elapsed.elapsed();
    });
    QObject::connect(&lister, &JobLister::stateChanged, &application, [&] {
        using State = JobLister::State;
        if (lister.state() == State::Loading || lister.state() == State::NotLoaded)
            return;
        const double loaded = std::max(1, lister.loaded());
        const auto needed = static_cast<double>(peakMemoryKilobytes() - idle);
        std::printf("jobs %d, first rows %lld ms, all %lld ms, window still: longest %.1f ms, "
                    "99.9 %% below %.1f ms, memory over idle %.0f MB (%.2f kB a job)\n",
                    lister.loaded(), firstRows, elapsed.elapsed(), blocks.quantile(1),
                    blocks.quantile(0.999), needed / 1024, needed / loaded);
        QApplication::exit(lister.state() == State::Complete ? 0 : 1);
    });
    elapsed.start();
    core.connection.openForSession(*address, *token);
    return QApplication::exec();
}
