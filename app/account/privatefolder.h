// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Jobsweep {

/// Makes the folder with what is missing above it, or takes the access of others from one that is
/// there; what its owner may do in it was the person's choice. False when it cannot be made.
[[nodiscard]] bool makePrivateFolder(const QString &folder);

} // namespace Jobsweep
