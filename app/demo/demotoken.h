// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An access token for the demo service: a JSON Web Token that tells about itself what a real one
// does, but is signed by nobody.

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Jobsweep {

/// Two tokens are never equal. Its `exp` is an hour after `now`; the service itself does not
/// enforce that, so that a demo which was left open goes on working.
[[nodiscard]] QByteArray demoToken(const QString &name, const QString &email, const QDateTime &now);

} // namespace Jobsweep
