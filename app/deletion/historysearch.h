// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Jobsweep {

/// Longer searches are cut here, in characters.
inline constexpr qsizetype maximumSearchLength = 200;

/// A condition for SQL that finds `text` anywhere in what it is compared with, in upper or lower
/// case of every script. No character of `text` means more than itself.
struct SearchCondition
{
    /// What follows the column's name, with one place for `pattern`.
    QString sql;
    QString pattern;
};

[[nodiscard]] SearchCondition searchFor(const QString &text);

} // namespace Jobsweep
