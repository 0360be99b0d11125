// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faults.h"

#include "http/errorjson.h"
#include "tests/support/fixtures.h"

#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {
namespace {

using Kind = NetworkFailure::Kind;
using Reason = MalformedReply::Reason;
using Headers = WireAction::Headers;

/// Qt's own limit of sends for one request without an answer.
constexpr int sendsByQt = 4;
constexpr int mebibyte = 1024 * 1024;

/// The success that the operation documents.
int documentedStatus(Moment moment)
{
    if (moment == Moment::Deletion)
        return 204;
    return moment == Moment::Creation ? 201 : 200;
}

/// A success that can have a body.
int statusWithBody(Moment moment)
{
    return moment == Moment::Deletion ? 200 : documentedStatus(moment);
}

QByteArray documentedBody(Moment moment)
{
    switch (moment) {
    case Moment::Listing:
    case Moment::TestListing:
        return fixture(u"page-last.json"_s);
    case Moment::Check:
    case Moment::Creation:
        return fixture(u"job-unsubmitted.json"_s);
    case Moment::TestAccount:
        return fixture(u"user-me.json"_s);
    case Moment::Deletion:
        return "{}"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray statusLine(int status, const QByteArray &version = "HTTP/1.1"_ba)
{
    return version + ' ' + QByteArray::number(status) + " Scripted\r\n";
}

QByteArray lengthLine(qsizetype length)
{
    return "Content-Length: " + QByteArray::number(length) + "\r\n";
}

/// A part of the bytes that is neither nothing nor all.
QByteArray cut(const QByteArray &bytes, FaultPlace &place)
{
    return bytes.first(place.random.bounded(qint64(1), qint64(bytes.size())));
}

WireAction ended(const QByteArray &bytes, WireAction::End end)
{
    WireAction action = WireAction::answer(bytes);
    action.end = end;
    return action;
}

WireAction::End anyEnd(FaultPlace &place)
{
    return place.random.bounded(2) == 0 ? WireAction::End::Close : WireAction::End::Reset;
}

/// What a success comes to whose body is not the documented one, or not whole.
Finding findingOfBody(Moment moment, const Finding &whenRead)
{
    if (moment == Moment::Deletion)
        return Refusal{statusWithBody(moment)};
    return moment == Moment::Creation ? Finding(Reason::NotJson) : whenRead;
}

Finding findingOfStatus(Moment moment, int status)
{
    return status == documentedStatus(moment) ? Finding(Success()) : Finding(Refusal{status});
}

/// The connection ends before a body that was announced does. Now and then Qt takes that for the
/// end of the body.
Injection lostInBody(FaultPlace &place, const WireAction &action)
{
    return {.action = action,
            .findings = {findingOfBody(place.moment, Kind::ConnectionLost),
                         findingOfBody(place.moment, Reason::NotJson)}};
}

/// The answer has no whole head.
Injection lostBeforeAnswer(const WireAction &action)
{
    return {.action = action, .findings = {Kind::ConnectionLost}};
}

Injection onBody(FaultPlace &place, const WireAction &action, const Finding &whenRead)
{
    return {.action = action, .findings = {findingOfBody(place.moment, whenRead)}};
}

QByteArray successHead(Moment moment, const QByteArray &headers)
{
    return statusLine(statusWithBody(moment)) + headers + "\r\n";
}

// The connection.

QList<Fault> connectionFaults()
{
    using End = WireAction::End;
    return {
        {u"closed before the answer"_s,
         [](FaultPlace &) { return lostBeforeAnswer(WireAction::close()); }},
        {u"reset before the answer"_s,
         [](FaultPlace &) { return lostBeforeAnswer(WireAction::reset()); }},
        {u"closed inside the status line"_s,
         [](FaultPlace &place) {
             const QByteArray line = statusLine(documentedStatus(place.moment)).chopped(2);
             return lostBeforeAnswer(ended(cut(line, place), End::Close));
         }},
        {u"ended inside the headers"_s,
         [](FaultPlace &place) {
             const QByteArray line = statusLine(documentedStatus(place.moment));
             const QByteArray rest = cut("Content-Type: application/json\r\nX-A: b"_ba, place);
             return lostBeforeAnswer(ended(line + rest, anyEnd(place)));
         }},
        {u"garbage"_s,
         [](FaultPlace &place) {
             QByteArray bytes("\x16");
             for (int left = place.random.bounded(5, 300); left > 0; --left)
                 bytes += static_cast<char>(place.random.bounded(128, 256));
             return lostBeforeAnswer(ended(bytes + "\r\n\r\n", End::Close));
         }},
        {u"closed after the headers"_s,
         [](FaultPlace &place) {
             const QByteArray head = successHead(place.moment, lengthLine(900));
             return lostInBody(place, ended(head, End::Close));
         }},
        {u"ended inside the body"_s,
         [](FaultPlace &place) {
             const QByteArray body = documentedBody(place.moment);
             const QByteArray head = successHead(place.moment, lengthLine(body.size()));
             return lostInBody(place, ended(head + cut(body.trimmed(), place), End::Close));
         }},
        {u"no answer"_s,
         [](FaultPlace &) {
             return Injection{.action = WireAction::hang(),
                              .findings = {Kind::TimedOut},
                              .end = Injection::End::AtDeadline};
         }},
        {u"stalled inside the headers"_s,
         [](FaultPlace &place) {
             const QByteArray line = statusLine(documentedStatus(place.moment)) + "X-";
             return Injection{.action = WireAction::answer(line),
                              .findings = {Kind::TimedOut},
                              .end = Injection::End::AtDeadline};
         }},
        {u"stalled inside the body"_s,
         [](FaultPlace &place) {
             const QByteArray body = documentedBody(place.moment).trimmed();
             const QByteArray head = successHead(place.moment, lengthLine(body.size()));
             Injection stalled
                 = onBody(place, WireAction::answer(head + cut(body, place)), Kind::TimedOut);
             stalled.end = Injection::End::AtDeadlineAfterStatus;
             return stalled;
         }},
    };
}

// The frame of the answer.

/// The gzip form of a body that is all the same byte.
QByteArray bomb(qsizetype size)
{
    // What qCompress() makes has four bytes of length before it.
    return qCompress(QByteArray(size, ' '), 9).sliced(4);
}

Injection headersOfOneMebibyte(FaultPlace &place)
{
    QByteArray bytes = statusLine(documentedStatus(place.moment)) + lengthLine(0);
    // With many small ones Qt's thread is busy for seconds.
    const int fieldSize = place.random.bounded(1000, 100'000);
    for (int i = 0; bytes.size() < mebibyte; ++i)
        bytes += "x-" + QByteArray::number(i) + ": " + QByteArray(fieldSize, 'y') + "\r\n";
    Injection injection{.action = WireAction::answer(bytes + "\r\n"),
                        .findings = {Kind::TimedOut},
                        .end = Injection::End::AtDeadline};
    // Qt reads none of them to the end, but may have read the status.
    if (place.moment == Moment::Deletion)
        injection.findings.append(Success());
    if (place.moment == Moment::Creation)
        injection.findings.append(Reason::NotJson);
    return injection;
}

QList<Fault> frameFaults()
{
    return {
        {u"length too long"_s,
         [](FaultPlace &place) {
             const QByteArray body = documentedBody(place.moment);
             const qsizetype length = body.size() + place.random.bounded(1, 100'000);
             const QByteArray bytes = successHead(place.moment, lengthLine(length)) + body;
             Injection injection
                 = onBody(place, WireAction::answerAndClose(bytes), Kind::ConnectionLost);
             // When Qt takes the end of the connection for that of the body, all of it is there.
             injection.findings.append(findingOfBody(place.moment, Success()));
             // The status says that it is created, and the job is all there.
             if (place.moment == Moment::Creation)
                 injection.findings = {Success()};
             return injection;
         }},
        {u"length too short"_s,
         [](FaultPlace &place) {
             const QByteArray body = documentedBody(place.moment);
             const qsizetype length = cut(body.trimmed(), place).size();
             const QByteArray bytes = successHead(place.moment, lengthLine(length)) + body;
             return onBody(place, WireAction::answerAndClose(bytes), Reason::NotJson);
         }},
        {u"garbage for a chunk"_s,
         [](FaultPlace &place) {
             const QByteArray size = QByteArrayList{"ZZ", "-1", "fffffffffffffffff", "", "1 x"}.at(
                 place.random.bounded(5));
             const QByteArray head = successHead(place.moment, "Transfer-Encoding: chunked\r\n"_ba);
             const QByteArray bytes = head + size + "\r\n{\"jobs\":[]}\r\n";
             Injection injection
                 = onBody(place, WireAction::answerAndClose(bytes), Kind::ConnectionLost);
             injection.findings.append(findingOfBody(place.moment, Reason::NotJson));
             injection.findings.append(findingOfBody(place.moment, Kind::TimedOut));
             // After some of them Qt does not notice the end of the connection.
             injection.end = Injection::End::AtDeadlineAtLatest;
             return injection;
         }},
        {u"endless body"_s,
         [](FaultPlace &place) {
             const QByteArray chunk(place.random.bounded(10'000, 60'000), ' ');
             return onBody(place, WireAction::endless(successHead(place.moment, {}), chunk),
                           Kind::TooLarge);
         }},
        {u"too large JSON"_s,
         [](FaultPlace &place) {
             const bool isPage
                 = place.moment == Moment::Listing || place.moment == Moment::TestListing;
             const qsizetype size = (isPage ? 16 : 1) * mebibyte + place.random.bounded(1, 5000);
             const QByteArray body = "{\"jobs\":[" + QByteArray(size, ' ') + "]}";
             const QByteArray bytes = successHead(place.moment, lengthLine(body.size())) + body;
             return onBody(place, WireAction::answer(bytes), Kind::TooLarge);
         }},
        {u"compression bomb"_s,
         [](FaultPlace &place) {
             const QByteArray body = bomb((20 + place.random.bounded(20)) * qsizetype(mebibyte));
             const QByteArray head = successHead(
                 place.moment, "Content-Encoding: deflate\r\n" + lengthLine(body.size()));
             Injection injection = onBody(place, WireAction::answer(head + body), Kind::TooLarge);
             // Qt has a guard of its own, which may come first.
             injection.findings.append(findingOfBody(place.moment, Kind::ConnectionLost));
             return injection;
         }},
        {u"headers of 1 MiB"_s, &headersOfOneMebibyte},
        {u"HTTP/1.0"_s,
         [](FaultPlace &place) {
             const int status = documentedStatus(place.moment);
             const bool hasBody = status != 204;
             const QByteArray bytes = statusLine(status, "HTTP/1.0"_ba) + "\r\n"
                 + (hasBody ? documentedBody(place.moment) : QByteArray());
             return Injection{.action = WireAction::answerAndClose(bytes),
                              .findings = {Success()},
                              .saysGone = status == 204};
         }},
    };
}

// A success that is none.

QList<Fault> successFaults()
{
    return {
        {u"204 with a body"_s,
         [](FaultPlace &place) {
             const QByteArray body = documentedBody(place.moment);
             const QByteArray bytes = statusLine(204) + lengthLine(body.size()) + "\r\n" + body;
             return Injection{.action = WireAction::answerAndClose(bytes),
                              .findings = {findingOfStatus(place.moment, 204)},
                              .saysGone = place.moment == Moment::Deletion};
         }},
        {u"another success"_s,
         [](FaultPlace &place) {
             QList<int> others{200, 201, 202, 203, 206, 299};
             others.removeOne(documentedStatus(place.moment));
             const int status = others.at(place.random.bounded(static_cast<int>(others.size())));
             return Injection{.action
                              = WireAction::withStatus(status, documentedBody(place.moment)),
                              .findings = {Refusal{status}}};
         }},
        {u"HTML instead of JSON"_s,
         [](FaultPlace &place) {
             return onBody(
                 place,
                 WireAction::withStatus(statusWithBody(place.moment), fixture(u"502.html"_s)),
                 Reason::NotJson);
         }},
        {u"JSON of another shape"_s,
         [](FaultPlace &place) {
             // An object without "jobs" is an empty page.
             const bool isArray = place.random.bounded(2) == 0;
             const QByteArray body = isArray ? "[]"_ba : R"({"jobs":{},"job":[],"user":1})"_ba;
             Injection injection
                 = onBody(place, WireAction::withStatus(statusWithBody(place.moment), body),
                          Reason::WrongShape);
             if (place.moment == Moment::Creation)
                 injection.findings = {Reason::WrongShape};
             return injection;
         }},
        {u"JSON cut short"_s,
         [](FaultPlace &place) {
             const QByteArray body = cut(documentedBody(place.moment).trimmed(), place);
             return onBody(place, WireAction::withStatus(statusWithBody(place.moment), body),
                           Reason::NotJson);
         }},
    };
}

} // namespace

Finding findingOf(const std::optional<ApiError> &error)
{
    if (!error)
        return Success();
    return std::visit(Overloaded{
                          [](const NetworkFailure &failure) -> Finding { return failure.kind; },
                          [](const HttpFailure &failure) -> Finding {
                              return Refusal{failure.status, failure.code, failure.retryAfter};
                          },
                          [](const MalformedReply &failure) -> Finding { return failure.reason; },
                      },
                      *error);
}

QString textOf(const Finding &finding)
{
    // As the history writes them, so that each kind and reason has its name once.
    const auto recorded = [](const ApiError &error, QLatin1StringView key) {
        return errorToJson(error).value(key).toString();
    };
    return std::visit(
        Overloaded{
            [](const Success &) { return u"success"_s; },
            [&recorded](Kind kind) {
                return QString(u"network "_s % recorded(NetworkFailure{kind, {}, {}}, "kind"_L1));
            },
            [](const Refusal &refusal) {
                QString text = u"http %1 %2"_s.arg(refusal.status).arg(refusal.code);
                if (refusal.retryAfter)
                    text += u" in %1 s"_s.arg(refusal.retryAfter->count());
                return text;
            },
            [&recorded](Reason reason) {
                return QString(u"malformed "_s
                               % recorded(MalformedReply{reason, 0, {}, {}, {}}, "reason"_L1));
            },
        },
        finding);
}

int mostSends(const Injection &injection, Moment moment)
{
    const bool ends = injection.action.end != WireAction::End::KeepOpen;
    return ends && moment != Moment::Creation ? sendsByQt : 1;
}

WireAction decentAnswer(Moment moment)
{
    const int status = documentedStatus(moment);
    return WireAction::withStatus(status, status == 204 ? QByteArray() : documentedBody(moment));
}

QList<Fault> faults()
{
    return connectionFaults() + frameFaults() + successFaults() + refusalFaults();
}

} // namespace Jobsweep::Testing
