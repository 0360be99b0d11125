// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/valuefilter.h"
#include "tests/support/somejobs.h"

#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;
using Kind = ValueFilter::Kind;

namespace {

ValueFilter only(Column column, const QString &value)
{
    return {column, Kind::Only, value};
}

ValueFilter no(Column column, const QString &value)
{
    return {column, Kind::Not, value};
}

} // namespace

class TestValueFilter final : public QObject
{
    Q_OBJECT

private slots:
    void letsThrough_data();
    void letsThrough();
    void everyColumnFindsItsOwnValue_data();
    void everyColumnFindsItsOwnValue();
    void daysAreThoseOfThePerson();
    void statesCanBePassedOver();
    void aFilterReplacesItsContrary();
    void oneOfSeveralIsChosen();
};

void TestValueFilter::letsThrough_data()
{
    QTest::addColumn<QList<ValueFilter>>("filters");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const QList<ValueFilter> &filters, const QString &ids) {
        QTest::newRow(name) << filters << ids;
    };
    row("nothing", {}, u"abcd"_s);
    row("one value", {only(Column::Location, u"East US"_s)}, u"ab"_s);
    row("in any case", {only(Column::Location, u"EAST us"_s)}, u"ab"_s);
    row("names exactly", {only(Column::Name, u"dam"_s)}, u"b"_s);
    row("a part is not enough", {only(Column::Location, u"East"_s)}, {});
    row("values of a column: one is enough",
        {only(Column::Type, u"Full"_s), only(Column::Type, u"Calibration"_s)}, u"abc"_s);
    row("columns: all of them", {only(Column::Type, u"Full"_s), only(Column::Name, u"Dam"_s)},
        u"a"_s);
    row("not", {no(Column::Type, u"Full"_s)}, u"cd"_s);
    row("not the one, nor the other",
        {no(Column::Type, u"Full"_s), no(Column::Type, u"Calibration"_s)}, u"d"_s);
    row("only and not", {only(Column::Location, u"East US"_s), no(Column::Name, u"Dam"_s)}, u"b"_s);
    row("without a value", {only(Column::Location, {})}, u"d"_s);
    row("with any value", {no(Column::Location, {})}, u"abc"_s);
    row("without a time, or of a day",
        {only(Column::Created, {}), only(Column::Created, u"2024-05-01"_s)}, u"bcd"_s);
    row("cost as it is shown", {only(Column::EstimatedCost, u"0.13"_s)}, u"c"_s);
    row("state by its word", {only(Column::State, u"unsubmitted"_s)}, u"abc"_s);
    row("a state of the service's own", {only(Column::State, u"paused"_s)}, u"d"_s);
    QList<ValueFilter> many{only(Column::Type, u"full"_s), only(Column::Type, {})};
    for (int number = 0; number < 20; ++number)
        many.append(only(Column::Type, u"other %1"_s.arg(number)));
    row("one of many, in any case", many, u"ab"_s);
    row("one of many, and not", many + QList{no(Column::Name, u"dam"_s)}, u"a"_s);
    row("a day that is none", {only(Column::Created, u"yesterday"_s)}, {});
}

void TestValueFilter::letsThrough()
{
    QFETCH(const QList<ValueFilter>, filters);
    QFETCH(const QString, expected);
    Job a = someJob(u"a"_s, u"Dam"_s);
    Job b = someJob(u"b"_s, u"dam"_s);
    Job c = someJob(u"c"_s, u"Bridge"_s);
    Job d = someJob(u"d"_s, {}, JobState::Unknown);
    a.type = b.type = u"Full"_s;
    c.type = u"Calibration"_s;
    d.type = u"Reconstruction"_s;
    a.location = b.location = u"East US"_s;
    c.location = u"West Europe"_s;
    a.stateText = u"Unsubmitted"_s;
    d.stateText = u"Paused"_s;
    a.created = QDateTime({2024, 4, 30}, {23, 59, 59, 999}, Qt::UTC);
    b.created = QDateTime({2024, 5, 1}, {0, 0}, Qt::UTC);
    c.created = QDateTime({2024, 5, 1}, {23, 59, 59, 999}, Qt::UTC);
    c.estimatedCost = 0.128;
    const ValueMatcher matcher(filters);
    QString matching;
    for (const Job &job : {a, b, c, d})
        matching += matcher.matches(job) ? job.id.text : QString();
    QCOMPARE(matching, expected);
}

void TestValueFilter::everyColumnFindsItsOwnValue_data()
{
    QTest::addColumn<Column>("column");
    for (int column = static_cast<int>(Column::Name); column < JobModel::columns; ++column)
        QTest::addRow("%d", column) << static_cast<Column>(column);
}

/// What a click on a cell offers keeps the job of that cell, whatever the column and the value.
void TestValueFilter::everyColumnFindsItsOwnValue()
{
    QFETCH(const Column, column);
    for (const Job &job : someJobs(60)) {
        const QString value = filterValue(job, column);
        QVERIFY(ValueMatcher({only(column, value)}).matches(job));
        QVERIFY(!ValueMatcher({no(column, value)}).matches(job));
    }
    const Job bare = someJob(u"bare"_s, {});
    QVERIFY(ValueMatcher({only(column, filterValue(bare, column))}).matches(bare));
    QVERIFY(!ValueMatcher({no(column, filterValue(bare, column))}).matches(bare));
}

void TestValueFilter::daysAreThoseOfThePerson()
{
    qputenv("TZ", "Pacific/Auckland");
    tzset();
    Job job = someJob(u"a"_s, {});
    job.created = QDateTime({2024, 5, 1}, {20, 0}, Qt::UTC);
    const QString day = filterValue(job, Column::Created);
    const bool matches = ValueMatcher({only(Column::Created, u"2024-05-02"_s)}).matches(job);
    qputenv("TZ", "UTC");
    tzset();
    QCOMPARE(day, u"2024-05-02"_s);
    QVERIFY(matches);
}

void TestValueFilter::statesCanBePassedOver()
{
    const Job job = someJob(u"a"_s, u"Dam"_s, JobState::Active);
    const ValueMatcher drafts({only(Column::State, u"unsubmitted"_s)});
    QVERIFY(!drafts.matches(job));
    QVERIFY(drafts.matches(job, StateFilter::Passed));
    const ValueMatcher others({only(Column::Name, u"Quarry"_s)});
    QVERIFY(!others.matches(job, StateFilter::Passed));
}

void TestValueFilter::aFilterReplacesItsContrary()
{
    const ValueFilter notFull = no(Column::Type, u"Full"_s);
    const ValueFilter notHere = no(Column::Location, u"Full"_s);
    QList<ValueFilter> filters = withValueFilter({notHere}, only(Column::Type, u"Full"_s));
    filters = withValueFilter(filters, notFull);
    filters = withValueFilter(filters, notFull);
    QCOMPARE(filters, QList<ValueFilter>({notHere, notFull}));
}

void TestValueFilter::oneOfSeveralIsChosen()
{
    const ValueFilter full = only(Column::Type, u"Full"_s);
    const ValueFilter other = only(Column::Type, u"Calibration"_s);
    QCOMPARE(withValueFilter({full}, other), QList<ValueFilter>({full, other}));
    QCOMPARE(withValueFilter({full, other}, full), QList<ValueFilter>{full});
}

QTEST_GUILESS_MAIN(TestValueFilter)
#include "tst_valuefilter.moc"
