// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demofilter.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

DemoFilterSubject subject()
{
    return {.id = u"9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s,
            .iTwinId = u"dc720f05-e5f7-448b-ae06-765de46f0af1"_s,
            .name = u"O'Brien's quarry"_s,
            .email = u"john.smith@example.com"_s,
            .type = u"Full"_s,
            .state = u"unsubmitted"_s,
            .createdMilliseconds
            = QDateTime::fromString(u"2024-06-24T13:00:00Z"_s, Qt::ISODate).toMSecsSinceEpoch(),
            .inputIds = {u"in-1"_s, u"in-2"_s},
            .outputIds = {u"out-1"_s}};
}

} // namespace

class TestDemoFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void refuses_data();
    void refuses();
    void whatIsMissingHasNoOrder();
    void namesITwins();
};

void TestDemoFilter::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");

    const auto row = [](const char *text, bool expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << expected;
    };
    row("iTwinId eq dc720f05-e5f7-448b-ae06-765de46f0af1", true);
    row("iTwinId eq 'DC720F05-e5f7-448b-ae06-765de46f0af1'", true);
    row("iTwinId ne dc720f05-e5f7-448b-ae06-765de46f0af1", false);
    row("id eq 9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad", true);
    row("id eq 00000000-0000-0000-0000-000000000000", false);
    row("state eq unsubmitted", true);
    row("state eq 'Unsubmitted'", true);
    row("state eq active", false);
    row("state in (active, 'unsubmitted')", true);
    row("state in ('active','failed')", false);
    row("type eq Full", true);
    row("email eq john.smith@example.com", true);
    row("name eq 'O''Brien''s quarry'", true);
    row("name eq 'o''brien''s quarry'", false);
    row("name eq 'and'", false);
    row("name gt 'A'", true);
    row("name lt 'A'", false);
    row("inputId eq in-2", true);
    row("inputId in ('in-9', 'in-1')", true);
    row("inputId ne in-2", false);
    row("inputId ne in-9", true);
    row("outputId eq in-1", false);
    row("createdDateTime eq 2024-06-24T13:00:00Z", true);
    row("createdDateTime eq 2024-06-24T15:00:00+02:00", true);
    row("createdDateTime gt 2024-06-24T13:00:00Z", false);
    row("createdDateTime ge 2024-06-24T13:00:00Z", true);
    row("createdDateTime lt 2024-06-24T13:00:00.001Z", true);
    row("createdDateTime le 2024-06-24T12:59:59Z", false);
    row("createdDateTime ne 2024-06-24T13:00:00Z", false);
    row("createdDateTime gt '2000-01-01T00:00:00Z' and state eq unsubmitted", true);
    row("state eq active or state eq unsubmitted", true);
    row("state eq unsubmitted or state eq active and type eq Calibration", true);
    row("state eq active and type eq Full or type eq Calibration", false);
    row("  state   eq\tunsubmitted ", true);
}

void TestDemoFilter::matches()
{
    QFETCH(const QString, text);
    const auto filter = DemoFilter::parse(text);
    QVERIFY(filter);
    QTEST(filter->matches(subject()), "expected");
}

void TestDemoFilter::refuses_data()
{
    QTest::addColumn<QString>("text");

    for (const char *text : {"",
                             "   ",
                             "state",
                             "state eq",
                             "eq active",
                             "state is active",
                             "State eq active",
                             "state EQ active",
                             "owner eq me",
                             "not state eq active",
                             "contains(name,'a')",
                             "(state eq active)",
                             "state eq active and",
                             "state eq active or or type eq Full",
                             "state eq active type eq Full",
                             "state eq 'active",
                             "name eq 'a'b'",
                             "name eq O'Brien",
                             "state in active",
                             "state in ()",
                             "state in ('active'",
                             "state in ('active',)",
                             "state in ('active' 'failed')",
                             "name eq and",
                             "createdDateTime gt yesterday",
                             "createdDateTime gt 2024-06-24",
                             "createdDateTime in (2024-06-24T13:00:00Z, x)",
                             "'state' eq active",
                             "state 'eq' active",
                             "state eq active; type eq Full"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void TestDemoFilter::refuses()
{
    QFETCH(const QString, text);
    QVERIFY(!DemoFilter::parse(text));
}

void TestDemoFilter::whatIsMissingHasNoOrder()
{
    auto job = subject();
    job.iTwinId.clear();
    for (const auto &text : {u"iTwinId lt 'x'"_s, u"iTwinId ge ''"_s, u"iTwinId eq x"_s})
        QVERIFY(!DemoFilter::parse(text)->matches(job));
    QVERIFY(DemoFilter::parse(u"iTwinId ne x"_s)->matches(job));
}

void TestDemoFilter::namesITwins()
{
    const auto filter
        = DemoFilter::parse(u"iTwinId eq a and state eq active or iTwinId in (b, 'c')"_s
                            u" or iTwinId ne d"_s);
    QVERIFY(filter);
    QCOMPARE(filter->namedITwins(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

QTEST_GUILESS_MAIN(TestDemoFilter)
#include "tst_demofilter.moc"
