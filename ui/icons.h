// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Jobsweep {

enum class IconName {
    Trash,
    Refresh,
    Stop,
    Settings,
    Search,
    StateUnsubmitted,
    StateActive,
    StateSuccess,
    StateFailed,
    StateCancelled,
    StateUnknown,
    Warning,
    Danger,
    Information,
    Remove,
};

/// A line icon in the text colour of the application's palette, also when that changes later:
/// disabled, selected and dark alike.
[[nodiscard]] QIcon icon(IconName name);
/// The program's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace Jobsweep
