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

/// Declared in the order in which the program builds its parts.
struct Program
{
    Program() = default;
    Q_DISABLE_COPY_MOVE(Program)

    QTemporaryDir folder;
    const QString ledgerFile = folder.filePath(QStringLiteral("ledger.jsonl"));
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    FakeTokenStore keychain;
    SystemClock clock;
    QNetworkAccessManager network;
    SqliteHistory history;
    Core core{{network, clock, keychain, settings, history}};
    /// Strict enough that a deletion of some dozens meets its limit within seconds.
    DemoService service{DemoOptions{.limitRequests = 60,
                                    .limitSeconds = 6,
                                    .latencyMilliseconds = 20,
                                    .ledgerFile = ledgerFile,
                                    .submittedOneIn = 12}};
    MainWindow window{core};
};

} // namespace Jobsweep::Testing
