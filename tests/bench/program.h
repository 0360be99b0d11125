// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"
#include "deletion/sqlitehistory.h"
#include "tests/bench/servers.h"
#include "tests/bench/waiting.h"
#include "tests/support/faketokenstore.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace Jobsweep::Bench {

/// What the program is beneath its window, with its durable history and folders of its own.
struct Program
{
    explicit Program(const JobQuery &query = {}, TierLimits limits = publishedLimits())
        : core({.network = network,
                .clock = clock,
                .tokens = tokens,
                .settings = settings,
                .history = history,
                .historyFile = historyFile(),
                .limits = std::move(limits)})
    {
        settings.setQuery(query);
        history.open(historyFile());
    }
    Q_DISABLE_COPY_MOVE(Program)

    [[nodiscard]] QString historyFile() const
    {
        return folder.filePath(QStringLiteral("history.sqlite"));
    }
    [[nodiscard]] bool waitForHistory()
    {
        return waitUntil(history, &SqliteHistory::opened, [this] { return !history.failure(); });
    }
    void connectTo(const QString &address, const QString &token)
    {
        core.connection.openForSession(ServiceAddress::parse(address).value(),
                                       AccessToken::fromPasted(token).value());
    }

    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("bench.ini"))};
    SystemClock clock;
    QNetworkAccessManager network;
    Testing::FakeTokenStore tokens;
    SqliteHistory history;
    Core core;
};

} // namespace Jobsweep::Bench
