// SPDX-License-Identifier: GPL-3.0-or-later

// Tells ThreadSanitizer what it cannot see: Qt's libraries are not instrumented, so that a call
// which is queued for another thread, or a task for the thread pool, looks as if it came there out
// of nowhere, with everything that was written before. Linked only into tests that it watches.
//
// It stands before the functions of Qt by which our code hands something over. What it puts into
// order is the hand-over alone: of two threads that touch the same without one, the race is
// reported as before. Mutexes, threads and atomics ThreadSanitizer sees by itself, in Qt's headers
// and in the system's library.

#include <QFutureInterface>
#include <QMetaObject>
#include <QObject>
#include <QRunnable>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

namespace {

/// The function of that name which comes after ours.
template<typename Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// Of every event, in the receiver's thread, before it is delivered.
bool acquireReceiver(void **data)
{
    __tsan_acquire(data[0]);
    return false; // the event goes on
}

/// A task as the pool carries it out, with what came before start().
class OrderedTask final : public QRunnable
{
public:
    explicit OrderedTask(QRunnable *task) : m_task(task) { __tsan_release(this); }
    void run() override
    {
        __tsan_acquire(this);
        const bool isOurs = m_task->autoDelete();
        m_task->run();
        if (isOurs)
            delete m_task;
    }

private:
    QRunnable *m_task;
};

} // namespace

static void watchEvents()
{
    QInternal::registerCallback(QInternal::EventNotifyCallback, &acquireReceiver);
}
Q_CONSTRUCTOR_FUNCTION(watchEvents)

// Each finds the function it stands before by its name in the library.

/// What QMetaObject::invokeMethod() with a function ends in.
bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot,
                                   Qt::ConnectionType type, void *ret)
{
    using Invoke = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto invoke = next<Invoke>("_ZN11QMetaObject16invokeMethodImplEP7QObjectP"
                                            "N9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    __tsan_release(object);
    return invoke(object, slot, type, ret);
}

void QThreadPool::start(QRunnable *runnable, int priority)
{
    using Start = void (*)(QThreadPool *, QRunnable *, int);
    static const auto start = next<Start>("_ZN11QThreadPool5startEP9QRunnablei");
    start(this, new OrderedTask(runnable), priority);
}

// A future's mutex stands for the state that its copies share.

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase &)> func)
{
    setContinuation(std::move(func), nullptr);
}

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase &)> func,
                                           QFutureInterfaceBasePrivate *continuationFutureData)
{
    using Function = std::function<void(const QFutureInterfaceBase &)>;
    using Set = void (*)(QFutureInterfaceBase *, Function, QFutureInterfaceBasePrivate *);
    static const auto set = next<Set>("_ZN20QFutureInterfaceBase15setContinuationE"
                                      "St8functionIFvRKS_EEP27QFutureInterfaceBasePrivate");
    __tsan_release(&mutex());
    set(this, std::move(func), continuationFutureData);
}

void QFutureInterfaceBase::runContinuation() const
{
    using Run = void (*)(const QFutureInterfaceBase *);
    static const auto run = next<Run>("_ZNK20QFutureInterfaceBase15runContinuationEv");
    __tsan_acquire(&mutex());
    run(this);
}

/// Whoever holds the last copy destroys the results.
bool QFutureInterfaceBase::derefT() const noexcept
{
    using Deref = bool (*)(const QFutureInterfaceBase *);
    static const auto deref = next<Deref>("_ZNK20QFutureInterfaceBase6derefTEv");
    __tsan_release(&mutex());
    const bool isShared = deref(this);
    if (!isShared)
        __tsan_acquire(&mutex());
    return isShared;
}
