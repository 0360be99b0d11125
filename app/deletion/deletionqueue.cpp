// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/deletionqueue.h"

#include <QRandomGenerator>
#include <QUuid>

#include <array>

namespace Jobsweep {
namespace {

/// A UUID of the random kind. QUuid::createUuid() asks the processor for each, which for ten
/// thousand items would hold up the window.
QString newCorrelationId()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::global()->fillRange(random.data(), random.size());
    QByteArray bytes(reinterpret_cast<const char *>(random.data()), sizeof(random));
    bytes[6] = static_cast<char>((bytes.at(6) & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes.at(8) & 0x3f) | 0x80);
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

} // namespace

DeletionQueue::DeletionQueue(JobsApi &api, JobModel &model, History &history, Clock &clock,
                             Randomness random, QObject *parent)
    : QObject(parent), m_client(api.client()), m_model(model), m_clock(clock),
      m_random(std::move(random)), m_recorder(m_items, history, clock),
      m_requests(m_items, m_recorder, api, model), m_marks(m_items, api, model, clock, m_random)
{
    connect(&m_summaryNews, &Throttle::due, this, &DeletionQueue::summaryChanged);
    connect(&m_client, &RestClient::ready, this, &DeletionQueue::pump);
    connect(&m_client, &RestClient::pauseChanged, this, &DeletionQueue::followPause);
    connect(&m_client, &RestClient::tokenChanged, this, &DeletionQueue::doubtAccount);
    connect(&m_client, &RestClient::addressChanged, this, [this] {
        // What was confirmed for one service must never reach another.
        m_belongsElsewhere = true;
        stop();
    });
    connect(&m_requests, &ItemRequests::judged, this, &DeletionQueue::takeAnswer);
    connect(&m_marks, &DeletionMarks::listedAgainChanged, this, &DeletionQueue::listedAgainChanged);
    connect(&m_recorder, &RunRecorder::itemsReady, this, &DeletionQueue::pump);
    connect(&m_recorder, &RunRecorder::failed, this, &DeletionQueue::takeRecordFailure);
}

int DeletionQueue::start(const QList<JobId> &ids, const RunTerms &terms)
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
    beginRun(terms);
    QList<NewItem> added;
    QStringList again;
    for (const JobId &id : std::as_const(drafts)) {
        const RunItem *known = m_items.find(id);
        const Job &job = m_model.jobAt(m_model.rowOf(id));
        RunItem item{id, job.name, newCorrelationId()};
        // Nobody answered what became of it: that is asked before anything is sent again.
        item.needsCheck = item.wasUnknown = m_model.markOf(id) == DeletionMark::Unknown;
        if (!m_items.add(item, RunItems::Place::Held))
            continue;
        m_items.at(id).needsReview = false;
        if (known)
            again.append(known->correlationId);
        else
            added.append({item.correlationId, id, job.name, job.definition});
        m_marks.show(m_items.at(id));
    }
    m_recorder.add(added);
    m_recorder.reopened(again);
    beginHold(terms.hold);
    return static_cast<int>(added.size() + again.size());
}

int DeletionQueue::startReviewed(const QList<UnfinishedItem> &items, const RunTerms &terms)
{
    if (m_phase == Phase::Stopping || items.isEmpty())
        return 0;
    beginRun(terms);
    int taken = 0;
    for (const UnfinishedItem &left : items) {
        RunItem item{left.item.id, left.item.name, left.item.correlationId};
        item.wasUnknown = left.wasIntended;
        if (!m_items.add(item, RunItems::Place::Held))
            continue;
        ++taken;
        m_marks.show(item);
    }
    if (taken > 0)
        beginHold(terms.hold);
    return taken;
}

void DeletionQueue::recover(const QList<UnfinishedItem> &items, const QString &account)
{
    if (m_phase == Phase::Stopping || items.isEmpty())
        return;
    const bool isAlone = !isBusy() || m_isRecovery;
    beginRun({.account = account});
    m_isRecovery = isAlone;
    for (const UnfinishedItem &left : items) {
        RunItem item{left.item.id, left.item.name, left.item.correlationId};
        item.isIntended = item.needsCheck = item.needsReview = item.wasUnknown = true;
        if (m_items.add(item, RunItems::Place::Released))
            m_marks.show(item);
    }
    m_summaryNews.request();
    goOnWithMore();
}

/// Items were released: also out of a hold, that of others stays beside.
void DeletionQueue::goOnWithMore()
{
    if (!isBusy() || m_phase == Phase::Holding)
        goOn();
    else
        pump();
}

void DeletionQueue::beginRun(const RunTerms &terms)
{
    m_isRecovery = false;
    const NewRun run{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                     .origin = m_client.address().origin(),
                     .account = terms.account,
                     .isTrial = terms.isTrial,
                     .confirmedAt = m_clock.utc()};
    if (isBusy()) {
        m_recorder.nameUnlessBegun(run);
        if (m_account.isEmpty())
            m_account = terms.account;
        return;
    }
    forgetRun();
    m_account = terms.account;
    m_accountTokenSerial = m_client.tokenSerial();
    m_recorder.begin(run);
    if (!terms.isRecorded)
        m_recorder.waive();
}

void DeletionQueue::beginHold(std::chrono::milliseconds length)
{
    m_summaryNews.request();
    if (length <= std::chrono::milliseconds::zero() && !m_hold) {
        m_items.releaseHeld();
        goOnWithMore();
        return;
    }
    // What was promised for jobs that are held already is not shortened.
    const auto promised = m_hold ? m_hold->left(m_clock.now()) : std::chrono::milliseconds::zero();
    m_hold.emplace(m_clock.now(), std::max(length, promised));
    if (m_phase == Phase::Paused)
        m_hold->pause(m_clock.now());
    if (!isBusy())
        setPhase(Phase::Holding, QueueReason::None);
    emit holdChanged();
    endHoldIfOver();
    if (m_hold)
        m_clock.callAt(m_hold->until(), this, [this] { endHoldIfOver(); });
}

void DeletionQueue::endHoldIfOver()
{
    if (!m_hold || !m_hold->isOver(m_clock.now()))
        return;
    m_hold.reset();
    m_items.releaseHeld();
    emit holdChanged();
    if (m_phase == Phase::Holding)
        goOn();
    else
        pump();
}

void DeletionQueue::undo()
{
    if (!m_hold)
        return;
    m_hold.reset();
    const QList<JobId> held = m_items.takeHeld();
    int certain = 0;
    for (const JobId &id : held) {
        RunItem item = m_items.at(id);
        certain += item.needsCheck ? 0 : 1;
        // An earlier attempt has no certain answer, and undoing does not bring one.
        item.outcome = item.needsCheck ? Outcome::Unknown : Outcome::Cancelled;
        m_recorder.finished(item);
        m_items.withdraw(id);
        if (item.needsCheck)
            m_marks.show(item);
        else
            m_marks.forget(id);
        emit itemFinished(id, *item.outcome);
    }
    m_summaryNews.request();
    emit holdChanged();
    if (certain > 0)
        emit undone(certain);
    if (m_items.summary().total() == 0)
        setPhase(Phase::Idle, QueueReason::None);
    else if (m_items.summary().left > 0 && m_phase == Phase::Holding)
        goOn();
    else
        finishRunIfDone();
}

void DeletionQueue::pause()
{
    switch (m_phase) {
    case Phase::Holding:
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
    if (m_accountDoubt == m_reason) {
        m_accountDoubt.reset();
        m_isForeignAccount = true;
    }
    m_trouble.reset();
    m_recorder.retry();
    m_recordFailure.reset();
    m_probeAt.reset();
    // A pause that the service asked for is waited out, however the person resumes.
    m_isLongWaitAccepted = true;
    if (m_client.pausedUntil())
        setPhase(Phase::PausedByService, QueueReason::Throttled, m_phaseError);
    else
        goOn();
}

void DeletionQueue::goOnWithoutRecord()
{
    m_recorder.waive();
    resume();
}

/// To another account a job may be invisible, which looks as if it were gone.
void DeletionQueue::doubtAccount()
{
    if (!m_client.hasToken() || m_account.isEmpty())
        return;
    m_isForeignAccount = false;
    m_accountDoubt = QueueReason::AskingForAccount;
    if (m_phase == Phase::Running || m_phase == Phase::PausedByService
        || m_phase == Phase::WaitingForToken || isPausedForAccount())
        goOn();
}

void DeletionQueue::goOnWithToken(const QString &account)
{
    // Confirmed before anybody knew whose this token is.
    if (isBusy() && m_account.isEmpty() && m_client.tokenSerial() == m_accountTokenSerial)
        m_account = account;
    if (m_account.isEmpty() || account == m_account)
        m_accountDoubt.reset();
    else
        m_accountDoubt
            = account.isEmpty() ? QueueReason::UnknownAccount : QueueReason::OtherAccount;
    if (m_phase == Phase::WaitingForToken || isPausedForAccount())
        goOn();
}

bool DeletionQueue::isPausedForAccount() const
{
    return m_phase == Phase::Paused
        && (m_reason == QueueReason::OtherAccount || m_reason == QueueReason::UnknownAccount);
}

void DeletionQueue::stop()
{
    if (!isBusy() || m_phase == Phase::Stopping)
        return;
    setPhase(Phase::Stopping, QueueReason::Person);
    finishUnsent(m_items.takeAll());
    finishRunIfDone();
}

void DeletionQueue::retryFailed()
{
    if (!canRetry())
        return;
    QList<JobId> again;
    QStringList correlationIds;
    for (const JobId &id : m_items.problems()) {
        const RunItem &item = m_items.at(id);
        if (item.outcome != Outcome::Failed && item.outcome != Outcome::Unknown)
            continue;
        again.append(id);
        correlationIds.append(item.correlationId);
    }
    m_items.reopen(again);
    for (const JobId &id : std::as_const(again))
        m_marks.show(m_items.at(id));
    m_recorder.retry();
    m_recorder.reopened(correlationIds);
    m_summaryNews.request();
    goOnWithMore();
}

void DeletionQueue::clear()
{
    if (isBusy())
        return;
    const bool hadReason = m_reason != QueueReason::None || m_phaseError;
    forgetRun();
    if (hadReason)
        emit phaseChanged();
    m_summaryNews.request();
}

/// Says nothing of it: whoever hears of a phase may begin another run.
void DeletionQueue::forgetRun()
{
    m_items.clear();
    m_belongsElsewhere = false;
    m_isForeignAccount = false;
    m_accountDoubt.reset();
    m_trouble.reset();
    m_probeAt.reset();
    m_reason = QueueReason::None;
    m_phaseError.reset();
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

} // namespace Jobsweep
