// SPDX-License-Identifier: GPL-3.0-or-later

// What people do to a list of many jobs in the real window: sort by each column, search a letter at
// a time, select all drafts, and see scattered rows leave.
//   bench_model [--jobs N] [--rounds N] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/program.h"
#include "tests/bench/report.h"
#include "tests/support/somejobs.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/mainwindow.h"
#include "ui/wording.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QUuid>

#include <algorithm>
#include <random>

using namespace Jobsweep;
using namespace Jobsweep::Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int pageSize = 1000;
constexpr auto quick = "< 100"_L1;

class Benchmark final
{
public:
    Benchmark(int jobs, Figures *figures) : m_figures(*figures)
    {
        QList<Job> all = Testing::someJobs(jobs);
        // As the service lists them: in the order of none of the columns, with ids that differ.
        std::mt19937 random(1);
        std::shuffle(all.begin(), all.end(), random);
        for (Job &job : all) {
            job.id.text = QUuid(static_cast<uint>(random()), static_cast<ushort>(random()), 0x4000,
                                0x80, 0, 0, 0, 0, 0, 0, 0)
                              .toString(QUuid::WithoutBraces);
            // A page is read from its beginning to its end, and so lie its texts in memory.
            job.name = QString(job.name.constData(), job.name.size());
        }
        m_window.show();
        m_proxy->setQuery(everything());
        for (qsizetype first = 0; first < all.size(); first += pageSize)
            m_program.core.jobs.append(all.mid(first, pageSize));
        settle();
    }

    void run()
    {
        sortByEachColumn();
        search();
        selectDrafts();
        removeScattered();
    }

private:
    [[nodiscard]] static JobQuery everything() { return {.state = {}}; }
    static void settle() { waitFor(std::chrono::milliseconds(300)); }

    /// Until the window shows it.
    template<typename Act>
    void measure(const QString &what, Act act)
    {
        QElapsedTimer elapsed;
        elapsed.start();
        act();
        QCoreApplication::processEvents();
        m_figures.add(what, static_cast<double>(elapsed.nsecsElapsed()) / 1e6, u"ms"_s, quick);
        settle();
    }

    void sortByEachColumn()
    {
        for (int column = 0; column < JobModel::columns; ++column) {
            const QString title = Wording::columnTitle(static_cast<JobModel::Column>(column));
            measure(u"sort by %1"_s.arg(title),
                    [&] { m_table->sortByColumn(column, Qt::DescendingOrder); });
        }
        m_table->sortByColumn(static_cast<int>(JobModel::Column::Name), Qt::AscendingOrder);
        settle();
    }

    void search()
    {
        const QString text = u"bridge nov"_s;
        for (qsizetype length = 1; length <= text.size(); ++length) {
            const QString typed = text.left(length);
            measure(u"search \"%1\""_s.arg(typed), [&] { m_proxy->setSearch(typed); });
        }
        measure(u"search nothing"_s, [&] { m_proxy->setSearch({}); });
        measure(u"search \"12:3\""_s, [&] { m_proxy->setSearch(u"12:3"_s); });
        m_proxy->setSearch({});
        settle();
    }

    void selectDrafts()
    {
        measure(u"select all drafts"_s, [this] {
            QItemSelection drafts;
            for (int row = 0; row < m_proxy->rowCount(); ++row) {
                if (m_proxy->isDeletableAt(row))
                    drafts.select(m_proxy->index(row, 0),
                                  m_proxy->index(row, JobModel::columns - 1));
            }
            m_table->selectionModel()->select(drafts, QItemSelectionModel::ClearAndSelect);
        });
        m_table->clearSelection();
        settle();
    }

    void removeScattered()
    {
        JobModel &jobs = m_program.core.jobs;
        const int count = m_proxy->rowCount() / 10;
        const int left = m_proxy->rowCount() - count;
        for (int row = 0; row < count; ++row)
            jobs.removeSoon(m_proxy->jobAt(row * 10).id);
        BlockWatch blocks;
        QElapsedTimer elapsed;
        elapsed.start();
        if (!waitUntil(*m_proxy, &QAbstractItemModel::rowsRemoved,
                       [&] { return m_proxy->rowCount() == left; }))
            return;
        const auto milliseconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e6;
        settle();
        const QString what = u"%1 scattered rows leave"_s.arg(count);
        m_figures.add(what, milliseconds, u"ms"_s);
        m_figures.add(what % u", longest block"_s, blocks.quantile(1), u"ms"_s, u"< 50"_s);
    }

    Figures &m_figures;
    Program m_program;
    MainWindow m_window{m_program.core};
    JobTable *m_table = m_window.findChild<JobTable *>();
    JobTableProxy *m_proxy = m_window.findChild<JobTableProxy *>();
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    // Only the C locale writes the seconds of a time, and nobody has it.
    QLocale::setDefault(QLocale(u"en_GB"_s));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"jobs"_s, {}, u"number"_s, u"100000"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const int jobs = parser.value(u"jobs"_s).toInt();
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (jobs < 1 || rounds < 1)
        parser.showHelp(2);
    Figures figures;
    for (int round = 0; round < rounds; ++round)
        Benchmark(jobs, &figures).run();
    Report report(u"the list of %1 jobs"_s.arg(jobs));
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return file.isEmpty() || report.write(file) ? 0 : 1;
}
