// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demo service's sockets: turns HTTP into DemoRequest and DemoAnswer into HTTP, late by the
// latency, and keeps the ledger. Lives on the service's thread.

#include "demo/demobackend.h"
#include "demo/demoledger.h"

#include <QAbstractHttpServer>
#include <QElapsedTimer>

#include <memory>

namespace Jobsweep {

class DemoServer final : public QAbstractHttpServer
{
public:
    explicit DemoServer(std::shared_ptr<DemoBackend> backend);

    [[nodiscard]] bool openLedger(const QString &fileName) { return m_ledger.open(fileName); }
    void setLatency(int milliseconds) { m_latencyMilliseconds = milliseconds; }

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    std::shared_ptr<DemoBackend> m_backend;
    DemoLedger m_ledger;
    QElapsedTimer m_clock;
    int m_latencyMilliseconds = 0;
};

} // namespace Jobsweep
