// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"
#include "deletion/deletionqueue.h"
#include "jobs/itwins.h"
#include "jobs/joblister.h"
#include "tests/support/faketokenstore.h"
#include "ui/mainwindow.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <optional>

namespace Jobsweep::Bench {

/// The program without its main function. The window shows `query`.
struct Program
{
    explicit Program(const JobQuery &query = {})
    {
        settings.setQuery(query);
        window.emplace(
            MainWindow::Parts{jobs, lister, iTwins, queue, connection, client, settings, clock});
        window->show();
    }
    Q_DISABLE_COPY_MOVE(Program)

    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("bench.ini"))};
    SystemClock clock;
    QNetworkAccessManager network;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, systemRandomness()};
    JobsApi api{client};
    JobModel jobs;
    JobLister lister{api, jobs, clock, systemRandomness()};
    ITwins iTwins{client};
    DeletionQueue queue{api, jobs, clock, systemRandomness()};
    Testing::FakeTokenStore store;
    Connection connection{client, store, settings, [] { return nullptr; }};
    std::optional<MainWindow> window;
};

} // namespace Jobsweep::Bench
