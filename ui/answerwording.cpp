// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/answerwording.h"

#include "deletion/deletionqueue.h"
#include "ui/wording.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorWording)
};

bool isAboutDeletion(Occasion occasion)
{
    return occasion == Occasion::Deleting || occasion == Occasion::Checking;
}

bool hasCause(const HttpFailure &answer, const QString &code)
{
    return std::ranges::find(answer.details, code, &ErrorCause::code) != answer.details.end();
}

ErrorText successText(const HttpFailure &answer, Occasion occasion)
{
    if (occasion == Occasion::Deleting && answer.status == 200) {
        return {
            Words::tr("The service may have cancelled a running job."),
            Words::tr("It answered a deletion with 200. Version 1 answers 204; version 2, where "
                      "the same request cancels a running job, answers 200."),
            Words::tr("Look at the job in the iTwin Platform and check the service address "
                      "before you delete anything else.")};
    }
    return {Words::tr("The service answered with the unexpected status %1.").arg(answer.status),
            Words::tr("It reports a success, but not the one that it documents."),
            Words::tr("Check the service address, and look at the jobs in the iTwin Platform.")};
}

ErrorText redirectText()
{
    return {Words::tr("The service pointed to another address."),
            Words::tr("Jobsweep never follows, because your access token would go there."),
            Words::tr("Check the service address. A network that asks for a login may also have "
                      "answered.")};
}

ErrorText unknownClientText()
{
    return {Words::tr("The application that got the access token is not registered."),
            Words::tr("The service accepts only tokens of applications that are registered at "
                      "developer.bentley.com."),
            Words::tr("Enter an access token from a registered application or from the developer "
                      "portal.")};
}

ErrorText unauthorizedText(const HttpFailure &answer)
{
    if (answer.code == "HeaderNotFound"_L1) {
        return {Words::tr("The access token did not reach the service."),
                Words::tr("A proxy on the way may have removed it from the request."),
                Words::tr("Enter the access token again. If that does not help, ask who runs your "
                          "network.")};
    }
    if (answer.code == "InvalidHeaderValue"_L1) {
        return {Words::tr("The service says that the access token is empty."),
                Words::tr("The token may have been damaged when it was copied."),
                Words::tr("Copy the whole access token and enter it again.")};
    }
    if (answer.code == "InvalidAuthorizationScheme"_L1) {
        return {Words::tr("The service does not take this kind of access token."),
                Words::tr("It wants a bearer token, and reads another kind in the request."),
                Words::tr("Enter an access token from the developer portal.")};
    }
    if (answer.code == "RequiredScopeMissing"_L1) {
        return {Words::tr("The access token lacks the scope itwin-platform."),
                Words::tr("A token opens only what was asked for when it was made."),
                Words::tr("Get a token with the scope itwin-platform and enter it.")};
    }
    if (answer.code == "InvalidApplicationTier"_L1) {
        return {Words::tr("The application's subscription does not include this service."),
                Words::tr("The access token belongs to an application without access to Reality "
                          "Modeling."),
                Words::tr("Enter an access token of another application, or ask for access.")};
    }
    if (hasCause(answer, u"UnknownClient"_s))
        return unknownClientText();
    if (answer.code == "Unauthorized"_L1) {
        return {Words::tr("The access token has expired or is not valid."),
                Words::tr("Access tokens work for about an hour."),
                Words::tr("Get a new access token and enter it.")};
    }
    return {Words::tr("The service did not accept the access token."),
            Words::tr("It does not say why in a way that Jobsweep knows."),
            Words::tr("Get a new access token and enter it.")};
}

ErrorText forbiddenText(Occasion occasion)
{
    if (occasion == Occasion::Checking) {
        return {Words::tr("You do not have the permission for this job."),
                Words::tr("The service allows it only to people with the right role in its iTwin."),
                Words::tr("Ask its creator or an administrator of the iTwin.")};
    }
    if (occasion == Occasion::Deleting) {
        return {Words::tr("You do not have the permission to delete this job."),
                Words::tr("The service allows it only to people with the right role in its iTwin."),
                Words::tr("Ask its creator or an administrator of the iTwin.")};
    }
    if (occasion == Occasion::Creating) {
        return {Words::tr("You do not have the permission to create this job."),
                Words::tr("The service allows it only to people with the right role in its iTwin."),
                Words::tr("Ask an administrator of the iTwin.")};
    }
    return {Words::tr("You do not have the permission to see these jobs."),
            Words::tr("The service shows them only to people with the right role in the iTwin."),
            Words::tr("Choose another iTwin, or ask its administrator.")};
}

ErrorText notFoundText(const HttpFailure &answer)
{
    if (answer.code == "JobNotFound"_L1) {
        return {Words::tr("The service does not know this job."),
                Words::tr("It is already gone, or your account may not see it."),
                Words::tr("Refresh the list to see what is there now.")};
    }
    if (answer.code == "iTwinNotFound"_L1) {
        return {Words::tr("The service does not know this iTwin."),
                Words::tr("It is gone, or your account has no access to it."),
                Words::tr("Choose another iTwin, or ask its administrator for access.")};
    }
    if (answer.code == "ResourceNotFound"_L1 || hasCause(answer, u"OperationNotFound"_s)) {
        return {Words::tr("The service does not offer this at this address and version."),
                Words::tr("The service address is wrong, or version 1 of the service has ended. "
                          "This says nothing about any job."),
                Words::tr("Check the service address, and whether there is a newer Jobsweep.")};
    }
    return {Words::tr("There is nothing at this address."),
            Words::tr("The answer is not one that the service documents, so it says nothing about "
                      "any job."),
            Words::tr("Check the service address.")};
}

ErrorText refusedText(const HttpFailure &answer, Occasion occasion)
{
    if (saysAlreadySubmitted(answer) && isAboutDeletion(occasion)) {
        return {Wording::obstacle(Obstacle::AlreadySubmitted),
                Words::tr("Somebody submitted it after it was listed."),
                Words::tr("Nothing needs to be done.")};
    }
    if (answer.code.isEmpty() && answer.message.isEmpty()) {
        return {Words::tr("The service refused the request without a reason."),
                Words::tr("Its answer does not have the documented form."),
                Words::tr("Refresh the list and try again.")};
    }
    if (occasion == Occasion::Checking) {
        return {Words::tr("The service refused to say how this job stands."),
                Words::tr("It understood the request, but does not allow it."),
                Words::tr("Read its reason, refresh the list, and look at the job.")};
    }
    if (occasion == Occasion::Deleting) {
        return {Words::tr("The service refused to delete this job."),
                Words::tr("It understood the request, but does not allow it."),
                Words::tr("Read its reason, refresh the list, and look at the job.")};
    }
    if (occasion == Occasion::Creating) {
        return {Words::tr("The service refused to create this job."),
                Words::tr("It understood the request, but does not allow it."),
                Words::tr("Read its reason. The workspace or the inputs may no longer exist.")};
    }
    return {Words::tr("The service refused to list these jobs."),
            Words::tr("It understood the request, but not what it asks for."),
            Words::tr("Choose another iTwin or state, and report this if it stays so.")};
}

/// What to do about a wait that the service asked for, with its length if it named one.
QString waitAdvice(const std::optional<std::chrono::seconds> &length, Occasion occasion)
{
    const QString wait = length ? Wording::duration(*length) : QString();
    switch (occasion) {
    case Occasion::Deleting:
    case Occasion::Checking:
        if (!length)
            return Words::tr("Jobsweep waits a little and tries again by itself.");
        if (*length > DeletionQueue::longestOwnWait) {
            return Words::tr("The wait is so long that the deletion pauses: choose Resume to go "
                             "on with it after %1.")
                .arg(wait);
        }
        return Words::tr("Jobsweep goes on by itself after %1.").arg(wait);
    case Occasion::Creating:
        return length ? Words::tr("Jobsweep goes on by itself after %1.").arg(wait)
                      : Words::tr("Jobsweep waits a little and tries again by itself.");
    case Occasion::Listing:
        return length ? Words::tr("Wait %1, then choose Retry.").arg(wait)
                      : Words::tr("Wait a minute, then choose Retry.");
    case Occasion::TestingConnection:
        return length ? Words::tr("Wait %1 and try again.").arg(wait)
                      : Words::tr("Wait a minute and try again.");
    }
    return {};
}

ErrorText tooManyText(const HttpFailure &answer, Occasion occasion)
{
    const QString what = Words::tr("The service's request limit is used up.");
    const QString why = Words::tr("The limit counts the requests of everyone who uses the same "
                                  "application.");
    return {what, why, waitAdvice(answer.retryAfter, occasion)};
}

ErrorText otherRefusalText(const HttpFailure &answer)
{
    const QString report = Words::tr("Refresh the list and try again, and report this if it stays "
                                     "so.");
    switch (answer.status) {
    case 400:
        return {Words::tr("The service could not make sense of the request."),
                Words::tr("It says that something in the request is invalid."), report};
    case 405:
    case 406:
    case 415:
        return {Words::tr("The service does not take this kind of request."),
                Words::tr("The service address is wrong, or the service has changed."),
                Words::tr("Check the service address, and whether there is a newer Jobsweep.")};
    case 407:
        return {Words::tr("A proxy in your network asks for a login."),
                Words::tr("It does not let the request through without one."),
                Words::tr("Set up the proxy login in your system, then try again.")};
    case 408:
        return {Words::tr("The service gave up waiting for the request."),
                Words::tr("The network is slow, or the service is busy."),
                Words::tr("Wait a little and try again.")};
    case 409:
        return {Words::tr("Something else is changing the same thing at the same time."),
                Words::tr("The service allows only one change at once."), report};
    case 410:
        return {Words::tr("This version of the service has ended."),
                Words::tr("The service no longer offers version 1, which Jobsweep uses."),
                Words::tr("See whether there is a newer Jobsweep.")};
    case 413:
        return {Words::tr("The request was too large for the service."),
                Words::tr("The service takes only requests up to a size."), report};
    default:
        return {Words::tr("The service refused the request with status %1.").arg(answer.status),
                Words::tr("This is not a status that the service documents."), report};
    }
}

ErrorText serverText(const HttpFailure &answer, Occasion occasion)
{
    const QString wait = Words::tr("Wait a little and try again.");
    if (answer.status == 503 && answer.retryAfter) {
        return {Words::tr("The service asks for a pause."),
                Words::tr("It is overloaded or being maintained."),
                waitAdvice(answer.retryAfter, occasion)};
    }
    if (isWebPage(answer.contentType, answer.rawBody)) {
        return {
            Words::tr("A gateway answered in place of the service (status %1).").arg(answer.status),
            Words::tr("It could not get an answer from the service itself."), wait};
    }
    switch (answer.status) {
    case 500:
        return {Words::tr("The service had an internal error."),
                Words::tr("Something went wrong on its side, not on yours."), wait};
    case 502:
        return {Words::tr("The service's gateway got no proper answer from it."),
                Words::tr("The service may be starting again."), wait};
    case 503:
        return {Words::tr("The service is not available at the moment."),
                Words::tr("It is overloaded or being maintained."), wait};
    case 504:
        return {Words::tr("The service took too long to answer its gateway."),
                Words::tr("The service is busy."), wait};
    default:
        return {Words::tr("The service failed with status %1.").arg(answer.status),
                Words::tr("Something went wrong on its side, not on yours."), wait};
    }
}

ErrorText webPageText(const HttpFailure &answer)
{
    return {Words::tr("A web page with status %1 came in place of the service's answer.")
                .arg(answer.status),
            Words::tr("A proxy, a gateway or another web server answered."),
            Words::tr("Check the service address, and log in to the network if it asks for that.")};
}

ErrorText clientErrorText(const HttpFailure &answer, Occasion occasion)
{
    const bool isOurs = answer.status == 407 || answer.status == 408 || answer.status == 429;
    if (!isOurs && answer.code.isEmpty() && isWebPage(answer.contentType, answer.rawBody))
        return webPageText(answer);
    switch (answer.status) {
    case 401:
        return unauthorizedText(answer);
    case 403:
        return forbiddenText(occasion);
    case 404:
        return notFoundText(answer);
    case 422:
        return refusedText(answer, occasion);
    case 429:
        return tooManyText(answer, occasion);
    default:
        return otherRefusalText(answer);
    }
}

} // namespace

DeletionCertainty certaintyAfter(const HttpFailure &answer)
{
    if (isJobNotFound(ApiError(answer)))
        return DeletionCertainty::Gone;
    const bool isRefusal = answer.status >= 300 && answer.status < 500 && answer.status != 408;
    const bool isPause = answer.status == 503 && answer.retryAfter;
    return isRefusal || isPause ? DeletionCertainty::NotDeleted : DeletionCertainty::Unknown;
}

ErrorText answerText(const HttpFailure &answer, Occasion occasion)
{
    switch (answer.status / 100) {
    case 2:
        return successText(answer, occasion);
    case 3:
        return redirectText();
    case 4:
        return clientErrorText(answer, occasion);
    case 5:
        return serverText(answer, occasion);
    default:
        return {Words::tr("The service answered with the status %1, which does not exist.")
                    .arg(answer.status),
                Words::tr("Something else than the service may be answering."),
                Words::tr("Check the service address.")};
    }
}

bool isWebPage(const QString &contentType, const QByteArray &body)
{
    if (contentType.contains("html"_L1, Qt::CaseInsensitive))
        return true;
    const QByteArray beginning = body.left(256).trimmed().toLower();
    return beginning.startsWith("<!doctype html") || beginning.startsWith("<html");
}

bool saysAlreadySubmitted(const HttpFailure &answer)
{
    return answer.status == 422 && hasCause(answer, u"InvalidChange"_s);
}

} // namespace Jobsweep
