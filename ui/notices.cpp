// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices.h"

#include "ui/errorwording.h"
#include "ui/historywording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

namespace Jobsweep {

namespace {

using Phase = DeletionQueue::Phase;
using Severity = Notice::Severity;

/// iTwins that a sentence names, and characters of each name.
constexpr qsizetype namedITwins = 3;
constexpr qsizetype longestName = 40;

bool isBusy(const NoticeFacts &facts)
{
    return facts.phase != Phase::Idle;
}

/// Whether the deletion goes on by itself as soon as there is a new token.
bool goesOnWithAToken(Phase phase)
{
    switch (phase) {
    case Phase::Holding:
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
    case QueueReason::OtherAccount:
    case QueueReason::UnknownAccount:
    case QueueReason::AskingForAccount:
    case QueueReason::NoRecord:
        return false;
    }
    return false;
}

bool wentWell(const RunSummary &summary)
{
    return summary.deleted + summary.alreadyGone == summary.total();
}

std::optional<Notice> holdNotice(const NoticeFacts &facts)
{
    const bool isPausedOtherwise
        = facts.phase == Phase::Paused && facts.reason != QueueReason::Person;
    if (!facts.hold || isPausedOtherwise)
        return {};
    Notice notice;
    notice.text = facts.held == 1 ? Notices::tr("1 job will be deleted.")
                                  : Notices::tr("%Ln jobs will be deleted.", nullptr, facts.held);
    if (facts.hold->isPaused()) {
        notice.text = Notices::tr("%1 The countdown is paused; nothing has been sent yet.")
                          .arg(notice.text);
        notice.actions = {NoticeAction::Resume, NoticeAction::Undo};
    } else {
        notice.actions = {NoticeAction::Pause, NoticeAction::Undo};
        notice.until = facts.hold->until();
        notice.countdown = Notices::tr("Deleting begins in %1.");
    }
    return notice;
}

/// Nothing is deleted without a record, unless the person says so.
std::optional<Notice> recordNotice(const NoticeFacts &facts)
{
    if (facts.phase != Phase::Paused || facts.reason != QueueReason::NoRecord)
        return {};
    const QString why = facts.recordFailure ? Wording::historyFailure(*facts.recordFailure)
                                            : Wording::queueReason(facts.reason);
    return Notice{Severity::Warning,
                  Notices::tr("The deletion stands still. %1").arg(why),
                  {NoticeAction::Resume, NoticeAction::GoOnWithoutRecord},
                  {},
                  {}};
}

std::optional<Notice> reviewNotice(const NoticeFacts &facts)
{
    if (facts.toReview == 0 || isBusy(facts))
        return {};
    const QString text = facts.toReview == 1
        ? Notices::tr("A deletion was interrupted. 1 job of it was not deleted.")
        : Notices::tr("A deletion was interrupted. %Ln jobs of it were not deleted.", nullptr,
                      facts.toReview);
    return Notice{Severity::Warning, text, {NoticeAction::Review, NoticeAction::Dismiss}, {}, {}};
}

/// A token that could not be read is what the page in place of the table is about.
std::optional<Notice> keychainNotice(const NoticeFacts &facts)
{
    const QString text = Wording::keychainFailure(facts.keychainTask, facts.keychainResult);
    if (text.isEmpty() || facts.keychainTask == Connection::KeychainTask::Read)
        return {};
    return Notice{
        Severity::Warning, text, {NoticeAction::AskKeychain, NoticeAction::Dismiss}, {}, {}};
}

std::optional<Notice> undoneNotice(const NoticeFacts &facts)
{
    if (facts.undone == 0 || isBusy(facts))
        return {};
    const QString text = facts.undone == 1
        ? Notices::tr("Undone: 1 job stays. Nothing was sent.")
        : Notices::tr("Undone: %Ln jobs stay. Nothing was sent.", nullptr, facts.undone);
    return Notice{Severity::Information, text, {NoticeAction::Dismiss}, {}, {}};
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

/// "River Bridge, White River and 3 more"
QString namesOf(const QStringList &iTwins)
{
    QStringList names;
    for (const QString &name : iTwins.mid(0, namedITwins))
        names.append(visibleText(name, longestName));
    const QString all = names.join(Notices::tr(", ", "between names"));
    const auto more = static_cast<int>(iTwins.size() - names.size());
    return more > 0 ? Notices::tr("%1 and %Ln more", nullptr, more).arg(all) : all;
}

std::optional<Notice> listingNotice(const NoticeFacts &facts)
{
    if (!facts.listingError)
        return {};
    const QString what = errorText(*facts.listingError, Occasion::Listing).what;
    const QString text = facts.unlistedITwins.isEmpty()
        ? Notices::tr("%1 The list may be incomplete or out of date.").arg(what)
        : Notices::tr("%1 The list is without all or some jobs of %2.", "why, iTwins")
              .arg(what, namesOf(facts.unlistedITwins));
    return Notice{Severity::Warning, text, {NoticeAction::Retry}, {}, {}};
}

std::optional<Notice> finishedNotice(const NoticeFacts &facts)
{
    if (!facts.finished || isBusy(facts))
        return {};
    const RunSummary &summary = *facts.finished;
    const QString result = Wording::runResult(summary);
    if (!wentWell(summary)) {
        return Notice{
            Severity::Warning,
            facts.isRecovery
                ? Notices::tr("What an earlier session was deleting was looked up. %1.").arg(result)
                : Notices::tr("The deletion ended. %1.").arg(result),
            {NoticeAction::ShowProblems, NoticeAction::Dismiss},
            {},
            {}};
    }
    if (facts.isRecovery) {
        const QString text = summary.total() == 1
            ? Notices::tr("1 job that an earlier session was deleting is gone. Nothing was "
                          "deleted now.")
            : Notices::tr("%Ln jobs that an earlier session was deleting are gone. Nothing was "
                          "deleted now.",
                          nullptr, summary.total());
        return Notice{Severity::Information, text, {NoticeAction::Dismiss}, {}, {}};
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
         {holdNotice, tokenNotice, recordNotice, pausedNotice, alarmNotice, waitNotice,
          reviewNotice, keychainNotice, listingNotice, undoneNotice, finishedNotice}) {
        if (auto notice = choose(facts))
            return notice;
    }
    return {};
}

Notices::Notices(Core &core, QObject *parent) : QObject(parent), m_core(core), m_queue(core.queue)
{
    connect(&core.connection, &Connection::changed, this, [this] {
        if (m_core.connection.isAskingKeychain())
            m_isKeychainPutOff = false;
        update();
    });
    connect(&core.client, &RestClient::pauseChanged, this, &Notices::update);
    connect(&core.recovery, &Recovery::changed, this, [this] {
        m_isReviewPutOff = false;
        update();
    });
    watchQueue();
    watchLister();
    update();
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
    connect(&m_queue, &DeletionQueue::runFinished, this, [this] {
        m_finished = m_queue.summary();
        update();
    });
}

void Notices::watchLister()
{
    connect(&m_core.lister, &JobLister::stateChanged, this, [this] {
        const bool isOldNews = m_core.lister.state() == JobLister::State::Loading && m_finished
            && wentWell(*m_finished);
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
        emit retryWanted();
        break;
    case NoticeAction::ShowProblems:
        emit problemsWanted();
        break;
    case NoticeAction::AskKeychain:
        m_core.connection.askKeychainAgain();
        break;
    case NoticeAction::Dismiss:
        if (m_notice && m_notice == keychainNotice(facts())) {
            m_isKeychainPutOff = true;
            update();
            break;
        }
        // The one that is shown; behind it there may be another.
        if (m_core.recovery.toReview().isEmpty() || m_isReviewPutOff) {
            m_finished.reset();
            m_undone = 0;
        }
        m_isReviewPutOff = true;
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
    const JobLister &lister = m_core.lister;
    NoticeFacts facts;
    facts.isTokenRejected = m_core.connection.tokenState() == Connection::TokenState::Rejected;
    facts.isTokenMissing = m_core.connection.tokenState() == Connection::TokenState::Missing;
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
    if (lister.state() == JobLister::State::Failed && m_core.jobs.rowCount() > 0)
        facts.listingError = lister.error();
    for (const ListingFailure &failure : lister.failures())
        facts.unlistedITwins.append(m_core.iTwins.nameOrId(failure.iTwinId));
    // Without one it was for all, or for ids: to name some would say that the others are there.
    if (facts.unlistedITwins.contains(QString()))
        facts.unlistedITwins.clear();
    facts.finished = m_finished;
    facts.isRecovery = m_queue.isRecovery();
    facts.isAlarmDismissed = m_isAlarmDismissed;
    return facts;
}

} // namespace Jobsweep
