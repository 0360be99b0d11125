// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "tests/support/findwidgets.h"
#include "ui/jobs/morefilters.h"
#include "ui/searchfield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class TestMoreFilters final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { filters.reset(); }
    void typesApplyAtOnce();
    void typesThatAreNotOfferedStay();
    void created_data();
    void created();
    void daysAreShownAndChanged();
    void showsARange_data();
    void showsARange();
    void typingIsOneChange();
    void showingAnnouncesNothing();
    void whatIsTypedSurvivesAnotherChange();
    void spanFromElsewhereStaysAsItIs();
    void expressionCanBeCopied();

private:
    template<typename T>
    [[nodiscard]] T *named(const QString &name) const
    {
        return Testing::named<T>(*filters, name);
    }
    void check(const QString &type) const;
    void chooseCreated(const QString &kind) const;

    FakeClock clock;
    std::unique_ptr<MoreFilters> filters;
    std::optional<JobQuery> last;
    int changes = 0;
};

void TestMoreFilters::init()
{
    filters = std::make_unique<MoreFilters>(clock);
    filters->resize(900, 200);
    filters->show();
    last.reset();
    changes = 0;
    connect(filters.get(), &MoreFilters::queryChanged, this, [this](const JobQuery &query) {
        last = query;
        ++changes;
    });
}

void TestMoreFilters::check(const QString &type) const
{
    const auto boxes = filters->findChildren<QCheckBox *>();
    for (QCheckBox *box : boxes) {
        if (box->text() == type)
            QTest::keyClick(box, Qt::Key_Space);
    }
}

void TestMoreFilters::chooseCreated(const QString &kind) const
{
    auto *combo = named<QComboBox>(u"Created"_s);
    while (combo->currentText() != kind) {
        const int before = combo->currentIndex();
        QTest::keyClick(combo, Qt::Key_Down);
        QVERIFY(combo->currentIndex() != before);
    }
}

void TestMoreFilters::typesApplyAtOnce()
{
    filters->setQuery({.iTwinIds = {u"x"_s}});
    check(u"Full"_s);
    QVERIFY(last);
    QCOMPARE(*last, (JobQuery{.iTwinIds = {u"x"_s}, .types = {u"Full"_s}}));
    check(u"Reconstruction"_s);
    QCOMPARE(last->types, QStringList({u"Full"_s, u"Reconstruction"_s}));
    check(u"Full"_s);
    QCOMPARE(last->types, QStringList{u"Reconstruction"_s});
}

void TestMoreFilters::typesThatAreNotOfferedStay()
{
    filters->setQuery({.types = {u"Annotation"_s, u"full"_s}});
    check(u"Full"_s);
    QCOMPARE(last->types, QStringList{u"Annotation"_s});
}

void TestMoreFilters::created_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<CreatedRange>("range");
    const auto start = [](int day) { return QDate(2024, 5, day).startOfDay().toUTC(); };
    QTest::newRow("before") << u"Before"_s << CreatedRange{.before = start(3)};
    QTest::newRow("on or after") << u"On or after"_s << CreatedRange{.after = start(3)};
    QTest::newRow("between, both days included")
        << u"Between"_s << CreatedRange{.after = start(3), .before = start(8)};
}

void TestMoreFilters::created()
{
    QFETCH(const QString, kind);
    QFETCH(const CreatedRange, range);
    chooseCreated(kind);
    named<QDateEdit>(u"First day"_s)->setDate({2024, 5, 3});
    if (auto *end = named<QDateEdit>(u"Last day"_s))
        end->setDate({2024, 5, 7});
    QTRY_COMPARE(last->created, range);
    chooseCreated(kind);
    auto *combo = named<QComboBox>(u"Created"_s);
    QTest::keyClick(combo, Qt::Key_Home);
    QCOMPARE(last->created, CreatedRange{});
    QVERIFY(!named<QDateEdit>(u"First day"_s));
}

void TestMoreFilters::daysAreShownAndChanged()
{
    chooseCreated(u"More than … days ago"_s);
    QCOMPARE(last->created.olderThanDays, 90);
    auto *days = named<QSpinBox>(u"Days"_s);
    days->selectAll();
    QTest::keyClicks(days, u"365"_s);
    QTRY_COMPARE(last->created.olderThanDays, 365);
    QCOMPARE(changes, 2);
}

void TestMoreFilters::showsARange_data()
{
    created_data();
    QTest::newRow("days") << u"More than … days ago"_s << CreatedRange{.olderThanDays = 7};
    QTest::newRow("any") << u"Any time"_s << CreatedRange{};
}

void TestMoreFilters::showsARange()
{
    QFETCH(const QString, kind);
    QFETCH(const CreatedRange, range);
    filters->setQuery({.created = {.olderThanDays = 1}});
    filters->setQuery({.created = range});
    QCOMPARE(named<QComboBox>(u"Created"_s)->currentText(), kind);
    check(u"Full"_s);
    QCOMPARE(last->created, range);
}

void TestMoreFilters::typingIsOneChange()
{
    auto *name = named<SearchField>(u"Name"_s);
    QTest::keyClicks(name, u" bridge "_s);
    QCOMPARE(changes, 0);
    QTRY_COMPARE(changes, 1);
    QCOMPARE(last->name, u"bridge"_s);
    QTest::keyClicks(named<SearchField>(u"Created by"_s), u"ana"_s);
    QTRY_COMPARE(changes, 2);
    QCOMPARE(last->createdBy, u"ana"_s);
}

void TestMoreFilters::showingAnnouncesNothing()
{
    const JobQuery query{.types = {u"Full"_s},
                         .created = {.olderThanDays = 3},
                         .name = u"dam"_s,
                         .createdBy = u"jo"_s};
    filters->setQuery(query);
    QCOMPARE(named<SearchField>(u"Name"_s)->text(), u"dam"_s);
    QCOMPARE(named<QSpinBox>(u"Days"_s)->value(), 3);
    // Others that begin later wait as long: once they have announced something, these would have.
    MoreFilters others(clock);
    const QSignalSpy announced(&others, &MoreFilters::queryChanged);
    QTest::keyClicks(Testing::named<SearchField>(others, u"Name"_s), u"dam"_s);
    QTRY_COMPARE(announced.count(), 1);
    QCOMPARE(changes, 0);
    // The same text again is news after it was taken away.
    filters->setQuery({});
    QTest::keyClicks(named<SearchField>(u"Name"_s), u"dam"_s);
    QTRY_COMPARE(changes, 1);
}

void TestMoreFilters::spanFromElsewhereStaysAsItIs()
{
    const CreatedRange span{.after = QDateTime(QDate(2026, 5, 3), QTime(14, 7), Qt::UTC),
                            .before = QDateTime(QDate(2026, 6, 1), QTime(9, 30), Qt::UTC)};
    filters->setQuery({.created = span});
    check(u"Full"_s);
    QCOMPARE(last->created, span);
    // Until the person changes it.
    QTest::keyClick(named<QComboBox>(u"Created"_s), Qt::Key_Home);
    QCOMPARE(last->created, CreatedRange());
}

void TestMoreFilters::whatIsTypedSurvivesAnotherChange()
{
    auto *name = named<SearchField>(u"Name"_s);
    QTest::keyClicks(name, u"dam"_s);
    filters->setQuery({.iTwinIds = {u"x"_s}});
    QCOMPARE(name->text(), u"dam"_s);
    QTRY_COMPARE(changes, 1);
    QCOMPARE(*last, (JobQuery{.iTwinIds = {u"x"_s}, .name = u"dam"_s}));
}

void TestMoreFilters::expressionCanBeCopied()
{
    const JobQuery query{.iTwinIds = {u"x"_s, u"y"_s}, .created = {.olderThanDays = 90}};
    filters->setQuery(query);
    auto *expression = named<QPlainTextEdit>(u"Filter expression"_s);
    const QString expected = filterExpressions(query, FilterForm::Full, clock.utc()).join(u'\n');
    QCOMPARE(expression->toPlainText(), expected);
    QVERIFY(expression->isReadOnly());
    QTest::mouseClick(named<QPushButton>(u"Copy Filter Expression"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), expected);
}

QTEST_MAIN(TestMoreFilters)
#include "tst_morefilters.moc"
