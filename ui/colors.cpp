// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/colors.h"

#include <algorithm>
#include <cmath>

namespace Jobsweep {

namespace {

constexpr int dangerHue = 2;
constexpr int warningHue = 35;
constexpr int accentSaturation = 200;

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrastWith(const QPalette &palette, const QColor &color)
{
    return std::min(contrast(color, palette.color(QPalette::Window)),
                    contrast(color, palette.color(QPalette::Base)));
}

/// Starts in the middle, where the hue is strongest, and moves away from the ground's lightness
/// only as far as reading needs.
QColor accent(const QPalette &palette, int hue)
{
    const bool isDark = luminance(palette.color(QPalette::Window)) < 0.18;
    const int step = isDark ? 1 : -1;
    int lightness = 128;
    QColor color = QColor::fromHsl(hue, accentSaturation, lightness);
    while (contrastWith(palette, color) < leastContrast && lightness > 0 && lightness < 255) {
        lightness += step;
        color = QColor::fromHsl(hue, accentSaturation, lightness);
    }
    return color;
}

} // namespace

double contrast(const QColor &one, const QColor &other)
{
    // The braces make it a pair of values; without, one of references to what is gone at once.
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor mutedText(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::Text);
    const QColor ground = palette.color(QPalette::Base);
    const auto mixed
        = [](float one, float other, float share) { return one + (other - one) * share; };
    for (float share = 0.5F; share > 0; share -= 0.05F) {
        const QColor muted = QColor::fromRgbF(mixed(text.redF(), ground.redF(), share),
                                              mixed(text.greenF(), ground.greenF(), share),
                                              mixed(text.blueF(), ground.blueF(), share));
        if (contrast(muted, ground) >= leastContrast)
            return muted;
    }
    return text;
}

QColor dangerAccent(const QPalette &palette)
{
    return accent(palette, dangerHue);
}

QColor warningAccent(const QPalette &palette)
{
    return accent(palette, warningHue);
}

} // namespace Jobsweep
