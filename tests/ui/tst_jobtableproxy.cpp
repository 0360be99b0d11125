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
    void everyOrderIsTheSameHoweverRowsCame_data();
    void everyOrderIsTheSameHoweverRowsCame();
    void findsWhatIsShown_data();
    void findsWhatIsShown();
    void leavingRowsAreToldOfFirst();

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
    QVERIFY(at(0, Column::EstimatedCost, Qt::TextAlignmentRole)
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
    // Only what becomes of the state does not count: what was not asked for is not shown.
    proxy->setQuery({.state = JobState::Unsubmitted, .name = u"another"_s});
    QCOMPARE(shownIds(), QStringList());
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

void TestJobTableProxy::everyOrderIsTheSameHoweverRowsCame_data()
{
    QTest::addColumn<Column>("column");
    QTest::addColumn<Qt::SortOrder>("direction");
    for (int column = 0; column < JobModel::columns; ++column) {
        for (const auto direction : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            QTest::addRow("%d, %s", column, direction == Qt::AscendingOrder ? "up" : "down")
                << static_cast<Column>(column) << direction;
        }
    }
}

void TestJobTableProxy::everyOrderIsTheSameHoweverRowsCame()
{
    QFETCH(Column, column);
    QFETCH(Qt::SortOrder, direction);
    tester.reset();
    QList<Job> jobs = someJobs(1500);
    // Many equal values, empty ones, and texts that differ only after a long beginning.
    for (qsizetype i = 0; i < jobs.size(); i += 2) {
        jobs[i].name
            = i % 3 == 0 ? QString() : u"the same long beginning, "_s + QString::number(i % 9);
        jobs[i].created
            = i % 5 == 0 ? QDateTime() : jobs.at(1).created.addSecs(-i % 4 * 86'400'000);
        jobs[i].estimatedCost = -0.5 * static_cast<double>(i % 6);
        jobs[i].location = u"Zürich"_s;
    }
    std::shuffle(jobs.begin(), jobs.end(), std::mt19937(2));
    proxy->sort(static_cast<int>(column), direction);
    for (int first = 0; first < jobs.size(); first += 50)
        core->jobs.append(jobs.mid(first, 50));
    const QStringList asTheyCame = shownIds();
    proxy->sort(static_cast<int>(column),
                direction == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
    proxy->sort(static_cast<int>(column), direction);
    QCOMPARE(shownIds(), asTheyCame);
    // The other way round, all but the empty values.
    QCOMPARE(proxy->rowCount(), jobs.size());
}

void TestJobTableProxy::findsWhatIsShown_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QByteArray>("timeZone");
    for (const char *name : {"C", "en_US", "de_DE", "sv_SE", "fa_IR", "ar_EG"})
        QTest::newRow(name) << QLocale(QString::fromLatin1(name)) << "UTC"_ba;
    QTest::newRow("with summer time") << QLocale(u"en_GB"_s) << "CET-1CEST,M3.5.0,M10.5.0/3"_ba;
    QTest::newRow("far west") << QLocale::c() << "HST10"_ba;
}

void TestJobTableProxy::findsWhatIsShown()
{
    QFETCH(QLocale, locale);
    QFETCH(QByteArray, timeZone);
    const QByteArray ownTimeZone = qgetenv("TZ");
    qputenv("TZ", timeZone);
    tester.reset();
    QLocale::setDefault(locale);
    QList<Job> jobs = someJobs(120);
    jobs[3].name = u"Straße 7, ÅNGSTRÖM"_s;
    jobs[4].name = u"hidden\u202Esign"_s;
    jobs[5].estimatedCost = 1234567.5;
    jobs[6].created = QDateTime(QDate(1969, 12, 31), QTime(23, 59, 59), Qt::UTC);
    core->jobs.append(jobs);
    core->jobs.setMark(jobs.at(7).id, DeletionMark::Queued);
    const auto expected = [this](const QString &text) {
        const QStringList words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
        QSet<QString> ids;
        for (int row = 0; row < core->jobs.rowCount(); ++row) {
            // All rows are shown at first.
            const auto isShown = [this, row](const QString &word) {
                for (int column = 0; column < JobModel::columns; ++column) {
                    if (at(row, static_cast<Column>(column))
                            .toString()
                            .toCaseFolded()
                            .contains(word))
                        return true;
                }
                return false;
            };
            if (std::all_of(words.cbegin(), words.cend(), isShown))
                ids.insert(proxy->jobAt(row).id.text);
        }
        return ids;
    };
    QHash<QString, QSet<QString>> found;
    const QStringList texts{
        u"a"_s,      u"br"_s,          u"bridge"_s,   u"2023"_s,   u"nov"_s,
        u"12:"_s,    u"0.25"_s,        u"0,25"_s,     u"pm"_s,     u"2:1 full"_s,
        u"1969"_s,   u"strasse"_s,     u"ångström"_s, u"202e"_s,   u"1,234"_s,
        u"1.234"_s,  u"queued"_s,      u"۲"_s,        u"-"_s,      u"11"_s,
        u"west 4"_s, u"ana full 00"_s, u"/2"_s,       u"24 dec"_s, u"deleted"_s};
    for (const QString &text : texts)
        found.insert(text, expected(text));
    for (const QString &text : texts) {
        // As it is typed, and from nothing.
        for (qsizetype length = 1; length <= text.size(); ++length)
            proxy->setSearch(text.left(length));
        const QStringList typed = shownIds();
        proxy->setSearch({});
        QCOMPARE(proxy->rowCount(), jobs.size());
        proxy->setSearch(text);
        QCOMPARE(shownIds(), typed);
        QCOMPARE(QSet<QString>(typed.cbegin(), typed.cend()), found.value(text));
        proxy->setSearch({});
    }
    QLocale::setDefault(QLocale::c());
    qputenv("TZ", ownTimeZone);
}

void TestJobTableProxy::leavingRowsAreToldOfFirst()
{
    core->jobs.append(someJobs(6));
    proxy->sort(static_cast<int>(Column::Id), Qt::AscendingOrder);
    std::vector<int> leaving;
    connect(proxy.get(), &RowProxy::rowsAboutToLeave, this,
            [this, seen = &leaving](const std::vector<int> &rows) {
                QCOMPARE(proxy->rowCount(), 6);
                *seen = rows;
            });
    core->jobs.removeSoon(someJob(1).id);
    core->jobs.removeSoon(someJob(4).id);
    QTRY_COMPARE(proxy->rowCount(), 4);
    QCOMPARE(leaving, (std::vector<int>{1, 4}));
}

QTEST_MAIN(TestJobTableProxy)
#include "tst_jobtableproxy.moc"
