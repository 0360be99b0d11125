// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionqueue.h"

#include "http/whendone.h"

namespace Jobsweep {
namespace {

DeletionMark markOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Refused:
        return DeletionMark::Refused;
    case Outcome::Failed:
        return DeletionMark::Failed;
    case Outcome::Unknown:
        return DeletionMark::Unknown;
    case Outcome::Cancelled:
        return DeletionMark::Cancelled;
    case Outcome::Deleted:
    case Outcome::AlreadyGone:
        return DeletionMark::None;
    }
    Q_UNREACHABLE();
}

DeletionMark markOf(const RunItem &item)
{
    if (item.outcome)
        return markOf(*item.outcome);
    if (item.needsCheck)
        return DeletionMark::Checking;
    return item.isUnderWay ? DeletionMark::Deleting : DeletionMark::Queued;
}

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
      m_random(std::move(random))
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
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { markInserted(first, last); });
}

int DeletionQueue::start(const QList<JobId> &ids)
{
    const bool joins = isBusy();
    if (!joins)
        clear();
    int taken = 0;
    for (const JobId &id : ids) {
        const int row = m_model.rowOf(id);
        if (row < 0 || !m_model.isDeletableAt(row) || !m_items.add(id, m_model.jobAt(row).name))
            continue;
        ++taken;
        m_model.setMark(id, DeletionMark::Queued);
    }
    summaryWillChange();
    if (!joins && taken > 0)
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
        m_model.setMark(id, markOf(m_items.at(id)));
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
        finish(id, Outcome::Refused, item.error);
        finishRunIfDone();
        return;
    }
    m_items.setUnderWay(id, true);
    m_model.setMark(id, markOf(item));
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
                 sent.sends += sends;
                 takeAnswer(id, judgeDeletion(error, past), error);
             });
}

void DeletionQueue::sendCheck(RunItem &item)
{
    ++item.checks;
    whenDone(m_api.job(item.id, item.correlationId), this,
             [this, id = item.id](const Result<Job> &answer) {
                 if (answer)
                     m_model.update(*answer);
                 takeAnswer(id, judgeCheck(answer),
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
        // The job is there, unsubmitted: nothing of what was sent before has deleted it.
        item.needsCheck = false;
        item.wasUnknown = false;
        item.sends = 0;
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
    m_model.setMark(id, markOf(item));
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
    m_model.setMark(id, markOf(item));
    if (item.error)
        m_model.setError(id, *item.error);
    if (outcome == Outcome::Deleted || outcome == Outcome::AlreadyGone) {
        m_gone.insert(id);
        m_model.removeSoon(id);
    } else if (outcome == Outcome::Refused && error) {
        reread(id, 1);
    }
    summaryWillChange();
    emit itemFinished(id, outcome);
}

/// The end of an item that waited when the run was stopped.
void DeletionQueue::finishUnsent(const JobId &id)
{
    const RunItem &item = m_items.at(id);
    finish(id, item.wasUnknown || item.needsCheck ? Outcome::Unknown : Outcome::Cancelled,
           item.error);
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

/// A refused job has changed; its row shows how, as soon as the service tells.
void DeletionQueue::reread(const JobId &id, int attempt)
{
    whenDone(m_api.job(id), this, [this, id, attempt](const Result<Job> &answer) {
        if (answer)
            m_model.update(*answer);
        else if (mayPass(answer.error()) && attempt < maximumAttempts)
            m_clock.callAt(m_clock.now() + backoff(attempt, m_random()), this,
                           [this, id, attempt] { reread(id, attempt + 1); });
    });
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
    if (m_phase == Phase::Running && until) {
        const bool isLong = *until - m_clock.now() > longestOwnWait;
        setPhase(isLong ? Phase::Paused : Phase::PausedByService,
                 isLong ? QueueReason::LongWait : QueueReason::Throttled, m_phaseError);
    } else if (m_phase == Phase::PausedByService) {
        if (!until && !m_probeAt)
            goOn();
        else
            emit phaseChanged(); // the end of the pause moved
    }
}

void DeletionQueue::goOn()
{
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

void DeletionQueue::markInserted(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const JobId id = m_model.jobAt(row).id;
        if (m_gone.contains(id))
            m_model.removeSoon(id);
        else if (const RunItem *item = m_items.find(id))
            m_model.setMark(id, markOf(*item));
    }
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
