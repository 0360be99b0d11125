// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The service in small, on a loopback port and a thread of its own, for trying the program out and
// for tests. It behaves as the service documentation says, so a client of the real one works
// unchanged; it reads nothing of the program's own code.

#include "demo/demobackend.h"
#include "demo/demooptions.h"

#include <QByteArray>
#include <QObject>
#include <QThread>
#include <QUrl>

#include <memory>

namespace Jobsweep {

enum class DemoFailure { PortNotAvailable, LedgerNotWritable };

class DemoService final : public QObject
{
    Q_OBJECT

public:
    /// Neither data nor sockets before start().
    explicit DemoService(const DemoOptions &options, QObject *parent = nullptr);
    ~DemoService() override;

    /// Returns at once; started() or failed() follows from the event loop. Once per object.
    void start();
    /// Closes the port and every connection before it returns. Harmless when not started.
    void stop();

    /// From now on every request with the token of before gets 401 `Unauthorized`.
    void expireToken() { m_backend->expireToken(); }
    /// A new valid token; the one before is refused.
    QByteArray issueToken() { return m_backend->issueToken(); }
    /// Submits a draft behind the user's back. False where there is no such draft.
    bool submitJob(const QString &id) { return m_backend->submitJob(id); }

Q_SIGNALS:
    /// `address` has no path: append /contextcapture/jobs and so on.
    void started(const QUrl &address, const QByteArray &token);
    void failed(Jobsweep::DemoFailure reason);

private:
    DemoOptions m_options;
    std::shared_ptr<DemoBackend> m_backend;
    QThread m_thread;
};

} // namespace Jobsweep
