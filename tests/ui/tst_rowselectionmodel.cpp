// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/offlinecore.h"
#include "tests/support/somejobs.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/rowselectionmodel.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;
using namespace Jobsweep::Testing;

namespace {

using Flags = QItemSelectionModel::SelectionFlags;

QList<int> rowsOf(const std::vector<RowRange> &ranges)
{
    QList<int> rows;
    for (const auto [first, last] : ranges) {
        for (int row = first; row <= last; ++row)
            rows.append(row);
    }
    return rows;
}

QList<int> rowsOf(const QItemSelectionModel &selection)
{
    QList<int> rows;
    for (int row = 0; row < selection.model()->rowCount(); ++row) {
        if (selection.isSelected(selection.model()->index(row, 1)))
            rows.append(row);
    }
    return rows;
}

} // namespace

class TestRowSelectionModel final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init();
    void cleanup();
    void behavesLikeItsBaseClass_data();
    void behavesLikeItsBaseClass();
    void signalsSayWhatChanged();
    void selectingTheSameSaysNothing();
    void rowsAreFoundByNumber();
    void resetSelectsNothing();
    void rowsStaySelectedWhileTheyMove();

private:
    [[nodiscard]] QItemSelection someSelection(std::mt19937 &random) const;
    void changeModel(std::mt19937 &random);
    void removeSome(std::mt19937 &random);

    std::unique_ptr<OfflineCore> core;
    std::unique_ptr<JobTableProxy> proxy;
    std::unique_ptr<RowSelectionModel> selection;
    int nextJob = 0;
};

void TestRowSelectionModel::init()
{
    core = std::make_unique<OfflineCore>();
    proxy = std::make_unique<JobTableProxy>(core->jobs, core->iTwins);
    proxy->setQuery({.state = {}});
    selection = std::make_unique<RowSelectionModel>(*proxy);
    core->jobs.beginListing();
    core->jobs.append(someJobs(60));
    nextJob = 60;
    proxy->sort(static_cast<int>(JobModel::Column::Id));
}

void TestRowSelectionModel::cleanup()
{
    selection.reset();
    proxy.reset();
    core.reset();
}

QItemSelection TestRowSelectionModel::someSelection(std::mt19937 &random) const
{
    QItemSelection some;
    const int rows = proxy->rowCount();
    for (int i = static_cast<int>(random() % 4); i > 0 && rows > 0; --i) {
        const int row = static_cast<int>(random() % static_cast<unsigned>(rows));
        const int last = std::min(row + static_cast<int>(random() % 6), rows - 1);
        // Not overlapping: no view makes such selections, and toggling would be a riddle.
        some.merge({proxy->index(row, 0), proxy->index(last, JobModel::columns - 1)},
                   QItemSelectionModel::Select);
    }
    return some;
}

void TestRowSelectionModel::removeSome(std::mt19937 &random)
{
    const int before = core->jobs.rowCount();
    for (int i = 0; i < 5; ++i)
        core->jobs.removeSoon(core->jobs.jobAt(static_cast<int>(random() % 40)).id);
    QTRY_VERIFY(core->jobs.rowCount() < before);
}

void TestRowSelectionModel::changeModel(std::mt19937 &random)
{
    switch (random() % 5) {
    case 0:
        core->jobs.append(someJobs(10, nextJob));
        nextJob += 10;
        break;
    case 1:
        proxy->sort(static_cast<int>(1 + random() % 9),
                    random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        break;
    case 2:
        proxy->setSearch(random() % 2 == 0 ? u"flight 1"_s : u"bridge"_s);
        proxy->setSearch({});
        break;
    case 3:
        proxy->setQuery({.state = JobState::Unsubmitted});
        proxy->setQuery({.state = {}});
        break;
    default:
        removeSome(random);
    }
}

void TestRowSelectionModel::behavesLikeItsBaseClass_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

/// The base class is what people know; it is only too slow.
void TestRowSelectionModel::behavesLikeItsBaseClass()
{
    QFETCH(const unsigned, seed);
    std::mt19937 random(seed);
    QItemSelectionModel plain(proxy.get());
    const QList<Flags> commands{
        QItemSelectionModel::Select,         QItemSelectionModel::Deselect,
        QItemSelectionModel::Toggle,         QItemSelectionModel::ClearAndSelect,
        QItemSelectionModel::SelectCurrent,  QItemSelectionModel::ToggleCurrent,
        QItemSelectionModel::Clear,          QItemSelectionModel::NoUpdate,
        QItemSelectionModel::Toggle,         QItemSelectionModel::Select,
        Flags(QItemSelectionModel::Current), QItemSelectionModel::ToggleCurrent};
    for (int step = 0; step < 120; ++step) {
        if (random() % 6 == 0) {
            changeModel(random);
        } else {
            const Flags command = commands.at(static_cast<int>(random() % 12));
            const QItemSelection some = someSelection(random);
            plain.select(some, command | QItemSelectionModel::Rows);
            selection->select(some, command | QItemSelectionModel::Rows);
        }
        // What it says of itself, and what the view reads from its base class.
        QCOMPARE(rowsOf(selection->rows()), rowsOf(plain));
        QCOMPARE(rowsOf(*selection), rowsOf(plain));
        QCOMPARE(selection->selectedCount(), static_cast<int>(rowsOf(plain).size()));
        QCOMPARE(selection->hasSelection(), !selection->rows().empty());
    }
}

void TestRowSelectionModel::signalsSayWhatChanged()
{
    QList<QList<int>> coming;
    QList<QList<int>> going;
    const auto rowsIn = [](const QItemSelection &changed) {
        QList<int> rows;
        for (const QModelIndex &index : changed.indexes()) {
            if (index.column() == 0)
                rows.append(index.row());
        }
        return rows;
    };
    connect(selection.get(), &QItemSelectionModel::selectionChanged, this,
            [rowsIn, in = &coming, out = &going](const QItemSelection &selected,
                                                 const QItemSelection &deselected) {
                in->append(rowsIn(selected));
                out->append(rowsIn(deselected));
            });
    selection->selectRows({{1, 2}, {5, 5}});
    selection->selectRows({{2, 3}, {5, 5}});
    selection->select(proxy->index(5, 1), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    selection->clearSelection();
    QCOMPARE(coming, (QList<QList<int>>{{1, 2, 5}, {3}, {}, {}}));
    QCOMPARE(going, (QList<QList<int>>{{}, {1}, {5}, {2, 3}}));
}

void TestRowSelectionModel::selectingTheSameSaysNothing()
{
    selection->selectRows({{1, 2}});
    QSignalSpy changes(selection.get(), &QItemSelectionModel::selectionChanged);
    selection->selectRows({{1, 2}});
    QVERIFY(changes.isEmpty());
}

void TestRowSelectionModel::rowsAreFoundByNumber()
{
    selection->selectRows({{1, 2}, {5, 5}});
    QList<int> found;
    for (int row = 0; row < 10; ++row) {
        if (selection->containsRow(row))
            found.append(row);
    }
    QCOMPARE(found, (QList<int>{1, 2, 5}));
}

void TestRowSelectionModel::resetSelectsNothing()
{
    selection->selectRows({{1, 2}});
    core->jobs.clear();
    QVERIFY(selection->rows().empty());
    QVERIFY(!selection->hasSelection());
}

void TestRowSelectionModel::rowsStaySelectedWhileTheyMove()
{
    selection->selectRows({{0, 0}, {59, 59}});
    proxy->sort(static_cast<int>(JobModel::Column::Id), Qt::DescendingOrder);
    core->jobs.append(someJobs(10, 60));
    QCOMPARE(rowsOf(selection->rows()), (QList<int>{10, 69}));
    QCOMPARE(proxy->jobAt(10).id, someJob(59).id);
}

QTEST_MAIN(TestRowSelectionModel)
#include "tst_rowselectionmodel.moc"
