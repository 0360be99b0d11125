// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultsentences.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

using Kind = NetworkFailure::Kind;
using Reason = MalformedReply::Reason;

QString sentenceFor(Kind kind)
{
    switch (kind) {
    case Kind::Unreachable:
        return u"The service could not be reached."_s;
    case Kind::TimedOut:
        return u"The service did not answer in time."_s;
    case Kind::ConnectionLost:
        return u"The connection was lost before the answer was complete."_s;
    case Kind::Tls:
        return u"No trustworthy encrypted connection could be made."_s;
    case Kind::TooLarge:
        return u"The answer was larger than the service ever sends."_s;
    case Kind::Abandoned:
        return u"The request was given up."_s;
    case Kind::NoToken:
        return u"There is no access token."_s;
    case Kind::Forbidden:
        return u"Jobsweep's own safety rules do not allow this request."_s;
    }
    Q_UNREACHABLE();
}

QString sentenceFor(Reason reason, bool isWebPage)
{
    switch (reason) {
    case Reason::NotJson:
        return isWebPage ? u"A web page came in place of the service's answer."_s
                         : u"The service's answer could not be read."_s;
    case Reason::WrongShape:
        return u"The service's answer does not have the form that it documents."_s;
    case Reason::RepeatedPage:
        return u"The service began to repeat the list."_s;
    case Reason::TooManyPages:
        return u"The list has more pages than Jobsweep reads."_s;
    case Reason::TooManyJobs:
        return u"The list has more jobs than Jobsweep takes in."_s;
    }
    Q_UNREACHABLE();
}

QString sentenceFor403(Moment moment)
{
    switch (moment) {
    case Moment::Check:
        return u"You do not have the permission for this job."_s;
    case Moment::Deletion:
        return u"You do not have the permission to delete this job."_s;
    case Moment::Creation:
        return u"You do not have the permission to create this job."_s;
    case Moment::Listing:
    case Moment::TestAccount:
    case Moment::TestListing:
        return u"You do not have the permission to see these jobs."_s;
    }
    Q_UNREACHABLE();
}

/// With a reason that is not one of the documented ones.
QString sentenceFor422(Moment moment)
{
    switch (moment) {
    case Moment::Check:
        return u"The service refused to say how this job stands."_s;
    case Moment::Deletion:
        return u"The service refused to delete this job."_s;
    case Moment::Creation:
        return u"The service refused to create this job."_s;
    case Moment::Listing:
    case Moment::TestAccount:
    case Moment::TestListing:
        return u"The service refused to list these jobs."_s;
    }
    Q_UNREACHABLE();
}

QString sentenceForServer(const Refusal &refusal, bool isWebPage)
{
    if (refusal.status == 503 && refusal.retryAfter)
        return u"The service asks for a pause."_s;
    if (isWebPage)
        return u"A gateway answered in place of the service (status %1)."_s.arg(refusal.status);
    switch (refusal.status) {
    case 500:
        return u"The service had an internal error."_s;
    case 502:
        return u"The service's gateway got no proper answer from it."_s;
    case 503:
        return u"The service is not available at the moment."_s;
    case 504:
        return u"The service took too long to answer its gateway."_s;
    default:
        return u"The service failed with status %1."_s.arg(refusal.status);
    }
}

QString sentenceForClient(const Refusal &refusal, Moment moment, bool isWebPage)
{
    if (refusal.status == 408)
        return u"The service gave up waiting for the request."_s;
    if (refusal.status == 429)
        return u"The service's request limit is used up."_s;
    if (isWebPage) {
        return u"A web page with status %1 came in place of the service's answer."_s.arg(
            refusal.status);
    }
    switch (refusal.status) {
    case 401:
        return u"The service did not accept the access token."_s;
    case 403:
        return sentenceFor403(moment);
    case 404:
        return refusal.code == "JobNotFound"_L1 ? u"The service does not know this job."_s
                                                : u"There is nothing at this address."_s;
    case 409:
        return u"Something else is changing the same thing at the same time."_s;
    case 413:
        return u"The request was too large for the service."_s;
    case 422:
        return refusal.code.isEmpty() ? u"The service refused the request without a reason."_s
                                      : sentenceFor422(moment);
    default:
        return u"The service refused the request with status %1."_s.arg(refusal.status);
    }
}

QString sentenceFor(const Refusal &refusal, Moment moment, bool isWebPage)
{
    switch (refusal.status / 100) {
    case 2:
        return moment == Moment::Deletion && refusal.status == 200
            ? u"The service may have cancelled a running job."_s
            : u"The service answered with the unexpected status %1."_s.arg(refusal.status);
    case 3:
        return u"The service pointed to another address."_s;
    case 4:
        return sentenceForClient(refusal, moment, isWebPage);
    default:
        return sentenceForServer(refusal, isWebPage);
    }
}

} // namespace

QString sentenceFor(const Fault &fault, const Finding &finding, Moment moment)
{
    const bool isWebPage = fault.name.contains("HTML"_L1);
    return std::visit(Overloaded{
                          [](const Success &) { return QString(); },
                          [](Kind kind) { return sentenceFor(kind); },
                          [isWebPage](Reason reason) { return sentenceFor(reason, isWebPage); },
                          [moment, isWebPage](const Refusal &refusal) {
                              return sentenceFor(refusal, moment, isWebPage);
                          },
                      },
                      finding);
}

} // namespace Jobsweep::Testing
