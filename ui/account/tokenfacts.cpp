// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/tokenfacts.h"

#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Jobsweep::TokenFacts)
};

QString accountLine(const TokenClaims &claims, const Account &account)
{
    const QString asked = accountName(account.displayName, account.email);
    const QString name
        = asked.isEmpty() ? accountName(claims.name, claims.preferredUserName) : asked;
    return name.isEmpty() ? Words::tr("Account: not named by the token")
                          : Words::tr("Account: %1").arg(name);
}

QString expiryLine(const QDateTime &expiresAt, const QDateTime &now)
{
    if (!expiresAt.isValid()) {
        return Words::tr("Expires: not named by the token");
    }
    const QString time = Wording::dateTime(expiresAt);
    const std::chrono::milliseconds left(now.msecsTo(expiresAt));
    return left.count() > 0 ? Words::tr("Expires in %1 (%2)").arg(Wording::duration(left), time)
                            : Words::tr("Expired %1 ago (%2)").arg(Wording::duration(-left), time);
}

QString scopesLine(const QStringList &scopes)
{
    return scopes.isEmpty() ? Words::tr("Scopes: none named by the token")
                            : Words::tr("Scopes: %1").arg(isolated(scopes.join(", "_L1)));
}

QString warningOf(const TokenClaims &claims, const QDateTime &now)
{
    QStringList warnings;
    if (claims.expiresAt.isValid() && claims.expiresAt <= now) {
        warnings << Words::tr("This token has expired. The service will probably refuse it.");
    }
    if (!claims.namesRequiredScope()) {
        warnings << Words::tr("This token does not name the scope itwin-platform.");
    }
    return warnings.join(u'\n');
}

} // namespace

QString accountName(const QString &name, const QString &email)
{
    if (name.isEmpty() || email.isEmpty() || name == email) {
        const QString only = name.isEmpty() ? email : name;
        return only.isEmpty() ? QString() : isolated(only);
    }
    return Words::tr("%1 (%2)", "account name, e-mail address")
        .arg(isolated(name), isolated(email));
}

TokenFacts tokenFacts(const std::optional<TokenClaims> &claims, const Account &account,
                      const QDateTime &now)
{
    if (!claims) {
        const QString name = accountName(account.displayName, account.email);
        const QString text = Words::tr("This token can't be read; it will be used as it is.");
        return {name.isEmpty() ? text : Words::tr("Account: %1").arg(name) % u'\n' % text, {}};
    }
    const QStringList lines{accountLine(*claims, account), expiryLine(claims->expiresAt, now),
                            scopesLine(claims->scopes)};
    return {lines.join(u'\n'), warningOf(*claims, now)};
}

} // namespace Jobsweep
