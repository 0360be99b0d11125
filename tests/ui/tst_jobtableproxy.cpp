// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/offlinecore.h"
#include "tests/support/somejobs.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/wording.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

using Column = JobModel::Column;
Q_DECLARE_METATYPE(Jobsweep::Job)

class TestJobTableProxy final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void valuesBecomeWords();
    void foreignTextIsMadeHarmless();
    void sorts_data();
    void sorts();
    void equalValuesAreOrderedById();
    void emptyValuesComeLast_data();
    void emptyValuesComeLast();
    void searches_data();
    void searches();
    void searchFollowsChanges();
    void filtersByStateAndITwin();
    void filtersByValues();
    void rowsInADeletionStayVisible();
    void deletionMarkReplacesTheState();
    void saysWhyARowHasNoButton();
    void rowsMayChangeWhileTheyArrive();
    void changedRowsMoveToTheirPlaces();
    void marksMoveRowsWhereTheyAreTheOrder();
    void indexesFollowTheirJobs();
    void manyRowsInAnyOrder();

private:
    [[nodiscard]] QStringList shownIds() const;
    [[nodiscard]] QVariant at(int row, Column column, int role = Qt::DisplayRole) const;
    void showAll() { proxy->setQuery({.state = {}}); }

    std::unique_ptr<OfflineCore> core;
    std::unique_ptr<JobTableProxy> proxy;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

void TestJobTableProxy::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestJobTableProxy::init()
{
    core = std::make_unique<OfflineCore>();
    proxy = std::make_unique<JobTableProxy>(core->jobs, core->iTwins);
    tester = std::make_unique<QAbstractItemModelTester>(
        proxy.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    showAll();
}

void TestJobTableProxy::cleanup()
{
    tester.reset();
    proxy.reset();
    core.reset();
}

QStringList TestJobTableProxy::shownIds() const
{
    QStringList ids;
    for (int row = 0; row < proxy->rowCount(); ++row)
        ids.append(proxy->jobAt(row).id.text);
    return ids;
}

QVariant TestJobTableProxy::at(int row, Column column, int role) const
{
    return proxy->index(row, static_cast<int>(column)).data(role);
}

void TestJobTableProxy::valuesBecomeWords()
{
    Job job = someJob(4);
    core->jobs.append({job});
    QCOMPARE(at(0, Column::Name).toString(), job.name);
    QCOMPARE(at(0, Column::State).toString(), u"Failed"_s);
    QCOMPARE(at(0, Column::Created).toString(), Wording::dateTime(job.created));
    QCOMPARE(at(0, Column::ITwin).toString(), job.iTwinId);
    QCOMPARE(at(0, Column::EstimatedCost).toString(), Wording::cost(1.0));
    QVERIFY(!at(0, Column::State, Qt::DecorationRole).value<QIcon>().isNull());
    QVERIFY(at(0, Column::Created, Qt::TextAlignmentRole)
                .value<Qt::Alignment>()
                .testFlag(Qt::AlignRight));
    QCOMPARE(proxy->headerData(static_cast<int>(Column::Name), Qt::Horizontal, Qt::DisplayRole)
                 .toString(),
             u"Name"_s);
    QCOMPARE(
        proxy->headerData(static_cast<int>(Column::Delete), Qt::Horizontal, Qt::AccessibleTextRole)
            .toString(),
        u"Delete"_s);
}

void TestJobTableProxy::foreignTextIsMadeHarmless()
{
    Job job = someJob(u"a"_s, u"<b>fat</b> \u202Egnol"_s);
    job.email = u"<img src=x>"_s;
    core->jobs.append({job});
    QCOMPARE(at(0, Column::Name).toString(), u"<b>fat</b> \\u{202E}gnol"_s);
    for (const Column column : {Column::Name, Column::CreatedBy, Column::Delete})
        QVERIFY(
            !at(0, column, Qt::ToolTipRole).toString().contains(QRegularExpression(u"<(b|img)"_s)));
}

void TestJobTableProxy::sorts_data()
{
    QTest::addColumn<Column>("column");
    QTest::addColumn<QList<Job>>("jobs");
    QTest::addColumn<QStringList>("order");

    const auto three = [](auto change) {
        QList<Job> jobs;
        for (int i = 0; i < 3; ++i) {
            Job job = someJob(QString(QChar(u'a' + i)), u"same"_s);
            change(job, i);
            jobs.append(job);
        }
        return jobs;
    };
    const QStringList cab{u"c"_s, u"a"_s, u"b"_s};
    const QList<int> rank{2, 3, 1};
    QTest::newRow("name, in any case") << Column::Name << three([](Job &job, int i) {
        job.name = QStringList{u"beta"_s, u"Gamma"_s, u"ALPHA"_s}.at(i);
    }) << cab;
    QTest::newRow("name, by its numbers") << Column::Name << three([](Job &job, int i) {
        job.name = QStringList{u"flight 9"_s, u"Flight 10"_s, u"flight 007"_s}.at(i);
    }) << cab;
    QTest::newRow("state, in the order of a job's life")
        << Column::State << three([](Job &job, int i) {
               job.state = QList{JobState::Active, JobState::Success, JobState::Unsubmitted}.at(i);
           })
        << cab;
    QTest::newRow("created, as time") << Column::Created << three([rank](Job &job, int i) {
        job.created = QDateTime::fromSecsSinceEpoch(rank.at(i) * 100'000'000LL, Qt::UTC);
    }) << cab;
    QTest::newRow("cost, as a number") << Column::EstimatedCost << three([](Job &job, int i) {
        job.estimatedCost = QList{10.5, 200.0, 9.75}.at(i);
    }) << cab;
    QTest::newRow("created by") << Column::CreatedBy << three([rank](Job &job, int i) {
        job.email = u"%1@example.com"_s.arg(rank.at(i));
    }) << cab;
}

void TestJobTableProxy::sorts()
{
    QFETCH(Column, column);
    QFETCH(QList<Job>, jobs);
    QFETCH(QStringList, order);
    core->jobs.append(jobs);
    proxy->sort(static_cast<int>(column), Qt::AscendingOrder);
    QCOMPARE(shownIds(), order);
    std::reverse(order.begin(), order.end());
    proxy->sort(static_cast<int>(column), Qt::DescendingOrder);
    QCOMPARE(shownIds(), order);
}

void TestJobTableProxy::equalValuesAreOrderedById()
{
    core->jobs.append({someJob(u"b"_s, u"x"_s), someJob(u"c"_s, u"x"_s)});
    core->jobs.append({someJob(u"a"_s, u"X"_s)});
    proxy->sort(static_cast<int>(Column::Name), Qt::AscendingOrder);
    QCOMPARE(shownIds(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

void TestJobTableProxy::emptyValuesComeLast_data()
{
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::newRow("ascending") << Qt::AscendingOrder;
    QTest::newRow("descending") << Qt::DescendingOrder;
}

void TestJobTableProxy::emptyValuesComeLast()
{
    QFETCH(Qt::SortOrder, order);
    Job costly = someJob(u"costly"_s, u"x"_s);
    costly.estimatedCost = 1.0;
    costly.created = QDateTime::fromSecsSinceEpoch(1, Qt::UTC);
    costly.location = u"East US"_s;
    core->jobs.append({someJob(u"bare"_s, u"x"_s), costly});
    for (const Column column : {Column::EstimatedCost, Column::Created, Column::Location}) {
        proxy->sort(static_cast<int>(column), order);
        QCOMPARE(shownIds(), QStringList({u"costly"_s, u"bare"_s}));
    }
}

void TestJobTableProxy::searches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing") << u"  "_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("part of a name") << u"ridg"_s << QStringList{u"a"_s};
    QTest::newRow("another case") << u"BRÜCKE"_s << QStringList{u"b"_s};
    QTest::newRow("another column") << u"east"_s << QStringList{u"b"_s};
    QTest::newRow("state") << u"unsub"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("all words, in any column") << u"us brücke"_s << QStringList{u"b"_s};
    QTest::newRow("one word missing") << u"bridge east"_s << QStringList{};
    QTest::newRow("not over two columns") << u"UnsubmittedFull"_s << QStringList{};
}

void TestJobTableProxy::searches()
{
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    Job a = someJob(u"a"_s, u"Bridge"_s);
    a.type = u"Full"_s;
    Job b = someJob(u"b"_s, u"Brücke"_s);
    b.location = u"East US"_s;
    core->jobs.append({a, b});
    proxy->sort(static_cast<int>(Column::Id), Qt::AscendingOrder);
    proxy->setSearch(text);
    QCOMPARE(shownIds(), found);
    proxy->setSearch({});
    QCOMPARE(proxy->rowCount(), 2);
}

void TestJobTableProxy::searchFollowsChanges()
{
    Job job = someJob(u"a"_s, u"old name"_s);
    core->jobs.append({job});
    proxy->setSearch(u"new"_s);
    QCOMPARE(proxy->rowCount(), 0);
    job.name = u"new name"_s;
    core->jobs.update(job);
    QTRY_COMPARE(proxy->rowCount(), 1);
}

void TestJobTableProxy::filtersByStateAndITwin()
{
    core->jobs.append(someJobs(24));
    proxy->setQuery({.state = JobState::Unsubmitted});
    QCOMPARE(proxy->rowCount(), 8);
    proxy->setQuery({.iTwinIds = {someJob(0).iTwinId}, .state = JobState::Unsubmitted});
    QVERIFY(proxy->rowCount() > 0);
    for (int row = 0; row < proxy->rowCount(); ++row) {
        QCOMPARE(proxy->jobAt(row).state, JobState::Unsubmitted);
        QCOMPARE(proxy->jobAt(row).iTwinId, someJob(0).iTwinId);
    }
}

void TestJobTableProxy::filtersByValues()
{
    using Kind = ValueFilter::Kind;
    core->jobs.append(someJobs(24));
    proxy->setSearch(u"flight"_s);
    proxy->setValueFilters(
        {{Column::Location, Kind::Only, u"East US"_s}, {Column::Type, Kind::Not, u"Full"_s}});
    for (int row = 0; row < proxy->rowCount(); ++row) {
        QCOMPARE(proxy->jobAt(row).location, u"East US"_s);
        QVERIFY(proxy->jobAt(row).type != u"Full"_s);
    }
    QCOMPARE(proxy->rowCount(), 8);
    core->jobs.append(someJobs(24, 24));
    QCOMPARE(proxy->rowCount(), 16);
    // A job in a deletion stays when its state changes, and only then.
    proxy->setValueFilters({{Column::State, Kind::Only, u"unsubmitted"_s}});
    QCOMPARE(proxy->rowCount(), 16);
    Job job = someJob(0);
    core->jobs.setMark(job.id, DeletionMark::Refused);
    job.state = JobState::Active;
    core->jobs.update(job);
    QTRY_COMPARE(at(0, Column::State).toString(), Wording::mark(DeletionMark::Refused));
    QCOMPARE(proxy->rowCount(), 16);
    proxy->setValueFilters({{Column::Name, Kind::Not, job.name}});
    QCOMPARE(proxy->rowCount(), 47);
    proxy->setValueFilters({});
    QCOMPARE(proxy->rowCount(), 48);
}

void TestJobTableProxy::rowsInADeletionStayVisible()
{
    Job job = someJob(u"a"_s, u"x"_s);
    core->jobs.append({job});
    proxy->setQuery({.state = JobState::Unsubmitted});
    const QSignalSpy changed(&core->jobs, &QAbstractItemModel::dataChanged);
    core->jobs.setMark(job.id, DeletionMark::Refused);
    job.state = JobState::Active;
    core->jobs.update(job);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(shownIds(), QStringList{u"a"_s});
}

void TestJobTableProxy::deletionMarkReplacesTheState()
{
    const Job job = someJob(u"a"_s, u"x"_s);
    core->jobs.append({job});
    QVERIFY(at(0, Column::Delete, JobTableProxy::DeletableRole).toBool());
    core->jobs.setMark(job.id, DeletionMark::Queued);
    QCOMPARE(at(0, Column::State).toString(), Wording::mark(DeletionMark::Queued));
    QVERIFY(!at(0, Column::Delete, JobTableProxy::DeletableRole).toBool());
}

void TestJobTableProxy::saysWhyARowHasNoButton()
{
    core->jobs.append({someJob(u"a"_s, u"Dam"_s), someJob(u"b"_s, u"Dam"_s, JobState::Active)});
    proxy->sort(static_cast<int>(Column::Id), Qt::AscendingOrder);
    QCOMPARE(at(0, Column::Delete, Qt::AccessibleTextRole).toString(), u"Delete Dam"_s);
    QCOMPARE(at(1, Column::Delete, Qt::AccessibleTextRole).toString(),
             Wording::obstacle(Obstacle::AlreadySubmitted));
    QVERIFY(at(1, Column::Delete, Qt::ToolTipRole)
                .toString()
                .contains(Wording::obstacle(Obstacle::AlreadySubmitted)));
}

void TestJobTableProxy::rowsMayChangeWhileTheyArrive()
{
    // Somebody who was there before the proxy marks rows as soon as they are there.
    tester.reset();
    proxy.reset();
    connect(&core->jobs, &QAbstractItemModel::rowsInserted, this,
            [this] { core->jobs.setMark({u"b"_s}, DeletionMark::Queued); });
    proxy = std::make_unique<JobTableProxy>(core->jobs, core->iTwins);
    proxy->sort(static_cast<int>(Column::Name), Qt::AscendingOrder);
    core->jobs.append({someJob(u"b"_s, u"x"_s, JobState::Active), someJob(u"a"_s, u"y"_s)});
    QCOMPARE(shownIds(), QStringList({u"b"_s, u"a"_s}));
    QCOMPARE(at(0, Column::State).toString(), Wording::mark(DeletionMark::Queued));
}

void TestJobTableProxy::changedRowsMoveToTheirPlaces()
{
    core->jobs.append({someJob(u"a"_s, u"1"_s), someJob(u"b"_s, u"2"_s), someJob(u"c"_s, u"3"_s)});
    proxy->sort(static_cast<int>(Column::Name), Qt::AscendingOrder);
    core->jobs.update(someJob(u"a"_s, u"9"_s));
    QTRY_COMPARE(shownIds(), QStringList({u"b"_s, u"c"_s, u"a"_s}));
}

void TestJobTableProxy::marksMoveRowsWhereTheyAreTheOrder()
{
    core->jobs.append({someJob(u"a"_s, u"1"_s), someJob(u"b"_s, u"2"_s), someJob(u"c"_s, u"3"_s)});
    proxy->sort(static_cast<int>(Column::Delete), Qt::AscendingOrder);
    QCOMPARE(shownIds(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
    core->jobs.setMark({u"a"_s}, DeletionMark::Queued);
    QTRY_COMPARE(shownIds(), QStringList({u"b"_s, u"c"_s, u"a"_s}));
}

void TestJobTableProxy::indexesFollowTheirJobs()
{
    constexpr int count = 1200; // more than are removed one by one
    core->jobs.append(someJobs(count));
    proxy->sort(static_cast<int>(Column::Name), Qt::AscendingOrder);
    const auto rowOf = [this](int number) {
        return proxy->mapFromSource(core->jobs.index(core->jobs.rowOf(someJob(number).id), 0));
    };
    const QPersistentModelIndex draft = rowOf(600);
    const QPersistentModelIndex active = rowOf(601);
    proxy->sort(static_cast<int>(Column::Created), Qt::DescendingOrder);
    QCOMPARE(proxy->jobAt(draft.row()).id, someJob(600).id);
    proxy->setQuery({.state = JobState::Unsubmitted});
    QCOMPARE(proxy->rowCount(), count / 3);
    QCOMPARE(proxy->jobAt(draft.row()).id, someJob(600).id);
    QVERIFY(!active.isValid());
    showAll();
    QCOMPARE(proxy->rowCount(), count);
    QCOMPARE(proxy->jobAt(draft.row()).id, someJob(600).id);
}

void TestJobTableProxy::manyRowsInAnyOrder()
{
    constexpr int count = 10'000;
    tester.reset(); // looks at every row again for each change
    QList<Job> jobs = someJobs(count);
    std::shuffle(jobs.begin(), jobs.end(), std::mt19937(1));
    proxy->sort(static_cast<int>(Column::Created), Qt::AscendingOrder);
    for (int first = 0; first < count; first += 1000)
        core->jobs.append(jobs.mid(first, 1000));
    QCOMPARE(proxy->rowCount(), count);
    for (int row = 1; row < count; ++row)
        QVERIFY(proxy->jobAt(row - 1).created < proxy->jobAt(row).created);
    proxy->setSearch(u"flight 1234"_s);
    QCOMPARE(proxy->rowCount(), 1);
    proxy->setSearch({});
    for (int number = 0; number < count; number += 2)
        core->jobs.removeSoon(someJob(number).id);
    QTRY_COMPARE(proxy->rowCount(), count / 2);
    QCOMPARE(proxy->jobAt(0).id, someJob(1).id);
}

QTEST_MAIN(TestJobTableProxy)
#include "tst_jobtableproxy.moc"
