// SPDX-License-Identifier: GPL-3.0-or-later

// The part of DeletionQueue that runs by itself: sending, answers, ends and pauses.

#include "deletion/codes.h"
#include "deletion/deletionqueue.h"

#include <QLoggingCategory>

namespace Jobsweep {
namespace {

Q_LOGGING_CATEGORY(lcDeletion, "jobsweep.deletion", QtInfoMsg)

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

/// To another account a job may be invisible: only its own 204 says that it is gone.
Judgement withoutBlindness(Judgement judgement)
{
    if (judgement.error && judgement.verdict.outcome && isGone(*judgement.verdict.outcome))
        judgement.verdict.outcome = Outcome::Unknown;
    return judgement;
}

} // namespace

void DeletionQueue::pump()
{
    while (m_phase == Phase::Running) {
        m_recorder.recordAhead(m_client.sendableNow());
        const bool mustWait = m_trouble.isProbing() && m_items.underWay() > 0;
        if (mustWait || !m_client.isReady())
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
    const RunItem &item = m_items.at(id);
    // The list may have been read again since the confirmation.
    const Job *job = m_model.find(id);
    if (!item.needsCheck && job && obstacleToDeletion(*job)) {
        finish(id, Outcome::Refused, {});
        finishRunIfDone();
        return;
    }
    m_items.setUnderWay(id, true);
    m_marks.show(item);
    m_requests.send(id);
}

void DeletionQueue::takeAnswer(const Judgement &judgement)
{
    m_items.setUnderWay(judgement.id, false);
    // First the run: what happens to the item depends on whether the run goes on.
    applyToRun(judgement.verdict, judgement.error);
    applyToItem(m_isForeignAccount ? withoutBlindness(judgement) : judgement);
    finishRunIfDone();
    pump();
}

void DeletionQueue::applyToItem(const Judgement &judgement)
{
    const auto &[id, verdict, error] = judgement;
    RunItem &item = m_items.at(id);
    if (error)
        item.error = error;
    const Instant now = m_clock.now();
    switch (verdict.item) {
    case ItemStep::Finish:
        finish(id, *verdict.outcome, error);
        return;
    case ItemStep::Check:
        ++(item.needsCheck ? item.checks : item.attempts);
        item.wasUnknown = true;
        item.needsCheck = true;
        if (item.checks >= maximumAttempts) {
            finish(id, Outcome::Unknown, error);
            return;
        }
        m_items.putBack(id, item.checks == 0 ? now : now + backoff(item.checks, m_random()));
        break;
    case ItemStep::SendAgain:
        sendAgain(item);
        return;
    case ItemStep::Repeat:
        m_items.putBack(id, now);
        break;
    }
    m_marks.show(item);
    if (m_phase == Phase::Stopping)
        finishUnsent(m_items.takeAll());
}

/// The job is there, unsubmitted; what was sent may still arrive, so that stays remembered.
void DeletionQueue::sendAgain(RunItem &item)
{
    const JobId id = item.id;
    if (item.needsReview) {
        m_recorder.reopened({item.correlationId});
        m_items.withdraw(id);
        m_marks.forget(id);
        m_summaryNews.request();
        emit needsReview(id);
        return;
    }
    item.needsCheck = false;
    item.checks = 0;
    if (item.attempts >= maximumAttempts) {
        finish(id, Outcome::Failed, item.error);
        return;
    }
    m_items.putBack(id, m_clock.now() + backoff(item.attempts, m_random()));
    m_marks.show(item);
    if (m_phase == Phase::Stopping)
        finishUnsent(m_items.takeAll());
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

/// Nothing is sent that the history does not know of.
void DeletionQueue::takeRecordFailure(const HistoryFailure &failure)
{
    m_recordFailure = failure;
    if (isBusy() && m_phase != Phase::Stopping)
        setPhase(Phase::Paused, QueueReason::NoRecord);
}

void DeletionQueue::finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error)
{
    m_items.finish(id, outcome, error);
    const RunItem &item = m_items.at(id);
    qCDebug(lcDeletion).noquote() << item.correlationId << id.text << codeOf(outcome)
                                  << item.attempts << "attempts" << item.sends << "sends";
    m_recorder.finished(item);
    m_marks.show(item);
    if (outcome == Outcome::Refused && error && m_phase != Phase::Stopping)
        m_marks.readAgain(item);
    m_summaryNews.request();
    emit itemFinished(id, outcome);
}

/// The end of items that waited when the run was stopped.
void DeletionQueue::finishUnsent(const QList<JobId> &ids)
{
    for (const JobId &id : ids) {
        const RunItem &item = m_items.at(id);
        if (item.needsCheck)
            finish(id, Outcome::Unknown, item.error);
        else
            finish(id, Outcome::Cancelled, {});
    }
}

void DeletionQueue::finishRunIfDone()
{
    if (m_phase == Phase::Stopping && m_items.underWay() == 0)
        finishUnsent(m_items.takeAll());
    if (!isBusy())
        return;
    if (m_items.summary().left > 0) {
        if (m_phase == Phase::Running && heldCount() == m_items.summary().left)
            setPhase(Phase::Holding, QueueReason::None);
        return;
    }
    // What stopped the run stays readable after its end.
    const auto reason = m_phase == Phase::Stopping ? m_reason : QueueReason::None;
    setPhase(Phase::Idle, reason, m_phaseError);
    // Where everything waits for a review, nothing has ended.
    if (m_items.summary().total() > 0)
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
    keepHoldInStep();
    if (isSame)
        return;
    qCInfo(lcDeletion).noquote() << phase << codeOf(reason) << m_items.summary().total() << "jobs"
                                 << m_items.summary().left << "left";
    emit phaseChanged();
}

/// The time to undo stands still while the run is paused, and goes with it when it stops.
void DeletionQueue::keepHoldInStep()
{
    if (!m_hold)
        return;
    const bool wasPaused = m_hold->isPaused();
    if (m_phase == Phase::Stopping) {
        m_hold.reset();
    } else if (m_phase == Phase::Paused) {
        m_hold->pause(m_clock.now());
    } else if (wasPaused) {
        m_hold->resume(m_clock.now());
        m_clock.callAt(m_hold->until(), this, [this] { endHoldIfOver(); });
    }
    if (!m_hold || m_hold->isPaused() != wasPaused)
        emit holdChanged();
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
    const bool onlyHolds = m_hold && heldCount() == m_items.summary().left;
    if (m_accountDoubt && !onlyHolds) {
        const bool isAsking = m_accountDoubt == QueueReason::AskingForAccount;
        setPhase(isAsking ? Phase::WaitingForToken : Phase::Paused, *m_accountDoubt);
        return;
    }
    setPhase(onlyHolds ? Phase::Holding : Phase::Running, QueueReason::None);
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

} // namespace Jobsweep
