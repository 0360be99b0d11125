// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demotoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QByteArray part(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray part(const QJsonObject &object)
{
    return part(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

QByteArray demoToken(const QString &name, const QString &email, const QDateTime &now)
{
    constexpr qint64 lifetimeSeconds = 3600;
    const qint64 issued = now.toSecsSinceEpoch();
    const QJsonObject header{{u"alg"_s, u"none"_s}, {u"typ"_s, u"JWT"_s}};
    const QJsonObject payload{
        {u"iss"_s, u"https://ims.bentley.com"_s},
        {u"nbf"_s, issued},
        {u"exp"_s, issued + lifetimeSeconds},
        {u"jti"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
        {u"name"_s, name},
        {u"preferred_username"_s, email},
        {u"scope"_s, QJsonArray{u"itwin-platform"_s}},
    };
    QByteArray token = part(header);
    token.append('.').append(part(payload)).append('.').append(part("demo"_ba));
    return token;
}

} // namespace Jobsweep
