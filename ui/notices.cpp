// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices.h"

namespace Jobsweep {

Notices::Notices(Core &core, QObject *parent) : QObject(parent), m_core(core), m_queue(core.queue)
{
    connect(&core.connection, &Connection::changed, this, [this] {
        if (m_core.connection.isAskingKeychain())
            m_isKeychainPutOff = false;
        followToken();
        update();
    });
    connect(&core.connection, &Connection::tokenArrived, this, [this] {
        followToken();
        update();
    });
    connect(&core.client, &RestClient::pauseChanged, this, &Notices::update);
    connect(&core.recovery, &Recovery::changed, this, [this] {
        m_isReviewPutOff = false;
        update();
    });
    watchQueue();
    watchLister();
    followToken();
    update();
}

void Notices::followToken()
{
    const QDateTime end = m_core.connection.tokenEndsAt();
    if (end == m_tokenEndsAt)
        return;
    m_tokenEndsAt = end;
    m_tokenEnd.reset();
    m_isTokenEndPutOff = false;
    if (!end.isValid())
        return;
    const Instant now = m_core.clock.now();
    m_tokenEnd = now + std::chrono::milliseconds(m_core.clock.utc().msecsTo(end));
    for (const Instant at : {*m_tokenEnd - tokenEndWarning, *m_tokenEnd}) {
        if (at > now)
            m_core.clock.callAt(at, this, [this] { update(); });
    }
}

void Notices::watchQueue()
{
    connect(&m_queue, &DeletionQueue::phaseChanged, this, [this] {
        if (m_queue.isBusy()) {
            m_finished.reset();
            m_undone = 0;
            m_isAlarmDismissed = false;
        }
        update();
    });
    connect(&m_queue, &DeletionQueue::holdChanged, this, &Notices::update);
    connect(&m_queue, &DeletionQueue::undone, this, [this](int count) {
        m_undone = count;
        update();
    });
    connect(&m_queue, &DeletionQueue::listedAgainChanged, this, [this] {
        m_isListedAgainPutOff = false;
        update();
    });
    connect(&m_queue, &DeletionQueue::runFinished, this, [this] {
        m_finished = m_queue.summary();
        // Older news, and less than what did not go.
        m_undone = 0;
        update();
    });
}

void Notices::watchLister()
{
    connect(&m_core.lister, &JobLister::stateChanged, this, [this] {
        const bool isOldNews = m_core.lister.state() == JobLister::State::Loading && m_finished
            && m_finished->areAllGone();
        if (isOldNews)
            m_finished.reset();
        update();
    });
}

void Notices::perform(NoticeAction action)
{
    switch (action) {
    case NoticeAction::EnterToken:
        emit tokenWanted();
        break;
    case NoticeAction::Pause:
        m_queue.pause();
        break;
    case NoticeAction::Resume:
        m_queue.resume();
        break;
    case NoticeAction::Undo:
        m_queue.undo();
        break;
    case NoticeAction::GoOnWithoutRecord:
        m_queue.goOnWithoutRecord();
        break;
    case NoticeAction::Review:
        emit reviewWanted();
        break;
    case NoticeAction::Retry:
    case NoticeAction::Refresh:
        emit retryWanted();
        break;
    case NoticeAction::ShowProblems:
        emit problemsWanted();
        break;
    case NoticeAction::AskKeychain:
        m_core.connection.askKeychainAgain();
        break;
    case NoticeAction::Dismiss:
        dismiss();
        break;
    }
}

/// The one that is shown; behind it there may be another.
void Notices::dismiss()
{
    const auto isAbout = [this](auto leaveOut) {
        NoticeFacts others = facts();
        leaveOut(&others);
        return chooseNotice(others) != m_notice;
    };
    using Facts = NoticeFacts;
    if (isAbout([](Facts *facts) { facts->keychainTask = Connection::KeychainTask::None; }))
        m_isKeychainPutOff = true;
    else if (isAbout([](Facts *facts) { facts->tokenEnd.reset(); }))
        m_isTokenEndPutOff = true;
    else if (isAbout([](Facts *facts) { facts->isAlarmDismissed = true; }))
        m_isAlarmDismissed = true;
    else if (isAbout([](Facts *facts) { facts->toReview = 0; }))
        m_isReviewPutOff = true;
    else if (isAbout([](Facts *facts) { facts->listedAgain = 0; }))
        m_isListedAgainPutOff = true;
    else if (isAbout([](Facts *facts) { facts->undone = 0; }))
        m_undone = 0;
    else
        m_finished.reset();
    update();
}

void Notices::update()
{
    std::optional<Notice> notice = chooseNotice(facts());
    if (notice == m_notice)
        return;
    m_notice = std::move(notice);
    emit changed();
}

NoticeFacts Notices::facts() const
{
    const JobLister &lister = m_core.lister;
    NoticeFacts facts;
    facts.isTokenRejected = m_core.connection.tokenState() == Connection::TokenState::Rejected;
    facts.isTokenMissing = m_core.connection.tokenState() == Connection::TokenState::Missing;
    const Instant now = m_core.clock.now();
    if (m_tokenEnd && *m_tokenEnd - now <= tokenEndWarning && !m_isTokenEndPutOff) {
        facts.tokenEnd = m_tokenEnd;
        facts.hasTokenEnded = *m_tokenEnd <= now;
    }
    facts.hasJobs = m_core.jobs.rowCount() > 0;
    if (m_core.connection.hasKeychainFailed() && !m_isKeychainPutOff) {
        facts.keychainTask = m_core.connection.keychainTask();
        facts.keychainResult = m_core.connection.keychainResult();
    }
    facts.phase = m_queue.phase();
    facts.reason = m_queue.reason();
    facts.queueUntil = m_queue.pausedUntil();
    facts.held = m_queue.heldCount();
    facts.hold = m_queue.hold();
    facts.recordFailure = m_queue.recordFailure();
    facts.undone = m_undone;
    facts.toReview = m_isReviewPutOff ? 0 : static_cast<int>(m_core.recovery.toReview().size());
    facts.isListing = lister.state() == JobLister::State::Loading;
    facts.connectionUntil = m_core.client.pausedUntil();
    if (lister.state() == JobLister::State::Failed && facts.hasJobs)
        facts.listingError = lister.error();
    for (const ListingFailure &failure : lister.failures())
        facts.unlistedITwins.append(m_core.iTwins.nameOrId(failure.iTwinId));
    // Without one it was for all, or for ids: to name some would say that the others are there.
    if (facts.unlistedITwins.contains(QString()))
        facts.unlistedITwins.clear();
    facts.listedAgain = m_isListedAgainPutOff ? 0 : m_queue.listedAgain();
    facts.finished = m_finished;
    facts.isRecovery = m_queue.isRecovery();
    facts.isAlarmDismissed = m_isAlarmDismissed;
    return facts;
}

} // namespace Jobsweep
