// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/recreation.h"

#include "http/whendone.h"
#include "jobs/jobquery.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace Jobsweep {

Recreation::Recreation(JobsApi &api, History &history, Clock &clock, Randomness random,
                       QObject *parent)
    : QObject(parent), m_api(api), m_client(api.client()), m_history(history), m_clock(clock),
      m_random(std::move(random)), m_search(api)
{
    connect(&m_search, &JobSearch::finished, this, &Recreation::takeJobs);
    connect(&m_client, &RestClient::tokenChanged, this, [this] {
        if (m_phase == Phase::WaitingForToken)
            proceed(m_step);
    });
    connect(&m_client, &RestClient::addressChanged, this, [this] {
        if (m_phase == Phase::Idle || m_phase == Phase::Ended)
            return;
        m_end = End::AddressChanged;
        m_isStopping = true;
        if (m_isStanding)
            settle();
    });
}

void Recreation::start(const QList<DeletedDraft> &drafts)
{
    if (m_phase != Phase::Idle)
        return;
    for (const DeletedDraft &draft : drafts) {
        if (const auto creation = creationFrom(draft.definition))
            m_items.append({.draft = draft, .creation = *creation});
    }
    m_begunAt = m_clock.utc();
    setPhase(Phase::Running);
    if (m_history.failure())
        endWith(End::NotRecorded);
    else
        proceed(Step::Look);
}

void Recreation::stop()
{
    if (m_phase == Phase::Idle || m_phase == Phase::Ended || m_isStopping)
        return;
    m_end = End::Stopped;
    m_isStopping = true;
    if (m_isStanding)
        settle();
    else
        setPhase(Phase::Stopping);
}

int Recreation::finishedCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_items, [](const auto &item) { return item.outcome.has_value(); }));
}

void Recreation::next()
{
    if (m_isStopping) {
        endWith(m_end);
        return;
    }
    const int index = m_now.index + 1;
    if (index >= m_items.size()) {
        endWith(End::Completed);
        return;
    }
    m_now = Attempt();
    m_now.index = index;
    askHistory();
}

void Recreation::askHistory()
{
    whenDone(m_history.unfinishedCreations(item().draft.item), this,
             [this](const QList<UnfinishedCreation> &earlier) {
                 m_now.earlier = earlier;
                 if (earlier.isEmpty())
                     intend();
                 else
                     proceed(Step::Search);
             });
}

void Recreation::intend()
{
    if (m_isStopping) {
        settle();
        return;
    }
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    whenDone(m_history.intendCreation(item().draft.item, id, m_clock.utc()), this,
             [this, id](const Recorded &recorded) {
                 if (!recorded) {
                     endWith(End::NotRecorded);
                     return;
                 }
                 m_now.correlationId = id;
                 proceed(Step::Post);
             });
}

/// Takes the step as soon as the connection may send; the one way to the network.
void Recreation::proceed(Step step)
{
    m_step = step;
    m_isStanding = true;
    ++m_wait;
    if (m_isStopping) {
        settle();
        return;
    }
    if (!m_client.hasToken() || m_client.tokenSerial() == m_rejectedToken) {
        setPhase(Phase::WaitingForToken);
        return;
    }
    if (const auto until = m_client.pausedUntil()) {
        setPhase(Phase::WaitingForService);
        wakeAt(*until);
        return;
    }
    m_isStanding = false;
    setPhase(Phase::Running);
    if (step == Step::Post)
        post();
    else
        search();
}

void Recreation::waitFor(std::chrono::milliseconds duration, Step step)
{
    m_step = step;
    m_isStanding = true;
    if (m_isStopping) {
        settle();
        return;
    }
    setPhase(Phase::WaitingToTryAgain);
    wakeAt(m_clock.now() + duration);
}

void Recreation::wakeAt(Instant when)
{
    m_clock.callAt(when, this, [this, wait = ++m_wait] {
        if (wait == m_wait && m_isStanding)
            proceed(m_step);
    });
}

void Recreation::post()
{
    whenDone(m_api.create(item().creation.body, m_now.correlationId), this,
             [this](const Result<JobsApi::JobReply> &answer) { takeAnswer(answer); });
}

void Recreation::takeAnswer(const Result<JobsApi::JobReply> &answer)
{
    RecreationItem &created = item();
    AnswerRecord recorded;
    if (answer) {
        recorded = {.status = 201, .error = {}, .exchange = answer->exchange};
        created.error.reset();
        m_now.named = answer->job.id;
    } else {
        created.error = answer.error();
        recorded = {.status = statusOf(answer.error()),
                    .error = answer.error(),
                    .exchange = exchangeOf(answer.error())};
        noteRejection(answer.error());
    }
    m_history.answered(m_now.correlationId, recorded);

    const CreationVerdict verdict = judgeCreation(answer);
    switch (verdict.step) {
    case CreationStep::Finish:
        if (verdict.outcome == CreationOutcome::Created)
            created.newId = m_now.named;
        finish(*verdict.outcome);
        break;
    case CreationStep::Search:
        ++m_now.doubtfulPosts;
        m_now.doubt = created.error;
        m_now.emptySearches = 0;
        proceed(Step::Search);
        break;
    case CreationStep::SendAgain:
        if (++m_now.unsentPosts >= maximumTries)
            finish(CreationOutcome::Failed);
        else
            waitFor(backoff(m_now.unsentPosts, m_random()), Step::Post);
        break;
    case CreationStep::Repeat:
    case CreationStep::WaitForToken:
        proceed(Step::Post);
        break;
    }
}

void Recreation::search()
{
    m_search.start(filterCreatedAfter(searchedSince()));
}

void Recreation::takeJobs(const Result<QList<Job>> &jobs)
{
    if (!jobs) {
        takeSearchError(jobs.error());
        return;
    }
    m_failedSearches = 0;
    if (m_step == Step::Look) {
        for (const Job &job : *jobs)
            m_known.insert(job.id);
        next();
        return;
    }
    takeCandidates(candidatesAmong(*jobs));
}

void Recreation::takeSearchError(const ApiError &error)
{
    noteRejection(error);
    const auto *failure = std::get_if<HttpFailure>(&error);
    const auto *lost = std::get_if<NetworkFailure>(&error);
    const bool isAboutToken
        = statusOf(error) == 401 || (lost && lost->kind == NetworkFailure::Kind::NoToken);
    const bool mustWait = failure && asksToWait(failure->status, failure->retryAfter.has_value());
    if (m_isStopping || isAboutToken || mustWait) {
        proceed(m_step);
        return;
    }
    if (mayPass(error) && ++m_failedSearches < maximumTries) {
        waitFor(backoff(m_failedSearches, m_random()), m_step);
        return;
    }
    m_failedSearches = 0;
    if (m_step == Step::Look) {
        m_endError = error;
        endWith(End::NotListed);
        return;
    }
    if (!item().error)
        item().error = error;
    finish(CreationOutcome::Unknown);
}

void Recreation::takeCandidates(const QList<JobId> &ids)
{
    RecreationItem &searched = item();
    QList<JobId> found = ids;
    if (!m_now.named.text.isEmpty() && !found.contains(m_now.named))
        found.append(m_now.named);
    if (found.isEmpty()) {
        foundNothing();
        return;
    }
    for (const JobId &id : std::as_const(found))
        m_created.insert(id);
    if (found.size() > 1) {
        searched.candidates = found;
        finish(CreationOutcome::Doubled);
        return;
    }
    searched.newId = found.constFirst();
    searched.wasFound = true;
    finish(CreationOutcome::Created);
}

void Recreation::foundNothing()
{
    ++m_now.emptySearches;
    const bool isBelieved = m_now.emptySearches >= searchesToBelieve;
    if (!isBelieved) {
        waitFor(std::max(backoffBase, backoff(m_now.emptySearches, m_random())), Step::Search);
    } else if (m_now.correlationId.isEmpty()) {
        m_now.emptySearches = 0;
        // What earlier sessions began came to nothing.
        for (const UnfinishedCreation &earlier : std::as_const(m_now.earlier)) {
            m_history.finishCreation(earlier.correlationId, CreationOutcome::Failed, {},
                                     m_clock.utc());
        }
        intend();
    } else if (m_now.doubtfulPosts < maximumAttempts) {
        proceed(Step::Post);
    } else {
        finish(CreationOutcome::Unknown);
    }
}

QDateTime Recreation::searchedSince() const
{
    QDateTime since = m_begunAt;
    for (const UnfinishedCreation &earlier : m_now.earlier)
        since = std::min(since, earlier.intendedAt);
    return since.addSecs(-std::chrono::seconds(clockMargin).count());
}

QList<JobId> Recreation::candidatesAmong(const QList<Job> &jobs) const
{
    const RecreationItem &searched = m_items.at(m_now.index);
    const JobCreation &wanted = searched.creation;
    const QDateTime since = searchedSince();
    QList<JobId> result;
    for (const Job &job : jobs) {
        const bool isSame = job.name == wanted.name
            && job.workspaceId.compare(wanted.workspaceId, Qt::CaseInsensitive) == 0
            && job.type.compare(wanted.type, Qt::CaseInsensitive) == 0;
        const bool isOld = (job.created.isValid() && job.created < since)
            || job.id == searched.draft.id
            || m_created.contains(job.id)
            // An earlier session's job was there before this one looked.
            || (m_now.earlier.isEmpty() && m_known.contains(job.id));
        if (isSame && !isOld)
            result.append(job.id);
    }
    return result;
}

void Recreation::noteRejection(const ApiError &error)
{
    if (statusOf(error) == 401)
        m_rejectedToken = exchangeOf(error).tokenSerial;
}

void Recreation::finish(CreationOutcome outcome)
{
    RecreationItem &finished = item();
    // A search that found nothing is no certainty that what was sent will never appear.
    const bool isDoubtful = outcome == CreationOutcome::Failed && m_now.doubtfulPosts > 0;
    finished.outcome = isDoubtful ? CreationOutcome::Unknown : outcome;
    if (finished.outcome == CreationOutcome::Unknown && m_now.doubt)
        finished.error = m_now.doubt;
    if (outcome == CreationOutcome::Created) {
        finished.error.reset();
        m_created.insert(finished.newId);
    }
    const int index = m_now.index;
    whenDone(record(*finished.outcome), this, [this, index](const Recorded &recorded) {
        emit itemFinished(index);
        if (recorded)
            next();
        else
            endWith(End::NotRecorded);
    });
}

QFuture<Recorded> Recreation::record(CreationOutcome outcome)
{
    const JobId newId = item().newId;
    if (!m_now.correlationId.isEmpty())
        return m_history.finishCreation(m_now.correlationId, outcome, newId, m_clock.utc());
    // Found before anything was sent: the outcome is that of the last earlier attempt. What is
    // still not known stays as it is.
    QFuture<Recorded> last = QtFuture::makeReadyFuture(Recorded());
    if (outcome == CreationOutcome::Unknown)
        return last;
    for (const UnfinishedCreation &earlier : std::as_const(m_now.earlier)) {
        const bool isLast = &earlier == &m_now.earlier.constLast();
        last = m_history.finishCreation(earlier.correlationId,
                                        isLast ? outcome : CreationOutcome::Failed,
                                        isLast ? newId : JobId(), m_clock.utc());
    }
    return last;
}

/// The end of a run that was stopped while nothing was under way.
void Recreation::settle()
{
    m_isStanding = false;
    ++m_wait;
    setPhase(Phase::Stopping);
    const bool isRecorded = m_now.index >= 0 && !m_now.correlationId.isEmpty();
    if (!isRecorded) {
        endWith(m_end);
        return;
    }
    if (m_now.doubtfulPosts > 0) {
        finish(CreationOutcome::Unknown);
        return;
    }
    // Nothing was created, and nobody needs to look for it later.
    whenDone(record(CreationOutcome::Failed), this,
             [this](const Recorded &recorded) { endWith(recorded ? m_end : End::NotRecorded); });
}

void Recreation::endWith(End end)
{
    if (m_phase == Phase::Ended)
        return;
    m_end = end;
    m_isStanding = false;
    m_isStopping = true;
    setPhase(Phase::Ended);
    QMetaObject::invokeMethod(this, &Recreation::ended, Qt::QueuedConnection);
}

void Recreation::setPhase(Phase phase)
{
    if (m_isStopping && phase != Phase::Ended)
        phase = Phase::Stopping;
    // A pause that lasts longer is news.
    if (std::exchange(m_phase, phase) != phase || phase == Phase::WaitingForService)
        emit phaseChanged();
}

} // namespace Jobsweep
