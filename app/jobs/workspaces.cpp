// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/workspaces.h"

#include "http/requestrules.h"
#include "http/whendone.h"
#include "jobs/servicetext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

/// Whether the same question would get the same answer: the service's own no. Without a token, with
/// a bad one or without a connection nothing is known yet.
bool isFinal(const ApiError &error)
{
    const bool isAnswer = !std::holds_alternative<NetworkFailure>(error);
    return isAnswer && statusOf(error) != 401 && !mayPass(error);
}

} // namespace

Result<Workspace> parseWorkspaceReply(const QByteArray &body)
{
    const QJsonDocument document = documentFromJson(body);
    const QJsonValue workspace = document.object().value("workspace"_L1);
    const QString id = workspace["id"_L1].toString();
    if (id.isEmpty())
        return tl::unexpected(malformedBody(body, !document.isNull()));
    return Workspace{id, workspace["name"_L1].toString()};
}

Workspaces::Workspaces(RestClient &client, QObject *parent) : QObject(parent), m_client(client)
{
    connect(&client, &RestClient::addressChanged, this, &Workspaces::forget);
    // Who is refused may be somebody else by now.
    connect(&client, &RestClient::tokenChanged, this, [this] {
        m_names.removeIf([](const auto &entry) { return entry.value().isEmpty(); });
    });
}

void Workspaces::want(const QString &id)
{
    if (!isSafeSegment(id) || m_names.contains(id.toLower()) || !m_client.hasToken())
        return;
    if (m_asked.isEmpty())
        ask(id);
    else
        m_wanted = id;
}

QString Workspaces::nameOf(const QString &id) const
{
    return m_names.value(id.toLower());
}

void Workspaces::ask(const QString &id)
{
    m_asked = id;
    Request request;
    request.path = u"/contextcapture/workspaces/"_s + id;
    const int round = m_round;
    const int token = m_client.tokenSerial();
    whenDone(m_client.send(request), this, [this, round, token](const Result<Reply> &reply) {
        if (round != m_round)
            return;
        take(token, reply.and_then([](const Reply &answer) -> Result<Workspace> {
            if (answer.status != 200)
                return tl::unexpected<ApiError>(asFailure(answer));
            return parseWorkspaceReply(answer.body);
        }));
    });
}

void Workspaces::take(int token, const Result<Workspace> &answer)
{
    const QString id = std::exchange(m_asked, {});
    if (answer)
        m_names.insert(id.toLower(), answer->name);
    else if (isFinal(answer.error()) && token == m_client.tokenSerial())
        m_names.insert(id.toLower(), {});
    const QString next = std::exchange(m_wanted, {});
    want(next);
    if (answer)
        emit named(id);
}

void Workspaces::forget()
{
    ++m_round;
    m_names.clear();
    m_asked.clear();
    m_wanted.clear();
}

} // namespace Jobsweep
