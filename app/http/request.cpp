// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/request.h"

#include "http/requestrules.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr auto acceptedType = "application/vnd.bentley.itwin-platform.v1+json";

} // namespace

QString verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return u"GET"_s;
    case Verb::Post:
        return u"POST"_s;
    case Verb::Delete:
        return u"DELETE"_s;
    }
    Q_UNREACHABLE();
}

QNetworkRequest buildRequest(const Request &request, const ServiceAddress &address,
                             const AccessToken &token)
{
    QUrl url = address.url();
    url.setPath(request.path, QUrl::StrictMode);
    url.setQuery(request.query);
    QNetworkRequest built(url);
    built.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                       QNetworkRequest::ManualRedirectPolicy);
    built.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    built.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    built.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    built.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    built.setTransferTimeout(static_cast<int>(inactivityTimeout.count()));
    built.setDecompressedSafetyCheckThreshold(request.maximumBytes);
    built.setHeader(QNetworkRequest::UserAgentHeader,
                    QString("Jobsweep/"_L1 + QCoreApplication::applicationVersion()));
    if (request.verb == Verb::Post)
        built.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    for (const auto &[name, value] : request.headers)
        built.setRawHeader(name, value);
    built.setRawHeader("Accept", acceptedType);
    built.setRawHeader("Authorization", "Bearer " + token.bytes());
    return built;
}

std::optional<NetworkFailure::Kind> reasonNotToSend(const Request &request,
                                                    const QNetworkRequest &built,
                                                    const ServiceAddress &address,
                                                    const AccessToken &token)
{
    const QUrl url(QString::fromUtf8(built.url().toEncoded()), QUrl::StrictMode);
    const bool isOurs = url.isValid() && address.covers(url)
        && url.path(QUrl::FullyEncoded) == request.path && mayBeSent(request.verb, request.path)
        && (request.verb == Verb::Get || request.query.isEmpty());
    // Only a body that cannot be read again keeps Qt from repeating a request.
    const bool canKeepItsWord
        = !request.isSentOnce || (request.verb == Verb::Post && !request.body.isEmpty());
    if (!isOurs || !canKeepItsWord)
        return NetworkFailure::Kind::Forbidden;
    if (token.isEmpty())
        return NetworkFailure::Kind::NoToken;
    return {};
}

} // namespace Jobsweep
