// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a report about a fault needs to know of the machine.

#include <QString>

namespace Jobsweep {

/// Versions, system and settings of the screen, a line each; in English wherever it is read, and
/// without anything that names a person, a computer or a service.
[[nodiscard]] QString systemInformation();

} // namespace Jobsweep
