// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"

#include <QBuffer>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>

using namespace Qt::Literals::StringLiterals;

// Resources of a static library are linked only when something asks for them.
static void initializeResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace Jobsweep {

namespace {

QString fileName(IconName name)
{
    switch (name) {
    case IconName::Trash:
        return u":/icons/trash.svg"_s;
    case IconName::Refresh:
        return u":/icons/refresh.svg"_s;
    case IconName::Stop:
        return u":/icons/stop.svg"_s;
    case IconName::Settings:
        return u":/icons/settings.svg"_s;
    case IconName::Search:
        return u":/icons/search.svg"_s;
    case IconName::StateUnsubmitted:
        return u":/icons/state-unsubmitted.svg"_s;
    case IconName::StateActive:
        return u":/icons/state-active.svg"_s;
    case IconName::StateSuccess:
        return u":/icons/state-success.svg"_s;
    case IconName::StateFailed:
        return u":/icons/state-failed.svg"_s;
    case IconName::StateCancelled:
        return u":/icons/state-cancelled.svg"_s;
    case IconName::StateUnknown:
        return u":/icons/state-unknown.svg"_s;
    case IconName::Warning:
        return u":/icons/warning.svg"_s;
    case IconName::Danger:
        return u":/icons/danger.svg"_s;
    case IconName::Information:
        return u":/icons/information.svg"_s;
    case IconName::Remove:
        return u":/icons/remove.svg"_s;
    }
    return {};
}

QColor colorFor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    case QIcon::Selected:
        return palette.color(QPalette::Active, QPalette::HighlightedText);
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return palette.color(QPalette::Active, QPalette::ButtonText);
}

/// Draws an SVG file whose strokes are `currentColor` in the colour that the palette has at the
/// time of drawing.
class LineIconEngine final : public QIconEngine
{
public:
    explicit LineIconEngine(const QString &file) : m_file(file) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        QPixmap picture = pixmap(rect.size() * ratio, mode, state);
        picture.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, picture);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor color = colorFor(mode);
        const QString key = u"jobsweep/%1/%2/%3x%4"_s.arg(m_file, color.name(QColor::HexArgb))
                                .arg(size.width())
                                .arg(size.height());
        QPixmap found;
        if (QPixmapCache::find(key, &found))
            return found;
        found = draw(size, color);
        QPixmapCache::insert(key, found);
        return found;
    }

    QIconEngine *clone() const override { return new LineIconEngine(m_file); }
    QString key() const override { return u"jobsweep-line"_s; }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QPixmap draw(const QSize &size, const QColor &color) const
    {
        QFile file(m_file);
        if (size.isEmpty() || !file.open(QIODevice::ReadOnly))
            return {};
        QByteArray svg = file.readAll().replace("currentColor"_ba, color.name().toLatin1());
        QBuffer buffer(&svg);
        QImageReader reader(&buffer, "svg"_ba);
        const int side = qMin(size.width(), size.height());
        reader.setScaledSize({side, side});
        return QPixmap::fromImage(reader.read());
    }

    QString m_file;
};

} // namespace

QIcon icon(IconName name)
{
    initializeResources();
    return QIcon(new LineIconEngine(fileName(name)));
}

QIcon applicationIcon()
{
    initializeResources();
    return QIcon(u":/icons/jobsweep.svg"_s);
}

} // namespace Jobsweep
