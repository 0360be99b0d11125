// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace Jobsweep {

/// Says something outside the window, as a notification of the desktop
/// (org.freedesktop.Notifications). Never waits for the bus. There is one notification at a time: a
/// newer one takes the place of the one before.
class DesktopNotifier final : public QObject
{
    Q_OBJECT

public:
    /// How long the desktop may take for an answer, until notShown().
    static constexpr int timeoutMilliseconds = 2000;

    explicit DesktopNotifier(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Both are plain text. While one is on its way, only the newest waits to follow it.
    void notify(const QString &title, const QString &text);
    /// Takes the notification away: the person has seen what it is about.
    void withdraw();

signals:
    /// The person clicked the notification: bring the window to the front.
    void activated();
    /// The desktop shows no notifications, or did not answer in time: call QApplication::alert().
    void notShown();

private slots:
    void actionInvoked(uint id, const QString &action, const QDBusMessage &message);
    void notificationClosed(uint id, uint reason, const QDBusMessage &message);

private:
    struct Content
    {
        QString title;
        QString text;
    };

    void watchSignal(const QString &name, const char *slot);
    void sendNext();
    void askCapabilities();
    void show(const Content &content);
    void call(const QString &method, const QVariantList &arguments,
              std::function<void(const QDBusMessage &)> takeReply);
    [[nodiscard]] bool isOurs(uint id, const QDBusMessage &message) const;

    QDBusConnection m_bus;
    /// What the server can do; nothing until it has said so.
    std::optional<QStringList> m_capabilities;
    std::optional<Content> m_next;
    bool m_isCalling = false;
    /// Of the notification that is shown; 0 is none.
    uint m_id = 0;
    /// The server's own name on the bus, by which its signals are known.
    QString m_server;
};

} // namespace Jobsweep
