// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/draftservice.h"

#include "http/restclient.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

DraftService::DraftService(std::function<Instant()> now) : m_now(std::move(now))
{
    m_server.answerWith = [this](const ReceivedRequest &request) { return answer(request); };
}

QList<JobId> DraftService::addDrafts(int count, int first)
{
    QList<JobId> ids;
    for (int number = first; number < first + count; ++number) {
        ids.append({"draft-"_L1 + QString::number(number)});
        m_fates.insert(ids.constLast(), JobFate::Draft);
    }
    return ids;
}

bool DraftService::isGone(const JobId &id) const
{
    const JobFate fate = fateOf(id);
    return fate == JobFate::Deleted || fate == JobFate::DeletedByOthers;
}

QList<StalledRequest> DraftService::stalled() const
{
    QList<StalledRequest> all = m_stalls.values();
    all.removeIf([now = m_now()](const StalledRequest &request) {
        return now >= request.begun + RestClient::deadline;
    });
    return all;
}

WireAction DraftService::answer(const ReceivedRequest &request)
{
    m_arrivals.push_back(m_now());
    const JobId id{QString::fromLatin1(request.target().split('/').constLast())};
    const bool isDeletion = request.verb() == "DELETE";
    const bool isKnown = m_fates.contains(id)
        && request.target() == "/contextcapture/jobs/" + id.text.toLatin1()
        && (isDeletion || request.verb() == "GET");
    if (!isKnown) {
        m_strangers.append(QString::fromLatin1(request.startLine()));
        return WireAction::withStatus(404, R"({"error":{"code":"ResourceNotFound"}})");
    }
    if (isDeletion)
        ++m_deletions[id];
    m_stalls.remove(id); // the program has ended the request before
    const Asked asked{request, isDeletion, id, fateOf(id)};
    const auto interference = interfere ? interfere(asked) : std::nullopt;
    if (!interference)
        return decentAnswer(asked);
    if (interference->newFate)
        m_fates.insert(id, *interference->newFate);
    if (interference->isStalled)
        m_stalls.insert(id, {id, isDeletion, m_now()});
    return interference->action;
}

WireAction DraftService::decentAnswer(const Asked &asked)
{
    if (asked.isGone()) {
        return WireAction::withStatus(
            404, R"({"error":{"code":"JobNotFound","message":"Requested job is not available."}})");
    }
    const bool isDraft = asked.fate == JobFate::Draft;
    if (!asked.isDeletion) {
        const QByteArray state = isDraft ? "unsubmitted" : "active";
        return WireAction::withStatus(200,
                                      R"({"job":{"id":")" + asked.id.text.toLatin1()
                                          + R"(","state":")" + state + R"("}})");
    }
    if (!isDraft) {
        return WireAction::withStatus(422, R"({"error":{"code":"InvalidContextCaptureRequest",
            "message":"Cannot delete job."}})");
    }
    m_fates.insert(asked.id, JobFate::Deleted);
    return WireAction::withStatus(204);
}

} // namespace Jobsweep::Testing
