// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <tl/expected.hpp>

namespace Jobsweep {

/// The one origin that requests, and with them the token, may go to. A value that exists has passed
/// the checks: https on api.bentley.com or *-api.bentley.com, or http(s) on a loopback address; no
/// user, query or fragment; no path.
class ServiceAddress
{
public:
    enum class Problem {
        Empty,
        NotAnAddress,
        /// Neither http nor https.
        WrongScheme,
        /// http on a host that is not this machine.
        NotEncrypted,
        /// Not a host of the service and not this machine.
        ForeignHost,
        HasUser,
        HasPath,
        HasQuery,
    };

    /// https://api.bentley.com
    ServiceAddress();
    [[nodiscard]] static tl::expected<ServiceAddress, Problem> parse(const QString &text);

    [[nodiscard]] const QUrl &url() const { return m_url; }
    /// Scheme, host and port, for example "https://api.bentley.com"; names the keychain entry.
    [[nodiscard]] QString origin() const;
    /// Host, and the port if it is not the scheme's own: how the service is named to people.
    [[nodiscard]] QString authority() const { return m_url.authority(QUrl::FullyEncoded); }
    [[nodiscard]] bool isLoopback() const;
    /// Whether `url` goes to exactly this origin.
    [[nodiscard]] bool covers(const QUrl &url) const;

    friend bool operator==(const ServiceAddress &, const ServiceAddress &) = default;

private:
    explicit ServiceAddress(const QUrl &url);
    QUrl m_url;
};

} // namespace Jobsweep
