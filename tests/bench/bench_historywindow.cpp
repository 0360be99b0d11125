// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the history window over many items and says how long the first rows, all rows and searches
// took, and how long the window stood still meanwhile:
//   bench_historywindow [--items N] [--rounds N] [--json FILE]

#include "tests/bench/blockwatch.h"
#include "tests/bench/report.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakehistory.h"
#include "tests/support/writtenhistory.h"
#include "ui/deletion/historytable.h"
#include "ui/deletion/historywindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLineEdit>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int itemsInARun = 1000;
constexpr int waitMilliseconds = 120'000;

/// As long as a real draft's, and different for each.
QByteArray definitionOf(int number)
{
    QByteArray definition = R"({"id":"job-)" + QByteArray::number(number)
        + R"(","name":"Bridge","type":"Full","state":"unsubmitted","inputs":[)";
    for (int input = 0; input < 10; ++input)
        definition += R"({"id":"aaaaaaaa-0000-4000-8000-000000000000","description":"photos"},)";
    definition.chop(1);
    return definition + R"(],"settings":{"outputs":["3MX","OPC"],"quality":"extra"}})";
}

void fill(Testing::WrittenHistory *history, int items)
{
    history->begin();
    qint64 run = 0;
    for (int number = 0; number < items; ++number) {
        if (number % itemsInARun == 0)
            run = history->addRun();
        const QString name = u"River bridge, flight %1"_s.arg(number);
        if (number % 50 == 0) {
            history->addRefused(run, name);
        } else {
            const qint64 item = history->addItem(run, name, Outcome::Deleted, definitionOf(number));
            history->addAnswer(item, {});
        }
    }
    history->commit();
}

class Benchmark
{
public:
    Benchmark(int items, Bench::Figures *figures) : m_items(items), m_figures(*figures)
    {
        fill(&m_file, items);
        m_model = m_window.findChild<HistoryTable *>()->model();
    }

    void run()
    {
        measure(
            u"first rows"_s, [this] { m_window.show(); }, [this] { return rows() > 0; });
        measure(
            u"all rows"_s, [] {}, [this] { return rows() == m_items; });
        for (const QString &text :
             {u"flight 77"_s, u"flight 1"_s, u"brücke"_s, u"invalidcontext"_s}) {
            const int before = rows();
            measure(
                u"search \"%1\""_s.arg(text), [&] { search(text); },
                [this, before] { return rows() != before && m_isReset; });
        }
        measure(
            u"everything again"_s, [this] { search({}); }, [this] { return rows() == m_items; });
        measure(
            u"read anew after a write"_s, [this] { emit m_history.changed(); },
            [timer = QElapsedTimer()]() mutable {
                if (!timer.isValid())
                    timer.start();
                return timer.elapsed() > 4000;
            });
        m_figures.add(u"peak memory"_s, static_cast<double>(Bench::peakMemoryKilobytes()) / 1024,
                      u"MB"_s);
    }

private:
    [[nodiscard]] int rows() const { return m_model->rowCount(); }
    void search(const QString &text) { m_window.findChild<QLineEdit *>()->setText(text); }

    template<typename Begin, typename IsDone>
    void measure(const QString &what, Begin begin, IsDone isDone)
    {
        m_isReset = false;
        const auto connection = QObject::connect(m_model, &QAbstractItemModel::modelReset, m_model,
                                                 [this] { m_isReset = true; });
        m_blocks.restart();
        QElapsedTimer elapsed;
        elapsed.start();
        begin();
        while (!isDone() && elapsed.elapsed() < waitMilliseconds)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
        const double took = static_cast<double>(elapsed.nsecsElapsed()) / 1e6;
        m_figures.add(what, took, u"ms"_s);
        m_figures.add(what % u", rows"_s, rows(), {});
        m_figures.add(what % u", longest block"_s, m_blocks.quantile(1), u"ms"_s);
        m_figures.add(what % u", 99.9 % of turns below"_s, m_blocks.quantile(0.999), u"ms"_s);
        QObject::disconnect(connection);
    }

    int m_items;
    Bench::Figures &m_figures;
    Testing::WrittenHistory m_file;
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(u"bench.ini"_s)};
    Testing::FakeClock m_clock;
    Testing::FakeHistory m_history;
    HistoryReader m_reader{m_file.fileName()};
    HistoryWindow m_window{{.history = m_history,
                            .reader = m_reader,
                            .settings = m_settings,
                            .clock = m_clock,
                            .redact = {}}};
    QAbstractItemModel *m_model = nullptr;
    Bench::BlockWatch m_blocks;
    bool m_isReset = false;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"items"_s, {}, u"number"_s, u"100000"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, {}, u"file"_s}});
    parser.process(application);
    const int items = parser.value(u"items"_s).toInt();
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (items < 1 || rounds < 1)
        parser.showHelp(2);
    Bench::Figures figures;
    for (int round = 0; round < rounds; ++round)
        Benchmark(items, &figures).run();
    Bench::Report report(u"history window over %1 items"_s.arg(items));
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return file.isEmpty() || report.write(file) ? 0 : 1;
}
