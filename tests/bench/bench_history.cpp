// SPDX-License-Identifier: GPL-3.0-or-later

// How fast the history records on this disk, and how large it gets:
//   bench_history [--items N] [--rounds N] [--json FILE]
// The file is in a temporary folder; TMPDIR says on which disk.

#include "deletion/sqlitehistory.h"
#include "http/whendone.h"
#include "tests/bench/report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto origin = u"https://api.bentley.com"_s;
/// Connections to one host, so as many requests are under way at once.
constexpr int atOnce = 6;
/// What is measured one by one need not be done for every item.
constexpr int mostOneByOne = 1000;

/// The whole program does nothing but wait here, so a loop of its own does no harm.
template<typename T>
T waitFor(const QFuture<T> &future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    loop.exec();
    return future.result();
}

bool openAndWait(SqliteHistory *history, const QString &fileName)
{
    QEventLoop loop;
    QObject::connect(history, &SqliteHistory::opened, &loop, &QEventLoop::quit);
    QObject::connect(history, &History::failureChanged, &loop, &QEventLoop::quit);
    history->open(fileName);
    loop.exec();
    return !history->failure();
}

QString idOf(int number)
{
    return u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QLatin1Char('0'));
}

/// As large as the service's own job objects in a list.
QList<NewItem> makeItems(int count)
{
    QList<NewItem> items;
    items.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QString id = idOf(i);
        items.append({.correlationId = id,
                      .id = {id},
                      .name = u"Bridge scan %1"_s.arg(i),
                      .definition = "{\"id\":\"" + id.toLatin1() + "\",\"inputs\":\""
                          + QByteArray(900, 'x') + "\"}"});
    }
    return items;
}

AnswerRecord noContent(const QString &id)
{
    Exchange exchange;
    exchange.verb = Verb::Delete;
    exchange.target = "/contextcapture/jobs/"_L1 % id;
    exchange.correlationId = id;
    exchange.serviceCorrelationId = id;
    exchange.endedAt = QDateTime::currentDateTimeUtc();
    exchange.duration = std::chrono::milliseconds(60);
    exchange.sends = 1;
    return {.status = 204, .error = {}, .exchange = exchange};
}

double quantile(std::vector<double> *values, double share)
{
    std::ranges::sort(*values);
    return values->empty()
        ? 0
        : values->at(static_cast<size_t>(share * static_cast<double>(values->size() - 1)));
}

class HistoryBench
{
public:
    HistoryBench(int items, const QString &fileName, Bench::Figures *figures)
        : m_items(items), m_fileName(fileName), m_history(std::make_unique<SqliteHistory>()),
          m_figures(*figures)
    { }

    bool run()
    {
        if (!openAndWait(m_history.get(), m_fileName))
            return false;
        insert();
        intendOneByOne();
        intendTogether();
        deleteAsTheQueueDoes();
        reopen();
        measureClearing();
        return true;
    }

private:
    void insert()
    {
        const NewRun run{.id = u"run"_s,
                         .origin = origin,
                         .account = u"a@example.com"_s,
                         .isTrial = false,
                         .confirmedAt = QDateTime::currentDateTimeUtc()};
        const QList<NewItem> items = makeItems(m_items);
        m_clock.start();
        waitFor(m_history->begin(run, items));
        addRate(u"items inserted in one run"_s, m_items);
    }

    void intendOneByOne()
    {
        std::vector<double> waits;
        const int count = std::min(m_items, mostOneByOne);
        QElapsedTimer total;
        total.start();
        for (int i = 0; i < count; ++i) {
            m_clock.start();
            waitFor(m_history->intend({idOf(i)}, QDateTime::currentDateTimeUtc()));
            waits.push_back(milliseconds());
        }
        add(u"intents one by one"_s, count * 1000.0 / static_cast<double>(total.elapsed()),
            u"/s"_s);
        add(u"wait for one intent, median"_s, quantile(&waits, 0.5), u"ms"_s);
        add(u"wait for one intent, 99 %"_s, quantile(&waits, 0.99), u"ms"_s);
    }

    void intendTogether()
    {
        const int before = m_history->transactions();
        QFuture<Recorded> last;
        m_clock.start();
        for (int i = 0; i < m_items; ++i)
            last = m_history->intend({idOf(i)}, QDateTime::currentDateTimeUtc());
        add(u"time the caller needs to ask for all intents"_s, milliseconds(), u"ms"_s);
        waitFor(last);
        addRate(u"intents grouped"_s, m_items);
        add(u"transactions for them"_s, m_history->transactions() - before, u""_s);
    }

    /// Intent, answer and outcome of half of the items, six at a time.
    void deleteAsTheQueueDoes()
    {
        const int count = m_items / 2;
        int next = 0;
        int ended = 0;
        QEventLoop loop;
        const std::function<void()> startNext = [&] {
            if (next == count)
                return;
            const QString id = idOf(next++);
            const QDateTime now = QDateTime::currentDateTimeUtc();
            whenDone(m_history->intend({id}, now), &loop, [&, id, now](const Recorded &) {
                m_history->answered(id, noContent(id));
                m_history->finish(id, Outcome::Deleted, now);
                startNext();
                if (++ended == count)
                    loop.quit();
            });
        };
        m_clock.start();
        for (int i = 0; i < atOnce; ++i)
            startNext();
        loop.exec();
        addRate(u"items intended, answered, finished, six at a time"_s, count);
    }

    void reopen()
    {
        m_clock.start();
        m_history = nullptr;
        add(u"closing"_s, milliseconds(), u"ms"_s);
        add(u"file size"_s, static_cast<double>(QFileInfo(m_fileName).size()) / 1e6, u"MB"_s);
        m_history = std::make_unique<SqliteHistory>();
        m_clock.start();
        openAndWait(m_history.get(), m_fileName);
        add(u"opening"_s, milliseconds(), u"ms"_s);
        m_clock.start();
        const auto left = waitFor(m_history->unfinished(origin));
        add(u"finding what was left unfinished"_s, milliseconds(), u"ms"_s);
        add(u"items left unfinished"_s, static_cast<double>(left.size()), u""_s);
    }

    void measureClearing()
    {
        for (int i = m_items / 2; i < m_items; ++i)
            m_history->finish(idOf(i), Outcome::Cancelled, QDateTime::currentDateTimeUtc());
        waitFor(m_history->requestsSince(origin, QDateTime::currentDateTimeUtc()));
        m_clock.start();
        waitFor(m_history->clear());
        add(u"clearing"_s, milliseconds(), u"ms"_s);
        add(u"file size after it"_s, static_cast<double>(QFileInfo(m_fileName).size()) / 1e6,
            u"MB"_s);
    }

    [[nodiscard]] double milliseconds() const
    {
        return static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    }
    void addRate(const QString &name, int count)
    {
        add(name, count * 1000.0 / milliseconds(), u"/s"_s);
    }
    void add(const QString &name, double value, const QString &unit)
    {
        m_figures.add(name, value, unit);
    }

    int m_items;
    QString m_fileName;
    std::unique_ptr<SqliteHistory> m_history;
    QElapsedTimer m_clock;
    Bench::Figures &m_figures;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"items"_s, u"How many items to record."_s, u"number"_s, u"100000"_s},
                       {u"rounds"_s, {}, u"number"_s, u"3"_s},
                       {u"json"_s, u"Write JSON to this file."_s, u"file"_s}});
    parser.process(application);
    const int items = parser.value(u"items"_s).toInt();
    const int rounds = parser.value(u"rounds"_s).toInt();
    if (items < 2 || rounds < 1)
        parser.showHelp(2);
    Bench::Figures figures;
    for (int round = 0; round < rounds; ++round) {
        const QTemporaryDir folder;
        HistoryBench bench(items, folder.filePath(u"history.sqlite"_s), &figures);
        if (!folder.isValid() || !bench.run())
            return 1;
    }
    Bench::Report report(u"history of %1 items"_s.arg(items));
    figures.addTo(&report);
    report.print();
    const QString file = parser.value(u"json"_s);
    return file.isEmpty() || report.write(file) ? 0 : 1;
}
