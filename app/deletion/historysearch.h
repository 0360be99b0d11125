// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Jobsweep {

/// Longer searches are cut here, in characters.
inline constexpr qsizetype maximumSearchLength = 200;

/// A pattern for SQLite's GLOB that finds `text` anywhere, in upper or lower case of every script;
/// LIKE would only know that "A" is "a". No character of `text` means more than itself.
[[nodiscard]] QString globFor(const QString &text);

} // namespace Jobsweep
