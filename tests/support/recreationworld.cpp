// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recreationworld.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

RecreationWorld::RecreationWorld()
{
    client.setNetworkFactory([this] { return network.another(); });
    client.setToken(testToken());
    network.answerWith = [this](const Seen &seen) { return answer(seen); };
}

DeletedDraft RecreationWorld::draftNamed(const QString &name)
{
    return {.item = "item-"_L1 + name,
            .id = {"old-"_L1 + name},
            .name = name,
            .definition = R"({"id":"old","type":"Full","workspaceId":"w","inputs":[{"id":"i"}],
                "jobSettings":{"quality":"Extra","outputs":[{"format":"OBJ"}]},"name":")"
                + name.toUtf8() + R"("})"};
}

Answer RecreationWorld::created(const QString &id, int sends)
{
    return Answer::withStatus(
        201, R"({"job":{"id":")" + id.toUtf8() + R"(","state":"unsubmitted"}})", {}, sends);
}

QByteArray RecreationWorld::job(const QString &id, const QString &name, const QByteArray &workspace,
                                const QByteArray &type) const
{
    return R"({"id":")" + id.toUtf8() + R"(","state":"unsubmitted","name":")" + name.toUtf8()
        + R"(","type":")" + type + R"(","workspaceId":")" + workspace + R"(","createdDateTime":")"
        + clock.utc().toString(Qt::ISODate).toUtf8() + R"("})";
}

void RecreationWorld::start(const QStringList &names)
{
    QList<DeletedDraft> drafts;
    for (const QString &name : names)
        drafts.append(draftNamed(name));
    recreation.start(drafts);
    settle();
}

QStringList RecreationWorld::requests() const
{
    QStringList all;
    for (const Seen &seen : network.seen) {
        const QString name
            = QJsonDocument::fromJson(seen.body).object().value("name"_L1).toString();
        all.append(name.isEmpty() ? QString::fromLatin1(seen.verb)
                                  : QString::fromLatin1(seen.verb) + u' ' + name);
    }
    return all;
}

void RecreationWorld::settle() const
{
    Testing::settle(network, limiter, history);
}

void RecreationWorld::pass(std::chrono::milliseconds duration)
{
    clock.advance(duration);
    settle();
}

void RecreationWorld::passBackoffs()
{
    constexpr int more = 10;
    for (int i = 0; i < more; ++i)
        pass(backoffCap);
}

Answer RecreationWorld::answer(const Seen &seen)
{
    if (seen.verb == "POST"_ba) {
        if (posts.isEmpty())
            return Answer::refused();
        const Post post = posts.takeFirst();
        for (const QString &id : post.appearing)
            listed.append(job(id));
        return post.answer;
    }
    if (!searches.isEmpty())
        return searches.takeFirst();
    return Answer::ok(R"({"jobs":[)" + listed.join(',') + "]}");
}

} // namespace Jobsweep::Testing
