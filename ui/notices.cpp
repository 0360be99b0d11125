// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices.h"

#include "ui/errorwording.h"
#include "ui/wording.h"

namespace Jobsweep {

namespace {

using Phase = DeletionQueue::Phase;
using Severity = Notice::Severity;

bool isBusy(const NoticeFacts &facts)
{
    return facts.phase != Phase::Idle;
}

/// Whether the deletion goes on by itself as soon as there is a new token.
bool goesOnWithAToken(Phase phase)
{
    switch (phase) {
    case Phase::Running:
    case Phase::PausedByService:
    case Phase::WaitingForToken:
        return true;
    case Phase::Idle:
    case Phase::Paused:
    case Phase::Stopping:
        return false;
    }
    return false;
}

bool isAlarm(QueueReason reason)
{
    switch (reason) {
    case QueueReason::WrongAddress:
    case QueueReason::UnexpectedSuccess:
    case QueueReason::Redirected:
        return true;
    case QueueReason::None:
    case QueueReason::Person:
    case QueueReason::Throttled:
    case QueueReason::LongWait:
    case QueueReason::Unreachable:
    case QueueReason::Doubtful:
    case QueueReason::Forbidden:
    case QueueReason::Tls:
    case QueueReason::Token:
        return false;
    }
    return false;
}

bool wentWell(const RunSummary &summary)
{
    return summary.deleted + summary.alreadyGone == summary.total();
}

std::optional<Notice> tokenNotice(const NoticeFacts &facts)
{
    const bool goesOn = goesOnWithAToken(facts.phase);
    const bool isWanted = facts.phase == Phase::WaitingForToken || facts.isTokenRejected
        || (facts.isTokenMissing && goesOn);
    // A paused deletion needs its Resume, which the notice of the pause offers.
    if (!isWanted || facts.phase == Phase::Paused)
        return {};
    const QString text = goesOn
        ? Notices::tr("The service needs a new access token. The deletion goes on with it.")
        : Notices::tr("The service did not accept the access token. Enter a new one to go on.");
    return Notice{Severity::Warning, text, {NoticeAction::EnterToken}, {}, {}};
}

std::optional<Notice> pausedNotice(const NoticeFacts &facts)
{
    if (facts.phase != Phase::Paused)
        return {};
    const bool isOwnWish = facts.reason == QueueReason::Person;
    const Severity severity = isOwnWish    ? Severity::Information
        : facts.reason == QueueReason::Tls ? Severity::Danger
                                           : Severity::Warning;
    Notice notice{severity,
                  Wording::queueStatus(facts.phase, facts.reason, {}),
                  {NoticeAction::Resume},
                  {},
                  {}};
    if (facts.reason == QueueReason::LongWait) {
        notice.until = facts.queueUntil;
        notice.countdown = Notices::tr("The wait ends in %1.");
    }
    if (facts.isTokenRejected || facts.isTokenMissing) {
        notice.text
            = Notices::tr("%1 The service needs a new access token for that.").arg(notice.text);
        notice.actions.prepend(NoticeAction::EnterToken);
    }
    return notice;
}

std::optional<Notice> alarmNotice(const NoticeFacts &facts)
{
    const bool hasEnded = facts.phase == Phase::Idle || facts.phase == Phase::Stopping;
    if (!hasEnded || !isAlarm(facts.reason) || facts.isAlarmDismissed)
        return {};
    return Notice{Severity::Danger,
                  Wording::queueReason(facts.reason),
                  {NoticeAction::ShowProblems, NoticeAction::Dismiss},
                  {},
                  {}};
}

std::optional<Notice> waitNotice(const NoticeFacts &facts)
{
    if (facts.phase == Phase::PausedByService) {
        return Notice{Severity::Information,
                      Wording::queueReason(facts.reason),
                      {},
                      facts.queueUntil,
                      Notices::tr("The deletion goes on by itself in %1.")};
    }
    if (facts.isListing && facts.connectionUntil) {
        return Notice{Severity::Information,
                      Wording::queueReason(QueueReason::Throttled),
                      {},
                      facts.connectionUntil,
                      Notices::tr("The list goes on by itself in %1.")};
    }
    return {};
}

std::optional<Notice> listingNotice(const NoticeFacts &facts)
{
    if (!facts.listingError)
        return {};
    return Notice{Severity::Warning,
                  Notices::tr("%1 The list may be incomplete or out of date.")
                      .arg(errorText(*facts.listingError, Occasion::Listing).what),
                  {NoticeAction::Retry},
                  {},
                  {}};
}

std::optional<Notice> finishedNotice(const NoticeFacts &facts)
{
    if (!facts.finished || isBusy(facts))
        return {};
    const RunSummary &summary = *facts.finished;
    if (!wentWell(summary)) {
        return Notice{Severity::Warning,
                      Notices::tr("The deletion ended: %1.").arg(Wording::summary(summary)),
                      {NoticeAction::ShowProblems, NoticeAction::Dismiss},
                      {},
                      {}};
    }
    const int count = summary.deleted;
    const QString deleted = count == 1 ? Notices::tr("1 job deleted.")
                                       : Notices::tr("%Ln jobs deleted.", nullptr, count);
    const QString gone = summary.alreadyGone == 1
        ? Notices::tr("1 job was already gone.")
        : Notices::tr("%Ln jobs were already gone.", nullptr, summary.alreadyGone);
    return Notice{Severity::Information,
                  summary.alreadyGone == 0 ? deleted : QString(deleted % u' ' % gone),
                  {NoticeAction::Dismiss},
                  {},
                  {}};
}

} // namespace

std::optional<Notice> chooseNotice(const NoticeFacts &facts)
{
    for (const auto choose :
         {tokenNotice, pausedNotice, alarmNotice, waitNotice, listingNotice, finishedNotice}) {
        if (auto notice = choose(facts))
            return notice;
    }
    return {};
}

Notices::Notices(Connection &connection, RestClient &client, JobLister &lister,
                 const JobModel &model, DeletionQueue &queue, QObject *parent)
    : QObject(parent), m_connection(connection), m_client(client), m_lister(lister), m_model(model),
      m_queue(queue)
{
    connect(&m_connection, &Connection::changed, this, &Notices::update);
    connect(&m_client, &RestClient::pauseChanged, this, &Notices::update);
    watchQueue();
    watchLister();
    update();
}

void Notices::watchQueue()
{
    connect(&m_queue, &DeletionQueue::phaseChanged, this, [this] {
        if (m_queue.isBusy()) {
            m_finished.reset();
            m_isAlarmDismissed = false;
        }
        update();
    });
    connect(&m_queue, &DeletionQueue::runFinished, this, [this] {
        m_finished = m_queue.summary();
        update();
    });
}

void Notices::watchLister()
{
    connect(&m_lister, &JobLister::stateChanged, this, [this] {
        const bool isOldNews
            = m_lister.state() == JobLister::State::Loading && m_finished && wentWell(*m_finished);
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
    case NoticeAction::Resume:
        m_queue.resume();
        break;
    case NoticeAction::Retry:
        emit retryWanted();
        break;
    case NoticeAction::ShowProblems:
        emit problemsWanted();
        break;
    case NoticeAction::Dismiss:
        m_finished.reset();
        m_isAlarmDismissed = true;
        update();
        break;
    }
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
    NoticeFacts facts;
    facts.isTokenRejected = m_connection.tokenState() == Connection::TokenState::Rejected;
    facts.isTokenMissing = m_connection.tokenState() == Connection::TokenState::Missing;
    facts.phase = m_queue.phase();
    facts.reason = m_queue.reason();
    facts.queueUntil = m_queue.pausedUntil();
    facts.isListing = m_lister.state() == JobLister::State::Loading;
    facts.connectionUntil = m_client.pausedUntil();
    if (m_lister.state() == JobLister::State::Failed && m_model.rowCount() > 0)
        facts.listingError = m_lister.error();
    facts.finished = m_finished;
    facts.isAlarmDismissed = m_isAlarmDismissed;
    return facts;
}

} // namespace Jobsweep
