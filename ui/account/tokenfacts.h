// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/connection.h"

#include <QString>

namespace Jobsweep {

/// What a token says about itself, in words. `warning` is empty when there is nothing to warn of.
struct TokenFacts
{
    QString text;
    QString warning;
};

/// `account` is what the service said about the token's owner, as far as it was asked.
[[nodiscard]] TokenFacts tokenFacts(const std::optional<TokenClaims> &claims,
                                    const Account &account, const QDateTime &now);

/// "Ada Lovelace (ada@example.com)", or one of the two, or nothing.
[[nodiscard]] QString accountName(const QString &name, const QString &email);

} // namespace Jobsweep
