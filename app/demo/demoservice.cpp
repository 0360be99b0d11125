// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoservice.h"

#include "demo/demoserver.h"

#include <QHostAddress>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

DemoService::DemoService(const DemoOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_backend(std::make_shared<DemoBackend>(options))
{
    m_thread.setObjectName(u"demo service"_s);
}

DemoService::~DemoService()
{
    stop();
}

void DemoService::start()
{
    auto *const server = new DemoServer(m_backend);
    server->setLatency(m_options.latencyMilliseconds);
    server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    m_thread.start();
    // The thread is joined before `this` goes, so the work in it may name it.
    QMetaObject::invokeMethod(server, [this, server, options = m_options, backend = m_backend] {
        const auto tell = [this](const auto &signal) { QMetaObject::invokeMethod(this, signal); };
        if (!server->openLedger(options.ledgerFile)) {
            tell([this] { Q_EMIT failed(DemoFailure::LedgerNotWritable); });
            return;
        }
        backend->prepare();
        const quint16 port = server->listen(QHostAddress::LocalHost, options.port);
        if (port == 0) {
            tell([this] { Q_EMIT failed(DemoFailure::PortNotAvailable); });
            return;
        }
        QUrl address(u"http://127.0.0.1"_s);
        address.setPort(port);
        tell([this, address, token = backend->token()] { Q_EMIT started(address, token); });
    });
}

void DemoService::stop()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace Jobsweep
