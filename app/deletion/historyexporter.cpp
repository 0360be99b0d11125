// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyexporter.h"

#include "deletion/historyqueries.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QtConcurrent>

#include <cerrno>

namespace Jobsweep {
namespace {

using Failed = tl::unexpected<ExportFailure>;

class Exporting
{
public:
    Exporting(QPromise<ExportResult> &promise, const ExportOrder &order)
        : m_promise(promise), m_order(order), m_queries(order.historyFile),
          m_target(order.targetFile)
    { }

    ExportResult run()
    {
        // It would be replaced by a file: a device or a pipe is not what people mean by that.
        const QFileInfo present(m_order.targetFile);
        if (present.exists() && !present.isFile())
            return Failed(TargetFailure{m_order.targetFile, false, {}});
        errno = 0;
        if (!m_target.open(QIODevice::WriteOnly)) {
            m_errno = errno;
            return targetFailed();
        }
        if (!write(exportBegin(m_order.format)))
            return targetFailed();
        ExportResult items = m_order.numbers.isEmpty() ? exportFiltered() : exportNamed();
        if (!items)
            return items;
        if (m_promise.isCanceled()) {
            m_target.cancelWriting();
            return items;
        }
        if (!write(exportEnd(m_order.format)) || !commit())
            return targetFailed();
        return items;
    }

private:
    ExportResult exportFiltered()
    {
        const auto isStale = [this] { return m_promise.isCanceled(); };
        const auto total = m_queries.count(m_order.filter, isStale);
        if (!total)
            return Failed(total.error());
        m_promise.setProgressRange(0, static_cast<int>(*total));
        std::optional<qint64> last;
        bool isAtEnd = false;
        while (!isAtEnd && !m_promise.isCanceled()) {
            const auto page = m_queries.page(m_order.filter, last, isStale);
            if (!page)
                return Failed(page.error());
            QList<qint64> numbers;
            for (const HistoryItem &item : page->items)
                numbers.append(item.number);
            if (ExportResult written = writeItems(numbers); !written)
                return written;
            isAtEnd = page->isLast;
            if (!numbers.isEmpty())
                last = numbers.last();
        }
        return m_written;
    }

    ExportResult exportNamed()
    {
        m_promise.setProgressRange(0, static_cast<int>(m_order.numbers.size()));
        const QList<qint64> &all = m_order.numbers;
        for (qsizetype first = 0; first < all.size() && !m_promise.isCanceled();
             first += HistoryQueries::pageSize) {
            ExportResult written = writeItems(all.mid(first, HistoryQueries::pageSize));
            if (!written)
                return written;
        }
        return m_written;
    }

    ExportResult writeItems(const QList<qint64> &numbers)
    {
        const auto items = m_queries.details(numbers, [this] { return m_promise.isCanceled(); });
        if (!items)
            return Failed(items.error());
        for (const HistoryItemDetails &details : *items) {
            if (m_written > 0 && !write(exportSeparator(m_order.format)))
                return targetFailed();
            if (!write(exportedItem(m_order.format, details)))
                return targetFailed();
            ++m_written;
        }
        m_promise.setProgressValue(static_cast<int>(m_written));
        return m_written;
    }

    bool write(const QByteArray &bytes)
    {
        errno = 0;
        const bool isWritten = m_target.write(bytes) == bytes.size();
        m_errno = errno;
        return isWritten;
    }

    bool commit()
    {
        // Flushed first: what the buffer still holds may find no room.
        errno = 0;
        const bool isDone = m_target.flush() && m_target.commit();
        m_errno = errno;
        return isDone;
    }

    ExportResult targetFailed()
    {
        TargetFailure failure{m_order.targetFile, m_errno == ENOSPC || m_errno == EDQUOT,
                              m_errno != 0 ? qt_error_string(m_errno) : m_target.errorString()};
        m_target.cancelWriting();
        return Failed(ExportFailure(failure));
    }

    QPromise<ExportResult> &m_promise;
    const ExportOrder &m_order;
    HistoryQueries m_queries;
    QSaveFile m_target;
    qint64 m_written = 0;
    int m_errno = 0;
};

} // namespace

QFuture<ExportResult> exportHistory(const ExportOrder &order)
{
    return QtConcurrent::run([order](QPromise<ExportResult> &promise) {
        promise.addResult(Exporting(promise, order).run());
    });
}

} // namespace Jobsweep
