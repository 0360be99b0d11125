// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionqueue.h"

#include "http/whendone.h"

namespace Jobsweep {
namespace {

QueueReason reasonOf(Trouble trouble)
{
    switch (trouble) {
    case Trouble::None:
        return QueueReason::None;
    case Trouble::NotReached:
        return QueueReason::Unreachable;
    case Trouble::Doubtful:
        return QueueReason::Doubtful;
    case Trouble::Forbidden:
        return QueueReason::Forbidden;
    }
    Q_UNREACHABLE();
}

} // namespace

DeletionQueue::DeletionQueue(JobsApi &api, JobModel &model, Clock &clock, Randomness random,
                             QObject *parent)
    : QObject(parent), m_api(api), m_client(api.client()), m_model(model), m_clock(clock),
      m_random(std::move(random)), m_marks(m_items, api, model, clock, m_random)
{
    connect(&m_client, &RestClient::ready, this, &DeletionQueue::pump);
    connect(&m_client, &RestClient::pauseChanged, this, &DeletionQueue::followPause);
    connect(&m_client, &RestClient::addressChanged, this, [this] {
        // What was confirmed for one service must never reach another.
        m_belongsElsewhere = true;
        stop();
    });
    connect(&m_client, &RestClient::tokenChanged, this, [this] {
        if (m_phase == Phase::WaitingForToken && m_client.hasToken())
            goOn();
    });
}

int DeletionQueue::start(const QList<JobId> &ids)
{
    if (m_phase == Phase::Stopping)
        return 0;
    QList<JobId> drafts;
    for (const JobId &id : ids) {
        const int row = m_model.rowOf(id);
        if (row >= 0 && m_model.isDeletableAt(row))
            drafts.append(id);
    }
    if (drafts.isEmpty())
        return 0;
    if (!isBusy())
        clear();
    int taken = 0;
    for (const JobId &id : std::as_const(drafts)) {
        const int row = m_model.rowOf(id);
        if (!m_items.add(id, m_model.jobAt(row).name))
            continue;
        ++taken;
        RunItem &item = m_items.at(id);
        // Nobody answered what became of it: that is asked before anything is sent again.
        if (m_model.markAt(row) == DeletionMark::Unknown)
            item.needsCheck = item.wasUnknown = true;
        m_marks.show(item);
    }
    summaryWillChange();
    if (isBusy())
        pump();
    else
        goOn();
    return taken;
}

void DeletionQueue::pause()
{
    switch (m_phase) {
    case Phase::Running:
    case Phase::PausedByService:
    case Phase::WaitingForToken:
        setPhase(Phase::Paused, QueueReason::Person);
        break;
    case Phase::Idle:
    case Phase::Paused:
    case Phase::Stopping:
        break;
    }
}

void DeletionQueue::resume()
{
    if (m_phase != Phase::Paused)
        return;
    m_trouble.reset();
    m_probeAt.reset();
    // A pause that the service asked for is waited out, however the person resumes.
    m_isLongWaitAccepted = true;
    if (m_client.pausedUntil())
        setPhase(Phase::PausedByService, QueueReason::Throttled, m_phaseError);
    else
        goOn();
}

void DeletionQueue::stop()
{
    if (!isBusy() || m_phase == Phase::Stopping)
        return;
    setPhase(Phase::Stopping, QueueReason::Person);
    const auto waiting = m_items.takeAll();
    for (const JobId &id : waiting)
        finishUnsent(id);
    finishRunIfDone();
}

void DeletionQueue::retryFailed()
{
    if (!canRetry())
        return;
    const QList<JobId> problems = m_items.problems();
    for (const JobId &id : problems) {
        const auto outcome = m_items.at(id).outcome;
        if (outcome != Outcome::Failed && outcome != Outcome::Unknown)
            continue;
        m_items.reopen(id);
        m_marks.show(m_items.at(id));
    }
    summaryWillChange();
    if (!isBusy())
        goOn();
    else
        pump();
}

void DeletionQueue::clear()
{
    if (isBusy())
        return;
    m_items.clear();
    m_belongsElsewhere = false;
    m_trouble.reset();
    m_probeAt.reset();
    setPhase(Phase::Idle, QueueReason::None);
    summaryWillChange();
}

std::optional<Instant> DeletionQueue::pausedUntil() const
{
    return m_probeAt ? m_probeAt : m_client.pausedUntil();
}

bool DeletionQueue::canRetry() const
{
    return m_phase != Phase::Stopping && !m_belongsElsewhere
        && summary().failed + summary().unknown > 0;
}

void DeletionQueue::pump()
{
    while (m_phase == Phase::Running && m_client.isReady()) {
        if (m_trouble.isProbing() && m_items.underWay() > 0)
            return;
        const auto id = m_items.takeNext(m_clock.now());
        if (!id)
            break;
        send(*id);
    }
    if (const auto due = m_items.nextDue();
        due && m_phase == Phase::Running && *due > m_clock.now())
        wakeAt(*due);
}

void DeletionQueue::send(const JobId &id)
{
    RunItem &item = m_items.at(id);
    // The list may have been read again since the confirmation.
    const Job *job = m_model.find(id);
    if (!item.needsCheck && job && obstacleToDeletion(*job)) {
        finish(id, Outcome::Refused, {});
        finishRunIfDone();
        return;
    }
    m_items.setUnderWay(id, true);
    m_marks.show(item);
    if (item.needsCheck)
        sendCheck(item);
    else
        sendDeletion(item);
}

void DeletionQueue::sendDeletion(RunItem &item)
{
    whenDone(m_api.remove(item.id, item.correlationId), this,
             [this, id = item.id](const Result<JobsApi::Deleted> &answer) {
                 RunItem &sent = m_items.at(id);
                 const ItemPast past{sent.sends, sent.wasUnknown};
                 const auto error = answer ? std::optional<ApiError>() : answer.error();
                 const int sends = error ? exchangeOf(*error).sends : answer->exchange.sends;
                 const Verdict verdict = judgeDeletion(error, past);
                 // The last send of a request that was turned away has certainly deleted nothing.
                 const bool turnedAway = verdict.item == ItemStep::Repeat && sends > 0;
                 sent.sends += turnedAway ? sends - 1 : sends;
                 takeAnswer(id, verdict, error);
             });
}

void DeletionQueue::sendCheck(RunItem &item)
{
    ++item.checks;
    whenDone(m_api.job(item.id, item.correlationId), this,
             [this, id = item.id](const Result<Job> &answer) {
                 if (answer)
                     m_model.update(*answer);
                 takeAnswer(id, judgeCheck(answer, id),
                            answer ? std::optional<ApiError>() : answer.error());
             });
}

void DeletionQueue::takeAnswer(const JobId &id, const Verdict &verdict,
                               const std::optional<ApiError> &error)
{
    m_items.setUnderWay(id, false);
    // First the run: what happens to the item depends on whether the run goes on.
    applyToRun(verdict, error);
    applyToItem(id, verdict, error);
    finishRunIfDone();
    pump();
}

void DeletionQueue::applyToItem(const JobId &id, const Verdict &verdict,
                                const std::optional<ApiError> &error)
{
    RunItem &item = m_items.at(id);
    if (error)
        item.error = error;
    const Instant now = m_clock.now();
    switch (verdict.item) {
    case ItemStep::Finish:
        finish(id, *verdict.outcome, error);
        return;
    case ItemStep::Check:
        if (!item.needsCheck)
            ++item.attempts;
        item.wasUnknown = true;
        item.needsCheck = true;
        if (item.checks >= maximumAttempts) {
            finish(id, Outcome::Unknown, error);
            return;
        }
        m_items.putBack(id, item.checks == 0 ? now : now + backoff(item.checks, m_random()));
        break;
    case ItemStep::SendAgain:
        // The job is there, unsubmitted; what was sent may still arrive, so it is remembered.
        item.needsCheck = false;
        item.checks = 0;
        if (item.attempts >= maximumAttempts) {
            finish(id, Outcome::Failed, item.error);
            return;
        }
        m_items.putBack(id, now + backoff(item.attempts, m_random()));
        break;
    case ItemStep::Repeat:
        m_items.putBack(id, now);
        break;
    }
    m_marks.show(item);
    if (m_phase == Phase::Stopping) {
        const auto waiting = m_items.takeAll();
        for (const JobId &unsent : waiting)
            finishUnsent(unsent);
    }
}

void DeletionQueue::applyToRun(const Verdict &verdict, const std::optional<ApiError> &error)
{
    if (m_phase == Phase::Stopping)
        return;
    countTrouble(verdict.trouble, error);
    switch (verdict.run) {
    case RunStep::GoOn:
        break;
    case RunStep::WaitForToken:
        // An answer to an older token is no news.
        if (!m_client.hasToken() || exchangeOf(*error).tokenSerial == m_client.tokenSerial()) {
            if (m_phase == Phase::Running || m_phase == Phase::PausedByService)
                setPhase(Phase::WaitingForToken, verdict.reason, error);
        }
        break;
    case RunStep::WaitForService:
        m_phaseError = error;
        followPause();
        break;
    case RunStep::Pause:
        setPhase(Phase::Paused, verdict.reason, error);
        break;
    case RunStep::Stop:
        setPhase(Phase::Stopping, verdict.reason, error);
        break;
    }
}

void DeletionQueue::countTrouble(Trouble trouble, const std::optional<ApiError> &error)
{
    // Answers to what was sent along with the one that began a pause are no further trouble.
    if (trouble != Trouble::None && m_phase != Phase::Running)
        return;
    switch (m_trouble.take(trouble)) {
    case TroubleCounter::Advice::GoOn:
        break;
    case TroubleCounter::Advice::Probe:
        m_probeAt
            = m_clock.now() + std::max(backoffBase, backoff(m_trouble.probes() - 1, m_random()));
        setPhase(Phase::PausedByService, reasonOf(trouble), error);
        wakeAt(*m_probeAt);
        break;
    case TroubleCounter::Advice::Pause:
        setPhase(Phase::Paused, reasonOf(trouble), error);
        break;
    }
}

void DeletionQueue::finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error)
{
    m_items.finish(id, outcome, error);
    const RunItem &item = m_items.at(id);
    m_marks.show(item);
    if (outcome == Outcome::Refused && error && m_phase != Phase::Stopping)
        m_marks.readAgain(item);
    summaryWillChange();
    emit itemFinished(id, outcome);
}

/// The end of an item that waited when the run was stopped.
void DeletionQueue::finishUnsent(const JobId &id)
{
    const RunItem &item = m_items.at(id);
    if (item.needsCheck)
        finish(id, Outcome::Unknown, item.error);
    else
        finish(id, Outcome::Cancelled, {});
}

void DeletionQueue::finishRunIfDone()
{
    if (m_phase == Phase::Stopping && m_items.underWay() == 0) {
        const auto waiting = m_items.takeAll();
        for (const JobId &id : waiting)
            finishUnsent(id);
    }
    if (!isBusy() || m_items.summary().left > 0)
        return;
    // What stopped the run stays readable after its end.
    const auto reason = m_phase == Phase::Stopping ? m_reason : QueueReason::None;
    setPhase(Phase::Idle, reason, m_phaseError);
    emit runFinished();
}

void DeletionQueue::setPhase(Phase phase, QueueReason reason, const std::optional<ApiError> &error)
{
    const bool isSame = m_phase == phase && m_reason == reason && m_phaseError == error;
    m_phase = phase;
    m_reason = reason;
    m_phaseError = error;
    if (phase != Phase::PausedByService)
        m_probeAt.reset();
    if (!isSame)
        emit phaseChanged();
}

/// Follows the pause of the whole connection, whoever met it.
void DeletionQueue::followPause()
{
    const auto until = m_client.pausedUntil();
    const bool isRunning = m_phase == Phase::Running;
    if (!isRunning && (m_phase != Phase::PausedByService || m_probeAt))
        return;
    if (!until) {
        if (!isRunning)
            goOn();
        return;
    }
    const bool isLong = *until - m_clock.now() > longestOwnWait && !m_isLongWaitAccepted;
    setPhase(isLong ? Phase::Paused : Phase::PausedByService,
             isLong ? QueueReason::LongWait : QueueReason::Throttled, m_phaseError);
    if (!isRunning)
        emit phaseChanged(); // the end of the pause may have moved
}

void DeletionQueue::goOn()
{
    m_isLongWaitAccepted = false;
    setPhase(Phase::Running, QueueReason::None);
    followPause();
    pump();
}

void DeletionQueue::wakeAt(Instant when)
{
    m_clock.callAt(when, this, [this] {
        if (m_phase == Phase::PausedByService && m_probeAt && *m_probeAt <= m_clock.now()) {
            m_probeAt.reset();
            followPause();
        } else {
            pump();
        }
    });
}

void DeletionQueue::summaryWillChange()
{
    if (std::exchange(m_summaryIsAnnounced, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_summaryIsAnnounced = false;
            emit summaryChanged();
        },
        Qt::QueuedConnection);
}

} // namespace Jobsweep
