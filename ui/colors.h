// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The colours that palettes have no role for, or none that is sure to be readable. Computed from
// the palette, so that they can be read in light and in dark.

#include <QColor>
#include <QPalette>

namespace Jobsweep {

/// The least contrast of small text on its ground (WCAG 2.1, level AA).
inline constexpr double leastContrast = 4.5;

/// From 1 (the same) to 21 (black on white), by WCAG 2.1.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);
/// For deletion and for errors; holds leastContrast on QPalette::Window and QPalette::Base.
[[nodiscard]] QColor dangerAccent(const QPalette &palette);
/// For what needs attention; holds the same.
[[nodiscard]] QColor warningAccent(const QPalette &palette);

/// For what is of less importance, as pale as leastContrast on QPalette::Base allows.
[[nodiscard]] QColor mutedText(const QPalette &palette);

} // namespace Jobsweep
