// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultyservice.h"

#include "http/requestrules.h"
#include "tests/support/fixtures.h"

#include <algorithm>
#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

Claim claimOf(const Refusal &refusal)
{
    const int status = refusal.status;
    if (status == 404)
        return refusal.code == "JobNotFound"_L1 ? Claim::IsGone : Claim::TurnedAway;
    if (status == 422)
        return Claim::IsSubmitted;
    const bool isTurnedAway = status == 401 || status == 403 || (status >= 300 && status < 400)
        || asksToWait(status, refusal.retryAfter.has_value());
    return isTurnedAway ? Claim::TurnedAway : Claim::Nothing;
}

} // namespace

Claim claimOf(const Finding &finding)
{
    if (std::holds_alternative<Success>(finding))
        return Claim::IsDeleted;
    const auto *refusal = std::get_if<Refusal>(&finding);
    return refusal ? claimOf(*refusal) : Claim::Nothing;
}

Claim claimOf(const Injection &injection)
{
    // In the order of their strength.
    Claim claim = Claim::Nothing;
    for (const Finding &finding : injection.findings)
        claim = std::max(claim, claimOf(finding));
    return claim;
}

QList<Course> coursesFor(const Injection &injection)
{
    switch (claimOf(injection)) {
    case Claim::Nothing:
        return {Course::NotCarriedOut, Course::CarriedOut, Course::CarriedOutLate};
    case Claim::TurnedAway:
    case Claim::IsSubmitted:
    case Claim::IsGone:
        return {Course::NotCarriedOut, Course::LostBefore};
    case Claim::IsDeleted:
        return {Course::CarriedOut, Course::LostBefore};
    }
    Q_UNREACHABLE();
}

FaultyService::FaultyService()
{
    m_server.answerWith = [this](const ReceivedRequest &request) { return answer(request); };
}

int FaultyService::deletions() const
{
    return std::accumulate(m_deletions.cbegin(), m_deletions.cend(), 0);
}

WireAction FaultyService::answer(const ReceivedRequest &request)
{
    const QString target = QString::fromLatin1(request.target());
    const QString id = target.section(u'/', -1);
    if (m_deal && id == m_deal->victim.text)
        m_withheld.reset();
    if (request.verb() == "DELETE"_ba) {
        ++m_deletions[id];
        return answerDeletion(id);
    }
    return answerCheck(id);
}

WireAction FaultyService::answerDeletion(const QString &id)
{
    if (!m_deal || id != m_deal->victim.text)
        return carryOut(id);
    const Claim claim = claimOf(m_deal->injection);
    if (m_deal->course == Course::LostBefore && m_deletions.value(id) == 1) {
        // A job that is there later, or is deleted by the next request, was not deleted by this.
        if (claim != Claim::IsSubmitted && claim != Claim::IsDeleted)
            remove(id);
        return WireAction::close();
    }
    if (m_dealt >= m_deal->times)
        return carryOut(id);
    ++m_dealt;
    if (m_deal->course == Course::CarriedOut)
        remove(id);
    m_isLatePending = m_deal->course == Course::CarriedOutLate;
    makeTrue(id, claim);
    if (m_deal->injection.end != Injection::End::ByItself)
        m_withheld = m_deal->injection.end;
    return m_deal->injection.action;
}

/// What the fault claims about the job.
void FaultyService::makeTrue(const QString &id, Claim claim)
{
    switch (claim) {
    case Claim::Nothing:
    case Claim::TurnedAway:
        return;
    case Claim::IsSubmitted:
        m_states.insert(id, JobState::Active);
        return;
    case Claim::IsGone:
        m_states.remove(id); // by somebody else, unless it was lost before
        return;
    case Claim::IsDeleted:
        remove(id);
        return;
    }
    Q_UNREACHABLE();
}

WireAction FaultyService::carryOut(const QString &id)
{
    if (!m_states.contains(id))
        return WireAction::withStatus(404, fixture(u"404-job-not-found.json"_s));
    if (m_states.value(id) != JobState::Unsubmitted)
        return WireAction::withStatus(422, fixture(u"422-delete.json"_s));
    remove(id);
    return WireAction::withStatus(204);
}

WireAction FaultyService::answerCheck(const QString &id)
{
    if (!m_states.contains(id))
        return WireAction::withStatus(404, fixture(u"404-job-not-found.json"_s));
    const QString job
        = u"{\"job\":{\"id\":\"%1\",\"state\":\"%2\"}}"_s.arg(id, textOf(m_states.value(id)));
    if (std::exchange(m_isLatePending, false))
        remove(id);
    return WireAction::withStatus(200, job.toLatin1(), {{"Content-Type", "application/json"}});
}

void FaultyService::remove(const QString &id)
{
    if (m_states.remove(id) > 0)
        m_deleted.insert(id);
}

} // namespace Jobsweep::Testing
