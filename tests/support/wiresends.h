// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What Qt says about the requests of a client while they are under way.

#include "http/restclient.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSet>

#include <algorithm>

namespace Jobsweep::Testing {

/// Counts the requests that clients make, at once, and how often Qt says that it has put one on the
/// wire. Qt says that from another thread: often after the service has the request, and never for
/// one that is aborted before.
class WireSends final : public QObject
{
public:
    explicit WireSends(const QNetworkAccessManager &network) : m_network(network) { }

    void watch(RestClient *client)
    {
        // It fires as a request is made, before anything of it can have left.
        connect(client, &RestClient::allowanceChanged, this, [this, client] {
            for (QNetworkReply *reply : replies(*client))
                watchReply(reply);
        });
    }

    [[nodiscard]] qsizetype made() const { return m_made; }
    [[nodiscard]] qsizetype sent() const { return m_sent; }
    /// Whether the head of an answer has arrived for a request under way.
    [[nodiscard]] bool hasStatus() const
    {
        return std::ranges::any_of(m_watched, [](const QNetworkReply *reply) {
            return !reply->isFinished()
                && reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
        });
    }

private:
    [[nodiscard]] QList<QNetworkReply *> replies(const RestClient &client) const
    {
        return m_network.findChildren<QNetworkReply *>() + client.findChildren<QNetworkReply *>();
    }
    void watchReply(QNetworkReply *reply)
    {
        if (m_watched.contains(reply) || reply->isFinished())
            return;
        ++m_made;
        m_watched.insert(reply);
        connect(reply, &QNetworkReply::requestSent, this, [this] { ++m_sent; });
        connect(reply, &QObject::destroyed, this, [this, reply] { m_watched.remove(reply); });
    }

    const QNetworkAccessManager &m_network;
    qsizetype m_made = 0;
    qsizetype m_sent = 0;
    QSet<QNetworkReply *> m_watched;
};

} // namespace Jobsweep::Testing
