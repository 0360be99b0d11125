// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/savedviews.h"
#include "account/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

using Column = JobModel::Column;
using Kind = ValueFilter::Kind;

class TestSavedViews final : public QObject
{
    Q_OBJECT

private slots:
    void everythingComesBack();
    void isReadTolerantly_data();
    void isReadTolerantly();
    void namesDoNotMatterForWhatIsShown();

private:
    [[nodiscard]] static SavedView richView();
};

SavedView TestSavedViews::richView()
{
    SavedView view{.name = u"Old & “mine”"_s, .search = u"  bridge\n"_s};
    view.query = {.iTwinIds = {u"a"_s, u"b"_s},
                  .state = std::nullopt,
                  .types = {u"Full"_s},
                  .created = {.olderThanDays = 0,
                              .after = QDateTime({2024, 5, 1}, {22, 0, 0, 5}, Qt::UTC),
                              .before = QDateTime({2024, 6, 1}, {22, 0}, Qt::UTC)},
                  .name = u"Brücke"_s,
                  .createdBy = u"ana@example.com"_s};
    view.values = {{Column::Location, Kind::Not, u"East US"_s}, {Column::ITwin, Kind::Only, {}}};
    view.columns = TableColumns{.shown = {Column::Id, Column::Name},
                                .sorted = Column::EstimatedCost,
                                .order = Qt::DescendingOrder};
    return view;
}

void TestSavedViews::everythingComesBack()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    SavedView plain{.name = u"plain"_s};
    plain.query.state = JobState::Failed;
    const QList<SavedView> views{richView(), plain};
    {
        Settings(file).setSavedViews(views);
    }
    QCOMPARE(Settings(file).savedViews(), views);
}

void TestSavedViews::isReadTolerantly_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QList<SavedView>>("expected");

    const SavedView plain{.name = u"a"_s};
    SavedView filtered = plain;
    filtered.values = {{Column::Type, Kind::Only, u"Full"_s}};
    SavedView ordered = plain;
    ordered.columns = TableColumns{.shown = {Column::Name}};
    const auto row = [](const char *name, const QByteArray &json, const QList<SavedView> &views) {
        QTest::newRow(name) << json << views;
    };
    row("nothing", {}, {});
    row("no JSON", "views"_ba, {});
    row("no array", R"({"name":"a"})"_ba, {});
    row("entries that are none", R"([1,"x",null,[],{}])"_ba, {});
    row("without a name", R"([{"name":""},{"query":{}}])"_ba, {});
    row("only a name", R"([{"name":"a"}])"_ba, {plain});
    row("the same name twice", R"([{"name":"a"},{"name":"a","search":"x"}])"_ba, {plain});
    row("another kind of value", R"([{"name":"a","query":[],"values":{},"columns":"x"}])"_ba,
        {plain});
    row("a query that is no good",
        R"([{"name":"a","query":{"state":"sideways","olderThanDays":"soon","createdAfter":"x"}}])"_ba,
        {plain});
    row("a column that we do not have",
        R"([{"name":"a","values":[{"column":"Mood","value":"x"},{"column":"Type","value":"Full"}]}])"_ba,
        {filtered});
    row("columns that we do not have",
        R"([{"name":"a","columns":{"shown":["Mood","Name","Name"],"sorted":"Mood"}}])"_ba,
        {ordered});
}

void TestSavedViews::isReadTolerantly()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QList<SavedView>, expected);
    QCOMPARE(savedViewsFromJson(json), expected);
}

void TestSavedViews::namesDoNotMatterForWhatIsShown()
{
    SavedView other = richView();
    other.name = u"x"_s;
    QVERIFY(other.showsTheSame(richView()));
    other.search.clear();
    QVERIFY(!other.showsTheSame(richView()));
}

QTEST_GUILESS_MAIN(TestSavedViews)
#include "tst_savedviews.moc"
