// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faults.h"
#include "tests/support/fixtures.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Jobsweep::Testing {
namespace {

using Headers = WireAction::Headers;

/// A body for a refusal, and the code that is to be read from it.
struct ErrorBody
{
    QByteArray bytes;
    QString code = {};
    QByteArray contentType = "application/json"_ba;
};

using MakeBody = ErrorBody (*)(int status, QRandomGenerator &random);

QByteArray errorObject(const QString &code)
{
    return R"({"error":{"code":")" + code.toUtf8() + R"(","message":"Scripted."}})";
}

ErrorBody rightBody(int status, QRandomGenerator &random)
{
    const QString code
        = status == 404 ? u"JobNotFound"_s : u"Code%1"_s.arg(random.bounded(1'000'000));
    return {errorObject(code), code};
}

ErrorBody missingBody(int /*status*/, QRandomGenerator & /*random*/)
{
    return {{}, {}, {}};
}

/// JSON that speaks of the job in a place where the service would not.
ErrorBody foreignBody(int /*status*/, QRandomGenerator &random)
{
    const QByteArrayList bodies{
        R"({"code":"JobNotFound","message":"m"})",
        R"({"error":"JobNotFound"})",
        R"({"error":["JobNotFound"]})",
        R"({"error":{"code":["JobNotFound"]}})",
        R"({"error":{"Code":"JobNotFound"}})",
        R"({"Error":{"code":"JobNotFound"}})",
        R"({"error":{"code":null,"details":[{"code":"JobNotFound"}]}})",
        R"([{"error":{"code":"JobNotFound"}}])",
        R"("JobNotFound")",
    };
    return {bodies.at(random.bounded(static_cast<int>(bodies.size())))};
}

ErrorBody truncatedBody(int /*status*/, QRandomGenerator &random)
{
    const QByteArray whole = errorObject(u"JobNotFound"_s);
    return {whole.first(random.bounded(qint64(1), qint64(whole.size())))};
}

ErrorBody nestedBody(int /*status*/, QRandomGenerator &random)
{
    const int depth = random.bounded(1025, 20'000);
    return {R"({"error":{"code":"JobNotFound","details":)" + QByteArray(depth, '[')
            + QByteArray(depth, ']') + "}}"};
}

ErrorBody htmlBody(int /*status*/, QRandomGenerator & /*random*/)
{
    return {
        fixture(u"502.html"_s) + "<!-- " + errorObject(u"JobNotFound"_s) + " -->", {}, "text/html"};
}

ErrorBody tooLongBody(int /*status*/, QRandomGenerator &random)
{
    const qsizetype before = maximumErrorBytes + random.bounded(100'000);
    return {QByteArray(before, ' ') + errorObject(u"JobNotFound"_s)};
}

ErrorBody notUnicodeBody(int /*status*/, QRandomGenerator & /*random*/)
{
    return {errorObject(u"JobNotFound"_s).replace("Scripted", "\xff\xfe")};
}

Fault refusalFault(int status, const QString &bodyName, MakeBody makeBody)
{
    return {u"%1 with %2"_s.arg(status).arg(bodyName), [status, makeBody](FaultPlace &place) {
                const ErrorBody body = makeBody(status, place.random);
                Headers headers;
                if (!body.contentType.isEmpty())
                    headers.append({"Content-Type", body.contentType});
                const QByteArrayList challenges{{}, "Bearer", "Basic realm=\"x\"", "NTLM"};
                const QByteArray &challenge = challenges.at(place.random.bounded(4));
                if (status == 401 && !challenge.isEmpty())
                    headers.append({"WWW-Authenticate", challenge});
                return Injection{.action = WireAction::withStatus(status, body.bytes, headers),
                                 .findings = {Refusal{status, body.code}},
                                 .saysGone = body.code == "JobNotFound"_L1};
            }};
}

QList<Fault> statusFaults()
{
    QList<Fault> faults;
    for (const int status : {401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504}) {
        faults << refusalFault(status, u"the right body"_s, &rightBody)
               << refusalFault(status, u"no body"_s, &missingBody)
               << refusalFault(status, u"a foreign body"_s, &foreignBody)
               << refusalFault(status, u"a truncated body"_s, &truncatedBody)
               << refusalFault(status, u"a nested body"_s, &nestedBody)
               << refusalFault(status, u"HTML"_s, &htmlBody)
               << refusalFault(status, u"too long a body"_s, &tooLongBody)
               << refusalFault(status, u"no Unicode"_s, &notUnicodeBody);
    }
    return faults;
}

/// `where` is the path that the redirect names; on the same service when it has no origin.
Fault redirectFault(int status, const QString &where, QByteArray (*location)(FaultPlace &place))
{
    return {u"%1 to %2"_s.arg(status).arg(where), [status, location](FaultPlace &place) {
                const QByteArray body = place.random.bounded(2) == 0
                    ? QByteArray()
                    : errorObject(u"Moved%1"_s.arg(status));
                const QString code = body.isEmpty() ? QString() : u"Moved%1"_s.arg(status);
                return Injection{
                    .action = WireAction::withStatus(status, body, {{"Location", location(place)}}),
                    .findings = {Refusal{status, code}}};
            }};
}

QList<Fault> redirectFaults()
{
    QList<Fault> faults;
    for (const int status : {301, 302, 303, 307, 308}) {
        faults << redirectFault(status, u"itself"_s, [](FaultPlace &) -> QByteArray {
            return "/contextcapture/jobs";
        }) << redirectFault(status, u"another origin"_s, [](FaultPlace &place) -> QByteArray {
            return place.otherOrigin + "/contextcapture/jobs";
        }) << redirectFault(status, u"another scheme"_s, [](FaultPlace &place) -> QByteArray {
            const QByteArrayList locations{"file:///etc/hostname", "data:,x", "javascript:x", ""};
            return locations.at(place.random.bounded(4));
        });
    }
    return faults;
}

QList<Fault> waitFaults()
{
    QList<Fault> faults;
    const QList<Wait> all = waits();
    for (const Wait &wait : all) {
        faults.append(
            {u"Retry-After, %1"_s.arg(QLatin1StringView(wait.name)), [wait](FaultPlace &place) {
                 const int status = place.random.bounded(2) == 0 ? 429 : 503;
                 const ErrorBody body = rightBody(status, place.random);
                 return Injection{
                     .action = WireAction::withStatus(
                         status, body.bytes,
                         {{"Date", "Mon, 03 Jun 2019 11:00:00 GMT"}, {"Retry-After", wait.value}}),
                     .findings = {Refusal{status, body.code, wait.time}}};
             }});
    }
    return faults;
}

} // namespace

QList<Wait> waits()
{
    return {
        {"zero", "0", 0s},
        {"seconds", "1000", 1000s},
        {"white space", "\t42 ", 42s},
        {"minus", "-1", {}},
        {"plus", "+1", {}},
        {"fraction", "1.0", {}},
        {"exponent", "1e3", {}},
        {"hexadecimal", "0x10", {}},
        {"nothing", "", {}},
        {"IMF-fixdate", "Mon, 03 Jun 2019 11:30:12 GMT", 1812s},
        {"RFC 850", "Monday, 03-Jun-19 11:30:12 GMT", 1812s},
        {"asctime", "Mon Jun  3 11:30:12 2019", 1812s},
        {"UTC", "Mon, 3 Jun 2019 12:00:00 UTC", 3600s},
        {"past", "Mon, 03 Jun 2019 10:00:00 GMT", 0s},
        {"no such day", "Fri, 32 Dec 2019 10:00:00 GMT", {}},
        {"noise", "badbadbad", {}},
        {"twice", "2\r\nRetry-After: 3", 3s},
        {"over six hours", "21601", 21601s},
        {"beyond all numbers", "99999999999999999999", std::chrono::hours(24) * 36525},
    };
}

QList<Fault> refusalFaults()
{
    return statusFaults() + redirectFaults() + waitFaults();
}

} // namespace Jobsweep::Testing
