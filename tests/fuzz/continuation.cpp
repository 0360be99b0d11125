// SPDX-License-Identifier: GPL-3.0-or-later

// Continuation tokens on their way: read from an address in a page, written into the next request,
// read by the demo. A token that changed would repeat a page or end the list too early.

#include "demo/demorequest.h"
#include "http/requestrules.h"
#include "jobs/job.h"
#include "tests/fuzz/invariant.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

QString tokenIn(const QString &href)
{
    const QJsonObject links{{u"next"_s, QJsonObject{{u"href"_s, href}}}};
    const QJsonObject page{{u"jobs"_s, QJsonArray()}, {u"_links"_s, links}};
    const auto read = parseJobPage(QJsonDocument(page).toJson(QJsonDocument::Compact));
    must(read.has_value(), "a page is read whatever its link holds");
    return read->continuationToken;
}

void mustArrive(const QString &token)
{
    // At the beginning of a text Qt takes it for a byte order mark and leaves it out.
    if (token.startsWith(QChar(QChar::ByteOrderMark)))
        return;
    const QString item = u"continuationToken="_s % percentEncoded(token);
    const DemoRequest request{.query = item.toLatin1()};
    must(request.parameter(u"continuationToken"_s) == token, "the demo gets the token it gave");
    must(tokenIn(u"https://api.bentley.com/contextcapture/jobs?$filter=state eq x&"_s % item)
             == token,
         "a page's token is read as it was written");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(inputOf(data, size));
    mustArrive(text);
    mustArrive(tokenIn(text));
    return 0;
}
