// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktopnotifier.h"

#include <QDBusPendingCallWatcher>
#include <QGuiApplication>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr auto service = "org.freedesktop.Notifications"_L1;
constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr auto iconName = "jobsweep"_L1;
/// The action that a click on the notification itself stands for.
constexpr auto defaultAction = "default"_L1;
constexpr int serverDecidesExpiry = -1;
constexpr uchar normalUrgency = 1;

} // namespace

DesktopNotifier::DesktopNotifier(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_bus(bus)
{
    watchSignal(u"ActionInvoked"_s, SLOT(actionInvoked(uint, QString, QDBusMessage)));
    watchSignal(u"NotificationClosed"_s, SLOT(notificationClosed(uint, uint, QDBusMessage)));
}

/// Without the service's name, whose owner would be asked for and waited for; isOurs() looks at the
/// sender instead. QDBusConnection takes slots by name only.
void DesktopNotifier::watchSignal(const QString &name, const char *slot)
{
    m_bus.connect({}, path, service, name, this, slot);
}

void DesktopNotifier::notify(const QString &title, const QString &text)
{
    if (!m_bus.isConnected()) {
        // A call without a bus never ends.
        QMetaObject::invokeMethod(this, &DesktopNotifier::notShown, Qt::QueuedConnection);
        return;
    }
    m_next = {title, text};
    sendNext();
}

void DesktopNotifier::withdraw()
{
    m_next.reset();
    if (m_id == 0)
        return;
    auto message = QDBusMessage::createMethodCall(service, path, service, u"CloseNotification"_s);
    message << std::exchange(m_id, 0);
    m_bus.send(message);
}

void DesktopNotifier::sendNext()
{
    if (m_isCalling || !m_next)
        return;
    if (m_capabilities)
        show(*std::exchange(m_next, {}));
    else
        askCapabilities();
}

void DesktopNotifier::askCapabilities()
{
    call(u"GetCapabilities"_s, {}, [this](const QDBusMessage &reply) {
        m_capabilities = reply.arguments().value(0).toStringList();
    });
}

void DesktopNotifier::show(const Content &content)
{
    const bool readsMarkup = m_capabilities->contains("body-markup"_L1);
    const bool hasActions = m_capabilities->contains("actions"_L1);
    const QVariantList arguments{
        QGuiApplication::applicationDisplayName(),
        m_id,
        QString(iconName),
        content.title,
        readsMarkup ? content.text.toHtmlEscaped() : content.text,
        hasActions ? QStringList{defaultAction, tr("Show", "a window")} : QStringList(),
        QVariantMap{{u"urgency"_s, QVariant::fromValue(normalUrgency)},
                    {u"desktop-entry"_s, QGuiApplication::desktopFileName()}},
        serverDecidesExpiry,
    };
    call(u"Notify"_s, arguments, [this](const QDBusMessage &reply) {
        m_id = reply.arguments().value(0).toUInt();
        m_server = reply.service();
    });
}

void DesktopNotifier::call(const QString &method, const QVariantList &arguments,
                           std::function<void(const QDBusMessage &)> takeReply)
{
    auto message = QDBusMessage::createMethodCall(service, path, service, method);
    message.setArguments(arguments);
    m_isCalling = true;
    auto *watcher
        = new QDBusPendingCallWatcher(m_bus.asyncCall(message, timeoutMilliseconds), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, takeReply = std::move(takeReply)] {
                watcher->deleteLater();
                m_isCalling = false;
                if (watcher->isError()) {
                    // The next one may meet another server.
                    m_capabilities.reset();
                    m_next.reset();
                    m_id = 0;
                    emit notShown();
                    return;
                }
                takeReply(watcher->reply());
                sendNext();
            });
}

bool DesktopNotifier::isOurs(uint id, const QDBusMessage &message) const
{
    return m_id != 0 && id == m_id && message.service() == m_server;
}

void DesktopNotifier::actionInvoked(uint id, const QString &action, const QDBusMessage &message)
{
    if (isOurs(id, message) && action == defaultAction)
        emit activated();
}

void DesktopNotifier::notificationClosed(uint id, uint /*reason*/, const QDBusMessage &message)
{
    if (isOurs(id, message))
        m_id = 0;
}

} // namespace Jobsweep
