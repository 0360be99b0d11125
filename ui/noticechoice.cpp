// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/noticechoice.h"

#include "ui/errorwording.h"
#include "ui/historywording.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

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

std::optional<Notice> holdNotice(const NoticeFacts &facts)
{
    const bool isPausedOtherwise
        = facts.phase == Phase::Paused && facts.reason != QueueReason::Person;
    if (!facts.hold || isPausedOtherwise)
        return {};
    Notice notice;
    notice.text = facts.held == 1 ? Words::tr("1 job will be deleted.")
                                  : Words::tr("%Ln jobs will be deleted.", nullptr, facts.held);
    if (facts.hold->isPaused()) {
        notice.text
            = Words::tr("%1 The countdown is paused; nothing has been sent yet.").arg(notice.text);
        notice.actions = {NoticeAction::Resume, NoticeAction::Undo};
    } else {
        notice.actions = {NoticeAction::Pause, NoticeAction::Undo};
        notice.until = facts.hold->until();
        notice.countdown = Words::tr("Deleting begins in %1.");
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
                  Words::tr("The deletion stands still. %1").arg(why),
                  {NoticeAction::Resume, NoticeAction::GoOnWithoutRecord},
                  {},
                  {}};
}

std::optional<Notice> reviewNotice(const NoticeFacts &facts)
{
    if (facts.toReview == 0 || isBusy(facts))
        return {};
    const QString text = facts.toReview == 1
        ? Words::tr("A deletion was interrupted. 1 job of it was not deleted.")
        : Words::tr("A deletion was interrupted. %Ln jobs of it were not deleted.", nullptr,
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
        ? Words::tr("Undone: 1 job stays. Nothing was sent.")
        : Words::tr("Undone: %Ln jobs stay. Nothing was sent.", nullptr, facts.undone);
    return Notice{Severity::Information, text, {NoticeAction::Dismiss}, {}, {}};
}

/// With a new token, and before it is known that it is the same person's.
std::optional<Notice> accountNotice(const NoticeFacts &facts)
{
    const bool isAsking = facts.phase == Phase::WaitingForToken
        && facts.reason == QueueReason::AskingForAccount && !facts.isTokenRejected
        && !facts.isTokenMissing;
    if (!isAsking)
        return {};
    Notice notice{Severity::Information,
                  Wording::queueStatus(facts.phase, facts.reason, {}),
                  {},
                  facts.connectionUntil,
                  {}};
    if (facts.connectionUntil)
        notice.countdown = Words::tr("It can be asked in %1.");
    return notice;
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
        ? Words::tr("The service needs a new access token. The deletion goes on with it.")
        : Words::tr("The service did not accept the access token. Enter a new one to go on.");
    return Notice{Severity::Warning, text, {NoticeAction::EnterToken}, {}, {}};
}

/// Before the service has to refuse it.
std::optional<Notice> tokenEndNotice(const NoticeFacts &facts)
{
    if (!facts.tokenEnd)
        return {};
    const QList actions{NoticeAction::EnterToken, NoticeAction::Dismiss};
    if (facts.hasTokenEnded) {
        return Notice{Severity::Warning,
                      Words::tr("The access token has expired. Enter a new one to go on."),
                      actions,
                      {},
                      {}};
    }
    return Notice{Severity::Information,
                  goesOnWithAToken(facts.phase)
                      ? Words::tr("The access token ends soon; the deletion then waits for a new "
                                  "one.")
                      : Words::tr("The access token ends soon."),
                  actions, facts.tokenEnd, Words::tr("It works for another %1.")};
}

/// The page in place of the table says it where nothing is listed.
std::optional<Notice> listWithoutTokenNotice(const NoticeFacts &facts)
{
    if (!facts.isTokenMissing || !facts.hasJobs || isBusy(facts))
        return {};
    return Notice{Severity::Information,
                  Words::tr("There is no access token any more. The list stays as it was; to "
                            "refresh it or to delete jobs, enter a token."),
                  {NoticeAction::EnterToken},
                  {},
                  {}};
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
        notice.countdown = Words::tr("The wait ends in %1.");
    }
    if (facts.isTokenRejected || facts.isTokenMissing) {
        notice.text
            = Words::tr("%1 The service needs a new access token for that.").arg(notice.text);
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
                      Words::tr("The deletion goes on by itself in %1.")};
    }
    if (facts.isListing && facts.connectionUntil) {
        return Notice{Severity::Information,
                      Wording::queueReason(QueueReason::Throttled),
                      {},
                      facts.connectionUntil,
                      Words::tr("The list goes on by itself in %1.")};
    }
    return {};
}

/// "River Bridge, White River and 3 more"
QString namesOf(const QStringList &iTwins)
{
    QStringList names;
    for (const QString &name : iTwins.mid(0, namedITwins))
        names.append(visibleText(name, longestName));
    const QString all = names.join(Words::tr(", ", "between names"));
    const auto more = static_cast<int>(iTwins.size() - names.size());
    return more > 0 ? Words::tr("%1 and %Ln more", nullptr, more).arg(all) : all;
}

std::optional<Notice> listingNotice(const NoticeFacts &facts)
{
    if (!facts.listingError)
        return {};
    const QString what = errorText(*facts.listingError, Occasion::Listing).what;
    const QString text = facts.unlistedITwins.isEmpty()
        ? Words::tr("%1 The list may be incomplete or out of date.").arg(what)
        : Words::tr("%1 The list is without all or some jobs of %2.", "why, iTwins")
              .arg(what, namesOf(facts.unlistedITwins));
    return Notice{Severity::Warning, text, {NoticeAction::Retry}, {}, {}};
}

/// What it lists is not gone, whatever it answered before.
std::optional<Notice> listedAgainNotice(const NoticeFacts &facts)
{
    if (facts.listedAgain == 0 || facts.isListing)
        return {};
    const QString text = facts.listedAgain == 1
        ? Words::tr("The service lists 1 job again that it had reported as gone. It may only be "
                    "late: refresh in a while, before you delete it again.")
        : Words::tr("The service lists %Ln jobs again that it had reported as gone. It may only "
                    "be late: refresh in a while, before you delete them again.",
                    nullptr, facts.listedAgain);
    return Notice{Severity::Warning, text, {NoticeAction::Refresh, NoticeAction::Dismiss}, {}, {}};
}

std::optional<Notice> finishedNotice(const NoticeFacts &facts)
{
    if (!facts.finished || isBusy(facts))
        return {};
    const RunSummary &summary = *facts.finished;
    const QString result = Wording::runResult(summary);
    if (!summary.areAllGone()) {
        return Notice{
            Severity::Warning,
            facts.isRecovery
                ? Words::tr("What an earlier session was deleting was looked up. %1.").arg(result)
                : Words::tr("The deletion ended. %1.").arg(result),
            {NoticeAction::ShowProblems, NoticeAction::Dismiss},
            {},
            {}};
    }
    if (facts.isRecovery) {
        const QString text = summary.total() == 1
            ? Words::tr("1 job that an earlier session was deleting is gone. Nothing was "
                        "deleted now.")
            : Words::tr("%Ln jobs that an earlier session was deleting are gone. Nothing was "
                        "deleted now.",
                        nullptr, summary.total());
        return Notice{Severity::Information, text, {NoticeAction::Dismiss}, {}, {}};
    }
    const int count = summary.deleted;
    const QString deleted
        = count == 1 ? Words::tr("1 job deleted.") : Words::tr("%Ln jobs deleted.", nullptr, count);
    const QString gone = summary.alreadyGone == 1
        ? Words::tr("1 job was already gone.")
        : Words::tr("%Ln jobs were already gone.", nullptr, summary.alreadyGone);
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
         {holdNotice, accountNotice, tokenNotice, recordNotice, pausedNotice, alarmNotice,
          waitNotice, tokenEndNotice, reviewNotice, keychainNotice, listingNotice,
          listedAgainNotice, undoneNotice, finishedNotice, listWithoutTokenNotice}) {
        if (auto notice = choose(facts))
            return notice;
    }
    return {};
}

} // namespace Jobsweep
