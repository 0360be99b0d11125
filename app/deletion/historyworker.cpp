// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historyworker.h"

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::chrono::seconds betweenAttempts(3);
constexpr std::chrono::hours oneDay(24);
/// For the hourly limit.
constexpr qint64 requestSeconds = 60LL * 60;
/// About 100 MB; what comes after that is lost when it cannot be written.
constexpr size_t mostKept = 100'000;

} // namespace

HistoryWorker::HistoryWorker(const HistorySchema &schema, std::function<void(HistoryReport)> report)
    : m_sendReport(std::move(report)), m_file(schema), m_failure(HistoryFailure{}),
      m_attempts(this), m_emptying(this), m_days(this)
{
    m_attempts.setInterval(betweenAttempts);
    connect(&m_attempts, &QTimer::timeout, this, &HistoryWorker::tryAgain);
    m_emptying.setInterval(betweenAttempts);
    m_emptying.setSingleShot(true);
    connect(&m_emptying, &QTimer::timeout, this, &HistoryWorker::emptyLog);
    m_days.setInterval(oneDay);
    connect(&m_days, &QTimer::timeout, this, [this] {
        applyRetention();
        sendReport();
    });
}

void HistoryWorker::open(const QString &fileName)
{
    enqueue([this, fileName] { openNow(fileName); });
}

void HistoryWorker::write(const HistoryWrite &write, const Promise<Recorded> &promise)
{
    enqueue(WaitingWrite{write, promise});
}

void HistoryWorker::clear(const Promise<Recorded> &promise)
{
    enqueue([this, promise] {
        const Recorded done
            = forget([](HistoryStatements &statements) { return statements.forgetDoneRuns(); });
        if (done)
            m_file.removeBackupsBefore(QDateTime::currentDateTimeUtc());
        answer(promise, done);
    });
}

void HistoryWorker::setRetention(const HistoryRetention &retention)
{
    enqueue([this, retention] {
        m_retention = retention;
        applyRetention();
    });
}

void HistoryWorker::findUnfinished(const QString &origin,
                                   const Promise<QList<UnfinishedItem>> &promise)
{
    enqueue([this, origin, promise] {
        QList<UnfinishedItem> items;
        if (m_file.isOpen())
            items = m_file.statements().unfinished(origin);
        items.removeIf([this](const UnfinishedItem &item) { return m_ownRuns.contains(item.run); });
        answer(promise, items);
    });
}

void HistoryWorker::findUnfinishedCreations(const QString &item,
                                            const Promise<QList<UnfinishedCreation>> &promise)
{
    enqueue([this, item, promise] {
        answer(promise,
               m_file.isOpen() ? m_file.statements().unfinishedCreations(item)
                               : QList<UnfinishedCreation>());
    });
}

void HistoryWorker::findRequestsSince(const QString &origin, const QDateTime &since,
                                      const Promise<QList<RequestCount>> &promise)
{
    enqueue([this, origin, since, promise] {
        answer(promise,
               m_file.isOpen() ? m_file.statements().requestsSince(origin, since)
                               : QList<RequestCount>());
    });
}

void HistoryWorker::enqueue(Task task)
{
    bool isFirst = false;
    {
        const QMutexLocker locker(&m_mutex);
        isFirst = m_waiting.empty();
        m_waiting.push_back(std::move(task));
    }
    // Whoever comes while the disk is busy finds a task there, and goes with the next group.
    if (isFirst)
        QMetaObject::invokeMethod(this, &HistoryWorker::work, Qt::QueuedConnection);
}

template<typename T>
void HistoryWorker::answer(const Promise<T> &promise, const T &value)
{
    m_report.answers.emplace_back([promise, value] {
        promise->addResult(value);
        promise->finish();
    });
}

void HistoryWorker::sendReport()
{
    m_report.failure = m_failure;
    m_sendReport(std::exchange(m_report, {}));
}

void HistoryWorker::work()
{
    std::vector<Task> tasks;
    {
        const QMutexLocker locker(&m_mutex);
        tasks.swap(m_waiting);
    }
    std::vector<WaitingWrite> group;
    for (Task &task : tasks) {
        if (auto *write = std::get_if<WaitingWrite>(&task)) {
            group.push_back(std::move(*write));
            continue;
        }
        writeGroup(&group);
        std::get<Call>(task)();
    }
    writeGroup(&group);
    sendReport();
}

void HistoryWorker::finish()
{
    work();
    if (!m_kept.empty())
        tryAgain();
}

void HistoryWorker::openNow(const QString &fileName)
{
    m_fileName = fileName;
    const Recorded opened = m_file.open(fileName);
    m_failure = opened ? std::nullopt : std::optional(opened.error());
    m_report.wasOpened = m_report.wasOpened || opened.has_value();
    if (opened)
        startSession();
    if (m_failure)
        m_attempts.start();
}

/// What earlier sessions left is thrown away only once, although the file may be opened again.
void HistoryWorker::startSession()
{
    if (m_isStarted)
        return;
    const Recorded done = carryOut([](HistoryStatements &statements) -> Recorded {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const Recorded forgotten = statements.forgetRequestsBefore(now.addSecs(-requestSeconds));
        return forgotten ? statements.forgetTrialRuns() : forgotten;
    });
    if (!done)
        return;
    m_isStarted = true;
    m_days.start();
    applyRetention();
}

void HistoryWorker::tryAgain()
{
    const Recorded done
        = carryOut([](HistoryStatements &statements) { return statements.touch(); });
    if (done)
        startSession();
    sendReport();
}

void HistoryWorker::writeGroup(std::vector<WaitingWrite> *group)
{
    if (group->empty())
        return;
    std::vector<Recorded> results;
    const Recorded committed = carryOut([group, &results](HistoryStatements &statements) {
        for (const WaitingWrite &waiting : *group) {
            const WriteDone done = statements.carryOut(waiting.write);
            if (!done && !done.error().isContradiction)
                return Recorded(tl::unexpected(done.error().failure));
            results.push_back(
                done.map_error([](const WriteFault &fault) { return fault.failure; }));
        }
        return Recorded();
    });
    for (size_t i = 0; i < group->size(); ++i) {
        const WaitingWrite &waiting = group->at(i);
        if (!committed && tellsOfThePast(waiting.write))
            keep(waiting.write);
        else if (committed)
            noteWritten(waiting.write);
        answer(waiting.promise, committed ? results.at(i) : committed);
    }
    group->clear();
}

/// One transaction, with what was kept at its start.
Recorded HistoryWorker::carryOut(const std::function<Recorded(HistoryStatements &)> &work)
{
    if (!m_file.isOpen() && !m_fileName.isEmpty())
        openNow(m_fileName);
    if (!m_file.isOpen())
        return tl::unexpected(*m_failure);
    ++m_transactions;
    Recorded done = m_file.inTransaction([this, &work](HistoryStatements &statements) {
        for (const HistoryWrite &write : m_kept) {
            const WriteDone written = statements.carryOut(write);
            if (!written && !written.error().isContradiction)
                return Recorded(tl::unexpected(written.error().failure));
        }
        return work(statements);
    });
    m_failure = done ? std::nullopt : std::optional(done.error());
    if (done) {
        m_report.wasWritten = m_report.wasWritten || !m_kept.empty();
        m_kept.clear();
        m_attempts.stop();
    } else {
        m_attempts.start();
        // Room and locks come and go; for anything else the file has to be looked at anew.
        const auto kind = done.error().kind;
        if (kind != HistoryFailure::Kind::DiskFull && kind != HistoryFailure::Kind::Locked)
            m_file.close();
    }
    return done;
}

void HistoryWorker::keep(const HistoryWrite &write)
{
    if (m_kept.size() < mostKept)
        m_kept.push_back(write);
}

void HistoryWorker::noteWritten(const HistoryWrite &write)
{
    if (const auto *begun = std::get_if<WriteRun>(&write))
        m_ownRuns.insert(begun->run.id);
    // No window shows these.
    if (!std::holds_alternative<WriteRequests>(write))
        m_report.wasWritten = true;
}

Recorded HistoryWorker::forget(const std::function<Recorded(HistoryStatements &)> &which)
{
    bool hasForgotten = false;
    Recorded done = carryOut([&which, &hasForgotten](HistoryStatements &statements) {
        const QString changes = u"SELECT total_changes()"_s;
        const auto before = statements.value(changes);
        Recorded forgotten = which(statements);
        hasForgotten = before != statements.value(changes);
        return forgotten;
    });
    if (done) {
        m_report.wasWritten = m_report.wasWritten || hasForgotten;
        emptyLog();
    }
    return done;
}

void HistoryWorker::emptyLog()
{
    if (m_file.isOpen() && !m_file.emptyLog())
        m_emptying.start();
}

void HistoryWorker::applyRetention()
{
    if (!m_isStarted || !m_file.isOpen())
        return;
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-m_retention.days);
    const Recorded done = forget([this, &oldest](HistoryStatements &statements) -> Recorded {
        if (m_retention.days > 0) {
            if (Recorded forgotten = statements.forgetDoneRunsBefore(oldest); !forgotten)
                return forgotten;
        }
        return m_retention.bytes > 0 ? statements.forgetDoneRunsAbove(m_retention.bytes)
                                     : Recorded();
    });
    if (done && m_retention.days > 0)
        m_file.removeBackupsBefore(oldest);
}

} // namespace Jobsweep
