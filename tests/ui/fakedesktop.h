// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QStringList>
#include <QVariantMap>

namespace Jobsweep::Testing {

/// The desktop's end: writes down what it is asked to show.
class FakeDesktop final : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    static constexpr QLatin1StringView service{"org.freedesktop.Notifications"};
    static constexpr QLatin1StringView path{"/org/freedesktop/Notifications"};

    explicit FakeDesktop(const QDBusConnection &bus) : m_bus(bus)
    {
        m_bus.registerObject(path, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(service);
    }
    ~FakeDesktop() override
    {
        m_bus.unregisterService(service);
        m_bus.unregisterObject(path);
    }
    Q_DISABLE_COPY_MOVE(FakeDesktop)

    struct Shown
    {
        uint replaced = 0;
        QString title;
        QString text;
        QStringList actions;
    };

    QStringList capabilities = {QStringLiteral("body"), QStringLiteral("actions")};
    bool answers = true;
    QList<Shown> shown;
    QList<uint> closedIds;
    int timesAsked = 0;

public slots:
    QStringList GetCapabilities()
    {
        ++timesAsked;
        setDelayedReply(!answers);
        return capabilities;
    }
    uint Notify(const QString &program, uint replaced, const QString &icon, const QString &title,
                const QString &text, const QStringList &actions, const QVariantMap &hints,
                int milliseconds)
    {
        Q_UNUSED(program)
        Q_UNUSED(icon)
        Q_UNUSED(hints)
        Q_UNUSED(milliseconds)
        setDelayedReply(!answers);
        shown.append({replaced, title, text, actions});
        return replaced != 0 ? replaced : static_cast<uint>(shown.size());
    }
    void CloseNotification(uint id) { closedIds.append(id); }

signals:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
};

} // namespace Jobsweep::Testing
