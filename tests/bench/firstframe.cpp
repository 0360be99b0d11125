// SPDX-License-Identifier: GPL-3.0-or-later

// A plugin that Qt loads into any program with a window when QT_QPA_GENERIC_PLUGINS names it. Says
// on standard output when the main window has been painted for the first time and waits for input.

#include <QCoreApplication>
#include <QEvent>
#include <QGenericPlugin>
#include <QTimer>

#include <cstdio>

namespace Jobsweep::Bench {

class FirstFrame final : public QObject
{
    Q_OBJECT

public:
    FirstFrame() { QCoreApplication::instance()->installEventFilter(this); }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && object->inherits("QMainWindow")) {
            QCoreApplication::instance()->removeEventFilter(this);
            // Behind what else is to be done before the program waits.
            QTimer::singleShot(0, this, [] {
                std::puts("first frame");
                std::fflush(stdout);
            });
        }
        return false;
    }
};

class FirstFramePlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "firstframe.json")

public:
    QObject *create(const QString &, const QString &) override { return new FirstFrame; }
};

} // namespace Jobsweep::Bench

#include "firstframe.moc"
