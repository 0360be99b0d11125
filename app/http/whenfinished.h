// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>

#include <utility>

namespace Jobsweep {

/// Calls `call` with the result of `future` on the thread of `context`, from the event loop; never
/// when the future was cancelled or `context` was destroyed before.
///
/// To be used instead of QFuture::then() wherever the context may go before the future ends: Qt 6.4
/// asserts that the context of then() still exists.
template<typename T, typename Call>
void whenFinished(const QFuture<T> &future, QObject *context, Call call)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, call = std::move(call)]() mutable {
                         watcher->deleteLater();
                         const QFuture<T> ended = watcher->future();
                         if (ended.resultCount() > 0)
                             call(ended.result());
                     });
    watcher->setFuture(future);
}

} // namespace Jobsweep
