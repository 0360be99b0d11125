// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restclient.h"

#include <QHash>
#include <QObject>

namespace Jobsweep {

struct Workspace
{
    QString id;
    QString name;

    friend bool operator==(const Workspace &, const Workspace &) = default;
};

/// Reads `{"workspace": {…}}`.
[[nodiscard]] Result<Workspace> parseWorkspaceReply(const QByteArray &body);

/// The names of workspaces, each asked for when it is first wanted: the service has no list of
/// them. Where a name cannot be had, the id stands in. Forgets everything with the address.
class Workspaces final : public QObject
{
    Q_OBJECT

public:
    explicit Workspaces(RestClient &client, QObject *parent = nullptr);

    /// Asks for the name unless it is known or was refused for good. One request is under way at a
    /// time; of what is wanted meanwhile only the last is asked for, because it is all that is
    /// still looked at.
    void want(const QString &id);
    /// Empty as long as the name is not known.
    [[nodiscard]] QString nameOf(const QString &id) const;

signals:
    /// The name of this workspace is known now.
    void named(const QString &id);

private:
    void ask(const QString &id);
    /// `token` is the serial number of the one that was in use when the name was asked for.
    void take(int token, const Result<Workspace> &answer);
    void forget();

    RestClient &m_client;
    /// By id in lower case; an empty name for a workspace that the service does not show.
    QHash<QString, QString> m_names;
    QString m_asked;
    QString m_wanted;
    /// Answers of another address are dropped.
    int m_round = 0;
};

} // namespace Jobsweep
