// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/serviceaddress.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr int httpPort = 80;
constexpr int httpsPort = 443;

int standardPort(const QString &scheme)
{
    return scheme == "http"_L1 ? httpPort : httpsPort;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar character) { return character.unicode() < 0x80; });
}

bool isLoopbackHost(const QString &host)
{
    if (host == "localhost"_L1 || host == "::1"_L1) {
        return true;
    }
    static const QRegularExpression fourNumbers(u"\\A127(?:\\.\\d{1,3}){3}\\z"_s);
    return fourNumbers.match(host).hasMatch();
}

bool isServiceHost(const QString &host)
{
    static const QRegularExpression pattern(
        u"\\A(?:(?!xn--)[a-z0-9][a-z0-9-]*-)?api\\.bentley\\.com\\z"_s);
    return pattern.match(host).hasMatch();
}

} // namespace

ServiceAddress::ServiceAddress() : m_url(u"https://api.bentley.com"_s) { }

ServiceAddress::ServiceAddress(const QUrl &url) : m_url(url) { }

tl::expected<ServiceAddress, ServiceAddress::Problem> ServiceAddress::parse(const QString &text)
{
    const QString address = text.trimmed();
    if (address.isEmpty()) {
        return tl::unexpected(Problem::Empty);
    }
    const QUrl given(address, QUrl::StrictMode);
    if (!given.isValid() || given.port() == 0) {
        return tl::unexpected(Problem::NotAnAddress);
    }
    const QString scheme = given.scheme();
    if (scheme != "https"_L1 && scheme != "http"_L1) {
        return tl::unexpected(Problem::WrongScheme);
    }
    if (given.host().isEmpty()) {
        return tl::unexpected(Problem::NotAnAddress);
    }
    if (address.contains(u'@')) {
        return tl::unexpected(Problem::HasUser);
    }
    const bool loopback = isLoopbackHost(given.host());
    if (scheme == "http"_L1 && !loopback) {
        return tl::unexpected(Problem::NotEncrypted);
    }
    // QUrl maps look-alike letters to plain ones: such an address is not what it seems to be.
    const bool service
        = isAscii(address) && isServiceHost(given.host()) && given.port(httpsPort) == httpsPort;
    if (!loopback && !service) {
        return tl::unexpected(Problem::ForeignHost);
    }
    if (given.hasQuery() || given.hasFragment()) {
        return tl::unexpected(Problem::HasQuery);
    }
    if (!given.path().isEmpty() && given.path() != "/"_L1) {
        return tl::unexpected(Problem::HasPath);
    }
    QUrl origin;
    origin.setScheme(scheme);
    origin.setHost(given.host());
    const int port = given.port(standardPort(scheme));
    origin.setPort(port == standardPort(scheme) ? -1 : port);
    return ServiceAddress(origin);
}

QString ServiceAddress::origin() const
{
    return m_url.toString(QUrl::FullyEncoded);
}

bool ServiceAddress::isLoopback() const
{
    return isLoopbackHost(m_url.host());
}

bool ServiceAddress::covers(const QUrl &url) const
{
    const int port = standardPort(m_url.scheme());
    return url.isValid() && url.scheme() == m_url.scheme() && url.host() == m_url.host()
        && url.port(port) == m_url.port(port) && url.userInfo().isEmpty();
}

} // namespace Jobsweep
