// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyexporter.h"

#include "deletion/historyqueries.h"

#include <QtConcurrent>

#include <utility>

namespace Jobsweep {
namespace {

using Failed = tl::unexpected<ExportFailure>;
/// Written to the end, or stopped before it.
using Went = tl::expected<void, ExportFailure>;

class Exporting
{
public:
    Exporting(QPromise<ExportResult> &promise, const ExportOrder &order, std::stop_token stop)
        : m_promise(promise), m_order(order), m_stop(std::move(stop)), m_queries(order.historyFile),
          m_file(order.targetFile, order.format)
    { }

    ExportResult run()
    {
        if (const auto begun = m_file.begin(historyTitles()); !begun)
            return Failed(begun.error());
        const Went items = m_order.numbers.isEmpty() ? exportFiltered() : exportNamed();
        if (isStopped())
            return ExportEnd{m_file.rows(), true};
        if (!items)
            return Failed(items.error());
        if (const auto committed = m_file.commit(); !committed)
            return Failed(committed.error());
        return ExportEnd{m_file.rows(), false};
    }

private:
    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }

    Went exportFiltered()
    {
        const auto isStale = [this] { return isStopped(); };
        const auto total = m_queries.count(m_order.filter, isStale);
        if (!total)
            return Failed(total.error());
        m_promise.setProgressRange(0, static_cast<int>(*total));
        std::optional<qint64> last;
        bool isAtEnd = false;
        while (!isAtEnd && !isStopped()) {
            const auto page = m_queries.page(m_order.filter, last, isStale);
            if (!page)
                return Failed(page.error());
            QList<qint64> numbers;
            for (const HistoryItem &item : page->items)
                numbers.append(item.number);
            if (Went written = writeItems(numbers); !written)
                return written;
            isAtEnd = page->isLast;
            if (!numbers.isEmpty())
                last = numbers.last();
        }
        return {};
    }

    Went exportNamed()
    {
        m_promise.setProgressRange(0, static_cast<int>(m_order.numbers.size()));
        const QList<qint64> &all = m_order.numbers;
        for (qsizetype first = 0; first < all.size() && !isStopped();
             first += HistoryQueries::pageSize) {
            if (Went written = writeItems(all.mid(first, HistoryQueries::pageSize)); !written)
                return written;
        }
        return {};
    }

    Went writeItems(const QList<qint64> &numbers)
    {
        const auto items = m_queries.details(numbers, [this] { return isStopped(); });
        if (!items)
            return Failed(items.error());
        for (const HistoryItemDetails &details : *items) {
            if (const auto added = m_file.add(historyRow(m_order.format, details)); !added)
                return Failed(added.error());
        }
        m_promise.setProgressValue(static_cast<int>(m_file.rows()));
        return {};
    }

    QPromise<ExportResult> &m_promise;
    const ExportOrder &m_order;
    std::stop_token m_stop;
    HistoryQueries m_queries;
    ExportFile m_file;
};

} // namespace

QFuture<ExportResult> exportHistory(const ExportOrder &order, std::stop_token stop)
{
    return QtConcurrent::run([order, stop = std::move(stop)](QPromise<ExportResult> &promise) {
        promise.addResult(Exporting(promise, order, stop).run());
    });
}

} // namespace Jobsweep
