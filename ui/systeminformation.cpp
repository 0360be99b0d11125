// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/systeminformation.h"

#include <QApplication>
#include <QLocale>
#include <QPalette>
#include <QScreen>
#include <QStringList>
#include <QStyle>
#include <QSysInfo>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

QString systemInformation()
{
    QStringList lines{
        "Jobsweep "_L1 % QCoreApplication::applicationVersion(),
        "Qt "_L1 % QLatin1StringView(qVersion()) % ", built with "_L1
            % QLatin1StringView(QT_VERSION_STR),
        QSysInfo::prettyProductName() % ", "_L1 % QSysInfo::kernelType() % ' '_L1
            % QSysInfo::kernelVersion() % ", "_L1 % QSysInfo::currentCpuArchitecture(),
        "Window system "_L1 % QGuiApplication::platformName() % ", style "_L1
            % QApplication::style()->name(),
        "Locale "_L1 % QLocale().bcp47Name(),
    };
    const auto screens = QGuiApplication::screens();
    for (const QScreen *screen : screens) {
        lines.append(u"Screen %1 × %2, scaled by %3"_s.arg(screen->size().width())
                         .arg(screen->size().height())
                         .arg(screen->devicePixelRatio()));
    }
    const QPalette palette = QApplication::palette();
    const bool isDark = palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
    lines.append(isDark ? u"Dark palette"_s : u"Light palette"_s);
    lines.removeAll(QString());
    return lines.join(u'\n') % u'\n';
}

} // namespace Jobsweep
