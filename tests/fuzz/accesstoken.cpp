// SPDX-License-Identifier: GPL-3.0-or-later

// What a person pasted as a token, the claims in one, and its removal from a text.

#include "http/accesstoken.h"
#include "tests/fuzz/invariant.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

bool mayBeInHeader(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("-._~+/=").contains(c);
}

void mustBeRedacted(const AccessToken &token, const QString &text)
{
    const QString secret = QString::fromLatin1(token.bytes());
    // The mark itself may spell a part of a strange token.
    const QString rest = redacted(text % secret % text, token).replace("[redacted]"_L1, " "_L1);
    must(!rest.contains(secret), "no text keeps the token");
    const QStringList parts = secret.split(u'.');
    must(
        std::ranges::none_of(
            parts, [&rest](const QString &part) { return part.size() > 7 && rest.contains(part); }),
        "no text keeps a long part of the token");
}

void mustReadClaims(const QByteArray &json)
{
    const QByteArray payload
        = json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto token = AccessToken::fromPasted(u"e30.%1.c2ln"_s.arg(QString::fromLatin1(payload)));
    must(token.has_value(), "every JSON Web Token is taken");
    const auto claims = token->claims();
    must(claims.has_value() == QJsonDocument::fromJson(json).isObject(), "an object has claims");
    must(!claims || !claims->expiresAt.isValid() || claims->expiresAt.timeSpec() == Qt::UTC,
         "an expiry is in UTC");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = inputOf(data, size);
    mustReadClaims(input);
    const QString pasted = QString::fromUtf8(input);
    const auto token = AccessToken::fromPasted(pasted);
    if (!token)
        return 0;
    const QByteArray bytes = token->bytes();
    must(!bytes.isEmpty() && bytes.size() <= 16 * 1024, "a token has its bounds");
    must(std::ranges::all_of(bytes, mayBeInHeader), "a token can not end its header");
    // A line break inside a label hides it the first time.
    const bool isOneLine = !pasted.contains(u'\n') && !pasted.contains(u'\r');
    const auto again = AccessToken::fromPasted(QString::fromLatin1(bytes));
    must(!isOneLine || (again && *again == *token), "a token pasted again is the same");
    mustBeRedacted(*token, pasted);
    return 0;
}
