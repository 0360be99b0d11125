// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restclient.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace Jobsweep {

struct ITwin
{
    QString id;
    QString displayName;
    QString number;

    friend bool operator==(const ITwin &, const ITwin &) = default;
};

struct ITwinPage
{
    QList<ITwin> iTwins;
    bool hasNext = false;
};

[[nodiscard]] Result<ITwinPage> parseITwinPage(const QByteArray &body);

/// The names of the person's iTwins, from the iTwins API. Where they cannot be had, ids stand in.
class ITwins final : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 1000;
    /// The API returns at most this many over all pages.
    static constexpr int maximumITwins = 10'000;

    explicit ITwins(RestClient &client, QObject *parent = nullptr);

    /// Asks for all names; those already known stay until the answer comes.
    void load();
    void clear();
    /// By display name.
    [[nodiscard]] const QList<ITwin> &all() const { return m_all; }
    [[nodiscard]] bool contains(const QString &id) const { return m_names.contains(id.toLower()); }
    /// Empty as long as the name is not known.
    [[nodiscard]] QString nameOf(const QString &id) const;

signals:
    void changed();

private:
    void requestPage(int listing, int skip);
    void take();

    RestClient &m_client;
    QList<ITwin> m_all;
    QList<ITwin> m_arriving;
    QHash<QString, QString> m_names;
    int m_listing = 0;
};

} // namespace Jobsweep
