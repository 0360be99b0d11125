// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The program as its composition root builds it, but with settings in a temporary folder, a
// keychain in memory and the demo service at hand, so that nothing of the person's own is touched.

#include "core.h"
#include "deletion/sqlitehistory.h"
#include "demo/demoservice.h"
#include "tests/support/faketokenstore.h"
#include "ui/mainwindow.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace Jobsweep::Testing {

/// What is around the program and stays when the program ends.
struct World
{
    /// An empty name stands for a new history.
    explicit World(const QString &existingHistory = {})
        : historyFile(existingHistory.isEmpty()
                          ? folder.filePath(QStringLiteral("data/history.sqlite"))
                          : existingHistory)
    {
        // The time to undo is shown once; elsewhere nobody wants to wait for it.
        settings.setHoldSeconds(0);
    }
    Q_DISABLE_COPY_MOVE(World)

    QTemporaryDir folder;
    const QString historyFile;
    const QString ledgerFile = folder.filePath(QStringLiteral("ledger.jsonl"));
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    FakeTokenStore keychain;
    SystemClock clock;
    /// Strict enough that a deletion of some dozens meets its limit within seconds, and slow enough
    /// that a person can interrupt one.
    const DemoOptions options{.limitRequests = 60,
                              .limitSeconds = 6,
                              .latencyMilliseconds = 150,
                              .ledgerFile = ledgerFile,
                              .submittedOneIn = 12,
                              .forbiddenOneIn = 25};
    DemoService service{options};
};

/// From its start to its end. Declared in the order in which the program builds its parts.
struct Program
{
    /// `world` must outlive the program.
    explicit Program(World &world)
        : core({network, world.clock, world.keychain, world.settings, history, world.historyFile})
    {
        history.open(world.historyFile);
    }
    Q_DISABLE_COPY_MOVE(Program)

    QNetworkAccessManager network;
    SqliteHistory history;
    Core core;
    MainWindow window{core};
};

} // namespace Jobsweep::Testing
