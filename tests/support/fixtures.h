// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The recorded answers in tests/fixtures.

#include <QByteArray>
#include <QString>

namespace Jobsweep::Testing {

/// The bytes of a file in tests/fixtures; ends the program when it is not there.
[[nodiscard]] QByteArray fixture(const QString &fileName);
/// Where it is.
[[nodiscard]] QString fixtureFile(const QString &fileName);

} // namespace Jobsweep::Testing
