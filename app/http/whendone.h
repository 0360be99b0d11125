// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>

#include <utility>

namespace Jobsweep {

/// Calls `continuation` with the future's value through `context`'s event loop, never from inside
/// this call; not at all when the future is cancelled or `context` goes first. For a context that
/// may be destroyed before the future ends, where QFuture::then(context, …) of Qt 6.4 asserts.
template<typename T, typename Continuation>
void whenDone(const QFuture<T> &future, QObject *context, Continuation continuation)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, continuation = std::move(continuation)] {
                         watcher->deleteLater();
                         if (!watcher->isCanceled()) {
                             continuation(watcher->result());
                         }
                     });
    watcher->setFuture(future);
}

} // namespace Jobsweep
