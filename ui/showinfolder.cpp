// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/showinfolder.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr auto service = "org.freedesktop.FileManager1"_L1;
constexpr auto path = "/org/freedesktop/FileManager1"_L1;
/// A file manager that has to be started first takes its time.
constexpr int patience = 5'000;

void openFolder(const QString &fileName)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(fileName).absolutePath()));
}

} // namespace

void showInFolder(const QString &fileName, QObject *context)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        openFolder(fileName);
        return;
    }
    auto message = QDBusMessage::createMethodCall(service, path, service, u"ShowItems"_s);
    message << QStringList(QUrl::fromLocalFile(fileName).toString(QUrl::FullyEncoded)) << QString();
    auto *call = new QDBusPendingCallWatcher(bus.asyncCall(message, patience), context);
    QObject::connect(call, &QDBusPendingCallWatcher::finished, context, [call, fileName] {
        call->deleteLater();
        if (call->isError())
            openFolder(fileName);
    });
}

} // namespace Jobsweep
