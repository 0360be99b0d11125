// SPDX-License-Identifier: GPL-3.0-or-later

// The demo's reading of `$filter`, and the program's writing of foreign text into one: nothing may
// break out of its literal.

#include "demo/demofilter.h"
#include "jobs/jobquery.h"
#include "tests/fuzz/invariant.h"

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

void mustJoin(const QString &text, const DemoFilter &filter)
{
    DemoFilterSubject job;
    job.name = u"bridge"_s;
    job.state = u"unsubmitted"_s;
    job.inputIds = {u"in-1"_s, u"in-2"_s};
    const auto wider = DemoFilter::parse(text % u" or name eq bridge"_s);
    must(wider && wider->matches(job), "'or' lets one of two filters decide");
    const auto narrower = DemoFilter::parse(u"name eq bridge and "_s % text);
    must(narrower && narrower->matches(job) == filter.matches(job), "'and' takes nothing away");
}

void mustStayInLiteral(const QString &text)
{
    const QDateTime now(QDate(2024, 6, 24), QTime(13, 0), Qt::UTC);
    const JobQuery query{.iTwinIds = {text}, .types = {text}, .createdBy = text};
    for (const auto form : {FilterForm::Full, FilterForm::WithoutState, FilterForm::AsPublished}) {
        const QString expression = filterExpressions(query, form, now).constFirst();
        if (expression.isEmpty())
            continue;
        const auto filter = DemoFilter::parse(expression);
        must(filter && filter->namedITwins() == QStringList{text}, "one iTwin is asked for");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(inputOf(data, size));
    if (const auto filter = DemoFilter::parse(text))
        mustJoin(text, *filter);
    mustStayInLiteral(text);
    return 0;
}
