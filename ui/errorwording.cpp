// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errorwording.h"

#include "ui/answerwording.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorWording)
};

/// What the failure means for what the person was doing.
QString consequence(Occasion occasion, DeletionCertainty certainty)
{
    switch (occasion) {
    case Occasion::Listing:
        return Words::tr("The list of jobs is not complete.");
    case Occasion::Checking:
        return Words::tr("Whether the job was deleted is still not known.");
    case Occasion::Creating:
        // No answer to a creation speaks of a job that is gone.
        return certainty == DeletionCertainty::Unknown
            ? Words::tr("Whether the job was created is not known.")
            : Words::tr("The job was not created.");
    case Occasion::TestingConnection:
        return Words::tr("The connection does not work like this.");
    case Occasion::Deleting:
        break;
    }
    switch (certainty) {
    case DeletionCertainty::NotDeleted:
        return Words::tr("The job was not deleted.");
    case DeletionCertainty::Unknown:
        return Words::tr("Whether the job was deleted is not known.");
    case DeletionCertainty::Gone:
        break;
    }
    return {};
}

ErrorText textOf(const NetworkFailure &failure)
{
    switch (failure.kind) {
    case NetworkFailure::Kind::Unreachable:
        return {Words::tr("The service could not be reached."),
                Words::tr("This computer is offline, the service address is wrong, or a proxy or "
                          "firewall is in the way."),
                Words::tr("Check the network and the service address, then try again.")};
    case NetworkFailure::Kind::TimedOut:
        return {Words::tr("The service did not answer in time."),
                Words::tr("The network is slow, or the service is busy."),
                Words::tr("Wait a little and try again.")};
    case NetworkFailure::Kind::ConnectionLost:
        return {Words::tr("The connection was lost before the answer was complete."),
                Words::tr("The network or the service ended it."),
                Words::tr("Check the network and try again.")};
    case NetworkFailure::Kind::Tls:
        return {Words::tr("No trustworthy encrypted connection could be made."),
                Words::tr("The service's certificate could not be verified, so nothing was sent. "
                          "Somebody in between may be listening."),
                Words::tr("Check this computer's date and time, and log in to the network if it "
                          "asks for that. The check cannot be skipped.")};
    case NetworkFailure::Kind::TooLarge:
        return {Words::tr("The answer was larger than the service ever sends."),
                Words::tr("It was cut off, because something else may be answering."),
                Words::tr("Check the service address.")};
    case NetworkFailure::Kind::Abandoned:
        return {Words::tr("The request was given up."),
                Words::tr("The service address was changed meanwhile."),
                Words::tr("Try again with the new address.")};
    case NetworkFailure::Kind::NoToken:
        return {Words::tr("There is no access token."),
                Words::tr("The service answers only to requests with one, so nothing was sent."),
                Words::tr("Enter an access token.")};
    case NetworkFailure::Kind::Forbidden:
        return {Words::tr("Jobsweep's own safety rules do not allow this request."),
                Words::tr("Its address is not one that Jobsweep may send to, so nothing was "
                          "sent."),
                Words::tr("Check the service address, and report this if it is right.")};
    }
    return {};
}

ErrorText unreadableText(const MalformedReply &reply)
{
    if (isWebPage(reply.contentType, reply.rawBody)) {
        return {Words::tr("A web page came in place of the service's answer."),
                Words::tr("A network that asks for a login, or a proxy, may have answered."),
                Words::tr("Open a web browser, log in to the network, then try again.")};
    }
    return {Words::tr("The service's answer could not be read."),
            Words::tr("It is not the JSON that the service documents; it may have been damaged "
                      "on the way."),
            Words::tr("Try again. If it stays so, check the service address.")};
}

ErrorText textOf(const MalformedReply &reply)
{
    switch (reply.reason) {
    case MalformedReply::Reason::NotJson:
        return unreadableText(reply);
    case MalformedReply::Reason::WrongShape:
        return {Words::tr("The service's answer does not have the form that it documents."),
                Words::tr("Another program may be answering, or the service has changed."),
                Words::tr("Check the service address, and whether there is a newer Jobsweep.")};
    case MalformedReply::Reason::RepeatedPage:
        return {Words::tr("The service began to repeat the list."),
                Words::tr("It pointed to a page that it had already sent, so Jobsweep stopped "
                          "rather than read it forever."),
                Words::tr("Refresh to start again.")};
    case MalformedReply::Reason::TooManyPages:
        return {Words::tr("The list has more pages than Jobsweep reads."),
                Words::tr("Jobsweep stops at a bound, so that a list cannot go on forever."),
                Words::tr("List a single iTwin or state.")};
    case MalformedReply::Reason::TooManyJobs:
        return {Words::tr("The list has more jobs than Jobsweep takes in."),
                Words::tr("Jobsweep stops at a bound, so that a list cannot fill the memory."),
                Words::tr("List a single iTwin or state.")};
    }
    return {};
}

QString joined(const QStringList &sentences)
{
    QStringList present = sentences;
    present.removeAll(QString());
    return present.join(u' ');
}

DeletionCertainty certaintyOf(const ApiError &error)
{
    if (const auto *answer = std::get_if<HttpFailure>(&error))
        return certaintyAfter(*answer);
    if (std::holds_alternative<MalformedReply>(error))
        return DeletionCertainty::Unknown;
    return exchangeOf(error).sends == 0 ? DeletionCertainty::NotDeleted
                                        : DeletionCertainty::Unknown;
}

} // namespace

Occasion deletionOccasion(const ApiError &error, bool isOutcomeUnknown)
{
    const bool isCheck = exchangeOf(error).verb == Verb::Get;
    return isCheck || isOutcomeUnknown ? Occasion::Checking : Occasion::Deleting;
}

ErrorText errorText(const ApiError &error, Occasion occasion)
{
    ErrorText text = std::visit(
        Overloaded{
            [](const NetworkFailure &failure) { return textOf(failure); },
            [](const MalformedReply &reply) { return textOf(reply); },
            [occasion](const HttpFailure &answer) { return answerText(answer, occasion); },
        },
        error);
    text.why = joined({text.why, consequence(occasion, certaintyOf(error))});
    return text;
}

QString errorLine(const ApiError &error, Occasion occasion)
{
    const ErrorText text = errorText(error, occasion);
    return joined({text.what, text.why, text.whatToDo});
}

} // namespace Jobsweep
